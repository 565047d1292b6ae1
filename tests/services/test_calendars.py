"""Laws of calendars: a program of another make reads what was written, unchanged."""

from datetime import UTC, date, datetime, timedelta

import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import CalendarEntry
from bot.services.calendars import write_calendar

MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)
WORDS = (
    st.text(
        st.characters(blacklist_categories=("C", "Zl", "Zp"), blacklist_characters="\r\n"),
        min_size=1,
        max_size=200,
    )
    .map(str.strip)
    .filter(bool)
)
ENTRIES = st.builds(
    CalendarEntry,
    uid=st.uuids().map(str),
    sequence=st.integers(0, 99),
    made_at=st.just(MADE),
    changed_at=st.just(MADE),
    starts=st.one_of(
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.integers(0, 10**9).map(lambda seconds: MADE + timedelta(seconds=seconds)),
    ),
    summary=WORDS,
    about=WORDS,
    rings=st.sampled_from([None, timedelta(), timedelta(hours=9)]),
    is_cancelled=st.booleans(),
)


@given(st.lists(ENTRIES, max_size=4))
def test_a_program_of_another_make_reads_the_calendar_unchanged(entries: list[CalendarEntry]) -> None:
    written = write_calendar(entries, name="销售任务与会议")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written == write_calendar(entries, name="销售任务与会议")
    read = vobject.readOne(written.decode())
    assert read.x_wr_calname.value == "销售任务与会议"
    found = read.contents.get("vevent", [])
    assert [event.uid.value for event in found] == [entry.uid for entry in entries]
    for event, entry in zip(found, entries, strict=True):
        assert event.summary.value == entry.summary
        assert event.description.value == entry.about
        assert event.dtstart.value == entry.starts
        assert event.dtend.value > event.dtstart.value
        assert event.sequence.value == str(entry.sequence)
        assert event.status.value == ("CANCELLED" if entry.is_cancelled else "CONFIRMED")
        rings = [alarm.trigger.value for alarm in event.contents.get("valarm", [])]
        assert rings == ([] if entry.rings is None else [entry.rings])
