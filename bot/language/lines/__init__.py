"""One-line commands: which words became what."""

from datetime import datetime

from bot.language.text import fold
from bot.language.values import Language, Line, Names, WorkingDays, monday_to_friday
from bot.language.verbs import verb_at_start
from bot.language.whens import context_of, spoken

# Of a longer line, the rest is text or note unread. A log is searched only at its ends.
LONGEST = 240
LONGEST_LOG = 1500

__all__ = ["read_line"]


def read_line(
    text: str,
    *,
    now: datetime,
    language: Language | None = None,
    verb: str | None = None,
    names: Names | None = None,
    working_days: WorkingDays = monday_to_friday,
    fiscal_start_month: int = 1,
    currency: str | None = None,
) -> Line:
    """Read a one-line command. `verb` is given where the command itself was the verb, as in /deal.

    Names are matched against `names`; without it they are given as typed. Never raises: what cannot be
    settled is in `asks`, and what fits nothing is in `note`.
    """
    # Dates and amounts alone do not need what follows, which is a fifth of the time to the first answer.
    from bot.language.lines.draft import Draft
    from bot.language.lines.reading import fill
    from bot.language.lines.scan import Scan

    start = 0
    said = verb
    if verb is None:
        verb, start = verb_at_start(fold(text[:60]).folded)
    read = LONGEST_LOG if verb == "log" else LONGEST
    typed, beyond = text[:read], text[read:]
    folded = fold(typed)
    if said is None and verb:
        start = verb_at_start(folded.folded)[1]
    context = context_of(now, spoken(typed, language), False, working_days, fiscal_start_month)
    scan = Scan(folded, now, context, spoken(typed, language), currency, names, start)
    draft = Draft(scan)
    note = fill(verb, draft)
    if beyond.strip():
        if "text" in draft.fields:
            draft.fields["text"] += beyond.rstrip()
        else:
            note = (note + beyond.rstrip()).strip()
    return draft.line(verb, note)
