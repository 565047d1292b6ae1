"""Languages: every message in English and Simplified Chinese, and the formats of dates, amounts and names."""

from bot.i18n.formats import (
    format_date,
    format_decimal,
    format_moment,
    format_money,
    format_percent,
    format_time,
    format_zone,
)
from bot.i18n.messages import LANGUAGES, N_, Translate, language_of, translate, translator

__all__ = [
    "LANGUAGES",
    "N_",
    "Translate",
    "format_date",
    "format_decimal",
    "format_moment",
    "format_money",
    "format_percent",
    "format_time",
    "format_zone",
    "language_of",
    "translate",
    "translator",
]
