"""Laws of dates: the order is decided by a whole column, and never guessed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.imports.dates import DateOrder, decide_orders, read_day, read_moment
from bot.services.imports.refusals import DateOrderUnknown


def decide(*texts: str, said: DateOrder | None = None, **others: list[str]) -> DateOrder | None:
    columns = {"this": list(texts), **others}
    cells = {name: list(enumerate(values, start=2)) for name, values in columns.items()}
    return decide_orders(cells, said)["this"]


@settings(deadline=None)
@given(st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=1), st.sampled_from(["MDY", "DMY"]))
def test_a_column_is_read_in_the_order_it_was_written_or_refused(days: list[date], order: str) -> None:
    parts = [{"M": day.month, "D": day.day, "Y": day.year} for day in days]
    texts = ["/".join(str(part[letter]) for letter in order) for part in parts]
    try:
        decided = decide(*texts)
    except DateOrderUnknown:
        assert all(day.day <= 12 for day in days)
    else:
        assert [read_day(text, decided) for text in texts] == days


def test_one_day_past_the_twelfth_decides_the_whole_column() -> None:
    assert decide("1/2/2017", "3/14/2017") == DateOrder.MDY
    assert decide("1/2/2017", "14/3/2017") == DateOrder.DMY


def test_a_column_of_two_readings_is_refused_with_its_line_and_the_remedy() -> None:
    with pytest.raises(DateOrderUnknown) as refused:
        decide("2017-01-05", "3/4/2017")
    assert "line 3" in str(refused.value)
    assert 'date_order = "MDY"' in str(refused.value)
    assert "--map" in str(refused.value)


def test_another_column_of_the_file_decides_where_one_alone_cannot() -> None:
    assert decide("3/4/2017", other=["3/14/2017"]) == DateOrder.MDY
    with pytest.raises(DateOrderUnknown):
        decide("3/4/2017", other=["3/14/2017"], third=["14/3/2017"])


def test_what_map_says_is_believed() -> None:
    assert decide("3/4/2017", said=DateOrder.DMY) == DateOrder.DMY


def test_a_wrong_date_does_not_hide_what_the_others_say() -> None:
    assert decide("3/14/2017", "31/31/2017", "1/2/2017") == DateOrder.MDY


@pytest.mark.parametrize(
    "text",
    [
        *("2017-03-04", "2017/3/4", "2017.3.4", "20170304", "2017年3月4日", "4.3.2017", "4 Mar 2017"),
        *("March 4, 2017", "4-Mar-2017", "2017-03-04 13:45", "2017-03-04T13:45:00Z"),
    ],
)
def test_these_days_need_no_order(text: str) -> None:
    assert decide(text) is None
    assert read_day(text, None) == date(2017, 3, 4)


@pytest.mark.parametrize("text", ["2017-02-30", "soon", "0", "13/13/2017", "2017", "42663"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, DateOrder.MDY) is None


def test_a_moment_without_a_zone_is_the_workspaces() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    afternoon = datetime(2017, 3, 4, 15, 30, tzinfo=zone)
    assert read_moment("2017-03-04 15:30", None, zone) == afternoon
    assert read_moment("3/4/2017 3:30 PM", DateOrder.MDY, zone) == afternoon
    assert read_moment("2017年3月4日 下午3:30", None, zone) == afternoon
    assert read_moment("2017-03-04T07:30:00Z", None, zone) == datetime(2017, 3, 4, 7, 30, tzinfo=UTC)
    assert read_moment("2017-03-04", None, zone) is None
