"""Signals as people see them: each with its evidence, and what to do about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.money import Money
from bot.domain.signals import Facts, Signal, SignalKind
from bot.i18n import N_, format_date, format_decimal, translator
from bot.store.models import Opportunity
from bot.store.signals import Signalled, Watch
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    checkboxes_input,
    context,
    date_input,
    header,
    modal,
    option,
    section,
    text_input,
)
from bot.views.opportunities import line as opportunity_line
from bot.views.opportunities import title
from bot.views.tables import short, sums
from bot.views.text import plain, shown

COUNTED = {
    SignalKind.OVERDUE: N_("{count} past its close date|{count} past their close date"),
    SignalKind.OUTLIVED: N_("{count} older than nearly all that were ever won"),
    SignalKind.STALE: N_("{count} unusually quiet"),
    SignalKind.PUSHED: N_("{count} pushed again and again"),
    SignalKind.SLOW: N_("{count} longer in a stage than expected"),
    SignalKind.COMPETITOR: N_("{count} with a new competitor"),
    SignalKind.NO_NEXT_STEP: N_("{count} without a next step"),
    SignalKind.SINGLE_CONTACT: N_("{count} hanging on one contact"),
}


def said(signal: Signal, locale: str) -> str:
    """One signal in words, with its evidence."""
    _ = translator(locale)
    days = signal.days
    match signal.kind:
        case SignalKind.OVERDUE:
            return _("Close date {count} day ago|Close date {count} days ago", count=days)
        case SignalKind.OUTLIVED:
            return _(
                "Open for {days} days; 95% of won deals were won within {usual} days",
                days=days,
                usual=signal.usual,
            )
        case SignalKind.STALE:
            return _(
                "Quiet for {days} days; in this stage 9 of 10 gaps of won deals were at most {usual} days",
                days=days,
                usual=signal.usual,
            )
        case SignalKind.PUSHED:
            return _("Pushed {times} times, {days} days in all", times=signal.times, days=days)
        case SignalKind.SLOW:
            return _("{days} days in this stage; {usual} are expected", days=days, usual=signal.usual)
        case SignalKind.COMPETITOR:
            return _("{who} is in the race", who=shown(signal.who, 60))
        case SignalKind.NO_NEXT_STEP:
            return _("No next step")
    return _("Only one contact")


def card_notes(facts: Facts, signals: Sequence[Signal], locale: str) -> list[str]:
    """What an opportunity's card says of its signals, or of their pause."""
    _ = translator(locale)
    if signals:
        return ["⚠️ " + " · ".join(said(each, locale) for each in signals)]
    if facts.paused_until is not None and facts.pause_reason:
        day = format_date(facts.paused_until, locale, year=False)
        return ["⏸ " + _("Resting until {day}: {why}", day=day, why=shown(facts.pause_reason, 200))]
    return []


