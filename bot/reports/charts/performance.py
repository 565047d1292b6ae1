"""Performance: what each person won in the period, against the period before and the quota."""

from bot.domain.charts import PerformanceFigures, PersonFigures, Picture
from bot.domain.money import Money
from bot.i18n import format_money, format_percent, translate
from bot.reports.charts.alt import heading, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    GREEN,
    GREY,
    INK,
    PALE,
    RED,
    WIDTH,
    Key,
    Spec,
    boxes,
    canvas,
    fitted,
    legend,
    share,
    sheet,
    text_width,
    writing,
)

MOST_PEOPLE = 12
_ROW = 46
_NAMES = 150
_GAP = 10


def performance_chart(figures: PerformanceFigures, locale: str) -> Picture:
    """Won by person, most first, the period before in grey, the quota as a red tick; twelve people, then the others.

    Raises ValueError where there is nothing to draw: nobody, or nothing won in either period.
    """
    if not any(money.minor > 0 for person in figures.people for money in (person.won, person.before)):
        raise ValueError("a performance chart needs a person who has won something")
    people = _ranked(figures.people, locale)
    parts = [_legend(figures, people, locale), _rows(people, locale)]
    specification = sheet(figures.title, figures.subtitle, parts, figures.note)
    return Picture(engine().draw(specification), _alt(figures, people, locale), figures.title)


def _ranked(people: tuple[PersonFigures, ...], locale: str) -> list[PersonFigures]:
    ranked = sorted(people, key=lambda person: (-person.won.minor, -person.before.minor, person.name))
    shown, rest = ranked[:MOST_PEOPLE], ranked[MOST_PEOPLE:]
    if not rest:
        return shown
    nought = Money(0, rest[0].won.currency)
    others = PersonFigures(
        name=translate(locale, "{count} other|{count} others", count=len(rest)),
        won=sum((person.won for person in rest), nought),
        before=sum((person.before for person in rest), nought),
        quota=sum((person.quota for person in rest if person.quota), nought),
    )
    return [*shown, others]


def _quota(person: PersonFigures) -> Money | None:
    return person.quota if person.quota and person.quota.minor > 0 else None


def _legend(figures: PerformanceFigures, people: list[PersonFigures], locale: str) -> Spec:
    keys = [
        Key(translate(locale, "Won, {period}", period=figures.period), GREEN),
        Key(translate(locale, "Won, {period}", period=figures.before), PALE),
    ]
    if any(map(_quota, people)):
        keys.append(Key(translate(locale, "Quota, {period}", period=figures.period), RED, "upright"))
    return legend(keys)


def _said(person: PersonFigures, locale: str) -> str:
    """The share of the quota, where there is one."""
    quota = _quota(person)
    if not quota:
        return ""
    reached = format_percent(share(max(person.won, Money(0, quota.currency)), quota), locale)
    return translate(locale, "{share} of quota", share=reached)


def _rows(people: list[PersonFigures], locale: str) -> Spec:
    """A row for each person: name, the period's bar with its quota, the thinner bar of the period before."""
    names = min(_NAMES, max(text_width(person.name, 14) for person in people)) + 14
    figures = max(text_width(_label(person, locale), 14) for person in people) + _GAP + 6
    longest = max(
        money.minor
        for person in people
        for money in (person.won, person.before, _quota(person) or person.won)
    )
    pixels = (WIDTH - names - figures) / longest
    areas: list[Spec] = []
    texts: list[Spec] = []
    for place, person in enumerate(people):
        top = place * _ROW
        quota = _quota(person)
        won, before = (names + max(money.minor, 0) * pixels for money in (person.won, person.before))
        areas.append({"x": names, "x2": won, "y": top + 4, "y2": top + 22, "colour": GREEN})
        areas.append({"x": names, "x2": before, "y": top + 25, "y2": top + 33, "colour": PALE})
        end = won
        if quota:
            at = names + quota.minor * pixels
            areas.append({"x": at - 1.5, "x2": at + 1.5, "y": top, "y2": top + 26, "colour": RED})
            end = max(won, at)
        amount = format_money(person.won, locale, compact=True)
        texts.append(
            {
                "name": fitted(person.name, 14, names - 14),
                "name_x": names - 12,
                "y": top + 14,
                "amount": amount,
                "amount_x": end + _GAP,
                "share": _said(person, locale),
                "share_x": end + _GAP + text_width(amount, 14) * 1.04 + 8,
                "before": format_money(person.before, locale, compact=True),
                "before_x": before + 6,
                "before_y": top + 29,
            }
        )
    part = canvas(
        len(people) * _ROW,
        texts,
        [
            writing("name", "name_x", align="right", fontSize=14),
            writing("amount", "amount_x", fontSize=14, fontWeight="bold"),
            writing("share", "share_x", color=GREY, fontSize=13),
            writing("before", "before_x", "before_y", color=GREY, fontSize=11),
        ],
    )
    return part | {"layer": [boxes(areas), *part["layer"]]}


def _label(person: PersonFigures, locale: str) -> str:
    return f"{format_money(person.won, locale, compact=True)}  {_said(person, locale)}"


def _alt(figures: PerformanceFigures, people: list[PersonFigures], locale: str) -> str:
    """Every figure of the picture, in sentences."""

    def said(person: PersonFigures) -> str:
        quota = _quota(person)
        won, before = (format_money(money, locale, compact=True) for money in (person.won, person.before))
        if not quota:
            return translate(
                locale, "{name}: {won}, before {before}.", name=person.name, won=won, before=before
            )
        return translate(
            locale,
            "{name}: {won}, before {before}, {share} (quota {quota}).",
            name=person.name,
            won=won,
            before=before,
            share=_said(person, locale),
            quota=format_money(quota, locale, compact=True),
        )

    first = translate(
        locale, "Won by person, {period} against {before}.", period=figures.period, before=figures.before
    )
    top = heading(figures.title, figures.subtitle, locale)
    return sentences([top, first, *map(said, people), figures.note], locale)
