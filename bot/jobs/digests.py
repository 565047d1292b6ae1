"""Digests and their charts, from the figures of the moment in which they are sent."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.charts import Picture
from bot.domain.forecast import Forecast
from bot.domain.notices import NoticeState
from bot.domain.performance import Performance
from bot.domain.periods import Horizon, Period, month_of, quarter_of, week_of
from bot.jobs.words import Drawn, Reader
from bot.reports.charts import ChartFailed, forecast_chart, performance_chart
from bot.reports.forecast import forecast
from bot.reports.performance import performance
from bot.services.schedules import DigestKind
from bot.store import Session
from bot.store.lookbacks import team_ids
from bot.store.models import Notice, Schedule
from bot.store.notices import access_notice
from bot.store.schedules import access_schedule
from bot.store.workspaces import workspace_settings
from bot.views import digests as views
from bot.views.blocks import Message
from bot.views.reminders import LATE
from bot.views.schedules import rhythm, whose

log = structlog.get_logger(__name__)

_LOOKS_BACK = timedelta(hours=12)
"""A summary sent in the morning is about the day before, one sent in the evening about the day that ends."""


def forecast_digest(session: Session, reader: Reader, notice: Notice) -> Message:
    """The quarter's forecast and the open pipeline."""
    schedule = access_schedule(session, notice.subject_id or 0)
    return views.forecast_digest(
        _forecast(session, schedule, reader.now),
        reader.locale,
        whose=whose(schedule),
        rhythm=rhythm(schedule, reader.locale),
        late_since=late_since(notice, reader),
        zone=reader.zone,
    )


def performance_summary(session: Session, reader: Reader, notice: Notice) -> Message:
    """The week (month, quarter) against the one before."""
    # Importing scipy takes seconds and 70 MB: only a worker that has a summary to send pays for it.
    from bot.reports.evidence import evidence

    schedule = access_schedule(session, notice.subject_id or 0)
    found = _performance(session, schedule, notice.due_at)
    return views.performance_summary(
        found,
        reader.locale,
        proven=[each.metric for each in evidence(found) if each.is_more_than_chance],
        whose=whose(schedule),
        rhythm=rhythm(schedule, reader.locale),
        late_since=late_since(notice, reader),
        zone=reader.zone,
    )


def chart(session: Session, reader: Reader, notice: Notice) -> Drawn | None:
    """The picture that belongs to a digest; none where the digest was not sent."""
    if access_notice(session, int(notice.payload["digest"])).state != NoticeState.SENT:
        return None
    schedule = access_schedule(session, notice.subject_id or 0)
    if schedule.kind == DigestKind.FORECAST:
        plan = views.forecast_figures(
            _forecast(session, schedule, reader.now), reader.locale, whose=whose(schedule)
        )
        return Drawn(lambda: drawn(lambda: forecast_chart(plan, reader.locale)), "forecast.png")
    past = views.performance_figures(
        _performance(session, schedule, notice.due_at), reader.locale, whose=whose(schedule)
    )
    return Drawn(lambda: drawn(lambda: performance_chart(past, reader.locale)), "performance.png")


def drawn(draw: Callable[[], Picture]) -> Picture | None:
    """The picture; none where nothing can be drawn or the engine fails: the digest has said it as text."""
    try:
        return draw()
    except ValueError:
        return None
    except ChartFailed as error:
        log.warning("chart_failed", error=str(error)[:200])
        return None


def late_since(notice: Notice, reader: Reader) -> datetime | None:
    """When it was due; None where it is not late."""
    return notice.due_at if reader.now - notice.due_at >= LATE else None


def today(session: Session, now: datetime) -> date:
    """The day in the workspace's zone."""
    return now.astimezone(ZoneInfo(workspace_settings(session).zone)).date()


def _forecast(session: Session, schedule: Schedule, now: datetime) -> Forecast:
    owners = owner_ids(session, schedule)
    return forecast(session, as_of=today(session, now), horizon=Horizon.QUARTER, owner_ids=owners)


def owner_ids(session: Session, schedule: Schedule) -> Collection[int] | None:
    """Whose figures it tells; None for everybody's."""
    if schedule.about_person_id is not None:
        return [schedule.about_person_id]
    return team_ids(session, schedule.about_team_id) if schedule.about_team_id is not None else None


def _performance(session: Session, schedule: Schedule, due_at: datetime) -> Performance:
    day = today(session, due_at - _LOOKS_BACK)
    owners = owner_ids(session, schedule)
    return performance(session, period=period_of(session, schedule.freq, day), as_of=day, owner_ids=owners)


def period_of(session: Session, freq: str, day: date) -> Period:
    """The week, or the month or quarter, that a digest of such a rhythm looks back on."""
    match freq:
        case "monthly":
            return month_of(day)
        case "quarterly":
            return quarter_of(day, workspace_settings(session).fiscal_start_month)
    return week_of(day)
