"""Sales channels: through which each opportunity goes, for conflicts and for reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from bot.domain.money import Money
from bot.domain.stages import StageKind
from bot.store.models import Customer, Opportunity, Stage


@dataclass(frozen=True)
class ChannelRow:
    """One opportunity, as a report on channels sees it."""

    kind: StageKind
    amount: Money | None
    closed_on: date | None
    channel: str | None
    partner: str | None
    percent: Decimal | None


def channel_rows(session: Session) -> list[ChannelRow]:
    """Every opportunity."""
    partner = aliased(Customer)
    query = (
        select(
            Stage.kind,
            Opportunity.amount_minor,
            Opportunity.currency,
            Opportunity.closed_on,
            Opportunity.sales_channel,
            partner.name.label("partner"),
            Opportunity.partner_percent,
        )
        .join(Stage, Stage.id == Opportunity.stage_id)
        .outerjoin(partner, partner.id == Opportunity.partner_id)
        .order_by(Opportunity.id)
    )
    return [
        ChannelRow(
            StageKind(row.kind),
            None if row.amount_minor is None else Money(row.amount_minor, row.currency),
            row.closed_on,
            row.sales_channel,
            row.partner,
            row.partner_percent,
        )
        for row in session.execute(query)
    ]


def list_channelled(session: Session, customer_id: int, *, since: date) -> Sequence[Opportunity]:
    """The customer's opportunities since a day that say how they are sold, with partners and owners."""
    wanted = select(Opportunity).where(
        Opportunity.customer_id == customer_id,
        Opportunity.sales_channel.is_not(None),
        Opportunity.opened_on >= since,
    )
    loaded = wanted.options(
        joinedload(Opportunity.partner), joinedload(Opportunity.owner), joinedload(Opportunity.customer)
    )
    fresh = loaded.order_by(Opportunity.opened_on, Opportunity.id).execution_options(populate_existing=True)
    return session.scalars(fresh).all()


def search_partners(session: Session, key: str, *, limit: int = 20) -> Sequence[Customer]:
    """Partners with the folded text in their name."""
    wanted = select(Customer).where(
        Customer.kind == "partner", Customer.name_key.contains(key, autoescape=True)
    )
    return session.scalars(wanted.order_by(Customer.name, Customer.id).limit(limit)).all()
