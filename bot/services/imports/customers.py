"""Customers, their contacts, leads and products."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.duplicates import Kind
from bot.domain.errors import Refusal
from bot.domain.leads import LeadState
from bot.domain.names import name_key
from bot.domain.profiles import LISTS
from bot.services.duplicates import describe, described
from bot.services.imports.batch import Batch
from bot.services.imports.known import MATCHED, Known, Names
from bot.services.imports.matching import Records, Written, fill, without_repeats
from bot.services.imports.own_fields import OwnFields
from bot.services.imports.refusals import CellMissing
from bot.services.imports.rows import Failure, Record
from bot.services.imports.similar import Similar
from bot.services.imports.words import same_name
from bot.services.pools import place_leads
from bot.services.profiles import check_parent
from bot.store.models import Contact, Customer, Lead, Product
from bot.store.transfers import by_external_id

_NAMED = ("name", "partner", "parent")
_CHANNEL = ("sales_channel", "partner_percent")
_PROFILE = ("legal_name", "tax_id", "size")
_CUSTOMER = (
    *("name", "industry", "region", "website", "phone", "kind", "note", "external_id"),
    *_PROFILE,
    *_CHANNEL,
)


def import_customers(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update customers; one that another file only named gets its own row's values."""
    records = without_repeats(batch.records, failures, known.report)
    known.meet_people(record.get("owner") for record in records)
    known.seek_customers(record.get(field) for record in records for field in _NAMED)
    named = _ByName(known, Customer, known.customers, records, is_ours=batch.is_ours)
    written = Written(known.session, known.report)
    own_fields = OwnFields(known.session, Customer.__tablename__)
    sold_through: list[tuple[Customer, str]] = []
    belonging: list[tuple[Customer, Record]] = []
    for record in records:
        step()
        customer = named.of(record)
        is_new = customer is None
        try:
            owner_id = known.person_id(record.get("owner"))
            own, rest = own_fields.of(record, batch.cells)
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        customer = customer or Customer(name=record.values["name"], extra={}, custom={})
        if customer.name != record.values["name"]:
            known.report.note(MATCHED, f"{customer.name} → {record.values['name']}")
        fill(customer, {name: record.get(name) for name in _CUSTOMER})
        fill(customer, {name: _several(record.get(name)) for name in LISTS})
        extra, custom = {**(customer.extra or {}), **rest}, {**(customer.custom or {}), **own}
        fill(customer, {"name_key": name_key(customer.name), "owner_id": owner_id})
        fill(customer, {"extra": extra, "custom": custom})
        partner = known.customers.find(record.values["partner"]) if record.get("partner") else None
        fill(customer, {"partner_id": partner.id if partner else None})
        if is_new:
            known.similar.expect(customer.name, describe(customer))
        written.take(customer, is_new=is_new)
        named.given(customer, is_new=is_new)
        if record.get("partner") and customer.partner_id is None:
            sold_through.append((customer, record.values["partner"]))
        if record.get("parent"):
            belonging.append((customer, record))
    known.similar.note()
    written.keep()
    # Partners and parents may be rows of the same file, and have an id only now.
    met = known.meet_customers(name for _customer, name in sold_through)
    for customer, name in sold_through:
        fill(customer, {"partner_id": met[name].id})
    known.session.flush()
    _put_below(known, belonging, failures)


def _put_below(known: Known, belonging: list[tuple[Customer, Record]], failures: list[Failure]) -> None:
    """Each customer below the one that it belongs to; none above itself."""
    above = known.meet_customers(record.values["parent"] for _customer, record in belonging)
    for customer, record in belonging:
        parent = above[record.values["parent"]]
        if customer.parent_id == parent.id:
            continue
        try:
            check_parent(known.session, customer, parent.id)
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        fill(customer, {"parent_id": parent.id})
        known.session.flush()


