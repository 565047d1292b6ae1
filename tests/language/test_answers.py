"""What was read as JSON: the answers of `dealdesk parse`, and a sentence for a question that is wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.language import answer_amount, answer_line, answer_when


def test_a_line_is_answered_as_json_with_iso_days_and_decimal_strings() -> None:
    question = {"text": "deal Acme $120k close end of Dec 60%", "now": "2026-11-24T10:00:00", "tz": "UTC"}
    assert answer_line(question) == {
        "verb": "deal",
        "fields": {
            "customer": "Acme",
            "amount": "120000.00",
            "currency": "USD",
            "close_on": "2026-12-31",
            "probability": 60,
        },
        "asks": [],
        "note": "",
    }


def test_an_hour_that_comes_twice_is_answered_with_both_offsets() -> None:
    answer = answer_when({"text": "tomorrow 1:30am", "now": "2026-10-31T22:00", "tz": "America/New_York"})
    assert [reading["start"] for reading in answer["ambiguous"]] == [
        "2026-11-01T01:30:00-04:00",
        "2026-11-01T01:30:00-05:00",
    ]


def test_a_question_without_its_clock_or_with_no_such_zone_gets_a_sentence() -> None:
    assert "ISO moment" in answer_when({"text": "Fri"})["error"]
    assert "time zone" in answer_when({"text": "Fri", "now": "2026-11-24T10:00", "tz": "Mars/Base"})["error"]


@pytest.mark.parametrize(
    ("answer", "text", "slips"),
    [
        (answer_when, "Fri", [{"tz": 5}, {"tz": "../../etc"}, {"now": 5}, {"now": "x"}, {"lang": "xx"}]),
        (answer_amount, "5k", [{"lang": 5}, {"currency": "nope"}, {"currency": 5}]),
        (answer_line, "task call", [{"tz": 5}, {"now": "x"}, {"lang": "xx"}, {"currency": "nope"}]),
    ],
)
def test_what_is_wrong_around_the_text_is_said_and_nothing_raised(
    answer: Callable[[dict[str, Any]], dict[str, Any]], text: str, slips: list[dict[str, Any]]
) -> None:
    for slip in slips:
        question = {"text": text, "now": "2026-11-24T10:00"}
        assert "error" not in answer(question)
        assert list(answer(question | slip)) == ["error"]
