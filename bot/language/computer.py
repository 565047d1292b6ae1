"""Dates as computers write them, pasted: the last resort, by dateparser, and only where it cannot guess."""

import re
from datetime import datetime

from bot.language.values import When

# A month's name, a day, a whole year, a time and a zone, and nothing else: Tue, 24 Nov 2026 15:00:00 GMT+8.
_WRITTEN = re.compile(
    r"(?:[A-Z][a-z]{2,8},? )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2}),? (\d{4}),? (?:at )?"
    r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?: [AP]M)? \(?(?:[A-Z]{3,4}|(?:GMT|UTC)?[+-]\d{1,4}(?::?\d{2})?)\)?"
)


def computer_written(text: str, now: datetime) -> tuple[When, ...]:
    """The moment of a pasted date with a zone of its own, in the reader's zone; nothing for anything else."""
    typed = text.strip()
    found = _WRITTEN.fullmatch(typed)
    if not found:
        return ()
    import dateparser  # 300 ms that only such a date costs

    settings = {
        "STRICT_PARSING": True,
        "RETURN_AS_TIMEZONE_AWARE": True,
        "RELATIVE_BASE": now.replace(tzinfo=None),
    }
    parsed = dateparser.parse(typed, languages=["en"], settings=settings)
    # Its answer is taken only where it says what was typed.
    if parsed is None or parsed.tzinfo is None or parsed.year != int(found[1]):
        return ()
    if parsed.minute != int(found[3]) or parsed.hour % 12 != int(found[2]) % 12:
        return ()
    return (When(parsed.astimezone(now.tzinfo), None, "second" if found[4] else "minute", typed),)