def watch(
    found: Watch,
    locale: str,
    *,
    whose: str | None,
    person_id: int | None,
    told: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Everything that needs a look, a page of it."""
    _ = translator(locale)
    heading = _("Needs a look") + (f" · {whose}" if whose else "")
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(told, accessory=undo)] if told else []
    blocks.append(header(heading))
    person: dict[str, Any] = {"person": person_id} if person_id is not None else {}
    if not found.pressing:
        calm = _("All {count} open opportunities are on their way.", count=found.open_count)
        calm = calm if found.open_count else _("Nothing is open.")
        if found.counts:
            counted = " · ".join(_(COUNTED[kind], count=count) for kind, count in found.counts.items())
            calm = _("Nothing presses. {count} open: {counts}", count=found.open_count, counts=counted)
        blocks += [section("✅ " + calm), _foot(found, locale, person)]
        return Message("\n".join([*([told] if told else []), heading, calm]), tuple(blocks))
    counts = " · ".join(_(COUNTED[kind], count=count) for kind, count in found.counts.items())
    summary = _(
        "{count} of {all} open: {counts}", count=len(found.pressing), all=found.open_count, counts=counts
    )
    blocks.append(context(summary))
    lines = []
    for each in found.page:
        text = _entry(each, locale)
        lines.append(text)
        blocks.append(
            section(text, accessory=button(_("Show"), "opportunity.show", opportunity=each.opportunity.id))
        )
    blocks.append(_foot(found, locale, person))
    return Message("\n".join([*([told] if told else []), heading, summary, *lines]), tuple(blocks))


def _entry(each: Signalled, locale: str) -> str:
    evidence = "\n".join(f"• {words}" for words in evidence_of(each, locale)[:4])
    return f"{opportunity_line(each.opportunity, locale)}\n{evidence}".rstrip()


def evidence_of(each: Signalled, locale: str) -> list[str]:
    """What its signals say below its line, which says itself that no next step is planned."""
    return [said(signal, locale) for signal in each.signals if signal.kind is not SignalKind.NO_NEXT_STEP]


def _foot(found: Watch, locale: str, person: dict[str, Any]) -> Block:
    _ = translator(locale)
    row, size = [], max(len(found.page), 1)
    if found.first:
        row.append(button(_("Back"), "signal.list", offset=max(0, found.first - size), **person))
    if found.first + len(found.page) < len(found.pressing):
        row.append(button(_("More"), "signal.list", offset=found.first + len(found.page), **person))
    if found.outlived:
        row.append(button(_("Close the long dead…"), "signal.close", **person))
    if person:
        row.append(button(_("Everyone's"), "signal.list"))
    else:
        row.append(button(_("Mine"), "again", verb="signals", text="mine"))
    return action_row(*row, button(_("Pipeline"), "again", verb="pipeline", text=""))


def close_form(
    dead: Sequence[Opportunity], worth: Sequence[Money], lifetime: int, locale: str, *, person_id: int | None
) -> View:
    """The review before the long dead are closed: how many, what they come to, the largest to keep."""
    _ = translator(locale)
    explained = _(
        "{count} has been open for more than {days} days. 95% of all deals won here were won by then, "
        "so it will hardly come back.|"
        "{count} have been open for more than {days} days. 95% of all deals won here were won by then, "
        "so they will hardly come back.",
        count=len(dead),
        days=lifetime,
    )
    amounts = _("Together: {amounts}", amounts=sums(worth, locale)) if worth else _("None has an amount.")
    largest = sorted(dead, key=lambda each: (-(each.amount.minor if each.amount else -1), each.id))[:10]
    keep = [option(_keep(each, locale), str(each.id)) for each in largest]
    blocks = [
        section(f"{explained}\n{amounts}"),
        text_input("loss_reason", _("Loss reason"), _("No sign of life"), optional=False),
        checkboxes_input("keep", _("Keep these open"), keep, [], optional=True),
        context(_("All of them are closed as lost today. Undo opens them again.")),
    ]
    person = {"person": person_id} if person_id is not None else {}
    return modal(
        _("Close the long dead"),
        _("Close them"),
        blocks,
        callback="signal.close",
        close=_("Cancel"),
        **person,
    )


def _keep(opportunity: Opportunity, locale: str) -> str:
    amount = f" · {short(opportunity.amount, locale)}" if opportunity.amount else ""
    return plain(title(opportunity, 50)) + amount


def pause_form(opportunity: Opportunity, locale: str, *, until: date | None, why: str | None) -> View:
    """Until when an opportunity rests, and why."""
    _ = translator(locale)
    blocks = [
        section(f"*{title(opportunity)}*"),
        date_input("until", _("Rests until"), until.isoformat() if until else None, optional=False),
        text_input("why", _("Why"), why, optional=False, placeholder=_("budget decided in March")),
    ]
    return modal(
        _("Pause"), _("Pause"), blocks, callback="signal.pause", close=_("Cancel"), opportunity=opportunity.id
    )


def told(found: Sequence[Signalled], locale: str, *, more: int) -> Message:
    """To the owner, once: what newly needs a look."""
    _ = translator(locale)
    heading = _("{count} opportunity needs a look|{count} opportunities need a look", count=len(found) + more)
    blocks: list[Block] = [section(f"*👀 {heading}*")]
    lines = []
    for each in found:
        text = _entry(each, locale)
        lines.append(text)
        blocks.append(
            section(text, accessory=button(_("Show"), "opportunity.show", opportunity=each.opportunity.id))
        )
    if more:
        blocks.append(context(_("{count} more", count=format_decimal(more, locale))))
    blocks.append(action_row(button(_("See all"), "again", verb="signals", text="mine")))
    return Message("\n".join([heading, *lines]), tuple(blocks))
