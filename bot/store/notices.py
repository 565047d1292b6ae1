"""Notices: kept once a key, claimed by one worker at a time, settled once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased, joinedload

from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, NoticeState
from bot.store.models import Hold, Measure, Notice, Schedule, Task

POST = "chat.postMessage"
"""The method that says nearly every notice: while it is held, the workspace's notices are left alone."""


class UnknownNotice(Refusal):
    """No notice has that number."""

    message = "No notice has the number {number}. `dealdesk notices` lists them."


@dataclass(frozen=True)
class Claimed:
    """A notice that this worker alone may send until its lease ends.

    `uncertain`: an earlier try may have reached Slack. `members` are the reminders that go in the same
    message, this one first; one id where there is no other.
    """

    id: int
    workspace_id: int
    kind: NoticeKind
    token: str
    uncertain: bool
    members: tuple[int, ...]


@dataclass(frozen=True)
class Pace:
    """How notices are claimed: for how long, one message a channel in `every`, and when many become one."""

    lease: timedelta
    every: timedelta = timedelta(seconds=1)
    digest_above: int = 10


def add_notice(session: Session, **values: Any) -> Notice:
    """Keep a notice, or find the one that has its dedupe key already."""
    workspace_id = session.info["workspace_id"]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"workspace_id": workspace_id, "state": NoticeState.PENDING, "attempts": 0} | values
    session.execute(dialect.insert(Notice).values(row).on_conflict_do_nothing())
    session.info.setdefault("wrote", set()).add(Notice.__name__)
    return session.scalars(select(Notice).where(Notice.dedupe_key == values["dedupe_key"])).one()


def access_notice(session: Session, notice_id: int) -> Notice:
    """The notice, or UnknownNotice."""
    found = session.get(Notice, notice_id)
    if found is None:
        raise UnknownNotice(number=notice_id)
    return found


def list_notices(
    session: Session, *, states: Collection[NoticeState] = (), limit: int = 100
) -> Sequence[Notice]:
    """Notices, those that wait first, by their due moment; of the others the latest."""
    wanted = select(Notice)
    if states:
        wanted = wanted.where(Notice.state.in_(states))
    waiting = wanted.where(Notice.settled_at.is_(None)).order_by(Notice.due_at, Notice.id).limit(limit)
    found = list(session.scalars(waiting))
    settled = wanted.where(Notice.settled_at.is_not(None)).order_by(
        Notice.settled_at.desc(), Notice.id.desc()
    )
    return found + list(session.scalars(settled.limit(limit - len(found)))) if len(found) < limit else found


def _ready(now: datetime, machine: datetime) -> ColumnElement[bool]:
    """Due, not in somebody's hands, and not waiting for another try."""
    return and_(
        Notice.settled_at.is_(None),
        Notice.due_at <= now,
        or_(Notice.leased_until.is_(None), Notice.leased_until <= machine),
        or_(Notice.not_before.is_(None), Notice.not_before <= machine),
    )


def _in_turn(machine: datetime) -> ColumnElement[bool]:
    """Nothing earlier of its recipient is still to be sent, and the workspace is not held."""
    earlier = aliased(Notice)
    return and_(
        ~exists().where(
            earlier.workspace_id == Notice.workspace_id,
            earlier.recipient == Notice.recipient,
            earlier.settled_at.is_(None),
            tuple_(earlier.due_at, earlier.id) < tuple_(Notice.due_at, Notice.id),
        ),
        ~exists().where(Hold.workspace_id == Notice.workspace_id, Hold.method == POST, Hold.until > machine),
    )


def _just_heard(machine: datetime, every: timedelta) -> ColumnElement[bool]:
    """Its recipient got a message a moment ago."""
    last = aliased(Notice)
    return exists().where(
        last.workspace_id == Notice.workspace_id,
        last.recipient == Notice.recipient,
        last.settled_at > machine - every,
        last.state == NoticeState.SENT,
    )


def has_ready(session: Session, *, now: datetime, machine: datetime) -> bool:
    """True when a notice could be claimed now, or as soon as its channel's second is over."""
    wanted = select(Notice.id).where(_ready(now, machine), _in_turn(machine)).limit(1)
    return session.scalars(wanted).first() is not None


