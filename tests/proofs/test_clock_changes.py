"""Proof: a schedule runs once a local date, whatever the clocks of its zone do.

9 zones with every kind of change (by an hour, by half an hour, at midnight, none), 2 years, at 00:00, 01:30,
02:30 and 09:00, daily, weekly and monthly. The calendar is asked for all of it; what the worker makes of it,
around each change of clocks, or for every day with PROOF_EVERY_DAY=1.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest

from bot.domain.repeats import Repeat, runs_after
from bot.services.schedules import make_due
from bot.store import Store
from bot.store.models import Notice, Schedule
from bot.store.schedules import due_schedules
from tests.proofs.sizes import seen, size
from tests.support.factories import Factory

ZONES = (
    "America/New_York", "Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "Asia/Shanghai", "America/Santiago",
    "Australia/Lord_Howe", "Pacific/Chatham", "America/Sao_Paulo",
)  # fmt: skip
TIMES = ("00:00", "01:30", "02:30", "09:00")
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
RULES = {"daily": {}, "weekly": {"weekdays": frozenset([7])}, "monthly": {"month_day": 31}}
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def _wanted(rule: str) -> list[date]:
    """The dates, counted without the code that is proved."""
    if rule == "daily":
        return DAYS
    if rule == "weekly":
        return [day for day in DAYS if day.isoweekday() == 7]
    return [day for day in DAYS if (day + timedelta(days=1)).day == 1]


@pytest.mark.parametrize("zone_name", ZONES)
def test_every_rule_runs_once_on_each_of_its_local_dates(zone_name: str) -> None:
    zone, runs = ZoneInfo(zone_name), 0
    end = datetime.combine(LAST + timedelta(days=1), time(), zone).astimezone(UTC)
    for rule, details in RULES.items():
        for at in TIMES:
            repeat = Repeat(rule, time.fromisoformat(at), FIRST, **details)  # type: ignore[arg-type]
            before = datetime.combine(FIRST, time(), zone).astimezone(UTC) - timedelta(seconds=1)
            moments = list(
                takewhile(lambda each: each < end, runs_after(repeat, before, zone, lambda _: True))
            )
            assert [each.astimezone(zone).date() for each in moments] == _wanted(rule), (zone_name, rule, at)
            runs += len(moments)
    seen("clock changes, calendar", part=zone_name, runs=runs, wrong=0)


def _changes(zone: ZoneInfo) -> Iterator[date]:
    for day, next_day in pairwise(DAYS):
        if _offset(day, zone) != _offset(next_day, zone):
            yield day


def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, time(12), zone).utcoffset()


@pytest.mark.parametrize("zone_name", ZONES)
def test_the_worker_makes_one_digest_a_local_date(
    sqlite_store: Store, sqlite_factory: Factory, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    starts = [FIRST] if size("PROOF_EVERY_DAY", 0) else [day - timedelta(days=2) for day in _changes(zone)]
    span = timedelta(days=len(DAYS) if size("PROOF_EVERY_DAY", 0) else 5)
    made = 0
    for start in starts or [FIRST]:
        began = datetime.combine(start, time(), zone).astimezone(UTC)
        ids = {at: _daily(sqlite_factory, at, zone_name, began) for at in TIMES}
        now = began
        while now < began + span:
            with sqlite_store.everywhere(writes=False) as session:
                due = due_schedules(session, now)
            for _workspace, schedule_id in due:
                with sqlite_store.transaction(sqlite_factory.shell, now=now, how="proof") as session:
                    make_due(session, schedule_id, now)
                    make_due(session, schedule_id, now)
            now += timedelta(hours=1)
        made += _check(sqlite_store, sqlite_factory, ids, zone, start, span)
    seen("clock changes, worker", part=zone_name, digests=made, wrong=0)


def _daily(factory: Factory, at: str, zone: str, began: datetime) -> int:
    schedule = Schedule(
        kind="forecast", slack_channel="C1", freq="daily", local_time=at, zone=zone, locale="en-US",
        created_at=began, next_at=began - timedelta(days=1),
    )  # fmt: skip
    return factory.add(schedule).id


def _check(
    store: Store, factory: Factory, ids: dict[str, int], zone: ZoneInfo, start: date, span: timedelta
) -> int:
    from sqlalchemy import select

    made = 0
    for at, schedule_id in ids.items():
        wanted = select(Notice).where(Notice.kind == "forecast_digest", Notice.subject_id == schedule_id)
        with store.reading(factory.workspace_id) as session:
            due = [notice.due_at.astimezone(zone) for notice in session.scalars(wanted)]
        dates = Counter(moment.date() for moment in due)
        days = [start + timedelta(days=number) for number in range(span.days)]
        assert {day: dates[day] for day in days} == dict.fromkeys(days, 1), at
        made += len(days)
    return made
