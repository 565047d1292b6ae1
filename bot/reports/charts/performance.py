"""Performance: what each person won in the period, against the period before and the quota."""

from bot.domain.charts import PerformanceFigures, PersonFigures, Picture
from bot.domain.money import Money
from bot.i18n import format_money, format_percent, translate
from bot.reports.charts.alt import heading, sentences
from bot.reports.charts.engine import engine
from bot.reports.charts.look import (
    GREEN,
    GREY,
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
_ROW = 48
_NAMES = 150
_GAP = 10
_BOLDER = 1.06


def performance_chart(figures: PerformanceFigures, locale: str) -> Picture:
    """Won by person, most first, the period before in grey, the quota a red tick; twelve people, then others.

    Raises ValueError where there is nothing to draw: nobody, or nothing won in either period.
    """
    if not any(money.minor > 0 for person in figures.people for money in (person.won, person.before)):
        raise ValueError("a performance chart needs a person who has won something")
    ranked = sorted(figures.people, key=lambda person: (-person.won.minor, -person.before.minor, person.name))
    shown, others = ranked[:MOST_PEOPLE], _others(ranked[MOST_PEOPLE:], locale)
    parts = [_legend(figures, [*shown, *others], locale), _rows(shown, others, figures.before, locale)]
    specification = sheet(figures.title, figures.subtitle, parts, figures.note)
    return Picture(engine().draw(specification), _alt(figures, [*shown, *others], locale), figures.title)


def _others(rest: list[PersonFigures], locale: str) -> list[PersonFigures]:
    """Everyone else as one, or nobody."""
    if not rest:
        return []
    nought = Money(0, rest[0].won.currency)
    return [
        PersonFigures(
            name=translate(locale, "{count} other|{count} others", count=len(rest)),
            won=sum((person.won for person in rest), nought),
            before=sum((person.before for person in rest), nought),
            quota=sum((person.quota for person in rest if person.quota), nought),
        )
    ]


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
    reached = format_percent(share(person.won, quota), locale)
    return translate(locale, "{share} of quota", share=reached)


def _rows(shown: list[PersonFigures], others: list[PersonFigures], period_before: str, locale: str) -> Spec:
    """A row for each person: name, the period's bar with its quota, the thinner bar of the period before.

    The others are a sum, which is no length to compare with people: they have figures and no bars.
    """
    names = min(_NAMES, max(text_width(person.name, 14.5) for person in [*shown, *others])) + 14
    room = WIDTH - names - max(text_width(_label(person, locale), 14) for person in shown) - _GAP
    longest = max(
        money.minor for person in shown for money in (person.won, person.before, _quota(person) or person.won)
    )

    def place(money: Money) -> float:
        return names + room * max(money.minor, 0) / longest

    areas: list[Spec] = []
    texts: list[Spec] = []
    for row, person in enumerate(shown):
        top, won, before, quota = row * _ROW, place(person.won), place(person.before), _quota(person)
        goal = place(quota) if quota else won
        areas.append({"x": names, "x2": won, "y": top + 5, "y2": top + 23, "colour": GREEN})
        areas.append({"x": names, "x2": before, "y": top + 28, "y2": top + 35, "colour": PALE})
        if quota:
            areas.append({"x": goal - 1.5, "x2": goal + 1.5, "y": top + 2, "y2": top + 25, "colour": RED})
        said = format_money(person.before, locale, compact=True)
        texts.append(_texts(person, names, top, max(won, goal) + _GAP, said, before + 6, locale))
    for person in others:
        said = f"{period_before} {format_money(person.before, locale, compact=True)}"
        texts.append(_texts(person, names, len(shown) * _ROW, names, said, names, locale))
    layers = [
        writing("name", "name_x", align="right", fontSize=14),
        writing("amount", "amount_x", fontSize=14, fontWeight="bold"),
        writing("share", "share_x", color=GREY, fontSize=13),
        writing("before", "before_x", "before_y", color=GREY, fontSize=11),
    ]
    return canvas(len(texts) * _ROW - 8, texts, [boxes(areas), *layers])


def _texts(
    person: PersonFigures, names: float, top: int, x: float, before: str, before_x: float, locale: str
) -> Spec:
    amount = format_money(person.won, locale, compact=True)
    return {
        "name": fitted(person.name, 14.5, names - 14),
        "name_x": names - 12,
        "amount": amount,
        "amount_x": x,
        "share": _said(person, locale),
        "share_x": x + text_width(amount, 14) * _BOLDER + 8,
        "before": before,
        "before_x": before_x,
        "y": top + 14,
        "before_y": top + 32,
    }


def _label(person: PersonFigures, locale: str) -> str:
    return f"{format_money(person.won, locale, compact=True)}   {_said(person, locale)}"


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