def claim_notices(
    session: Session,
    *,
    now: datetime,
    machine: datetime,
    pace: Pace,
    limit: int,
    busy_workspaces: Collection[int] = (),
    busy_notices: Collection[int] = (),
) -> list[Claimed]:
    """Lease up to `limit` due notices, in the order of their due moments, across all workspaces.

    A recipient's notices come one at a time: the next is claimed only when the one before is settled. Several
    workers on PostgreSQL skip what another is claiming; SQLite has one writer.
    """
    wanted = (
        select(Notice)
        .where(_ready(now, machine), _in_turn(machine), ~_just_heard(machine, pace.every))
        .order_by(Notice.due_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Notice)
    )
    if busy_workspaces:
        wanted = wanted.where(Notice.workspace_id.not_in(busy_workspaces))
    if busy_notices:
        wanted = wanted.where(Notice.id.not_in(busy_notices))
    token = uuid4().hex
    claimed = []
    for notice in session.scalars(wanted).all():
        members = _reminders_together(session, notice, now, machine, pace)
        claimed.append(
            Claimed(
                notice.id,
                notice.workspace_id,
                NoticeKind(notice.kind),
                token,
                any(_is_uncertain(member) for member in members),
                tuple(member.id for member in members),
            )
        )
        for member in members:
            member.lease_token, member.leased_until = token, machine + pace.lease
            member.attempts += 1
    return claimed


def _is_uncertain(notice: Notice) -> bool:
    return notice.state == NoticeState.UNKNOWN or notice.lease_token is not None


def _reminders_together(
    session: Session, first: Notice, now: datetime, machine: datetime, pace: Pace
) -> Sequence[Notice]:
    """The person's reminders of this hour, `first` at their head, where they are too many to ping."""
    if first.kind != NoticeKind.TASK_REMINDER:
        return [first]
    wanted = (
        select(Notice)
        .where(
            Notice.workspace_id == first.workspace_id,
            Notice.recipient == first.recipient,
            Notice.kind == NoticeKind.TASK_REMINDER,
            Notice.settled_at.is_(None),
            Notice.due_at < now + timedelta(hours=1),
            or_(Notice.leased_until.is_(None), Notice.leased_until <= machine),
            Notice.id != first.id,
        )
        .order_by(Notice.due_at, Notice.id)
        .limit(_MOST_TOGETHER - 1)
        .with_for_update(skip_locked=True)
    )
    found = [first, *session.scalars(wanted)]
    return found if len(found) > pace.digest_above else [first]


_MOST_TOGETHER = 100
"""So many tasks can be named in one message of 13,000 characters."""


def renew_lease(session: Session, claimed: Claimed, *, until: datetime) -> bool:
    """Hold the notice for longer; False when another worker has it by now, and nothing must be sent."""
    ours = (Notice.id.in_(claimed.members), Notice.settled_at.is_(None))
    renewed = session.execute(
        update(Notice)
        .where(*ours, Notice.lease_token == claimed.token)
        .values(leased_until=until)
        .execution_options(synchronize_session=False)
    )
    left = session.scalar(select(func.count()).select_from(Notice).where(*ours))
    return bool(left and renewed.rowcount == left)  # type: ignore[attr-defined]


def settle(
    session: Session,
    notice_ids: Collection[int],
    state: NoticeState,
    *,
    machine: datetime,
    error: str | None = None,
    slack_channel: str | None = None,
    message_ts: str | None = None,
) -> None:
    """Bring notices to their end: sent, dead or cancelled. What is settled already stays as it is."""
    session.execute(
        update(Notice)
        .where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
        .values(
            state=state,
            settled_at=machine,
            error=error,
            slack_channel=slack_channel,
            message_ts=message_ts,
            lease_token=None,
            leased_until=None,
            not_before=None,
        )
        .execution_options(synchronize_session=False)
    )


