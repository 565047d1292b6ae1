"""The purchase history of a customer."""

from datetime import date, tzinfo

from bot.domain.money import Money
from bot.domain.purchases import Purchase, PurchaseHistory, paid_for_lines
from bot.domain.quotes import LineValue
from bot.store import Session
from bot.store.models import Quote
from bot.store.purchases import list_accepted_of, list_won_of


def purchase_history(session: Session, customer_id: int, *, zone: tzinfo) -> PurchaseHistory:
    """What the customer bought: the lines of accepted quotes, else the won opportunity as a whole."""
    won = {each.id: each for each in list_won_of(session, customer_id)}
    bought: list[Purchase] = []
    quoted: set[int] = set()
    for quote, accepted_at in list_accepted_of(session, customer_id):
        opportunity = won.get(quote.opportunity_id) if quote.opportunity_id is not None else None
        on = opportunity.closed_on if opportunity else None
        bought += _lines(quote, on or (accepted_at or quote.created_at).astimezone(zone).date())
        if opportunity:
            quoted.add(opportunity.id)
    for each in won.values():
        if each.id not in quoted and each.amount is not None:
            on = each.closed_on or (each.closed_at or each.created_at).astimezone(zone).date()
            what = each.product.name if each.product else each.name
            bought.append(Purchase(on, what, each.amount, each.name))
    return PurchaseHistory(sorted(bought, key=lambda each: each.on, reverse=True))


def _lines(quote: Quote, on: date) -> list[Purchase]:
    values = [
        LineValue(line.quantity, Money(line.unit_price_minor, quote.currency), line.discount_percent)
        for line in quote.lines
    ]
    paid = paid_for_lines(values, quote.discount_percent)
    return [
        Purchase(
            on,
            line.product.name if line.product else line.description,
            total,
            quote.number,
            value.quantity,
            value.unit_price,
        )
        for line, value, total in zip(quote.lines, values, paid, strict=True)
    ]
