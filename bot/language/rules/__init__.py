"""The rules of dates, amounts and repetitions: what words mean in each other's company. See
docs/language.md."""

from bot.language.rules import (
    clocks,
    dates,
    durations,
    edges,
    lacking,
    moments,
    money,
    parts,
    periods,
    quarters,
    ranges,
    remainders,
    repeats,
    weekdays,
    whole,
)
from bot.language.rules.start import GRAMMAR

__all__ = [
    "GRAMMAR",
    "clocks",
    "dates",
    "durations",
    "edges",
    "lacking",
    "moments",
    "money",
    "parts",
    "periods",
    "quarters",
    "ranges",
    "remainders",
    "repeats",
    "weekdays",
    "whole",
]
