"""Merging two customers: field by field, with all that names the other, in a changeset that Undo parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.changes import rows_naming
from bot.store.customers import access_customer
from bot.store.models import Contact, Customer
from bot.store.models.collaboration import Collaborator, Follow

FIELDS = (
    "name",
    "kind",
    "legal_name",
    "tax_id",
    "industry",
    "size",
    "region",
    "website",
    "phone",
    "owner_id",
    "parent_id",
    "sales_channel",
    "partner_id",
    "partner_percent",
    "external_id",
)
"""What can have one value only: where both have one, somebody chooses."""

_LISTS = ("aliases", "other_phones", "addresses", "tags")
_CONTACT_FIELDS = ("title", "decision_role", "email", "phone", "birthday_on", "preferences")


class MergedWithItself(Refusal):
    """Two names of one record."""

    message = "These are one customer already. Name two: `/crm customer merge Acme with Acme Labs`"


class MergeIsOld(Refusal):
    """One of the two was changed after the form had shown it."""

    message = (
        "Somebody changed one of the two while your form was open. Here is how they are now; merge again."
    )


@dataclass(frozen=True)
class Merged:
    """What a merge did: the customer that stays, and how many records came over, by table."""

    customer: Customer
    moved: Mapping[str, int]


def differing(winner: Customer, loser: Customer) -> list[str]:
    """The fields in which both have a value, and not the same one."""
    return [
        field
        for field in FIELDS
        if getattr(winner, field) not in (None, "")
        and getattr(loser, field) not in (None, "")
        and getattr(winner, field) != getattr(loser, field)
    ]


def merge_customers(
    session: Session,
    actor: Actor,
    winner_id: int,
    loser_id: int,
    *,
    from_loser: Iterable[str] = (),
    versions: tuple[int, int] | None = None,
    now: datetime,
) -> Merged:
    """Make one of two customers. Everything that names the loser names the winner from now on.

    Fields keep the winner's value unless they are named in `from_loser` or the winner has none; texts and
    lists keep both. `versions` are those that the person saw. Raises MergedWithItself, NotAllowed and
    MergeIsOld.
    """
    winner, loser = access_customer(session, winner_id), access_customer(session, loser_id)
    if winner.id == loser.id:
        raise MergedWithItself
    for customer in (winner, loser):
        check_may_change(session, actor, customer.owner_id)
    if versions is not None and versions != (winner.version, loser.version):
        raise MergeIsOld
    values = _united(winner, loser, frozenset(from_loser))
    moved = _move(session, Customer.__tablename__, winner.id, loser.id)
    _unite_contacts(session, winner.id, now)
    _drop_repeated(session, winner.id, now)
    for field, value in values.items():
        setattr(winner, field, value)
    # What was the other's parent or partner may be itself by now.
    for field in ("parent_id", "partner_id"):
        if getattr(winner, field) in (winner.id, loser.id):
            setattr(winner, field, None)
    loser.deleted_at = now
    session.flush()
    return Merged(access_customer(session, winner.id), moved)


def _united(winner: Customer, loser: Customer, from_loser: frozenset[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in FIELDS:
        mine, theirs = getattr(winner, field), getattr(loser, field)
        if theirs not in (None, "") and (field in from_loser or mine in (None, "")):
            values[field] = theirs
    for field in _LISTS:
        values[field] = list(dict.fromkeys([*(getattr(winner, field) or ()), *(getattr(loser, field) or ())]))
    name, phone = values.get("name", winner.name), values.get("phone", winner.phone)
    values["name_key"] = name_key(name)
    for each in (winner.name, loser.name):
        if each != name and each not in values["aliases"]:
            values["aliases"].append(each)
    for number in filter(None, (winner.phone, loser.phone)):
        if number != phone and number not in values["other_phones"]:
            values["other_phones"].append(number)
    notes = dict.fromkeys(filter(None, (winner.note, loser.note)))
    values["note"] = "\n".join(notes) or None
    for field in ("extra", "custom"):
        values[field] = {**(getattr(loser, field) or {}), **(getattr(winner, field) or {})}
    return {field: value for field, value in values.items() if getattr(winner, field) != value}


def _move(session: Session, table: str, winner_id: int, loser_id: int) -> dict[str, int]:
    """Let every row name the winner where it named the loser; deleted rows too, which may come back."""
    moved: dict[str, int] = {}
    for row, field in rows_naming(session, table, loser_id):
        if row.__tablename__ == table and row.id in (winner_id, loser_id):
            continue
        setattr(row, field, winner_id)
        if row.deleted_at is None:
            moved[row.__tablename__] = moved.get(row.__tablename__, 0) + 1
    session.flush()
    return moved


def _unite_contacts(session: Session, customer_id: int, now: datetime) -> None:
    """A customer has one contact of a name: the later one's values and records go to the earlier one."""
    first: dict[str, Contact] = {}
    for contact in _living(session, customer_id, Contact):
        kept = first.setdefault(contact.name.strip().casefold(), contact)
        if kept is not contact:
            unite_contacts(session, kept, contact, now)


def unite_contacts(session: Session, kept: Contact, other: Contact, now: datetime) -> None:
    """Make one of two contacts: what the kept one lacks comes from the other, and all that names it."""
    for field in _CONTACT_FIELDS:
        if getattr(kept, field) in (None, "") and getattr(other, field) not in (None, ""):
            setattr(kept, field, getattr(other, field))
    _move(session, Contact.__tablename__, kept.id, other.id)
    other.deleted_at = now
    session.flush()


def _drop_repeated(session: Session, customer_id: int, now: datetime) -> None:
    """Who follows or works on both does so once."""
    for kind in (Follow, Collaborator):
        seen: set[int] = set()
        for row in _living(session, customer_id, kind):
            if row.person_id in seen:
                row.deleted_at = now
            seen.add(row.person_id)
    session.flush()


def _living(session: Session, customer_id: int, kind: type[Any]) -> Sequence[Any]:
    rows = (
        row
        for row, field in rows_naming(session, Customer.__tablename__, customer_id)
        if field == "customer_id"
    )
    return sorted(
        (row for row in rows if isinstance(row, kind) and row.deleted_at is None), key=lambda row: row.id
    )


def counts_of(session: Session, customer_id: int) -> dict[str, int]:
    """How many records name a customer, by table."""
    counts: dict[str, int] = {}
    for row, _field in rows_naming(session, Customer.__tablename__, customer_id):
        if row.deleted_at is None:
            counts[row.__tablename__] = counts.get(row.__tablename__, 0) + 1
    return counts
