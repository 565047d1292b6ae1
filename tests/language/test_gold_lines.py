"""Every one-line command of the gold files, as salespeople type them, and what `dealdesk parse` prints."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.language import answer_line

GOLD = Path(__file__).parent / "gold"
TUESDAY_MORNING = {"now": "2026-11-24T10:00:00", "tz": "Asia/Shanghai"}


def cases(language: str) -> list[dict[str, Any]]:
    text = (GOLD / f"lines-{language}.jsonl").read_text(encoding="utf-8")
    return [json.loads(each) for each in text.splitlines()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_gold_line_is_read_as_its_writer_meant(language: str) -> None:
    wrong = []
    for meant in cases(language):
        line = meant.pop("line")
        read = answer_line({"text": line} | TUESDAY_MORNING)
        if read != meant:
            wrong.append(f"{line}\n  read  {read}\n  meant {meant}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_gold_files_hold_300_lines_a_language(language: str) -> None:
    assert len({each["line"] for each in cases(language)}) >= 300


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_a_gold_line_is_in_a_field_a_question_or_the_note(language: str) -> None:
    """A question keeps its words to itself; of everything else no digit is lost that is not in a figure."""
    for meant in cases(language):
        if not meant["asks"] and meant["verb"] in ("task", "log"):
            said = " ".join([str(meant["fields"].get("text", "")), meant["note"]])
            assert said.strip() or {"follow_up", "due", "kind"} & set(meant["fields"]), meant["line"]