def import_products(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update products and their list prices; the file's spelling of a name is the one that stays."""
    records = without_repeats(batch.records, failures, known.report)
    named = _ByName(known, Product, known.products, records, is_ours=batch.is_ours)
    written = Written(known.session, known.report)
    for record in records:
        step()
        product = named.of(record)
        is_new = product is None
        if is_new:
            known.products.note_similar(record.values["name"])
        product = product or Product(name=record.values["name"], currency=known.settings.currency)
        if product.name != record.values["name"]:
            known.report.note(MATCHED, f"{product.name} → {record.values['name']}")
        fill(product, {"name": record.get("name"), "external_id": record.get("external_id")})
        fill(product, {"name_key": name_key(product.name)})
        price = record.get("price")
        if price is not None:
            fill(product, {"price_minor": price.minor, "currency": price.currency})
        elif product.price_minor is None:
            fill(product, {"currency": record.get("currency")})
        written.take(product, is_new=is_new)
        named.given(product, is_new=is_new)
    written.keep()


class _ByName:
    """Which row is which customer or product: by external id, else by name, each given to one row at most."""

    def __init__(
        self, known: Known, model: type[Any], names: Names[Any], records: Sequence[Record], *, is_ours: bool
    ) -> None:
        ids = [record.values["external_id"] for record in records if record.get("external_id")]
        self._by_external = by_external_id(known.session, model, ids)
        self._names = names
        self._in_file = {same_name(record.values["name"]) for record in records}
        self._given: set[int] = set()
        self._is_ours = is_ours

    def of(self, record: Record) -> Any | None:
        """Whom or what the row is about; one that repeats a name without an id is about the same again."""
        name, external_id = record.values["name"], record.get("external_id")
        if external_id and external_id in self._by_external:
            return self._by_external[external_id]
        for candidate in self._names.alike(name):
            is_exact = same_name(candidate.name) == same_name(name)
            if not is_exact and same_name(candidate.name) in self._in_file:
                continue
            if external_id and candidate.external_id not in (None, external_id):
                continue
            if id(candidate) in self._given and (external_id or self._is_ours or not is_exact):
                continue
            return candidate
        return None

    def given(self, entity: Any, *, is_new: bool) -> None:
        """The row was about this one."""
        self._given.add(id(entity))
        if is_new:
            self._names.add(entity)


def _several(cell: str | None) -> list[str] | None:
    """The values of a list, between semicolons; None for an empty cell."""
    values = [each.strip() for each in (cell or "").replace("；", ";").split(";")]
    return list(dict.fromkeys(filter(None, values))) or None


_CONTACT = (
    *("name", "title", "email", "phone", "external_id"),
    *("decision_role", "birthday_on", "preferences"),
)


def import_contacts(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update contacts; their customers are made where they are unknown."""
    records = without_repeats(batch.records, failures, known.report)
    customers = known.meet_customers(record.get("customer") for record in records)
    here = Records(known.session, Contact, records, _contact_key)
    written = Written(known.session, known.report)
    similar = Similar(known.session, Kind.CONTACTS, known.report)
    own_fields = OwnFields(known.session, Contact.__tablename__)
    for record in records:
        step()
        if record.get("customer") is None:
            failures.append(Failure(record.line, CellMissing(column="customer")))
            continue
        try:
            own, _rest = own_fields.of(record, batch.cells)
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        customer_id = customers[record.values["customer"]].id
        contact = here.of(record, (customer_id, same_name(record.values["name"])))
        is_new = contact is None
        contact = contact or Contact(name=record.values["name"], custom={})
        fill(contact, {name: record.get(name) for name in _CONTACT})
        fill(contact, {"customer_id": customer_id, "custom": {**(contact.custom or {}), **own}})
        if is_new:
            similar.expect(
                contact.name, described(contact.name, phones=[contact.phone], mails=[contact.email])
            )
        written.take(contact, is_new=is_new)
    similar.note()
    written.keep()


def _contact_key(contact: Any) -> tuple[int, str]:
    return contact.customer_id, same_name(contact.name)


_LEAD = (
    *("name", "contact_name", "email", "phone", "source", "campaign", "region", "size", "need", "needed_on"),
    *("note", "state", "reason", "external_id"),
)


def import_leads(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update leads. One without a company has its contact's name."""
    records = without_repeats(batch.records, failures, known.report)
    known.meet_people(record.get("owner") for record in records)
    here = Records(known.session, Lead, records, _lead_key)
    written = Written(known.session, known.report)
    similar = Similar(known.session, Kind.LEADS, known.report)
    own_fields = OwnFields(known.session, Lead.__tablename__)
    free: list[Lead] = []
    for record in records:
        step()
        name = record.get("name") or record.get("contact_name")
        if name is None:
            failures.append(Failure(record.line, CellMissing(column="name")))
            continue
        lead = here.of(record, (same_name(name), same_name(record.get("contact_name") or "")))
        is_new = lead is None
        try:
            owner_id = known.person_id(record.get("owner"))
            own, _rest = own_fields.of(record, batch.cells)
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        lead = lead or Lead(name=name, custom={})
        fill(lead, {each: record.get(each) for each in _LEAD} | {"owner_id": owner_id})
        fill(lead, {"custom": {**(lead.custom or {}), **own}})
        if lead.owner_id is not None and lead.touched_at is None:
            lead.held_since, lead.touched_at = now, now
        if is_new and lead.owner_id is None and record.get("state") in (None, LeadState.OPEN):
            free.append(lead)
        if is_new:
            similar.expect(lead.name, describe(lead))
        written.take(lead, is_new=is_new)
    similar.note()
    written.keep()
    if not failures:
        place_leads(known.session, free, now)


def _lead_key(lead: Any) -> tuple[str, str]:
    return same_name(lead.name), same_name(lead.contact_name or "")