def put_back(
    session: Session,
    claimed: Claimed,
    state: NoticeState,
    *,
    not_before: datetime,
    error: str | None,
    counts: bool = True,
) -> None:
    """Give a lease back for another try at `not_before`; a try that never began does not count."""
    session.execute(
        update(Notice)
        .where(Notice.id.in_(claimed.members), Notice.lease_token == claimed.token)
        .values(
            state=state,
            not_before=not_before,
            error=error,
            lease_token=None,
            leased_until=None,
            attempts=Notice.attempts if counts else Notice.attempts - 1,
        )
        .execution_options(synchronize_session=False)
    )


def redirect_notices(session: Session, recipient: str, to: str) -> None:
    """What waits to be said to one person is said to another.

    Reminders stay: a task's assignee has their own, and an earlier assignee's says nothing.
    """
    session.execute(
        update(Notice)
        .where(
            Notice.recipient == recipient,
            Notice.settled_at.is_(None),
            Notice.kind != NoticeKind.TASK_REMINDER,
        )
        .values(recipient=to)
        .execution_options(synchronize_session=False)
    )


def hold_method(session: Session, method: str, *, until: datetime) -> None:
    """Keep a method of the session's workspace from being called before `until`."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"workspace_id": session.info["workspace_id"], "method": method, "until": until}
    keys = [Hold.workspace_id, Hold.method]
    session.execute(
        dialect.insert(Hold).values(row).on_conflict_do_update(index_elements=keys, set_={"until": until})
    )


def held_until(session: Session, method: str, *, machine: datetime) -> datetime | None:
    """Until when the method must not be called in the session's workspace; None when it may."""
    return session.scalars(
        select(Hold.until).where(Hold.method == method, Hold.until > machine)
    ).one_or_none()


def release(session: Session, notices: Collection[Notice]) -> None:
    """Let notices that ended, or that wait for another try, be tried again at once."""
    for notice in notices:
        if notice.state != NoticeState.UNKNOWN:
            notice.state = NoticeState.PENDING
        notice.settled_at, notice.not_before, notice.error, notice.attempts = None, None, None, 0


@dataclass(frozen=True)
class NoticeFigures:
    """How many notices are in each state, and how long the oldest one that is due has waited."""

    counts: dict[str, int] = field(default_factory=dict)
    lag: timedelta = timedelta(0)


def notice_figures(session: Session, *, now: datetime) -> NoticeFigures:
    """What /metrics says about notices."""
    rows = session.execute(select(Notice.state, func.count().label("total")).group_by(Notice.state))
    counts = {row.state: row.total for row in rows}
    oldest = session.scalar(
        select(func.min(Notice.due_at)).where(Notice.settled_at.is_(None), Notice.due_at <= now)
    )
    return NoticeFigures(counts, now - oldest if oldest else timedelta(0))


def find_tasks(session: Session, task_ids: Collection[int]) -> dict[int, Task]:
    """The tasks of these notices by id, with what they are about; deleted ones are left out."""
    wanted = select(Task).options(joinedload(Task.customer), joinedload(Task.opportunity))
    return {task.id: task for task in session.scalars(wanted.where(Task.id.in_(task_ids)))}


def list_members(session: Session, notice_ids: Collection[int]) -> list[Notice]:
    """These notices by their moments, without those that are settled by now."""
    wanted = select(Notice).where(Notice.id.in_(notice_ids), Notice.settled_at.is_(None))
    return list(session.scalars(wanted.order_by(Notice.due_at, Notice.id)))


def note_file(session: Session, notice_id: int, file_id: str) -> None:
    """Remember which file a notice is about to share, so that it is found where the outcome stays unknown."""
    notice = access_notice(session, notice_id)
    notice.payload = notice.payload | {"file_id": file_id}


def owner_id_of(session: Session, notice: Notice) -> int | None:
    """Who asked for the notice: who made the task or the schedule, whose measure it is, who shared."""
    columns = {
        "tasks": (Task.id, Task.creator_id),
        "schedules": (Schedule.id, Schedule.creator_id),
        "measures": (Measure.id, Measure.owner_id),
    }
    if notice.kind == NoticeKind.SHARED_CARD:
        return notice.payload.get("by")
    if notice.subject not in columns:
        return None
    key, owner = columns[notice.subject]
    return session.scalar(select(owner).where(key == notice.subject_id))
