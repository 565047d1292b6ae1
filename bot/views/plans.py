"""The sales plan as people see it, and the form that sets a quota."""

from collections.abc import Sequence
from typing import Any

from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.plans import Plan, PlanLine
from bot.i18n import format_money, format_percent, translator
from bot.store.models import Person
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    fields,
    header,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
)
from bot.views.periods import period_name
from bot.views.tables import as_text, table, whole

WORKSPACE = "0"
"""The choice of the form that means everybody together."""

_LINES = 25


def plan(found: Plan, locale: str, *, said: str | None = None, changeset: str | None = None) -> Message:
    """Quotas of a period and how far everybody has come; `said` is what just happened to one of them."""
    _ = translator(locale)
    title = _("Sales plan {period}", period=period_name(found.period, locale))
    pairs = _overall(found.overall, locale)
    head = [_("Person"), _("Quota"), _("Won"), _("Reached"), _("Missing"), _("To find")]
    rows = [_row(line, locale) for line in found.people]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [header(title), fields(pairs)]
    if rows:
        blocks.append(section(table(head, rows[:_LINES])))
        if len(rows) > _LINES:
            blocks.append(context(_("and {count} more", count=len(rows) - _LINES)))
        blocks.append(
            context(_("To find: open pipeline still needed, at the present win rate, to close the gap."))
        )
    else:
        blocks.append(section(_("Nobody has a quota or a sale here yet. Set the first one.")))
    quarter: dict[str, Any] = {"starts_on": found.period.start.isoformat()}
    actions = [button(_("Set quota"), "quota.new", style="primary", **quarter)]
    if changeset:
        actions.append(button(_("Undo"), "undo", changeset=changeset))
    actions += [
        button(_("Quarter before"), "plan.show", starts_on=found.period.before.start.isoformat()),
        button(_("Quarter after"), "plan.show", starts_on=found.period.after.start.isoformat()),
        button(_("Improve…"), "measure.new", metric="won_amount", days=90),
    ]
    blocks.append(action_row(*actions))
    lines = [f"{label}: {value}" for label, value in pairs]
    text = "\n".join([*([said] if said else []), title, *lines, as_text(head, rows[:_LINES])])
    return Message(text.rstrip(), tuple(blocks))


def _overall(line: PlanLine, locale: str) -> list[tuple[str, str]]:
    _ = translator(locale)
    pairs = [
        (_("Quota"), format_money(line.quota, locale) if line.quota else _("not set")),
        (_("Won"), format_money(line.won, locale)),
        (_("Open pipeline"), format_money(line.open, locale)),
        (_("Of it expected in this quarter"), format_money(whole(line.weighted), locale)),
    ]
    if line.gap is not None and line.needed is not None:
        pairs.append(_gap(line.gap, locale))
        pairs.append((_("To find"), format_money(whole(line.needed), locale)))
    return pairs


def _gap(gap: Money, locale: str) -> tuple[str, str]:
    _ = translator(locale)
    if gap.minor > 0:
        return _("Still missing"), format_money(gap, locale)
    return _("Above quota"), format_money(Money(-gap.minor, gap.currency), locale)


def _row(line: PlanLine, locale: str) -> list[str]:
    def short(money: Money | None) -> str:
        return "–" if money is None else format_money(whole(money), locale, compact=True)

    reached = "–" if line.attainment is None else format_percent(line.attainment, locale)
    missing = None if line.gap is None else Money(max(0, line.gap.minor), line.gap.currency)
    return [line.name or "–", short(line.quota), short(line.won), reached, short(missing), short(line.needed)]


def form(
    locale: str,
    *,
    periods: Sequence[Period],
    chosen: Period,
    person: Person | None,
    amount: str | None = None,
    **metadata: Any,
) -> View:
    """The form of a quota: whose, for which quarter, how much; an empty amount takes it away."""
    _ = translator(locale)
    quarters = [option(period_name(each, locale), each.start.isoformat()) for each in periods]
    inputs = [
        search_input(
            "seller",
            _("Whose"),
            seller_option(person, locale),
            optional=False,
            hint=_(
                "Managers set those of their people, admins those of everybody and of the whole workspace."
            ),
        ),
        select_input("quarter", _("Quarter"), quarters, chosen.start.isoformat(), optional=False),
        text_input(
            "amount",
            _("To be sold"),
            amount,
            placeholder=_("500k"),
            hint=_("Leave it empty to take the quota away."),
        ),
    ]
    return modal(_("Quota"), _("Save"), inputs, callback="quota.set", close=_("Cancel"), **metadata)


def seller_option(person: Person | None, locale: str) -> Block:
    """One choice of whose quota it is; nobody is the whole workspace."""
    _ = translator(locale)
    return option(person.name, str(person.id)) if person else option(_("The whole workspace"), WORKSPACE)


def found_sellers(people: Sequence[Person], locale: str, *, typed: str) -> tuple[Block, ...]:
    """The choices of whose quota it is, as one types."""
    everybody = () if typed else (seller_option(None, locale),)
    return (*everybody, *(seller_option(person, locale) for person in people))
