"""Contacts as people see them: the line, the card, the form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_skeleton

from bot.domain.profiles import NO_YEAR, ContactRole
from bot.i18n import translate, translator
from bot.i18n.formats import babel_locale
from bot.store.models import Contact, CustomField
from bot.views import custom_fields
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    fields,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.links import mail_link, phone_link
from bot.views.text import shown
from bot.views.words import CONTACT_ROLES

COLUMNS = ("name", "title", "decision_role", "email", "phone", "preferences")
"""What the form changes as it is kept, besides the customer and the birthday."""

ROLE_ICONS = {"decision_maker": "👑", "influencer": "💡", "user": "🧑‍💻", "blocker": "⛔"}


def line(contact: Contact, locale: str | None = None) -> str:
    """A contact in one line of mrkdwn: name, title, phone, mail; the role too where the reader is known."""
    facts = [shown(each, 150) for each in (contact.title, contact.phone, contact.email) if each]
    if contact.decision_role and locale:
        facts.insert(0, role(contact.decision_role, locale))
    return " · ".join([f"*{shown(contact.name, 100)}*", *facts])


def role(kept: str, locale: str) -> str:
    """What the contact does in a decision; one of another system stands as it is."""
    name = translate(locale, CONTACT_ROLES[ContactRole(kept)]) if kept in ROLE_ICONS else shown(kept, 60)
    return f"{ROLE_ICONS.get(kept, '')} {name}".strip()


def birthday(day: date, locale: str) -> str:
    """A birthday, without its year where nobody said it."""
    skeleton = "MMMMd" if day.year == NO_YEAR else "yMMMMd"
    return str(format_skeleton(skeleton, day, locale=babel_locale(locale)))


def row(contact: Contact, locale: str, matched: str | None = None) -> Block:
    """A contact in a list, with the customer, what matched, and a button that shows it."""
    facts = [shown(contact.customer.name, 100)] + ([matched] if matched else [])
    show = button(translator(locale)("Show"), "contact.show", contact=contact.id)
    return section(f"{line(contact)}\n{' · '.join(facts)}", accessory=show)


def card(
    contact: Contact,
    locale: str,
    *,
    said: str | None = None,
    notes: Sequence[str] = (),
    details: Sequence[Block] = (),
    changeset: str | None = None,
) -> Message:
    """The contact with the customer, `details` of its own fields, and the next actions."""
    _ = translator(locale)
    pairs = [(_("Customer"), shown(contact.customer.name, 200))]
    optional = [
        (_("Title"), shown(contact.title or "", 300)),
        (_("Role in the decision"), role(contact.decision_role, locale) if contact.decision_role else ""),
        (_("Phone"), phone_link(contact.phone) if contact.phone else ""),
        (_("Mail"), mail_link(contact.email) if contact.email else ""),
        (_("Birthday"), birthday(contact.birthday_on, locale) if contact.birthday_on else ""),
        (_("Preferences"), shown(contact.preferences or "", 1000)),
    ]
    pairs += [(label, value) for label, value in optional if value]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"👤 *{shown(contact.name, 200)}*"), fields(pairs), *details]
    if notes:
        blocks.append(context(" · ".join(notes)))
    about: dict[str, Any] = {"customer": contact.customer_id}
    row = [
        button(_("Log"), "activity.new", contact=contact.id),
        *_reached(contact, locale),
        button(_("Task"), "task.new", **about),
        button(_("Edit"), "contact.edit", contact=contact.id),
        button(_("Show customer"), "customer.show", **about),
        button(_("To my phone"), "contact.vcard", contact=contact.id),
        button(_("Merge…"), "contact.merge_with", contact=contact.id),
    ]
    if contact.birthday_on:
        row.append(button(_("Birthday reminder"), "contact.remind", contact=contact.id))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    blocks.append(action_row(*row))
    summary = f"{line(contact)} · {shown(contact.customer.name, 200)}"
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


def _reached(contact: Contact, locale: str) -> list[Block]:
    """A call and a mail, each with its link and its form, where the number and the address are known."""
    _ = translator(locale)
    kinds = [(_("Call"), "call", contact.phone), (_("Email"), "email", contact.email)]
    return [
        button(name, f"activity.new#{kind}", contact=contact.id, kind=kind) for name, kind, at in kinds if at
    ]


def listing(contacts: Sequence[Contact], locale: str, heading: str, *more: Block) -> Message:
    """Several contacts, each with a button that shows it; `more` are the next actions below."""
    blocks: list[Block] = [section(f"*{heading}*")] + [row(contact, locale) for contact in contacts[:10]]
    if more:
        blocks.append(action_row(*more))
    lines = [f"{line(each)} · {shown(each.customer.name, 100)}" for each in contacts[:10]]
    return Message("\n".join([heading, *lines]), tuple(blocks))


def form(
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    own: Sequence[CustomField] = (),
    contact: Contact | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new contact, or of one to edit; the customer's choice is (name, value), `own` are the
    workspace's own fields.
    """
    _ = translator(locale)
    values = values or {}
    chosen = values.get("customer")
    roles = [option(role(each, locale), each) for each in CONTACT_ROLES]
    blocks = [
        search_input(
            "customer",
            _("Customer"),
            option(*chosen) if chosen else None,
            optional=False,
            placeholder=_("Type a name; a new one is offered below"),
        ),
        text_input("name", _("Contact's name"), values.get("name"), optional=False),
        text_input("title", _("Title"), values.get("title")),
        text_input("email", _("Mail"), values.get("email")),
        text_input("phone", _("Phone"), values.get("phone"), longest=60),
        select_input("decision_role", _("Role in the decision"), roles, values.get("decision_role")),
        text_input(
            "birthday",
            _("Birthday"),
            values.get("birthday"),
            placeholder=_("Such as: 5 May, or 1985-05-05"),
            longest=40,
        ),
        text_input(
            "preferences",
            _("Preferences"),
            values.get("preferences"),
            multiline=True,
            longest=2000,
            placeholder=_("What they like: green tea, calls after 4pm"),
        ),
        *custom_fields.inputs(own, values, locale),
    ]
    metadata = {"contact": contact.id, "version": contact.version} if contact else {}
    return modal(
        _("Edit contact") if contact else _("New contact"),
        _("Save") if contact else _("Create"),
        with_problems(blocks, problems or {}),
        callback="contact.edit" if contact else "contact.create",
        close=_("Cancel"),
        **metadata,
    )


def form_values(contact: Contact) -> dict[str, Any]:
    """What the form shows of a contact."""
    values: dict[str, Any] = {column: getattr(contact, column) for column in COLUMNS}
    return values | {
        "customer": (contact.customer.name, str(contact.customer_id)),
        "birthday": birthday_typed(contact.birthday_on),
    }


def birthday_typed(born: date | None) -> str | None:
    """A birthday as one types it into the form."""
    if born is None:
        return None
    return f"{born:%m-%d}" if born.year == NO_YEAR else born.isoformat()
