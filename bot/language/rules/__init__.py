"""The rules of dates, amounts and repetitions: what words mean in each other's company. docs/language.md."""

from bot.language.rules import clocks, dates, durations, money, periods, ranges, repeats, weekdays, whole
from bot.language.rules.start import GRAMMAR

__all__ = [
    "GRAMMAR",
    "clocks",
    "dates",
    "durations",
    "money",
    "periods",
    "ranges",
    "repeats",
    "weekdays",
    "whole",
]
