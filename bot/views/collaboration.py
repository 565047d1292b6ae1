"""Working together as people see it: a record's team, what followers and mentioned people are told."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.domain.credit import HUNDRED, given_away
from bot.i18n import N_, format_decimal, translate, translator
from bot.store.models import Activity, Collaborator, Customer, Opportunity, Person
from bot.views.activities import title as activity_title
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    modal,
    option,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.forms import with_problems
from bot.views.opportunities import title
from bot.views.text import shown

Record = Customer | Opportunity

ROLES = {
    "presales": N_("Pre-sales"),
    "technical": N_("Technical"),
    "delivery": N_("Delivery"),
    "service": N_("Service"),
    "sponsor": N_("Sponsor"),
}


def role_name(role: str | None, locale: str) -> str | None:
    """The role in the reader's language; one that somebody called otherwise stands as it is."""
    return translate(locale, ROLES[role]) if role in ROLES else role


def about(record: Record) -> dict[str, Any]:
    """A button's value for the record."""
    return {"customer": record.id} if isinstance(record, Customer) else {"opportunity": record.id}


def name_of(record: Record) -> str:
    """The record's name for mrkdwn."""
    return shown(record.name, 150) if isinstance(record, Customer) else title(record)


def team(
    record: Record,
    collaborators: Sequence[Collaborator],
    followers: Sequence[Person],
    locale: str,
    *,
    follows: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Who works on a record as what, who follows it, and what can be done."""
    _ = translator(locale)
    heading = f"*{_('Team of {name}', name=name_of(record))}*"
    owner = _("Owner: {name}", name=shown(record.owner.name, 80) if record.owner else _("nobody"))
    given = given_away(collaborators, record.owner_id)
    if given:
        owner += f" · {_credit(HUNDRED - given, locale)}"
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(f"{heading}\n👤 {owner}"))
    lines = [*([said] if said else []), heading, owner]
    for each in collaborators[:20]:
        role = role_name(each.role, locale)
        line = f"👥 {shown(each.person.name, 80)}" + (f" · {shown(role, 60)}" if role else "")
        if each.credit_percent:
            line += f" · {_credit(each.credit_percent, locale)}"
        remove = button(_("Remove"), "collaborator.remove", collaborator=each.id, **about(record))
        blocks.append(section(line, accessory=remove))
        lines.append(line)
    if followers:
        names = _(", ").join(shown(person.name, 60) for person in followers[:20])
        blocks.append(context(f"🔔 {_('Followed by {names}', names=names)}"))
        lines.append(_("Followed by {names}", names=names))
    follow = (
        button(_("Unfollow"), "follow.remove", **about(record))
        if follows
        else button(_("Follow"), "follow.add", **about(record))
    )
    shows = "customer.show" if isinstance(record, Customer) else "opportunity.show"
    row = [
        button(_("Add a colleague"), "collaborator.new", **about(record)),
        follow,
        button(_("Share into a channel"), "card.share", **about(record)),
        button(_("Card"), shows, **about(record)),
    ]
    if isinstance(record, Opportunity):
        if collaborators:
            row.append(button(_("Split credit"), "credit.split", opportunity=record.id))
        row.append(button(_("Deal room"), "room.open", opportunity=record.id))
        row.append(button(_("Link"), "opportunity.link", opportunity=record.id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return Message("\n".join(lines), (*blocks, action_row(*row)))


def _credit(percent: Decimal, locale: str) -> str:
    return translate(locale, "{percent}% of the credit", percent=format_decimal(percent.normalize(), locale))


def split_form(
    opportunity: Opportunity,
    collaborators: Sequence[Collaborator],
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """Everybody's share in percent; the owner's first."""
    _ = translator(locale)
    shares: dict[int, tuple[str, Decimal]] = {}
    given = given_away(collaborators, opportunity.owner_id)
    if opportunity.owner is not None and opportunity.owner_id is not None:
        shares[opportunity.owner_id] = (opportunity.owner.name, HUNDRED - given)
    for each in collaborators[:20]:
        shares.setdefault(each.person_id, (each.person.name, each.credit_percent or Decimal(0)))
    values = values if values is not None else {}
    inputs: list[Block] = [section(f"*{name_of(opportunity)}*\n{_('The shares are 100 percent together.')}")]
    for person_id, (name, share) in shares.items():
        field = f"share#{person_id}"
        typed = values.get(field, f"{share.normalize():f}")
        inputs.append(text_input(field, name, typed, longest=8))
    return modal(
        _("Split credit"),
        _("Save"),
        with_problems(inputs, problems or {}),
        callback="credit.split",
        close=_("Cancel"),
        **about(opportunity),
    )


def form(record: Record, locale: str, *, values: Mapping[str, Any] | None = None) -> View:
    """Whom to add, and as what."""
    _ = translator(locale)
    values = values or {}
    roles = [option(_(name), role) for role, name in ROLES.items()]
    blocks = [
        section(f"*{name_of(record)}*"),
        user_input("person", _("Colleague"), values.get("person"), optional=False),
        select_input("part", _("Role"), roles, values.get("part")),
        text_input("other_part", _("Or in your own words"), values.get("other_part"), longest=60),
    ]
    return modal(
        _("Add a colleague"),
        _("Add"),
        blocks,
        callback="collaborator.add",
        close=_("Cancel"),
        **about(record),
    )


def mentioned(note: Activity | Customer | Opportunity, text: str, by: str | None, locale: str) -> Message:
    """Somebody named the reader in a note."""
    _ = translator(locale)
    who = shown(by, 80) if by else _("Somebody")
    said = "💬 " + _("{name} mentioned you:", name=who)
    if isinstance(note, Activity):
        what = activity_title(note, locale)
        values: dict[str, Any] = {"customer": note.customer_id}
        if note.opportunity_id is not None:
            values = {"opportunity": note.opportunity_id}
    else:
        what, values = f"*{name_of(note)}*", about(note)
    shows = "opportunity.show" if "opportunity" in values else "customer.show"
    blocks = [
        section(f"{said}\n{what}\n{shown(text, 2000)}"),
        action_row(
            button(_("Card"), shows, **values),
            button(_("Log"), "activity.new", **values),
            button(_("Task"), "task.new", **values),
        ),
    ]
    return Message(f"{said} {what}\n{shown(text, 2000)}", tuple(blocks))


def added(found: Collaborator, record: Record, by: str | None, locale: str) -> Message:
    """Somebody put the reader on a record's team."""
    _ = translator(locale)
    who = shown(by, 80) if by else _("Somebody")
    said = "👥 " + _("{name} put you on the team of *{record}*.", name=who, record=name_of(record))
    role = role_name(found.role, locale)
    if role:
        said += " " + _("Your role: {role}", role=shown(role, 60))
    shows = "customer.show" if isinstance(record, Customer) else "opportunity.show"
    row = (
        button(_("Card"), shows, **about(record)),
        button(_("Log"), "activity.new", **about(record)),
        button(_("Unfollow"), "follow.remove", **about(record)),
    )
    return Message(said, (section(said), action_row(*row)))


def news(record: Record, lines: Sequence[str], who: Sequence[str], locale: str) -> Message:
    """What changed in a record that the reader follows."""
    _ = translator(locale)
    head = f"🔔 *{name_of(record)}*"
    by = _("by {names}", names=_(", ").join(shown(name, 60) for name in who)) if who else ""
    shows = "customer.show" if isinstance(record, Customer) else "opportunity.show"
    blocks: list[Block] = [section("\n".join([head, *lines]))]
    blocks += [context(by)] if by else []
    blocks.append(
        action_row(
            button(_("Card"), shows, **about(record)), button(_("Unfollow"), "follow.remove", **about(record))
        )
    )
    return Message("\n".join([head, *lines, *([by] if by else [])]), tuple(blocks))


def replied(lines: Sequence[str], who: Sequence[str], locale: str) -> Message:
    """What changed, in the thread of the card."""
    _ = translator(locale)
    by = _("by {names}", names=_(", ").join(shown(name, 60) for name in who)) if who else ""
    blocks: list[Block] = [section("\n".join(lines)), *([context(by)] if by else [])]
    return Message("\n".join([*lines, *([by] if by else [])]), tuple(blocks))
