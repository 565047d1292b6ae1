"""Leads as they are handed out: the pool's card, and what their owners are told."""

from collections.abc import Sequence
from datetime import date

from bot.domain.leads import LeadState
from bot.i18n import translator
from bot.store.models import Lead
from bot.views.blocks import Block, Message, action_row, button, context, section, text_message
from bot.views.leads import facts, line, state_name
from bot.views.text import shown


def pool_card(lead: Lead, locale: str, *, is_latest: bool = True) -> Message:
    """A lead in the pool's channel: to be claimed, or who has it by now."""
    _ = translator(locale)
    text = f"🌱 *{shown(lead.name, 300)}*"
    known = facts(lead, locale)
    blocks: list[Block] = [section(text)]
    if known:
        blocks[0] = section(f"{text}\n{' · '.join(known)}")
    said = _pool_state(lead, locale, is_latest=is_latest)
    if said:
        return Message(f"{line(lead, locale)}\n{said}", (*blocks, context(said)))
    if lead.note:
        blocks.append(context(shown(lead.note, 500)))
    blocks.append(
        action_row(
            button(_("Claim"), "lead.claim", style="primary", lead=lead.id),
            button(_("Show"), "lead.show", lead=lead.id),
        )
    )
    return Message(_("A lead to claim: {name}", name=line(lead, locale)), tuple(blocks))


def _pool_state(lead: Lead, locale: str, *, is_latest: bool) -> str | None:
    """Why nobody can claim it here; None where anybody can."""
    _ = translator(locale)
    if lead.deleted_at is not None:
        return "🗑️ " + _("This lead was taken back.")
    if lead.owner is not None:
        who = f"<@{lead.owner.slack_user_id}>" if lead.owner.slack_user_id else shown(lead.owner.name, 80)
        if lead.state != LeadState.OPEN:
            return "☑️ " + _("{state} by {who}", state=shown(state_name(lead.state, locale), 60), who=who)
        return "✅ " + _("Claimed by {who}", who=who)
    if lead.state != LeadState.OPEN:
        return "☑️ " + shown(state_name(lead.state, locale), 60)
    return None if is_latest else "↩️ " + _("Back in the pool: claim it further down.")


def pool_news(count: int, locale: str) -> Message:
    """So many leads wait in the pool."""
    _ = translator(locale)
    text = "🌱 " + _("{count} lead that anybody may claim|{count} leads that anybody may claim", count=count)
    return text_message(text, button(_("Show"), "lead.list", whose="pool"))


def assigned(lead: Lead, by: str | None, locale: str) -> Message:
    """Somebody gave the reader a lead; without a name it was a rule or their turn."""
    _ = translator(locale)
    text = _("{name} gave you a lead", name=shown(by, 80)) if by else _("A new lead is yours")
    return _told("🌱 " + text, lead, locale)


def idle(lead: Lead, locale: str, *, idle_days: int, goes_on: date) -> Message:
    """The reader's lead goes back to the pool on a day, unless something happens."""
    _ = translator(locale)
    text = "⏳ " + _(
        "Nothing happened with this lead for {count} day. On {day} it goes back to the pool."
        "|Nothing happened with this lead for {count} days. On {day} it goes back to the pool.",
        count=idle_days,
        day=goes_on,
    )
    return _told(text, lead, locale, [button(_("I am working on it"), "lead.keep", lead=lead.id)])


def returned(lead: Lead, locale: str) -> Message:
    """A lead of the reader's went back to the pool."""
    _ = translator(locale)
    text = "↩️ " + _("This lead is in the pool again, since nothing happened with it.")
    blocks = (section(f"{text}\n*{shown(lead.name, 300)}*"),)
    row = action_row(
        button(_("Claim"), "lead.claim", lead=lead.id), button(_("Show"), "lead.show", lead=lead.id)
    )
    return Message(f"{text}\n{line(lead, locale)}", (*blocks, row))


def _told(text: str, lead: Lead, locale: str, first: Sequence[Block] = ()) -> Message:
    _ = translator(locale)
    known = facts(lead, locale)
    said = "\n".join([text, f"*{shown(lead.name, 300)}*", *([" · ".join(known)] if known else [])])
    row = action_row(
        *first,
        button(_("Convert"), "lead.convert", lead=lead.id),
        button(_("Qualify"), "lead.qualify", lead=lead.id),
        button(_("Disqualify"), "lead.disqualify", lead=lead.id),
        button(_("To the pool"), "lead.release", lead=lead.id),
    )
    return Message(f"{text}\n{line(lead, locale)}", (section(said), row))
