"""The grammar is whole: every rule can be reached, and every table is well made."""

import inspect
import time
from datetime import UTC, datetime

import pytest

from bot.language import Ambiguous, NotUnderstood, read_line, read_when
from bot.language.lattice import KINDS
from bot.language.rules import GRAMMAR
from bot.language.tables import LANGUAGES, SECTIONS, TABLES

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WORD_KINDS = (
    set(SECTIONS.values())
    | {mark for table in TABLES.values() for mark in table["marks"]}
    | {"week_weekday", "plain_weekday", "scale_word"}
    | KINDS
)


def test_every_part_of_a_rule_is_a_phrase_or_a_kind_of_word() -> None:
    unknown = {
        f"{part} in {phrase}"
        for phrase, parts in GRAMMAR.parts()
        for part in parts
        if part not in GRAMMAR.phrases and part not in WORD_KINDS
    }
    assert not unknown


def test_no_phrase_has_the_name_of_a_kind_of_word() -> None:
    assert not GRAMMAR.phrases & WORD_KINDS


def test_every_rule_takes_as_many_values_as_its_pattern_gives() -> None:
    wrong = []
    for phrase, slots, make in GRAMMAR.makers():
        try:
            inspect.signature(make).bind(None, *[None] * slots)
        except TypeError as error:
            wrong.append(f"{phrase}: {make.__name__}: {error}")
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_a_table_is_known(language: str) -> None:
    own = {
        "verbs",
        "labels",
        "kinds",
        "follow_up",
        "next_steps",
        "sources",
        "stages",
        "numbers",
        "ordinals",
        "scales",
        "marks",
    }
    own |= {"style", "capitalised", "profile", "scores", "sales_channels"}
    assert set(TABLES[language]) <= own | set(SECTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_written_as_text_is_folded(language: str) -> None:
    from bot.language.text import fold

    wrong = [
        word
        for section, table in TABLES[language].items()
        for words in table.values()
        if isinstance(words, list) and section != "capitalised"
        for word in words
        if fold(word).folded != word
    ]
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x01\x02",
        "‏מחר",
        "🎉" * 50,
        "((((((((((tomorrow",
        "'; DROP TABLE deals;--",
        "<!channel>",
        "9" * 200,
        "一" * 200,
        "12月" * 3000,
        "every " * 2000,
        "a" * 10_000,
        "1.2.3.4.5.6.7.8",
        "from to from to from to",
        "99999999年后",
        "in 99999 years",
        "100000 business days later",
        "下" * 50 + "周三",
    ],
)
def test_bad_input_gets_an_answer_in_time_and_no_exception(text: str) -> None:
    began = time.thread_time()
    for read in (lambda: read_when(text, now=NOW), lambda: read_line(text, now=NOW)):
        try:
            read()
        except (NotUnderstood, Ambiguous):
            continue
    assert (
        time.thread_time() - began < 0.25
    )  # 50 ms on a machine with nothing else to do; proofs/ measures it


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("１２月５日", "12月5日"),
        ("Tomorrow\u200b 3PM\u202e", "tomorrow 3pm"),
        ("明天下午３點", "明天下午3点"),
        ("  Fri \t 3 pm  🎉", "fri 3pm"),
    ],
)
def test_width_case_and_marks_change_nothing(typed: str, plain: str) -> None:
    assert read_when(typed, now=NOW).start == read_when(plain, now=NOW).start
