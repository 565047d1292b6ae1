"""The demo's second pipeline: renewals of what was won, with checks, and an offer that waits for a yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.actors import Actor
from bot.domain.money import Money
from bot.domain.roles import Role
from bot.services.approvals import ask_approval
from bot.services.pipelines import edit_stage, make_pipeline
from bot.store import Session
from bot.store.models import Opportunity, Person, StageChange
from bot.store.pipelines import list_stages
from bot.store.transfers import everything_of

NAME = "Renewals"
STAGES = ("Usage review", "Renewal offer", "Terms agreed")
CHECK = "Usage reviewed with the customer"
_EACH = 2
_AMOUNTS = (18_000, 42_000, 26_500, 61_000, 33_000, 12_400)


def seed_renewals(session: Session, sellers: Sequence[Person], now: datetime) -> None:
    """Two renewals for each seller in Slack; the first one's next step is asked of the manager."""
    demo = Actor(session.info["workspace_id"])
    pipeline = make_pipeline(session, demo, name=NAME, stages=STAGES)
    manager = next(each for each in everything_of(session, Person) if each.role == Role.MANAGER)
    opens = [each for each in list_stages(session, pipeline.id) if each.is_open]
    review, offer, terms = opens
    edit_stage(session, demo, review.id, {"checks": [CHECK], "expected_days": 14})
    edit_stage(session, demo, offer.id, {"needs": ["amount", "close_on"], "expected_days": 10})
    edit_stage(session, demo, terms.id, {"approver_id": manager.id, "category": "commit"})
    amounts = iter(_AMOUNTS)
    first: Opportunity | None = None
    for seller in [each for each in sellers if each.slack_user_id]:
        for number, customer_id in enumerate(_customers(session, seller)):
            stage = (offer, review)[number % 2]
            amount = Money.of(next(amounts), "USD")
            began = now - timedelta(days=9 + number)
            renewal = Opportunity(
                name="Renewal 2027" if seller.locale.startswith("en") else "2027年续约",
                customer_id=customer_id,
                owner_id=seller.id,
                stage_id=stage.id,
                amount_minor=amount.minor,
                currency=amount.currency,
                opened_on=began.date(),
                close_on=(now + timedelta(days=30 + 12 * number)).date(),
                ticked=[CHECK] if stage is offer else [],
                created_at=began,
            )
            session.add(renewal)
            session.flush()
            session.add(
                StageChange(opportunity_id=renewal.id, to_stage_id=stage.id, at=began, person_id=seller.id)
            )
            first = first or renewal
    session.flush()
    if first is not None:
        owner = next(each for each in sellers if each.id == first.owner_id)
        asker = Actor(demo.workspace_id, owner.id, owner.slack_user_id, owner.name, Role(owner.role))
        ask_approval(session, asker, first.id, to_stage_id=terms.id, now=now)


def _customers(session: Session, seller: Person) -> list[int]:
    """Customers of the seller who have bought, the first ones."""
    bought = dict.fromkeys(
        each.customer_id
        for each in everything_of(session, Opportunity)
        if each.owner_id == seller.id and each.closed_on and not each.loss_reason and each.customer_id
    )
    return list(bought)[:_EACH]
