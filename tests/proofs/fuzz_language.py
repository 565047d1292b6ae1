"""Proof: no line of text makes the reader raise anything but its refusals, or takes it longer than 50 ms.

    python tests/proofs/fuzz_language.py [LINES] [SEED]

Lines are made of what the grammar knows (words of the tables, digits, separators), of what it does not
(control characters, emoji, right-to-left marks, brackets, SQL, mrkdwn) and of both mixed, up to 10,000
characters.
"""

import contextlib
import random
import sys
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.language import (
    VERBS,
    Ambiguous,
    NotUnderstood,
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


def main(lines: int, seed: int) -> int:
    """Read the lines with every reader; the exit status is 1 where one failed."""
    chance = random.Random(seed)
    words = vocabulary()
    readers = [
        lambda text: read_when(text, now=NOW, past=chance.random() < 0.3),
        lambda text: read_amount(text, currency=chance.choice([None, "CNY", "USD", "JPY"])),
        read_percent,
        read_recurrence,
        read_duration,
        lambda text: read_line(text, now=NOW),
        lambda text: read_line(text, now=NOW, verb=chance.choice(VERBS)),
    ]
    failed = 0
    slowest = (0.0, "")
    for reader in readers:  # warm: tables and grammar are built once
        with contextlib.suppress(NotUnderstood, Ambiguous):
            reader("deal Acme 120k Friday")
    for _ in range(lines):
        text = line(chance, words)
        for reader in readers:
            began = time.thread_time()
            try:
                reader(text)
            except (NotUnderstood, Ambiguous):
                pass
            except Exception as error:
                failed += 1
                if failed <= 10:
                    sys.stdout.write(f"{type(error).__name__}: {error} from {text[:200]!r}\n")
            took = time.thread_time() - began
            slowest = max(slowest, (took, text[:120]))
            if took > LIMIT:
                failed += 1
                if failed <= 10:
                    sys.stdout.write(f"{took * 1000:.0f} ms for {len(text)} characters: {text[:120]!r}\n")
    slowest_said = f"slowest {slowest[0] * 1000:.1f} ms: {slowest[1]!r}"
    sys.stdout.write(f"{lines} lines, {failed} failures, {slowest_said}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sys.exit(main(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
