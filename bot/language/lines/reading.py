"""Filling a line's fields, verb by verb."""

from bot.language.lines.deals import read_record
from bot.language.lines.draft import Draft
from bot.language.lines.logs import read_log
from bot.language.lines.questions import read_question
from bot.language.lines.quotes import read_quote
from bot.language.lines.ratings import read_rating
from bot.language.lines.stages import read_stage
from bot.language.lines.tasks import read_task


def fill(verb: str | None, draft: Draft) -> str:
    """Fill the draft with what its line says for the verb, and give back the words that fit nothing."""
    match verb:
        case "deal" | "customer" | "lead" | "contact":
            return read_record(verb, draft)
        case "task":
            return read_task(draft)
        case "log":
            return read_log(draft)
        case "quote":
            return read_quote(draft)
        case "stage":
            return read_stage(draft)
        case "satisfaction":
            return read_rating(draft)
        case None:
            return draft.scan.text.words(0, len(draft.scan.folded))
    return read_question(verb, draft)
