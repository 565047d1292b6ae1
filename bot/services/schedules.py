"""Schedules: digests that a channel asked for, at a local time of its own."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.domain.repeats import Repeat, runs_after
from bot.language import Recurrence
from bot.services.edits import edit
from bot.services.notices import post_notice
from bot.services.rights import check_may_change
from bot.services.working_days import is_working_day
from bot.store import Session
from bot.store.models import Notice, Schedule
from bot.store.schedules import access_schedule, advance_schedule, list_schedules
from bot.store.workspaces import workspace_settings


class DigestKind(StrEnum):
    """What a digest tells."""

    FORECAST = "forecast"
    PERFORMANCE = "performance"
    PIPELINE = "pipeline"
    CHANGES = "changes"
    """What changed in the pipeline since the run before."""
    SIGNALS = "signals"
    PLAN = "plan"
    SATISFACTION = "satisfaction"
    CHANNELS = "channels"


class NoSuchRun(Refusal):
    """A repetition that never comes round."""

    message = "“{typed}” never comes round. Say when it should come, such as: every Monday 9:00"


class SameDigest(Refusal):
    """A digest that an edit made the same as another."""

    message = "The same digest comes there at these times already."


_NOTICE = {
    DigestKind.FORECAST: NoticeKind.FORECAST_DIGEST,
    DigestKind.PERFORMANCE: NoticeKind.PERFORMANCE_SUMMARY,
}
"""Those with a chart; every other is a REPORT."""


_NEVER_STALE = timedelta(days=3)
"""A digest that is late by less is sent, however soon the next one follows."""


def subscribe_digest(
    session: Session,
    actor: Actor,
    *,
    kind: DigestKind,
    recipient: str,
    recurrence: Recurrence,
    zone: str,
    locale: str,
    now: datetime,
    weekdays: frozenset[int] = frozenset(),
    about_person_id: int | None = None,
    about_team_id: int | None = None,
) -> Schedule:
    """Send a digest to a Slack channel (or `person:ID`) again and again, from the next moment that fits.

    `about_person_id` or `about_team_id` limits it to their figures. `weekdays` (ISO) names several days for a
    weekly digest; else the recurrence's own day counts. A digest of the same kind, recipient, rhythm and
    figures is not made twice: the one there is goes on.
    """
    schedule = Schedule(
        kind=kind,
        slack_channel=recipient,
        **rhythm_columns(recurrence, weekdays),
        zone=zone,
        locale=locale,
        about_person_id=about_person_id,
        about_team_id=about_team_id,
        creator_id=actor.person_id,
        created_at=now,
    )
    for other in list_schedules(session, slack_channel=recipient):
        if _rhythm(other) == _rhythm(schedule):
            return resume_schedule(session, actor, other.id, now=now) if other.next_at is None else other
    schedule.next_at = _next_run(session, schedule, after=now)
    if schedule.next_at is None:
        raise NoSuchRun(typed=recurrence.text)
    session.add(schedule)
    session.flush()
    return access_schedule(session, schedule.id)


def edit_schedule(
    session: Session,
    actor: Actor,
    schedule_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Schedule:
    """Change what a digest tells, when, where, whose figures, in which zone and language.

    A paused one stays paused. Raises SameDigest, NoSuchRun and EditConflict.
    """
    schedule = _changeable(session, actor, schedule_id)
    before = _rhythm(schedule)
    edit(session, schedule, values, version=version, seen=seen)
    if _rhythm(schedule) != before:
        others = list_schedules(session, slack_channel=schedule.slack_channel)
        if any(each.id != schedule.id and _rhythm(each) == _rhythm(schedule) for each in others):
            raise SameDigest(field="kind")
        next_at = _next_run(session, schedule, after=now)
        if next_at is None:
            raise NoSuchRun(field="rhythm", typed="")
        if schedule.next_at is not None:
            schedule.next_at = next_at
        session.flush()
    return access_schedule(session, schedule.id)


def rhythm_columns(recurrence: Recurrence, weekdays: frozenset[int] = frozenset()) -> dict[str, Any]:
    """How a schedule keeps when it comes; `weekdays` (ISO) names several days for a weekly digest."""
    weekdays = weekdays or frozenset(map(int, recurrence.iso_weekdays))
    return {
        "freq": recurrence.freq,
        "weekdays": "".join(str(day) for day in sorted(weekdays)),
        "month_day": recurrence.day,
        "counts_working_days": recurrence.working,
        "interval": recurrence.interval,
        "local_time": f"{recurrence.at:%H:%M}",
    }


def _rhythm(schedule: Schedule) -> tuple[object, ...]:
    return (
        schedule.kind,
        schedule.slack_channel,
        schedule.freq,
        schedule.weekdays,
        schedule.month_day,
        schedule.counts_working_days,
        schedule.interval,
        schedule.local_time,
        schedule.zone,
        schedule.about_person_id,
        schedule.about_team_id,
    )


def pause_schedule(session: Session, actor: Actor, schedule_id: int) -> Schedule:
    """Send nothing until it is resumed."""
    schedule = _changeable(session, actor, schedule_id)
    schedule.next_at = None
    return schedule


def resume_schedule(session: Session, actor: Actor, schedule_id: int, *, now: datetime) -> Schedule:
    """Go on from the next moment that fits; what was missed while it was paused is not sent."""
    schedule = _changeable(session, actor, schedule_id)
    schedule.next_at = _next_run(session, schedule, after=now)
    return schedule


def delete_schedule(session: Session, actor: Actor, schedule_id: int, *, now: datetime) -> Schedule:
    """Stop it for good; an undo brings it back."""
    schedule = _changeable(session, actor, schedule_id)
    schedule.deleted_at = now
    return schedule


def run_schedule_now(session: Session, actor: Actor, schedule_id: int, *, now: datetime) -> Notice:
    """Send the digest once, at once, beside its own rhythm. Anyone may."""
    schedule = access_schedule(session, schedule_id)
    return _post_digest(session, schedule, due_at=now, key=f"schedule:{schedule.id}:at:{now.isoformat()}")


def next_runs(session: Session, schedule: Schedule, *, after: datetime, count: int = 3) -> list[datetime]:
    """The next moments, in UTC; none while it is paused."""
    if schedule.next_at is None:
        return []
    runs = runs_after(repeat_of(schedule), after, ZoneInfo(schedule.zone), _working_days(session))
    return [moment for _, moment in zip(range(count), runs, strict=False)]


def make_due(session: Session, schedule_id: int, now: datetime) -> Notice | None:
    """Write down the digest of a schedule that is due, once a local date, in any number of workers.

    After downtime only the latest of the missed runs is made, due at its own moment and so told late. One
    that is stale by then is skipped: late by more than three days and half the time to the run that follows.
    """
    schedule = access_schedule(session, schedule_id)
    if schedule.next_at is None or schedule.next_at > now:
        return None
    due_at = schedule.next_at
    next_at = None
    for moment in runs_after(repeat_of(schedule), due_at, ZoneInfo(schedule.zone), _working_days(session)):
        if moment > now:
            next_at = moment
            break
        due_at = moment
    ran_on = due_at.astimezone(ZoneInfo(schedule.zone)).date()
    if not advance_schedule(session, schedule, ran_on=ran_on, next_at=next_at):
        return None
    if next_at and now - due_at > max(_NEVER_STALE, (next_at - due_at) / 2):
        return None
    return _post_digest(session, schedule, due_at=due_at, key=f"schedule:{schedule.id}:{ran_on.isoformat()}")


def repeat_of(schedule: Schedule) -> Repeat:
    """When it runs, as the calendar understands it."""
    return Repeat(
        freq=schedule.freq,  # type: ignore[arg-type]  # Only subscribe_digest writes it.
        at=time.fromisoformat(schedule.local_time),
        first_on=schedule.created_at.astimezone(ZoneInfo(schedule.zone)).date(),
        weekdays=frozenset(int(digit) for digit in schedule.weekdays),
        month_day=schedule.month_day or 1,
        counts_working_days=schedule.counts_working_days,
        interval=schedule.interval,
    )


def _post_digest(session: Session, schedule: Schedule, *, due_at: datetime, key: str) -> Notice:
    """The digest and, right behind it in the same channel, its chart."""
    post = partial(
        post_notice,
        session,
        recipient=schedule.slack_channel,
        due_at=due_at,
        subject="schedules",
        subject_id=schedule.id,
    )
    kind = _NOTICE.get(DigestKind(schedule.kind))
    if kind is None:
        return post(kind=NoticeKind.REPORT, dedupe_key=key)
    digest = post(kind=kind, dedupe_key=key)
    post(kind=NoticeKind.CHART, dedupe_key=f"{key}:chart", payload={"digest": digest.id})
    return digest


def _next_run(session: Session, schedule: Schedule, *, after: datetime) -> datetime | None:
    runs = runs_after(repeat_of(schedule), after, ZoneInfo(schedule.zone), _working_days(session))
    return next(runs, None)


def _working_days(session: Session) -> Callable[[date], bool]:
    return partial(is_working_day, workspace_settings(session))


def _changeable(session: Session, actor: Actor, schedule_id: int) -> Schedule:
    """The schedule, where the actor gets or made it, manages who did, or is an admin."""
    schedule = access_schedule(session, schedule_id)
    if schedule.slack_channel == direct_to(actor.person_id or 0):
        return schedule
    check_may_change(session, actor, schedule.creator_id)
    return schedule
