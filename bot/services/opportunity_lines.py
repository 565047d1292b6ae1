"""Product lines of an opportunity: their sum is its amount, always."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.quotes import quote_totals
from bot.services.cards import refresh_cards
from bot.services.edits import EditConflict
from bot.services.following import tell_followers
from bot.services.gates import outdate_approval
from bot.services.quotes import QuoteItem, priced
from bot.services.rights import check_may_change
from bot.services.rooms import keep_room_true
from bot.store import Session
from bot.store.changes import maker_of
from bot.store.models import Opportunity, OpportunityLine
from bot.store.opportunities import access_opportunity
from bot.store.opportunity_lines import list_lines


class AmountOfLines(Refusal):
    """An amount typed by hand where product lines say another."""

    message = (
        "The amount is the sum of the product lines, {sum}. "
        "Change the lines, or let this amount replace them."
    )


def edition_of(lines: Sequence[OpportunityLine]) -> int:
    """Tells one saving of the lines from the next, which has other lines always."""
    return max((line.id for line in lines), default=0)


def set_lines(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    items: Sequence[QuoteItem],
    *,
    now: datetime,
    edition: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Opportunity:
    """Other lines; the amount becomes their sum. Without any the amount stays what it was.

    `edition` is the one that the person saw. Raises NotAllowed, what quotes' lines raise, CurrencyMismatch,
    and EditConflict where somebody else saved another edition that the person has not `seen`.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    there = list_lines(session, opportunity_id)
    current = edition_of(there)
    if edition is not None and current not in (edition, (seen or {}).get("lines")):
        who = maker_of(session, OpportunityLine.__tablename__, current) or "—"
        raise EditConflict(
            who=who, theirs={"lines": current}, version=opportunity.version, seen={"lines": current}
        )
    write_lines(session, opportunity, items, now)
    outdate_approval(session, opportunity, now)
    tell_followers(session, actor, opportunity, now=now)
    keep_room_true(session, opportunity, now)
    refresh_cards(session, opportunity, now)
    return access_opportunity(session, opportunity_id)


def write_lines(
    session: Session, opportunity: Opportunity, items: Sequence[QuoteItem], now: datetime
) -> None:
    """Replace the lines, and let the amount be their sum. Raises what pricing them raises."""
    for line in list_lines(session, opportunity.id):
        line.deleted_at = now
    values = []
    for position, (item, product, value) in enumerate(priced(session, items)):
        values.append(value)
        session.add(
            OpportunityLine(
                opportunity_id=opportunity.id,
                product_id=product.id,
                position=position,
                description=product.name,
                quantity=item.quantity,
                unit_price_minor=value.unit_price.minor,
                discount_percent=item.discount_percent,
            )
        )
        if position == 0:
            opportunity.product_id = product.id
    if values:
        total = quote_totals(values, Decimal(0), values[0].unit_price.currency).total
        opportunity.amount_minor, opportunity.currency = total.minor, total.currency
    session.flush()


def settle_amount(session: Session, opportunity: Opportunity, now: datetime, *, replaces: bool) -> None:
    """After an amount was typed: it is the sum of the lines, or it `replaces` them. Raises AmountOfLines."""
    lines = list_lines(session, opportunity.id)
    if not lines:
        return
    total = sum_of(lines, opportunity.currency)
    if opportunity.amount == total:
        return
    if not replaces:
        raise AmountOfLines(field="amount", sum=total)
    for line in lines:
        line.deleted_at = now
    session.flush()


def sum_of(lines: Sequence[OpportunityLine], currency: str) -> Money:
    """What the lines come to, in their currency."""
    return sum((line.value(currency).total for line in lines), start=Money(0, currency))
