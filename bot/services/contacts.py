"""Contacts: the people at customers, made and edited, with addresses that can be right."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.custom_fields import set_values, without_empty
from bot.services.customers import NameMissing
from bot.services.edits import edit
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.contacts import access_contact, find_contact_of
from bot.store.customers import access_customer, hold_names
from bot.store.models import Contact

_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@(?:[\w-]+\.)+[\w-]{2,}")


class BadMail(Refusal):
    """What cannot be a mail address."""

    message = "“{typed}” is not a mail address. One looks like this: li.na@acme.com"


class ContactExists(Refusal):
    """A second contact of one name at one customer."""

    message = "{name} is at {customer} already. Edit that contact instead, or add a second name."


def check_mail(typed: str | None, *, field: str = "email") -> str | None:
    """The address as it is kept, None where there is none. Raises BadMail."""
    address = (typed or "").strip()
    if not address:
        return None
    if len(address) > 254 or ".." in address or not _MAIL.fullmatch(address):
        raise BadMail(field=field, typed=address)
    return address


def make_contact(
    session: Session,
    actor: Actor,
    *,
    customer_id: int,
    name: str,
    email: str | None = None,
    **values: Any,
) -> Contact:
    """A new contact at a customer; anybody may add one. `values` are further columns (title, phone, role).

    Raises NameMissing, ContactExists and BadMail.
    """
    customer = access_customer(session, customer_id)
    name = name.strip()
    if not name:
        raise NameMissing(field="name")
    hold_names(session)
    if find_contact_of(session, customer.id, name):
        raise ContactExists(field="name", name=name, customer=customer.name)
    custom = without_empty(values.pop("custom", None))
    contact = Contact(customer_id=customer.id, name=name, email=check_mail(email), custom=custom, **values)
    session.add(contact)
    session.flush()
    return access_contact(session, contact.id)


def edit_contact(
    session: Session,
    actor: Actor,
    contact_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Contact:
    """Change columns of a contact, which belongs to the customer's owner; `custom` has values of its own
    fields by their keys.

    Raises NotAllowed, NameMissing, ContactExists, BadMail and EditConflict.
    """
    contact = access_contact(session, contact_id)
    check_may_change(session, actor, contact.customer.owner_id)
    columns = dict(values)
    if "email" in columns:
        columns["email"] = check_mail(columns["email"])
    if "name" in columns:
        columns["name"] = (columns["name"] or "").strip()
        if not columns["name"]:
            raise NameMissing(field="name")
        other = find_contact_of(session, columns.get("customer_id", contact.customer_id), columns["name"])
        if other and other.id != contact.id:
            raise ContactExists(field="name", name=columns["name"], customer=other.customer.name)
    custom = columns.pop("custom", None)
    edit(session, contact, columns, version=version, seen=seen)
    if custom:
        set_values(session, contact, custom, version=version, seen=seen)
    return access_contact(session, contact_id)


def keep_contact(
    session: Session, actor: Actor, *, customer_id: int, name: str, **values: Any
) -> tuple[Contact, bool]:
    """The customer's contact of this name with what is said of them, and whether it was made now.

    What is not said stays as it is. Raises as make_contact and edit_contact do.
    """
    known = find_contact_of(session, customer_id, name)
    if known is None:
        return make_contact(session, actor, customer_id=customer_id, name=name, **values), True
    said = {field: value for field, value in values.items() if value}
    return (edit_contact(session, actor, known.id, said) if said else known), False
