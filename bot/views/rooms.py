"""Deal rooms as people see them: the answer to `/crm room`, the topic, the question after the end."""

from collections.abc import Sequence
from typing import Any

from bot.i18n import N_, format_date, format_money, translator
from bot.store.models import DealRoom, Opportunity
from bot.views.blocks import Block, Message, action_row, button, context, section
from bot.views.opportunities import choice_words, reference, title
from bot.views.text import cut, shown
from bot.views.words import stage_name

LONGEST_TOPIC = 250

_FAILURES = {
    "restricted_action": N_("This Slack workspace does not let me make channels."),
    "missing_scope": N_("I have no leave to make channels yet: an admin installs me again."),
    "name_taken": N_("Every name that I tried is taken."),
}


def topic(opportunity: Opportunity, locale: str) -> str:
    """Amount, stage and close date in one line."""
    _ = translator(locale)
    parts = [reference(opportunity)]
    if opportunity.amount:
        parts.append(format_money(opportunity.amount, locale))
    parts.append(shown(stage_name(opportunity.stage.name, locale), 80))
    if opportunity.closed_on:
        parts.append(_("closed on {day}", day=format_date(opportunity.closed_on, locale)))
    elif opportunity.close_on:
        parts.append(_("closes {day}", day=format_date(opportunity.close_on, locale)))
    return cut(" · ".join(parts), LONGEST_TOPIC)


def opening(opportunity: Opportunity, locale: str, *, can_adopt: bool) -> Message:
    """A channel is being made."""
    _ = translator(locale)
    text = "👥 " + _(
        "I am making a channel for *{name}*: I invite the team, pin the card there and keep the topic true.",
        name=title(opportunity),
    )
    row = [_adopt(opportunity, locale)] if can_adopt else []
    row.append(button(_("Card"), "opportunity.show", opportunity=opportunity.id))
    return Message(text, (section(text), action_row(*row)))


def found(
    room: DealRoom,
    opportunity: Opportunity,
    locale: str,
    *,
    can_adopt: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """The room, and what can be done with it."""
    _ = translator(locale)
    place = f"<#{room.slack_channel}>"
    text = said or "👥 " + _(
        "{channel} is the deal room of *{name}*. I am bringing people and topic up to date.",
        channel=place,
        name=title(opportunity),
    )
    about: dict[str, Any] = {"room": room.id, "opportunity": opportunity.id}
    row = [button(_("Card"), "opportunity.show", opportunity=opportunity.id)]
    row += [_adopt(opportunity, locale)] if can_adopt else []
    row += [
        button(_("Archive the channel"), "room.archive", **about),
        button(_("Give the room up"), "room.forget", **about),
    ]
    row += [button(_("Undo"), "undo", changeset=changeset)] if changeset else []
    return Message(text, (section(text), action_row(*row)))


def _adopt(opportunity: Opportunity, locale: str) -> Block:
    _ = translator(locale)
    return button(_("Use this channel instead"), "room.adopt", opportunity=opportunity.id)


def which(opportunities: Sequence[Opportunity], locale: str, *, text: str, action: str) -> Message:
    """Of which opportunity."""
    buttons = [
        button(f"{reference(each)} {choice_words(each, locale)}", action, opportunity=each.id)
        for each in opportunities
    ]
    return Message(text, (section(text), action_row(*buttons)) if buttons else (section(text),))


def closed(room: DealRoom, opportunity: Opportunity, locale: str) -> Message:
    """It was won or lost: whether the channel is still needed."""
    _ = translator(locale)
    name = title(opportunity)
    if opportunity.stage.is_won:
        amount = format_money(opportunity.amount, locale) if opportunity.amount else ""
        text = "🎉 " + _("*{name}* is won: {amount}.", name=name, amount=amount)
    else:
        text = "📕 " + _(
            "*{name}* is lost: {reason}", name=name, reason=shown(opportunity.loss_reason or "—", 500)
        )
    question = _("Do you still need this channel? Archived, it can be read and searched, and opened again.")
    about: dict[str, Any] = {"room": room.id, "opportunity": opportunity.id}
    row = [
        button(_("Archive the channel"), "room.archive", **about),
        button(_("Keep it"), "room.keep", **about),
    ]
    return Message(f"{text}\n{question}", (section(text), context(question), action_row(*row)))


def lost(opportunity: Opportunity, locale: str) -> Message:
    """The channel is archived or gone."""
    _ = translator(locale)
    text = "👥 " + _(
        "Somebody archived or deleted the deal room of *{name}*, or took me out of it.",
        name=title(opportunity),
    )
    row = (
        button(_("Make a new one"), "room.open", opportunity=opportunity.id),
        button(_("Card"), "opportunity.show", opportunity=opportunity.id),
    )
    return Message(text, (section(text), action_row(*row)))


def named(room: DealRoom, opportunity: Opportunity, locale: str) -> Message:
    """Which channel the room is, since another one has the name it would have."""
    _ = translator(locale)
    text = "👥 " + _(
        "The deal room of *{name}* is {channel}: another channel has its usual name already. "
        "To use that one, type in it: {example}",
        name=title(opportunity),
        channel=f"<#{room.slack_channel}>",
        example=f"`/crm room {reference(opportunity)} here`",
    )
    return Message(
        text, (section(text), action_row(button(_("Card"), "opportunity.show", opportunity=opportunity.id)))
    )


def failed(opportunity: Opportunity, error: str, locale: str) -> Message:
    """No channel was made, why, and what to do."""
    _ = translator(locale)
    why = _FAILURES.get(error)
    reason = _(why) if why else _("Slack answered {error}.", error=shown(error, 100))
    text = _("There is no deal room for *{name}* yet.", name=title(opportunity)) + " " + reason
    example = f"`/crm room {reference(opportunity)} here`"
    text += "\n" + _("Or make a channel yourself, invite me, and type in it: {example}", example=example)
    row = (button(_("Try again"), "room.open", opportunity=opportunity.id),)
    return Message(text, (section(text), action_row(*row)))
