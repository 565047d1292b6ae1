"""Leads as people see them: the card and the list."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.domain.leads import Authority, LeadState
from bot.i18n import N_, format_date, format_decimal, format_money, translate, translator
from bot.store.models import Lead
from bot.views.blocks import Block, Message, action_row, button, context, fields, section
from bot.views.links import mail_link, phone_link
from bot.views.text import shown
from bot.views.words import source_name

PAGE = 10

STATES = {
    LeadState.OPEN: N_("Open lead"),
    LeadState.CONVERTED: N_("Converted"),
    LeadState.DISQUALIFIED: N_("Disqualified"),
}

AUTHORITIES = {
    Authority.DECIDES: N_("Decides"),
    Authority.INFLUENCES: N_("Has influence"),
    Authority.USES: N_("Uses it"),
}

VIEWS = {
    "near": N_("Mine and nobody's"),
    "mine": N_("My leads"),
    "pool": N_("Pool"),
    "all": N_("Everybody's"),
}
"""Whose open leads a list shows."""


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
    details: Sequence[Block] = (),
    more: Sequence[Block] = (),
) -> Message:
    """The lead with `details` of its own fields and its next actions, and `more` of them; `changeset` is
    what Undo takes back.
    """
    _ = translator(locale)
    owner = shown(lead.owner.name, 100) if lead.owner else _("nobody: in the pool")
    pairs = [(_("State"), shown(state_name(lead.state, locale), 100)), (_("Owner"), owner)]
    optional = [
        (_("Contact"), shown(lead.contact_name, 300) if lead.contact_name else None),
        (_("Phone"), phone_link(lead.phone) if lead.phone else None),
        (_("Mail"), mail_link(lead.email) if lead.email else None),
        (_("Source"), _source(lead, locale)),
        (_("Region"), shown(lead.region, 100) if lead.region else None),
        (_("People there"), format_decimal(lead.size, locale) if lead.size else None),
        (_("Reason"), shown(lead.reason, 300) if lead.reason else None),
    ]
    pairs += [(label, value) for label, value in optional if value]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [
        section(f"🌱 *{shown(lead.name, 300)}*"),
        fields(pairs),
        *details,
        *_qualification(lead, locale),
    ]
    if lead.note:
        blocks.append(context(shown(lead.note, 1000)))
    if notes:
        blocks.append(context(" · ".join(notes)))
    blocks.append(action_row(*_actions(lead, locale, changeset), *more))
    summary = line(lead, locale)
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def _source(lead: Lead, locale: str) -> str | None:
    known = [shown(each, 150) for each in (_named(lead.source, locale), lead.campaign) if each]
    return " · ".join(known) or None


def _named(source: str | None, locale: str) -> str | None:
    return source_name(source, locale) if source else None


def _qualification(lead: Lead, locale: str) -> list[Block]:
    """Need, budget, authority, time: what is known, and what is still to be asked."""
    _ = translator(locale)
    answers = [
        (_("Need"), shown(lead.need, 300) if lead.need else None),
        (_("Budget"), format_money(lead.budget, locale) if lead.budget else None),
        (_("Authority"), authority_name(lead.authority, locale)),
        (_("Time"), format_date(lead.needed_on, locale) if lead.needed_on else None),
    ]
    if lead.state != LeadState.OPEN and not lead.known:
        return []
    lines = [_("{label}: {value}", label=label, value=value) for label, value in answers if value]
    open_questions = [label for label, value in answers if not value]
    if open_questions and lead.state == LeadState.OPEN:
        lines.append(_("Still to ask: {what}", what=" · ".join(open_questions)))
    heading = _("Qualified: {count} of 4", count=lead.known)
    return [section("\n".join([f"*{heading}*", *lines]))]


def authority_name(authority: str | None, locale: str) -> str | None:
    """What the contact has to say, in the reader's language."""
    return translate(locale, AUTHORITIES[Authority(authority)]) if authority else None


def facts(lead: Lead, locale: str) -> list[str]:
    """What is known besides the name, in a line."""
    _ = translator(locale)
    found = [
        shown(each, 80)
        for each in (lead.contact_name, _named(lead.source, locale), lead.campaign, lead.region)
        if each
    ]
    if lead.size:
        found.append(_("{count} person there|{count} people there", count=lead.size))
    if lead.budget:
        found.append(format_money(lead.budget, locale))
    return found


