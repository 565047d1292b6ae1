"""Customers: found by what was typed, made, edited; no two of one name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.classes import PROSPECT
from bot.domain.errors import Refusal
from bot.domain.names import name_key
from bot.services.classes import by_hand, classify_customer
from bot.services.custom_fields import set_values
from bot.services.edits import edit
from bot.services.following import tell_followers
from bot.services.mentions import tell_mentioned
from bot.services.names import closeness
from bot.services.profiles import check_parent
from bot.services.rights import check_may_change
from bot.services.sales_channels import flag_conflict, settle_channel
from bot.store import Session
from bot.store.customers import access_customer, find_customers_called, hold_names, list_alike_customers
from bot.store.models import Customer

CLOSE = 80
"""From this closeness on a name is near enough to be asked about before another customer is made."""


class NameMissing(Refusal):
    """A record without a name."""

    message = "A name is missing. Type what you call them, such as: Acme"


class CustomerExists(Refusal):
    """A second customer of one name."""

    message = "{name} is here already, with {owner}. Open it with: `/crm customer {name}`"

    def __init__(self, customer: Customer) -> None:
        owner = customer.owner.name if customer.owner else "—"
        super().__init__(field="name", name=customer.name, owner=owner)
        self.customer_id = customer.id


def make_customer(session: Session, actor: Actor, name: str, *, now: datetime, **values: Any) -> Customer:
    """A new customer, owned by who makes it unless `values` name an owner_id.

    Raises NameMissing, and CustomerExists where somebody was faster.
    """
    name = name.strip()
    if not name:
        raise NameMissing(field="name")
    _check_is_free(session, name, besides=None)
    customer = Customer(name=name, name_key=name_key(name), **({"owner_id": actor.person_id} | values))
    customer.kind_by_hand = customer.kind not in (None, PROSPECT)
    session.add(customer)
    session.flush()
    settle_channel(session, customer)
    _tell(session, actor, customer, now)
    return customer


def edit_customer(
    session: Session,
    actor: Actor,
    customer_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Customer:
    """Change columns of a customer; `custom` has values of its own fields by their keys.

    Raises NotAllowed, NameMissing, CustomerExists for a name that another has, OwnParent and EditConflict.
    """
    customer = access_customer(session, customer_id)
    check_may_change(session, actor, customer.owner_id)
    columns = by_hand(customer, values)
    if "name" in columns:
        columns["name"] = (columns["name"] or "").strip()
        if not columns["name"]:
            raise NameMissing(field="name")
        columns["name_key"] = name_key(columns["name"])
        if columns["name_key"] != customer.name_key:
            _check_is_free(session, columns["name"], besides=customer.id)
    if columns.get("parent_id") is not None:
        check_parent(session, customer, columns["parent_id"])
    custom = columns.pop("custom", None)
    edit(session, customer, columns, version=version, seen=seen)
    if custom:
        set_values(session, customer, custom, version=version, seen=seen)
    if columns.get("kind_by_hand") is False or columns.get("class_by_hand") is False:
        classify_customer(session, customer.id, session.info["now"])
    settle_channel(session, customer)
    now = session.info["now"]
    flag_conflict(session, customer_id, now=now)
    _tell(session, actor, customer, now)
    tell_followers(session, actor, customer, now=now)
    return access_customer(session, customer_id)


def _tell(session: Session, actor: Actor, customer: Customer, now: datetime) -> None:
    tell_mentioned(session, actor, customer, customer.note, now=now)


def customer_for(session: Session, actor: Actor, chosen: str, *, now: datetime) -> tuple[Customer, bool]:
    """The customer that a form's search chose (`ID` or `new:NAME`), and whether it was made for it."""
    if not chosen.startswith("new:"):
        return access_customer(session, int(chosen)), False
    name = chosen.removeprefix("new:")
    known = find_customers_called(session, name)
    if known:
        return known[0], False
    return make_customer(session, actor, name, now=now), True


def near_customers(session: Session, name: str, *, limit: int = 4) -> Sequence[Customer]:
    """Customers that may be meant by a name that none has, the closest first."""
    scored = [(closeness(name, each.name), each) for each in list_alike_customers(session, name)]
    near = sorted((each for each in scored if CLOSE <= each[0] < 100), key=lambda each: -each[0])
    return [customer for _score, customer in near[:limit]]


def _check_is_free(session: Session, name: str, *, besides: int | None) -> None:
    """Two may make the same customer at once: the later one waits here and then sees it."""
    hold_names(session)
    taken = [each for each in find_customers_called(session, name) if each.id != besides]
    if taken:
        raise CustomerExists(access_customer(session, taken[0].id))
