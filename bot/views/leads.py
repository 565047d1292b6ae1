"""Leads as people see them: the card, the list, the forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.leads import LeadState
from bot.i18n import N_, translate, translator
from bot.store.models import Lead
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    fields,
    modal,
    section,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown

PAGE = 10

COLUMNS = ("name", "contact_name", "phone", "email", "source", "note")
"""What the form changes, besides the owner."""

STATES = {
    LeadState.OPEN: N_("Open lead"),
    LeadState.CONVERTED: N_("Converted"),
    LeadState.DISQUALIFIED: N_("Disqualified"),
}


def state_name(state: str, locale: str) -> str:
    """The state in the reader's language; an imported one of another name stands as it is."""
    return translate(locale, STATES[LeadState(state)]) if state in STATES else state


def card(
    lead: Lead,
    locale: str,
    *,
    said: str | None = None,
    notes: Sequence[str] = (),
    changeset: str | None = None,
    more: Sequence[Block] = (),
) -> Message:
    """The lead with its next actions, and `more` of them; `changeset` is what Undo takes back."""
    _ = translator(locale)
    pairs = [
        (_("State"), shown(state_name(lead.state, locale), 100)),
        (_("Owner"), shown(lead.owner.name, 100) if lead.owner else _("nobody")),
    ]
    optional = [
        (_("Contact"), lead.contact_name),
        (_("Phone"), lead.phone),
        (_("Mail"), lead.email),
        (_("Source"), lead.source),
        (_("Reason"), lead.reason),
    ]
    pairs += [(label, shown(value, 300)) for label, value in optional if value]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"🌱 *{shown(lead.name, 300)}*"), fields(pairs)]
    if lead.note:
        blocks.append(context(shown(lead.note, 1000)))
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks.append(action_row(*_actions(lead, locale, changeset), *more))
    summary = line(lead, locale)
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def _actions(lead: Lead, locale: str, changeset: str | None) -> list[Block]:
    _ = translator(locale)
    row = []
    if lead.state == LeadState.OPEN:
        row.append(button(_("Convert"), "lead.convert", style=None if changeset else "primary", lead=lead.id))
        if lead.owner_id is None:
            row.append(button(_("Claim"), "lead.claim", lead=lead.id))
        row.append(button(_("Disqualify"), "lead.disqualify", lead=lead.id))
    if lead.opportunity_id is not None:
        row.append(button(_("Show opportunity"), "opportunity.show", opportunity=lead.opportunity_id))
    if lead.customer_id is not None:
        row.append(button(_("Show customer"), "customer.show", customer=lead.customer_id))
    row.append(button(_("Edit"), "lead.edit", lead=lead.id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return row


def line(lead: Lead, locale: str) -> str:
    """A lead in one line of mrkdwn: name, contact, source, who has it."""
    _ = translator(locale)
    facts = [shown(each, 80) for each in (lead.contact_name, lead.source) if each]
    facts.append(shown(lead.owner.name, 80) if lead.owner else _("nobody"))
    if lead.state != LeadState.OPEN:
        facts.append(shown(state_name(lead.state, locale), 60))
    return f"*{shown(lead.name, 150)}* · {' · '.join(facts)}"


def row(lead: Lead, locale: str, matched: str | None = None) -> Block:
    """A lead in a list, with a button that claims it where nobody has it, else one that shows it."""
    _ = translator(locale)
    text = line(lead, locale) + (f"\n{matched}" if matched else "")
    if lead.state == LeadState.OPEN and lead.owner_id is None:
        return section(text, accessory=button(_("Claim"), "lead.claim", lead=lead.id))
    return section(text, accessory=button(_("Show"), "lead.show", lead=lead.id))


def listing(leads: Sequence[Lead], locale: str, *, count: int, offset: int = 0) -> Message:
    """A page of the open leads that the reader has or may claim."""
    _ = translator(locale)
    heading = _("{count} open lead, yours or nobody's|{count} open leads, yours or nobody's", count=count)
    if not count:
        heading = _("No open leads. Keep one: `/crm lead Blue Ocean via website`")
    blocks: list[Block] = [section(f"*{heading}*" if count else heading)] + [
        row(each, locale) for each in leads
    ]
    below = [button(_("New lead"), "lead.new")]
    if offset:
        below.append(button(_("Back"), "lead.list#back", offset=max(0, offset - PAGE)))
    if count > offset + len(leads):
        below.append(button(_("Show more"), "lead.list#more", offset=offset + PAGE))
    blocks.append(action_row(*below))
    return Message("\n".join([heading, *(line(each, locale) for each in leads)]), tuple(blocks))


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    lead: Lead | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new lead, or of one to edit."""
    _ = translator(locale)
    values = values or {}
    hint = _("The company, or the person where you know no company")
    blocks = [
        text_input("name", _("Name"), values.get("name"), optional=False, hint=hint),
        text_input("contact_name", _("Contact's name"), values.get("contact_name")),
        text_input("phone", _("Phone"), values.get("phone"), longest=60),
        text_input("email", _("Mail"), values.get("email")),
        text_input(
            "source", _("Source"), values.get("source"), placeholder=_("referral, website, exhibition…")
        ),
        user_input("owner", _("Owner"), values.get("owner"), hint=_("Empty: anybody may claim it")),
        text_input("note", _("Note"), values.get("note"), multiline=True, longest=3000),
    ]
    metadata = {"lead": lead.id, "version": lead.version} if lead else {}
    return modal(
        _("Edit lead") if lead else _("New lead"),
        _("Save") if lead else _("Create"),
        with_problems(blocks, problems or {}),
        callback="lead.edit" if lead else "lead.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(lead: Lead) -> dict[str, Any]:
    """What the form shows of a lead."""
    values: dict[str, Any] = {column: getattr(lead, column) for column in COLUMNS}
    return values | {"owner": lead.owner.slack_user_id if lead.owner else None}


def disqualify_form(lead: Lead, locale: str) -> View:
    """Ask why a lead is given up."""
    _ = translator(locale)
    hint = _("In a few words: no budget, not a fit, cannot be reached…")
    blocks = [
        section(f"*{shown(lead.name, 300)}*"),
        text_input("reason", _("Why is it given up?"), optional=False, hint=hint),
    ]
    return modal(
        _("Disqualify lead"), _("Save"), blocks, callback="lead.disqualify", close=_("Cancel"), lead=lead.id
    )
