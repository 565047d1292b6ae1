"""Proof: no line of text makes the reader raise anything but its refusals, or takes it longer than 50 ms.

    python -m tests.proofs.fuzz_language [LINES] [SEED] [FIRST]

Each line is made from the seed and its own number, so a failure comes again by itself, a run that was stopped
goes on from where it was, and shares of it run beside each other. Time is the thread's own, not the wall's;
what is over the limit is measured again, because a collection of garbage is nobody's line.

Lines are made of what the grammar knows (words of the tables, digits, separators), of what it does not
(control characters, emoji, right-to-left marks, brackets, SQL, mrkdwn) and of both mixed, up to 10,000
characters.
"""

import contextlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import (
    VERBS,
    Ambiguous,
    NotUnderstood,
    answer_amount,
    answer_line,
    answer_when,
    read_amount,
    read_duration,
    read_line,
    read_percent,
    read_recurrence,
    read_when,
)
from bot.language.tables import TABLES

LIMIT = 0.050
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("America/New_York"))
JUNK = [
    *"\x00\x01\x1b\t\n\r\u200b\u200e\u200f\u202e\ufeff\u2066🎉👩‍👩‍👧é́٣४１２月（【[{<>}]】）\"'`*_~|\\;:,.!?@#$%^&=+-/…—￥€£",
    "'; DROP TABLE deals;--",
    "<@U0123|bob>",
    "<!channel>",
    "&lt;b&gt;",
    "*bold*",
    "(((((",
    "]]]]]",
    "http://x.y/?a=b",
    "0x1F",
    "1e309",
    "--1",
    "9" * 30,
    "1,2,3,4",
    "1.2.3.4",
    "99/99/9999",
    "00:00:00:00",
    "一二三四五六七八九十百千万亿",
]


def vocabulary() -> list[str]:
    """Every word of every table."""
    words: list[str] = []
    for table in TABLES.values():
        for section in table.values():
            for forms in section.values():
                if isinstance(forms, list):
                    words.extend(forms)
    return words


def line(chance: random.Random, words: list[str]) -> str:
    """One line: known words, junk, numbers and characters from anywhere, mixed."""
    parts = []
    for _ in range(chance.choice([1, 2, 3, 4, 6, 9, 14, 40])):
        match chance.randrange(8):
            case 0 | 1 | 2 | 3:
                parts.append(chance.choice(words))
            case 4:
                parts.append(str(chance.randrange(10 ** chance.randrange(1, 9))))
            case 5:
                parts.append(chance.choice(JUNK))
            case 6:
                parts.append(
                    chr(chance.choice([chance.randrange(32, 127), chance.randrange(0x4E00, 0x9FFF)]))
                )
            case 7:
                parts.append(chr(chance.randrange(0x110000)))
    text = chance.choice(["", " ", " ", ", "]).join(parts)
    if chance.random() < 0.02:
        text = (text or "x") * (10_000 // max(1, len(text)) + 1)
    return text[:10_000]


def readers_of(chance: random.Random) -> list[Callable[[str], object]]:
    """Everything that reads a line, the shell's three answers among them."""
    asked = {"now": "2026-11-24T10:00", "tz": "America/New_York"}
    return [
        lambda text: read_when(text, now=NOW, past=chance.random() < 0.3),
        lambda text: read_amount(text, currency=chance.choice([None, "CNY", "USD", "JPY"])),
        read_percent,
        read_recurrence,
        read_duration,
        lambda text: read_line(text, now=NOW, verb=chance.choice(VERBS)),
        lambda text: json.dumps(answer_when({"text": text} | asked)),
        lambda text: json.dumps(answer_amount({"text": text})),
        lambda text: json.dumps(answer_line({"text": text} | asked)),
    ]


def failures(number: int, seed: int, words: list[str]) -> Iterator[str]:
    """What goes wrong with one line, with every reader."""
    chance = random.Random(f"{seed}:{number}")
    text = line(chance, words)
    for reader in readers_of(chance):
        took = LIMIT
        for _ in range(3):
            began = time.thread_time()
            try:
                reader(text)
            except (NotUnderstood, Ambiguous):
                pass
            except Exception as error:
                yield f"line {number}: {type(error).__name__}: {error} from {text[:200]!r}"
                break
            took = time.thread_time() - began
            if took <= LIMIT:
                break
        if took > LIMIT:
            yield f"line {number}: {took * 1000:.0f} ms for {len(text)} characters: {text[:120]!r}"


def main(lines: int, seed: int, first: int = 0) -> int:
    """Read the lines with every reader; the exit status is 1 where one failed."""
    words = vocabulary()
    for reader in readers_of(random.Random(seed)):  # warm: tables and grammar are built once
        with contextlib.suppress(NotUnderstood, Ambiguous):
            reader("deal Acme 120k Friday")
    failed = 0
    for number in range(first, first + lines):
        for failure in failures(number, seed, words):
            failed += 1
            sys.stdout.write(failure + "\n")
        if (number + 1) % 5000 == 0:
            sys.stdout.write(f"{number + 1}: {failed} failures so far\n")
            sys.stdout.flush()
    sys.stdout.write(f"{lines} lines from {first}, {failed} failures\n")
    return 1 if failed else 0


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(given + [100_000, 1, 0][len(given) :])))