def _actions(lead: Lead, locale: str, changeset: str | None) -> list[Block]:
    _ = translator(locale)
    row = []
    if lead.state == LeadState.OPEN:
        row.append(button(_("Convert"), "lead.convert", style=None if changeset else "primary", lead=lead.id))
        row.append(button(_("Qualify"), "lead.qualify", lead=lead.id))
        if lead.owner_id is None:
            row.append(button(_("Claim"), "lead.claim", lead=lead.id))
        row.append(button(_("Assign"), "lead.assign", lead=lead.id))
        if lead.owner_id is not None:
            row.append(button(_("To the pool"), "lead.release", lead=lead.id))
        row.append(button(_("Disqualify"), "lead.disqualify", lead=lead.id))
    if lead.opportunity_id is not None:
        row.append(button(_("Show opportunity"), "opportunity.show", opportunity=lead.opportunity_id))
    if lead.customer_id is not None:
        row.append(button(_("Show customer"), "customer.show", customer=lead.customer_id))
    row.append(button(_("Edit"), "lead.edit", lead=lead.id))
    row.append(button(_("Share"), "lead.share", lead=lead.id))
    if lead.state != LeadState.DISQUALIFIED:
        row.append(button(_("Merge…"), "lead.merge_with", lead=lead.id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return row


def line(lead: Lead, locale: str) -> str:
    """A lead in one line of mrkdwn: name, contact, source, who has it."""
    _ = translator(locale)
    known = [shown(each, 80) for each in (lead.contact_name, _named(lead.source, locale)) if each]
    known.append(shown(lead.owner.name, 80) if lead.owner else _("nobody"))
    if lead.state != LeadState.OPEN:
        known.append(shown(state_name(lead.state, locale), 60))
    return f"*{shown(lead.name, 150)}* · {' · '.join(known)}"


def row(lead: Lead, locale: str, matched: str | None = None) -> Block:
    """A lead in a list, with a button that claims it where nobody has it, else one that shows it."""
    _ = translator(locale)
    text = line(lead, locale) + (f"\n{matched}" if matched else "")
    if lead.state == LeadState.OPEN and lead.owner_id is None:
        return section(text, accessory=button(_("Claim"), "lead.claim", lead=lead.id))
    return section(text, accessory=button(_("Show"), "lead.show", lead=lead.id))


def listing(
    leads: Sequence[Lead], locale: str, *, count: int, whose: str = "near", offset: int = 0, zone: tzinfo
) -> Message:
    """A page of open leads: the reader's and nobody's, or one of the two, or everybody's."""
    _ = translator(locale)
    heading = _heading(whose, count, locale)
    blocks: list[Block] = [section(f"*{heading}*" if count else heading)]
    for each in leads:
        blocks.append(_with_idle(row(each, locale), each, locale, zone))
    below = [button(_("New lead"), "lead.new")]
    if offset:
        below.append(button(_("Back"), "lead.list#back", whose=whose, offset=max(0, offset - PAGE)))
    if count > offset + len(leads):
        below.append(button(_("Show more"), "lead.list#more", whose=whose, offset=offset + PAGE))
    others = [each for each in VIEWS if each != whose]
    below += [button(_(VIEWS[each]), f"lead.list#{each}", whose=each) for each in others]
    below.append(button(_("How leads are handed out"), "lead.policy"))
    blocks.append(action_row(*below))
    return Message("\n".join([heading, *(line(each, locale) for each in leads)]), tuple(blocks))


def _with_idle(block: Block, lead: Lead, locale: str, zone: tzinfo) -> Block:
    """The row, with since when nothing has happened where its owner was warned."""
    if lead.warned_at is None or lead.touched_at is None:
        return block
    day = format_date(lead.touched_at.astimezone(zone).date(), locale, year=False)
    idle = translate(locale, "Idle since {day}", day=day)
    return section(f"{block['text']['text']}\n⏳ {idle}", accessory=block["accessory"])


_HEADINGS = {
    "near": N_("{count} open lead, yours or nobody's|{count} open leads, yours or nobody's"),
    "mine": N_("{count} open lead of yours|{count} open leads of yours"),
    "pool": N_("{count} lead that anybody may claim|{count} leads that anybody may claim"),
    "all": N_("{count} open lead of everybody's|{count} open leads of everybody's"),
}


def _heading(whose: str, count: int, locale: str) -> str:
    _ = translator(locale)
    if count:
        return _(_HEADINGS.get(whose, _HEADINGS["all"]), count=count)
    if whose == "pool":
        return _("The pool is empty: every open lead has an owner.")
    return _("No open leads. Keep one: `/crm lead Blue Ocean via website`")
