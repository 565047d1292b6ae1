"""Contacts as people see them: the line, the card, the form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import translator
from bot.store.models import Contact
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
    text_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown

COLUMNS = ("name", "title", "email", "phone")


def line(contact: Contact) -> str:
    """A contact in one line of mrkdwn: name, title, phone, mail."""
    facts = [shown(each, 150) for each in (contact.title, contact.phone, contact.email) if each]
    return " · ".join([f"*{shown(contact.name, 100)}*", *facts])


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
    changeset: str | None = None,
) -> Message:
    """The contact with the customer and the next actions."""
    _ = translator(locale)
    pairs = [(_("Customer"), shown(contact.customer.name, 200))]
    optional = [(_("Title"), contact.title), (_("Phone"), contact.phone), (_("Mail"), contact.email)]
    pairs += [(label, shown(value, 300)) for label, value in optional if value]
    blocks: list[Block] = [section(said)] if said else []
    blocks += [section(f"👤 *{shown(contact.name, 200)}*"), fields(pairs)]
    if notes:
        blocks.append(context(" · ".join(notes)))
    about: dict[str, Any] = {"customer": contact.customer_id}
    row = [
        button(_("Log"), "activity.new", **about),
        button(_("Task"), "task.new", **about),
        button(_("Edit"), "contact.edit", contact=contact.id),
        button(_("Show customer"), "customer.show", **about),
    ]
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    blocks.append(action_row(*row))
    summary = f"{line(contact)} · {shown(contact.customer.name, 200)}"
    return Message(f"{said}\n{summary}" if said else summary, tuple(blocks))


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
    contact: Contact | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """The form of a new contact, or of one to edit; the customer's choice is (name, value)."""
    _ = translator(locale)
    values = values or {}
    chosen = values.get("customer")
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
    return values | {"customer": (contact.customer.name, str(contact.customer_id))}
