"""What a reading says of its last day, and times said in another zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language import Ambiguous, read_when

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("1 to 15 December", date(2026, 12, 15)),
        ("12月", date(2026, 12, 31)),
        ("1-2月", date(2027, 2, 28)),
        ("January to March", date(2027, 3, 31)),
        ("Q1-Q2", date(2027, 6, 30)),
        ("Friday", date(2026, 11, 27)),
        ("10pm to 2am", date(2026, 11, 25)),
    ],
)
def test_the_last_day_of_a_period_is_in_it_however_it_was_said(text: str, last: date) -> None:
    assert read_when(text, now=NOW).last_day == last


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Sydney"])
def test_a_time_said_in_a_zone_is_the_same_moment_for_every_reader(zone: str) -> None:
    reader = NOW.astimezone(ZoneInfo(zone))
    meant = datetime(2026, 12, 4, 15, 0, tzinfo=ZoneInfo("America/New_York"))
    assert read_when("Dec 4 3pm EST", now=reader).start == meant
    assert read_when("12月4日下午3点美东时间", now=reader).start == meant


@pytest.mark.parametrize(("text", "past"), [("Jan-27", False), ("Oct-27", False), ("Oct-26", True)])
def test_a_month_and_two_figures_behind_a_hyphen_are_asked_where_they_can_be_a_year(
    text: str, past: bool
) -> None:
    with pytest.raises(Ambiguous) as asked:
        read_when(text, now=NOW, past=past)
    assert [each.grain for each in asked.value.readings] == ["day", "month"]


@pytest.mark.parametrize("text", ["Dec-05", "Dec-26", "Dec-27", "Jan 27", "27-Jan", "Jan-28"])
def test_a_month_and_two_figures_are_a_day_where_no_year_is_near(text: str) -> None:
    assert read_when(text, now=NOW).grain == "day"
