"""What people type, read: dates, amounts, discounts, repetitions and one-line commands, in English and
Chinese.

Pure: the clock, the working days and the known names are arguments. Nothing is guessed: what cannot be read
raises NotUnderstood, and what people read in two ways raises Ambiguous with the readings to choose from.
"""

from bot.language.amounts import read_amount, read_percent, read_range
from bot.language.answers import answer_amount, answer_line, answer_when
from bot.language.lines import read_line
from bot.language.names import KnownNames, nearest, sounds
from bot.language.refusals import Ambiguous, NotUnderstood, RepetitionInLine
from bot.language.repeats import read_duration, read_recurrence
from bot.language.stage_words import stage_meant
from bot.language.tables import channel_words
from bot.language.values import (
    Amount,
    Ask,
    Duration,
    Grain,
    Language,
    Line,
    LineItem,
    NameMatch,
    Names,
    Recurrence,
    When,
    WorkingDays,
    monday_to_friday,
)
from bot.language.verbs import VERBS, nearest_verb, split_verb, verb_of, verb_prefix, verb_words
from bot.language.whens import read_when

__all__ = [
    "VERBS",
    "Ambiguous",
    "Amount",
    "Ask",
    "Duration",
    "Grain",
    "KnownNames",
    "Language",
    "Line",
    "LineItem",
    "NameMatch",
    "Names",
    "NotUnderstood",
    "Recurrence",
    "RepetitionInLine",
    "When",
    "WorkingDays",
    "answer_amount",
    "answer_line",
    "answer_when",
    "channel_words",
    "monday_to_friday",
    "nearest",
    "nearest_verb",
    "read_amount",
    "read_duration",
    "read_line",
    "read_percent",
    "read_range",
    "read_recurrence",
    "read_when",
    "sounds",
    "split_verb",
    "stage_meant",
    "verb_of",
    "verb_prefix",
    "verb_words",
]
