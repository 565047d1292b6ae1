"""Laws of tasks that come again: days off left out, an end, no missed ones made up for."""

from datetime import UTC, date, datetime
from functools import partial

from bot.domain.task_repeats import TaskRepeat, next_due

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday."""
OFF = frozenset([date(2026, 12, 25), date(2026, 12, 28)])
WEEK = frozenset(range(1, 6))


def is_working(day: date) -> bool:
    return day.isoweekday() in WEEK and day not in OFF


following = partial(next_due, zone=UTC, is_working=is_working, working_weekdays=WEEK)
DAILY = TaskRepeat("daily", NOW.date())
FRIDAYS = TaskRepeat("weekly", NOW.date(), weekdays="5")


def test_a_daily_task_leaves_days_off_out_unless_they_are_meant() -> None:
    friday = date(2026, 11, 27)
    assert following(DAILY, after=friday, now=NOW) == date(2026, 11, 30)
    every = TaskRepeat("daily", NOW.date(), on_days_off=True)
    assert following(every, after=friday, now=NOW) == date(2026, 11, 28)


def test_a_weekly_task_on_a_holiday_waits_for_the_next_working_day() -> None:
    assert following(FRIDAYS, after=date(2026, 12, 18), now=NOW) == date(2026, 12, 29)
    assert following(FRIDAYS, after=date(2026, 12, 29), now=NOW) == date(2027, 1, 1)
    saturdays = TaskRepeat("weekly", NOW.date(), weekdays="6")
    assert following(saturdays, after=None, now=NOW) == date(2026, 11, 28)


def test_missed_ones_are_not_made_up_for_and_today_still_counts() -> None:
    later = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    assert following(FRIDAYS, after=date(2026, 11, 27), now=later) == date(2026, 12, 11)
    assert following(DAILY, after=date(2026, 12, 8), now=later) == date(2026, 12, 10)
    nine = TaskRepeat("weekly", NOW.date(), "09:30", weekdays="1")
    assert following(nine, after=None, now=NOW) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert following(nine, after=datetime(2026, 11, 23, 9, 30, tzinfo=UTC), now=NOW) == datetime(
        2026, 11, 30, 9, 30, tzinfo=UTC
    )


def test_it_ends_on_a_day_or_after_a_number_and_survives_being_kept() -> None:
    until = TaskRepeat("weekly", NOW.date(), weekdays="5", until=date(2026, 12, 4))
    assert following(until, after=date(2026, 11, 27), now=NOW) == date(2026, 12, 4)
    assert following(until, after=date(2026, 12, 4), now=NOW) is None
    twice = TaskRepeat("weekly", NOW.date(), weekdays="5", left=1)
    assert following(twice, after=date(2026, 11, 27), now=NOW) == date(2026, 12, 4)
    assert following(twice.following(), after=date(2026, 12, 4), now=NOW) is None
    assert TaskRepeat.of_json(until.as_json()) == until
