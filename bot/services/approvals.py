"""Approvals: asked for, given, declined, withdrawn. A yes does what was asked, if it is still that."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.actors import Actor
from bot.domain.approvals import ApprovalState
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.roles import Role
from bot.services.gates import approver_for, end_approval, facts_of
from bot.services.notices import post_notice
from bot.services.opportunities import change_stage, prepare_move
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.approvals import access_approval, find_asked
from bot.store.models import Approval, Opportunity, Person
from bot.store.opportunities import access_opportunity
from bot.store.people import manages
from bot.store.pipelines import access_stage

REMIND_AFTER = timedelta(days=1)


class NotYours(Refusal):
    """A yes or no by somebody who is not asked."""

    message = "{approver} is asked to decide this, or whoever is above them."


class OwnRequest(Refusal):
    """A yes to one's own request."""

    message = "You asked for this yourself; {approver} decides. You can withdraw it."


class DecidedAlready(Refusal):
    """A request that is over."""

    message = "This is decided already: {who} approved it."


class DeclinedAlready(Refusal):
    """A request that was declined."""

    message = "This is decided already: {who} declined it."


class TakenBack(Refusal):
    """A request that was withdrawn."""

    message = "{who} has withdrawn this request."


class OutdatedRequest(Refusal):
    """A request about what has changed since."""

    message = "This has changed since {who} asked, so the request has ended. They can ask again."


class DeclineReasonRequired(Refusal):
    """A no without a reason."""

    message = "Why not? A few words help them go on, such as: discount too deep"


def ask_approval(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    to_stage_id: int,
    now: datetime,
    amount: Money | None = None,
    closed_on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    ticked: Collection[str] = (),
    from_stage_id: int | None = None,
    replaces_lines: bool = False,
) -> Approval:
    """Ask whoever guards a stage for a yes; an earlier request about the opportunity is withdrawn.

    What was filled and ticked for the move is kept at once, so that the yes is to what is seen. Raises what
    change_stage raises, except for ApprovalNeeded.
    """
    opportunity, stage = prepare_move(
        session,
        actor,
        opportunity_id,
        to_stage_id=to_stage_id,
        now=now,
        amount=amount,
        closed_on=closed_on,
        facts=facts,
        ticked=ticked,
        from_stage_id=from_stage_id,
        replaces_lines=replaces_lines,
    )
    session.flush()
    approver = approver_for(session, actor, stage, now)
    assert approver is not None
    assert actor.person_id is not None
    if earlier := find_asked(session, Opportunity.__tablename__, opportunity_id):
        end_approval(session, earlier, ApprovalState.WITHDRAWN, now=now, actor=actor)
    approval = Approval(
        subject=Opportunity.__tablename__,
        subject_id=opportunity_id,
        wanted={"to_stage_id": to_stage_id, "closed_on": closed_on.isoformat() if closed_on else None},
        facts=facts_of(opportunity),
        asked_by_id=actor.person_id,
        approver_id=approver.id,
    )
    session.add(approval)
    session.flush()
    for due_at in (now, now + REMIND_AFTER):
        post_notice(
            session,
            kind=NoticeKind.APPROVAL_ASKED,
            recipient=direct_to(approver.id),
            due_at=due_at,
            dedupe_key=f"approval:{approval.id}:asked:{due_at.isoformat()}",
            subject=Approval.__tablename__,
            subject_id=approval.id,
        )
    return access_approval(session, approval.id)


def approve(session: Session, actor: Actor, approval_id: int, *, now: datetime) -> Approval:
    """Say yes: what was asked is done as who asked, if it is still what was asked about; else it has ended.

    Raises NotYours, OwnRequest and what says why it is over.
    """
    approval = _open(session, actor, approval_id)
    opportunity = access_opportunity(session, approval.subject_id)
    stage = access_stage(session, int(approval.wanted["to_stage_id"]))
    if approval.facts != facts_of(opportunity) or stage.retired_at is not None:
        end_approval(session, approval, ApprovalState.OUTDATED, now=now)
        return access_approval(session, approval_id)
    end_approval(session, approval, ApprovalState.APPROVED, now=now, actor=actor)
    wanted = approval.wanted
    change_stage(
        session,
        _as_actor(session, approval.asked_by),
        opportunity.id,
        to_stage_id=stage.id,
        now=now,
        closed_on=date.fromisoformat(wanted["closed_on"]) if wanted["closed_on"] else None,
        approved=True,
    )
    return access_approval(session, approval_id)


def decline(
    session: Session, actor: Actor, approval_id: int, *, reason: str | None, now: datetime
) -> Approval:
    """Say no, and why. Raises NotYours, OwnRequest, DeclineReasonRequired and what says why it is over."""
    approval = _open(session, actor, approval_id)
    if not (reason or "").strip():
        raise DeclineReasonRequired(field="reason")
    end_approval(session, approval, ApprovalState.DECLINED, now=now, actor=actor, reason=str(reason).strip())
    return access_approval(session, approval_id)


def withdraw(session: Session, actor: Actor, approval_id: int, *, now: datetime) -> Approval:
    """Ask no longer. Raises NotAllowed and what says why it is over."""
    approval = access_approval(session, approval_id)
    _check_open(approval)
    if approval.asked_by_id != actor.person_id:
        check_may_change(session, actor, approval.asked_by_id)
    end_approval(session, approval, ApprovalState.WITHDRAWN, now=now, actor=actor)
    return access_approval(session, approval_id)


def _open(session: Session, actor: Actor, approval_id: int) -> Approval:
    approval = access_approval(session, approval_id)
    _check_open(approval)
    approver = approval.approver
    if approval.asked_by_id == actor.person_id:
        raise OwnRequest(approver=approver.name)
    above = actor.person_id is not None and manages(session, actor.person_id, approver.id)
    if actor.person_id != approver.id and not above and not actor.is_admin:
        raise NotYours(approver=approver.name)
    return approval


def _check_open(approval: Approval) -> None:
    decided = approval.decided_by.name if approval.decided_by else "—"
    match approval.state:
        case ApprovalState.APPROVED:
            raise DecidedAlready(who=decided)
        case ApprovalState.DECLINED:
            raise DeclinedAlready(who=decided)
        case ApprovalState.WITHDRAWN:
            raise TakenBack(who=approval.asked_by.name)
        case ApprovalState.OUTDATED:
            raise OutdatedRequest(who=approval.asked_by.name)


def _as_actor(session: Session, person: Person) -> Actor:
    return Actor(
        session.info["workspace_id"],
        person.id,
        person.slack_user_id,
        person.name,
        Role(person.role),
        person.locale,
        person.zone,
    )
