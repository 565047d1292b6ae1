"""Periods as people name them: Q4 2026, November 2026, Nov 16 – 22, 2026."""

from babel import dates

from bot.domain.periods import Grain, Period
from bot.i18n import language_of, translator
from bot.i18n.formats import babel_locale


def period_name(period: Period, locale: str) -> str:
    """The period's name in the reader's language; runs of days and weeks by their first and last day."""
    if period.grain == Grain.QUARTER:
        _ = translator(locale)
        return _("Q{number} {year}", number=period.number, year=str(period.year))
    if period.grain == Grain.MONTH:
        return str(dates.format_skeleton("yMMMM", period.start, locale=babel_locale(locale)))
    interval = str(dates.format_interval(period.start, period.last_day, "yMMMd", locale=babel_locale(locale)))
    # CLDR puts thin spaces around the dash, which nobody can type or search for; in Chinese editions differ.
    interval = interval.replace("\u2009", " ")
    return interval.replace(" – ", "至") if language_of(locale) == "zh" else interval
