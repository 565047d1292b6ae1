"""Gates: stages that one comes into after somebody's yes; who that is today, and what the yes rests on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.approvals import ApprovalState
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.stages import StageNames
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.approvals import find_asked
from bot.store.models import Approval, Opportunity, Person, Stage
from bot.store.people import find_person, list_admins
from bot.store.pools import find_share, find_stand_in, is_away
from bot.store.workspaces import workspace_settings


class ApprovalNeeded(Refusal):
    """A move into a stage that somebody else guards."""

    message = "{approver} must approve before it comes into {stage}. Ask with: `/crm stage {name} {stage}`"


def approver_for(session: Session, actor: Actor, stage: Stage, now: datetime) -> Person | None:
    """Whom the actor must ask before something comes into a stage; None where nobody.

    Whoever approves needs no yes of their own. Where they are away or left, their stand-in decides, else
    their manager, else an admin; where the actor is that one, none is needed.
    """
    if stage.approver_id in (None, actor.person_id) or actor.person_id is None or stage.is_lost:
        return None
    today = now.astimezone(ZoneInfo(workspace_settings(session).zone)).date()
    named_id = stage.approver_id or 0
    for person in _in_line(session, named_id):
        if person.slack_user_id is not None and not is_away(find_share(session, person.id), today):
            return None if person.id == actor.person_id else person
    return find_person(session, named_id)


def _in_line(session: Session, person_id: int) -> Iterator[Person]:
    """The approver with their stand-in, those above them with theirs, then the admins."""
    seen: set[int] = set()
    current: int | None = person_id
    while current is not None and current not in seen:
        seen.add(current)
        person = find_person(session, current)
        if person is not None:
            yield person
            stand_in = find_person(session, find_stand_in(session, current) or 0)
            if stand_in is not None:
                yield stand_in
        current = person.manager_id if person else None
    yield from (admin for admin in list_admins(session) if admin.id not in seen)


def check_gate(session: Session, actor: Actor, opportunity: Opportunity, stage: Stage, now: datetime) -> None:
    """Raise ApprovalNeeded where somebody must say yes first."""
    approver = approver_for(session, actor, stage, now)
    if approver is not None:
        name = f"OPP-{opportunity.id}" if opportunity.id else opportunity.name
        raise ApprovalNeeded(field="stage", approver=approver.name, stage=StageNames([stage.name]), name=name)


def facts_of(opportunity: Opportunity) -> dict[str, Any]:
    """What a yes rests on."""
    return {
        "stage_id": opportunity.stage_id,
        "customer_id": opportunity.customer_id,
        "owner_id": opportunity.owner_id,
        "amount_minor": opportunity.amount_minor,
        "currency": opportunity.currency,
        "close_on": opportunity.close_on.isoformat() if opportunity.close_on else None,
    }


def outdate_approval(session: Session, opportunity: Opportunity, now: datetime) -> None:
    """End what waits for a yes about an opportunity that is no longer what was asked about."""
    asked = find_asked(session, Opportunity.__tablename__, opportunity.id)
    if asked is not None and (asked.facts != facts_of(opportunity) or opportunity.deleted_at is not None):
        end_approval(session, asked, ApprovalState.OUTDATED, now=now)


def end_approval(
    session: Session,
    approval: Approval,
    state: ApprovalState,
    *,
    now: datetime,
    actor: Actor | None = None,
    reason: str | None = None,
) -> None:
    """Let an approval be over, and tell who asked, unless they ended it themselves."""
    approval.state, approval.decided_at, approval.reason = state, now, reason
    approval.decided_by_id = actor.person_id if actor else None
    session.flush()
    if state is ApprovalState.WITHDRAWN:
        return
    post_notice(
        session,
        kind=NoticeKind.APPROVAL_DECIDED,
        recipient=direct_to(approval.asked_by_id),
        due_at=now,
        dedupe_key=f"approval:{approval.id}:{state}:{approval.version}",
        subject=Approval.__tablename__,
        subject_id=approval.id,
    )
