"""How leads are handed out: the policy, the turns, the rules, and which leads have been idle for too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, NoticeState
from bot.store.models import Lead, LeadPolicy, LeadRule, LeadShare, Notice, Person


class UnknownRule(Refusal):
    """No such rule: deleted, undone, or never there."""

    message = "This rule is no longer here. `/crm lead rules` shows those that are."


def lead_policy(session: Session) -> LeadPolicy:
    """The policy of the session's workspace."""
    return session.scalars(select(LeadPolicy).execution_options(populate_existing=True)).one()


def find_share(session: Session, person_id: int) -> LeadShare | None:
    """A person's part in the turns, one that was undone too: there is one row a person."""
    whole = select(LeadShare).options(joinedload(LeadShare.person), joinedload(LeadShare.stand_in))
    wanted = whole.where(LeadShare.person_id == person_id)
    return session.scalars(wanted.execution_options(include_deleted=True)).one_or_none()


def find_stand_in(session: Session, person_id: int) -> int | None:
    """Who stands in for a person who is, was or will be away; None for nobody."""
    return session.scalars(
        select(LeadShare.stand_in_id).where(LeadShare.person_id == person_id)
    ).one_or_none()


def list_shares(session: Session) -> Sequence[LeadShare]:
    """Everybody who takes turns, is away or has a capacity of their own, by name."""
    wanted = select(LeadShare).join(Person, Person.id == LeadShare.person_id)
    return session.scalars(
        wanted.options(joinedload(LeadShare.person)).order_by(Person.name, Person.id)
    ).all()


def list_rules(session: Session) -> Sequence[LeadRule]:
    """The rules in the order in which they decide."""
    wanted = select(LeadRule).options(joinedload(LeadRule.person))
    return session.scalars(wanted.order_by(LeadRule.position, LeadRule.id)).all()


def access_rule(session: Session, rule_id: int) -> LeadRule:
    """The rule with whom it names, or UnknownRule."""
    wanted = select(LeadRule).options(joinedload(LeadRule.person)).where(LeadRule.id == rule_id)
    found = session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownRule
    return found


def count_held(
    session: Session, person_ids: Collection[int], *, besides: int | None = None
) -> dict[int, int]:
    """How many open leads each of them holds, `besides` one."""
    wanted = select(Lead.owner_id, func.count(Lead.id)).where(
        Lead.state == "open", Lead.owner_id.in_(person_ids)
    )
    if besides is not None:
        wanted = wanted.where(Lead.id != besides)
    return {owner: count for owner, count in session.execute(wanted.group_by(Lead.owner_id)) if owner}


def last_given(session: Session, person_ids: Collection[int]) -> dict[int, datetime]:
    """When each of them last got a lead."""
    wanted = select(Lead.owner_id, func.max(Lead.held_since)).where(Lead.owner_id.in_(person_ids))
    rows = session.execute(wanted.group_by(Lead.owner_id))
    return {owner: at for owner, at in rows if owner and at}


def list_pool_cards(session: Session, lead_id: int) -> Sequence[Notice]:
    """The cards of a lead in the pool's channel, sent or still to be sent, the latest first."""
    wanted = select(Notice).where(
        Notice.kind == NoticeKind.LEAD_POOL,
        Notice.subject == "leads",
        Notice.subject_id == lead_id,
        Notice.state.not_in((NoticeState.CANCELLED, NoticeState.DEAD)),
    )
    return session.scalars(wanted.order_by(Notice.id.desc())).all()


@dataclass(frozen=True)
class Idle:
    """A lead that nobody has worked on for so long that its owner is told, or that it goes back."""

    workspace_id: int
    lead_id: int


def list_idle(session: Session, *, now: datetime, limit: int = 200) -> list[Idle]:
    """Leads of all workspaces to warn of or to take back, the longest idle first."""
    found: list[Idle] = []
    for policy in session.scalars(select(LeadPolicy).where(LeadPolicy.idle_days.is_not(None))):
        idle, warning = _spans(policy)
        held = (
            Lead.workspace_id == policy.workspace_id,
            Lead.state == "open",
            Lead.owner_id.is_not(None),
        )
        unwarned = select(Lead.id).where(
            *held, Lead.warned_at.is_(None), Lead.touched_at <= now - idle + warning
        )
        over = select(Lead.id).where(*held, Lead.touched_at <= now - idle, Lead.warned_at <= now - warning)
        for wanted in (over, unwarned):
            rows = session.scalars(wanted.order_by(Lead.touched_at, Lead.id).limit(limit))
            found += [Idle(policy.workspace_id, lead_id) for lead_id in rows]
    return found


def next_idle_at(session: Session, *, after: datetime) -> datetime | None:
    """The next moment at which a lead is warned of or goes back, over all workspaces."""
    moments: list[datetime] = []
    for policy in session.scalars(select(LeadPolicy).where(LeadPolicy.idle_days.is_not(None))):
        idle, warning = _spans(policy)
        held = (Lead.workspace_id == policy.workspace_id, Lead.state == "open", Lead.owner_id.is_not(None))
        unwarned = select(func.min(Lead.touched_at)).where(
            *held, Lead.warned_at.is_(None), Lead.touched_at > after - idle + warning
        )
        warned = select(func.min(Lead.warned_at)).where(*held, Lead.warned_at > after - warning)
        if (touched := session.scalar(unwarned)) is not None:
            moments.append(touched + idle - warning)
        if (told := session.scalar(warned)) is not None:
            moments.append(told + warning)
    return min(moments, default=None)


def _spans(policy: LeadPolicy) -> tuple[timedelta, timedelta]:
    return timedelta(days=policy.idle_days or 0), timedelta(days=policy.warn_days)


def is_away(share: LeadShare | None, day: date) -> bool:
    """True on the days between the first and the last one away, both included; one undone is none."""
    if share is None or share.deleted_at is not None:
        return False
    if share.away_from is None and share.away_until is None:
        return False
    begun = share.away_from is None or share.away_from <= day
    return begun and (share.away_until is None or day <= share.away_until)
