"""How long something took, as people say it."""

import pytest

from bot.domain.activities import read_duration


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30", 30),
        ("30 min", 30),
        ("1h", 60),
        ("1.5 h", 90),
        ("1 h 20", 80),
        ("半小时", 30),
        ("1小时20分钟", 80),
        ("ages", None),
        ("0", None),
        ("", None),
        ("9999999 h", None),
    ],
)
def test_a_length_of_time_is_read_as_it_is_said(typed: str, minutes: int | None) -> None:
    assert read_duration(typed) == minutes
