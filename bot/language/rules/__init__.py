"""The rules of dates, amounts and repetitions: what words mean in each other's company. See
docs/language.md."""

from bot.language.rules import (
    clocks,
    counted,
    dates,
    durations,
    edges,
    feasts,
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
    zones,
)
from bot.language.rules.start import GRAMMAR

__all__ = [
    "GRAMMAR",
    "clocks",
    "counted",
    "dates",
    "durations",
    "edges",
    "feasts",
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
    "zones",
]
