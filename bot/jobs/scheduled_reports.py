"""Reports that come again and again, as their commands show them."""

from collections.abc import Callable
from datetime import timedelta

from bot.domain.periods import quarter_of
from bot.domain.pipeline import PipelineFilter
from bot.jobs.digests import late_since, owner_ids, period_of, today
from bot.jobs.words import Reader
from bot.reports import plan as plans
from bot.reports import sales_channels as channels
from bot.reports import satisfaction as ratings
from bot.reports import signals
from bot.reports.movements import movements, movers
from bot.reports.pipeline import pipeline
from bot.services.schedules import DigestKind
from bot.store import Session
from bot.store.models import Notice, Schedule
from bot.store.schedules import access_schedule
from bot.store.workspaces import workspace_settings
from bot.views import channel_report, satisfaction_report
from bot.views import digests as digest_views
from bot.views import pipeline as pipeline_views
from bot.views import plans as plan_views
from bot.views import signals as signal_views
from bot.views.blocks import Message
from bot.views.schedules import rhythm, whose

_LOOKS_BACK = {"daily": 1, "weekdays": 1, "weekly": 7, "monthly": 30, "quarterly": 91}
"""Days over which what changed is told, by how often it is."""


def report(session: Session, reader: Reader, notice: Notice) -> Message:
    """What a schedule asks for, with how often it comes below."""
    schedule = access_schedule(session, notice.subject_id or 0)
    found = _REPORTS[DigestKind(schedule.kind)](session, reader, schedule)
    words = rhythm(schedule, reader.locale)
    late = late_since(notice, reader)
    return digest_views.with_footing(found, words, reader.locale, late_since=late, zone=reader.zone)


def _names(schedule: Schedule) -> list[str]:
    only = whose(schedule)
    return [only] if only else []


def _pipeline(session: Session, reader: Reader, schedule: Schedule) -> Message:
    only = PipelineFilter(owner_ids=owner_ids(session, schedule))
    found = pipeline(session, as_of=today(session, reader.now), only=only)
    return pipeline_views.pipeline(found, reader.locale, names=_names(schedule))


def _changes(session: Session, reader: Reader, schedule: Schedule) -> Message:
    only, day = PipelineFilter(owner_ids=owner_ids(session, schedule)), today(session, reader.now)
    since = day - timedelta(days=_LOOKS_BACK[schedule.freq] * schedule.interval)
    found = movements(session, since=since, as_of=day, only=only)
    called = movers(session, found)
    return pipeline_views.changes(found, reader.locale, called=called, names=_names(schedule))


def _signals(session: Session, reader: Reader, schedule: Schedule) -> Message:
    found = signals.watch(session, now=reader.now, owner_ids=owner_ids(session, schedule))
    only = schedule.about_person_id
    return signal_views.watch(found, reader.locale, whose=whose(schedule), person_id=only)


def _plan(session: Session, reader: Reader, schedule: Schedule) -> Message:
    day = today(session, reader.now)
    quarter = quarter_of(day, workspace_settings(session).fiscal_start_month)
    return plan_views.plan(plans.plan(session, as_of=day, period=quarter), reader.locale)


def _satisfaction(session: Session, reader: Reader, schedule: Schedule) -> Message:
    period = period_of(session, schedule.freq, today(session, reader.now) - timedelta(days=1))
    found = ratings.satisfaction(session, period=period, person_id=schedule.about_person_id)
    return satisfaction_report.report(found, reader.locale, period=period, owner=whose(schedule))


def _channels(session: Session, reader: Reader, schedule: Schedule) -> Message:
    return channel_report.report(channels.sales_channels(session), reader.locale)


_REPORTS: dict[DigestKind, Callable[[Session, Reader, Schedule], Message]] = {
    DigestKind.PIPELINE: _pipeline,
    DigestKind.CHANGES: _changes,
    DigestKind.SIGNALS: _signals,
    DigestKind.PLAN: _plan,
    DigestKind.SATISFACTION: _satisfaction,
    DigestKind.CHANNELS: _channels,
}
