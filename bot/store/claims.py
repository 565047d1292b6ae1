"""Claiming notices: by one worker at a time, in their order, and no faster than Slack wants them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.domain.notices import NoticeKind, NoticeState, person_of
from bot.store.models import Hold, Notice, Person

POST = "chat.postMessage"
"""The method that says nearly every notice: while it is held, the workspace's notices are left alone."""
_PACE = "pace of chat.postMessage"
"""Held until all that was claimed so far would be sent, each message at its distance from the one before."""


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
    """How notices are claimed: for how long, one message a channel in `every`, and when many become one.

    A workspace gets at most `a_minute` messages in any minute, a twentieth of them at once; None is no limit.
    """

    lease: timedelta
    every: timedelta = timedelta(seconds=1)
    digest_above: int = 10
    a_minute: int | None = None

    @property
    def spacing(self) -> timedelta:
        """Between two messages of a workspace, in the long run."""
        return timedelta(minutes=1) / (self.a_minute - self.at_once) if self.a_minute else timedelta(0)

    @property
    def at_once(self) -> int:
        """How many messages of a workspace may go out without any space between them."""
        return (self.a_minute or 0) // 20


# Made once: SQLAlchemy works out an alias's columns at their first use.
_earlier, _last = aliased(Notice), aliased(Notice)


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
    return and_(
        ~exists().where(
            _earlier.workspace_id == Notice.workspace_id,
            _earlier.recipient == Notice.recipient,
            _earlier.settled_at.is_(None),
            tuple_(_earlier.due_at, _earlier.id) < tuple_(Notice.due_at, Notice.id),
        ),
        ~exists().where(Hold.workspace_id == Notice.workspace_id, Hold.method == POST, Hold.until > machine),
    )


def _just_heard(machine: datetime, every: timedelta) -> ColumnElement[bool]:
    """Its recipient got a message a moment ago."""
    return exists().where(
        _last.workspace_id == Notice.workspace_id,
        _last.recipient == Notice.recipient,
        _last.settled_at > machine - every,
        _last.state == NoticeState.SENT,
    )


def _ahead_of_its_pace(machine: datetime, pace: Pace, limit: int) -> ColumnElement[bool]:
    """Its workspace has been sent as much at once as it may."""
    ahead = max(pace.at_once - limit, 0) * pace.spacing
    return exists().where(
        Hold.workspace_id == Notice.workspace_id, Hold.method == _PACE, Hold.until > machine + ahead
    )


def has_ready(session: Session, *, now: datetime, machine: datetime) -> bool:
    """True when a notice could be claimed now, or as soon as the pace of channel and workspace lets it."""
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
    if pace.a_minute:
        wanted = wanted.where(~_ahead_of_its_pace(machine, pace, limit))
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
    if pace.a_minute:
        _count_towards_pace(session, claimed, machine, pace)
    return claimed


def _count_towards_pace(session: Session, claimed: Sequence[Claimed], machine: datetime, pace: Pace) -> None:
    # In one order, so that two workers never wait for each other.
    for workspace_id, count in sorted(Counter(each.workspace_id for each in claimed).items()):
        _insert_hold(session, workspace_id, _PACE, machine)
        wanted = select(Hold).where(Hold.workspace_id == workspace_id, Hold.method == _PACE)
        hold = session.scalars(wanted.with_for_update()).one()
        hold.until = max(hold.until, machine) + count * pace.spacing


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
    if len(found) == 1:
        return found
    chosen = session.scalar(select(Person.digest_above).where(Person.id == person_of(first.recipient)))
    return found if len(found) > (chosen or pace.digest_above) else [first]


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


def hold_method(session: Session, method: str, *, until: datetime) -> None:
    """Keep a method of the session's workspace from being called before `until`."""
    workspace_id = session.info["workspace_id"]
    _insert_hold(session, workspace_id, method, until)
    later = Hold.until < until
    session.execute(update(Hold).where(Hold.method == method, later).values(until=until))


def _insert_hold(session: Session, workspace_id: int, method: str, until: datetime) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"workspace_id": workspace_id, "method": method, "until": until}
    session.execute(dialect.insert(Hold).values(row).on_conflict_do_nothing())


def held_until(session: Session, method: str, *, machine: datetime) -> datetime | None:
    """Until when the method must not be called in the session's workspace; None when it may."""
    return session.scalars(
        select(Hold.until).where(Hold.method == method, Hold.until > machine)
    ).one_or_none()
