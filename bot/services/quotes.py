"""Quotes: made from products, edited, sent, answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.quotes import LineValue, QuoteState, quote_totals
from bot.services.edits import EditConflict
from bot.services.products import product_named
from bot.services.rights import check_may_change
from bot.services.subjects import subject
from bot.store import Session, alone
from bot.store.changes import maker_of
from bot.store.models import Customer, Product, Quote, QuoteLine
from bot.store.quotes import access_quote, count_quotes
from bot.store.workspaces import workspace_settings


class NoLines(Refusal):
    """A quote of nothing."""

    message = "A quote needs at least one line, such as: 50 x Pro"


class PriceUnknown(Refusal):
    """A product without a list price, and none was typed."""

    message = "{product} has no list price. Type one: 50 x {product} at 90"


class BadQuantity(Refusal):
    """Not a number of things that can be sold."""

    message = "{typed} of {product} cannot be sold. Type how many, such as: 50 x {product}"


class BadDiscount(Refusal):
    """A discount that is no percentage."""

    message = "A discount is between 0 and 100 percent; {typed} is not."


class ValidityInPast(Refusal):
    """An offer that ended before it was made."""

    message = "{day} is in the past. Until when does the quote hold? For example: 30 days"


class QuoteClosed(Refusal):
    """A quote that was answered already."""

    message = "Quote {number} was answered already. Make a new one instead."


@dataclass(frozen=True)
class QuoteItem:
    """A line as it was asked for; without a price it is sold at list price."""

    product: str
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discount_percent: Decimal = Decimal(0)


def make_quote(
    session: Session,
    actor: Actor,
    *,
    customer: Customer,
    items: Sequence[QuoteItem],
    now: datetime,
    discount_percent: Decimal = Decimal(0),
    valid_until: date | None = None,
    opportunity_id: int | None = None,
    note: str | None = None,
) -> Quote:
    """A draft for the customer, priced from the products' list prices unless a line says otherwise.

    Raises NoLines, UnknownProduct, PriceUnknown, BadQuantity, BadDiscount, ValidityInPast,
    CurrencyMismatch, and AnotherCustomers for an opportunity of somebody else.
    """
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    _check(discount_percent, valid_until, today)
    _customer_id, opportunity_id = subject(session, customer.id, opportunity_id)
    alone(session, f"quotes of {actor.workspace_id}")  # no two have one number
    quote = Quote(
        number=f"Q-{today.year}-{count_quotes(session) + 1:04d}",
        customer_id=customer.id,
        owner_id=actor.person_id,
        opportunity_id=opportunity_id,
        currency=workspace_settings(session).currency,
        note=note,
        total_minor=0,
        discount_percent=discount_percent,
        valid_until=valid_until,
    )
    session.add(quote)
    session.flush()
    _set_lines(session, quote, items)
    return access_quote(session, quote.id)


def edit_quote(
    session: Session,
    actor: Actor,
    quote_id: int,
    *,
    items: Sequence[QuoteItem],
    now: datetime,
    discount_percent: Decimal,
    valid_until: date | None,
    note: str | None,
    edition: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Quote:
    """Other lines, discount or validity. `edition` is the one that the person saw.

    Raises NotAllowed, QuoteClosed, what make_quote raises, and EditConflict where somebody else saved another
    edition that the person has not `seen`.
    """
    quote = access_quote(session, quote_id)
    check_may_change(session, actor, quote.owner_id)
    if quote.state in (QuoteState.ACCEPTED, QuoteState.DECLINED):
        raise QuoteClosed(number=quote.number)
    current = edition_of(quote)
    if edition is not None and current not in (edition, (seen or {}).get("lines")):
        typed = {"discount_percent": discount_percent, "valid_until": valid_until, "note": note}
        theirs = {
            field: getattr(quote, field) for field, value in typed.items() if getattr(quote, field) != value
        }
        who = maker_of(session, QuoteLine.__tablename__, current) or "—"
        raise EditConflict(
            who=who, theirs={"lines": current} | theirs, version=quote.version, seen={"lines": current}
        )
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    _check(discount_percent, valid_until if valid_until != quote.valid_until else None, today)
    for line in quote.lines:
        line.deleted_at = now
    quote.discount_percent, quote.valid_until, quote.note = discount_percent, valid_until, note
    _set_lines(session, quote, items)
    return access_quote(session, quote.id)


def edition_of(quote: Quote) -> int:
    """Tells one saving of the quote's content from the next, which has other lines always."""
    return max((line.id for line in quote.lines), default=0)


def answer_quote(session: Session, actor: Actor, quote_id: int, state: QuoteState, *, now: datetime) -> Quote:
    """Mark a quote sent, accepted or declined. Raises NotAllowed and QuoteClosed."""
    quote = access_quote(session, quote_id)
    check_may_change(session, actor, quote.owner_id)
    if quote.state in (QuoteState.ACCEPTED, QuoteState.DECLINED):
        raise QuoteClosed(number=quote.number)
    quote.state = state
    session.flush()
    return quote


def _check(discount_percent: Decimal, valid_until: date | None, today: date) -> None:
    if not 0 <= discount_percent <= 100:
        raise BadDiscount(field="discount_percent", typed=str(discount_percent))
    if valid_until is not None and valid_until < today:
        raise ValidityInPast(field="valid_until", day=valid_until)


def _set_lines(session: Session, quote: Quote, items: Sequence[QuoteItem]) -> None:
    if not items:
        raise NoLines(field="lines")
    values = []
    for position, (item, product, value) in enumerate(priced(session, items)):
        values.append(value)
        session.add(
            QuoteLine(
                quote_id=quote.id,
                product_id=product.id,
                position=position,
                description=product.name,
                quantity=item.quantity,
                unit_price_minor=value.unit_price.minor,
                discount_percent=item.discount_percent,
            )
        )
    quote.currency = values[0].unit_price.currency
    quote.total_minor = quote_totals(values, quote.discount_percent, quote.currency).total.minor
    session.flush()


def priced(session: Session, items: Sequence[QuoteItem]) -> Iterator[tuple[QuoteItem, Product, LineValue]]:
    """Each item with its product and what it costs: at list price unless the item says another.

    Raises UnknownProduct, PriceUnknown, BadQuantity and BadDiscount.
    """
    for item in items:
        product = product_named(session, item.product)
        if item.quantity <= 0 or item.quantity > 1_000_000_000:
            raise BadQuantity(field="lines", typed=str(item.quantity), product=product.name)
        if not 0 <= item.discount_percent <= 100:
            raise BadDiscount(field="lines", typed=str(item.discount_percent))
        if item.unit_price is not None:
            price = Money.of(item.unit_price, product.currency)
        elif product.price is not None:
            price = product.price
        else:
            raise PriceUnknown(field="lines", product=product.name)
        yield item, product, LineValue(item.quantity, price, item.discount_percent)
