"""One-line commands: which words became what."""

from datetime import datetime
from typing import Any

from bot.language.amounts import read_amount
from bot.language.refusals import Ambiguous, NotUnderstood
from bot.language.values import Ask, Language, Line, Names, WorkingDays, monday_to_friday
from bot.language.verbs import verb_of
from bot.language.whens import read_when


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

    Never raises: what cannot be settled is in `asks`, and what fits nothing is in `note`.
    """
    typed = text.split()
    if verb is None and typed and (verb := verb_of(typed[0])):
        typed = typed[1:]
    fields: dict[str, Any] = {}
    words: dict[str, str] = {}
    asks: list[Ask] = []
    left: list[str] = []
    for word in typed:
        try:
            when = read_when(word, now=now, language=language, past=verb == "log")
        except Ambiguous as unsure:
            asks.append(Ask("close_on" if verb == "deal" else "due", unsure.readings, word))
            continue
        except NotUnderstood:
            pass
        else:
            name = "close_on" if verb == "deal" else "due"
            fields[name], words[name] = (when.start if when.is_moment else when.day), word
            continue
        try:
            amount = read_amount(word, language=language, currency=currency)
        except (NotUnderstood, Ambiguous):
            left.append(word)
        else:
            fields["amount"], words["amount"] = amount.value, word
            if amount.currency:
                fields["currency"] = amount.currency
    if left:
        fields["customer"] = words["customer"] = " ".join(left)
    return Line(verb, fields, tuple(asks), "", words)
