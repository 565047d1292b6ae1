"""What is done about signals: an opportunity paused with a reason, dead ones closed together."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.signals import Signal
from bot.services.notices import post_notice
from bot.services.opportunities import LossReasonRequired
from bot.services.rights import check_may_change, may_change
from bot.store import Session
from bot.store.models import SignalPause, StageChange
from bot.store.opportunities import access_opportunity, list_by_id
from bot.store.pipelines import list_stages
from bot.store.signals import find_pause, note_told, told_of


class PauseInPast(Refusal):
    """A pause that would be over at once."""

    message = "{day} is not ahead. Until when shall it rest? For example: next Monday"


class PauseReasonRequired(Refusal):
    """A pause without a reason."""

    message = "Why does it rest? A few words are enough, such as: budget decided in March"


def pause_signals(
    session: Session, actor: Actor, opportunity_id: int, *, until: date | None, why: str | None, now: datetime
) -> SignalPause:
    """No signal of an opportunity before a day. Raises NotAllowed, PauseInPast and PauseReasonRequired."""
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    if until is None or until <= now.astimezone(ZoneInfo(actor.zone)).date():
        raise PauseInPast(field="until", day=until or "—")
    if not (why or "").strip():
        raise PauseReasonRequired(field="why")
    pause = find_pause(session, opportunity_id)
    if pause is None:
        pause = SignalPause(opportunity_id=opportunity_id, until_on=until, why=str(why).strip())
        session.add(pause)
    else:
        pause.until_on, pause.why, pause.deleted_at = until, str(why).strip(), None
    session.flush()
    return pause


def resume_signals(session: Session, actor: Actor, opportunity_id: int, *, now: datetime) -> None:
    """End a pause. Raises NotAllowed."""
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    pause = find_pause(session, opportunity_id)
    if pause is not None and pause.deleted_at is None:
        pause.deleted_at = now
        session.flush()


def close_as_lost(
    session: Session, actor: Actor, ids: Collection[int], *, reason: str | None, now: datetime
) -> int:
    """Close open opportunities together, as lost today for one reason; one Undo opens them all again.

    Those that somebody closed meanwhile, and those of others that the actor may not change, stay as they are.
    Returns how many were closed. Raises LossReasonRequired.
    """
    if not (reason or "").strip():
        raise LossReasonRequired(field="loss_reason")
    lost: dict[int, int] = {}
    today = now.astimezone(ZoneInfo(actor.zone)).date()
    allowed: dict[int | None, bool] = {}
    closed = 0
    for opportunity in list_by_id(session, ids):
        owner_id = opportunity.owner_id
        if owner_id not in allowed:
            allowed[owner_id] = may_change(session, actor, owner_id)
        if not allowed[owner_id] or not opportunity.stage.is_open:
            continue
        pipeline_id = opportunity.stage.pipeline_id
        if pipeline_id not in lost:
            stages = list_stages(session, pipeline_id)
            lost[pipeline_id] = next(stage.id for stage in stages if stage.is_lost)
        session.add(
            StageChange(
                opportunity_id=opportunity.id,
                from_stage_id=opportunity.stage_id,
                to_stage_id=lost[pipeline_id],
                at=now,
                person_id=actor.person_id,
            )
        )
        opportunity.stage_id, opportunity.loss_reason = lost[pipeline_id], reason
        opportunity.closed_on, opportunity.closed_at = today, now
        closed += 1
    session.flush()
    return closed


def tell_signals(
    session: Session, owner_id: int, found: Sequence[tuple[int, Signal]], *, today: date, now: datetime
) -> None:
    """Write down one message to an owner about the signals that are new to them; each is told once."""
    told = told_of(session, {opportunity_id for opportunity_id, _ in found})
    new = [(each, signal) for each, signal in found if (each, signal.kind, signal.basis) not in told]
    if not new:
        return
    for opportunity_id, signal in new:
        note_told(session, opportunity_id, signal)
    post_notice(
        session,
        kind=NoticeKind.SIGNALS,
        recipient=direct_to(owner_id),
        due_at=now,
        dedupe_key=f"signals:{owner_id}:{today.isoformat()}",
        payload={"opportunities": list(dict.fromkeys(each for each, _ in new))},
    )
