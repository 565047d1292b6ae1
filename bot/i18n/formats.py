"""Amounts, days and moments as the reader writes them. Slack's locales (en-US, zh-CN) become Babel's."""

from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel import numbers as babel_numbers

from bot.domain.money import Money, minor_digits

_KEPT = 4000
"""So many days and amounts as they are written are kept: lists show the same ones again and again."""


@cache
def babel_locale(locale: str) -> Locale:
    """Babel's locale for one of Slack's; English where Babel knows none."""
    try:
        return Locale.parse(locale.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_US")


@lru_cache(_KEPT)
def format_money(money: Money, locale: str, *, compact: bool = False) -> str:
    """`$120,000`, `¥120,000.50`; compact: `$120K`, `¥12万`. Whole amounts show no decimals."""
    shown = babel_locale(locale)
    if compact:
        text = babel_numbers.format_compact_currency(
            money.amount, money.currency, locale=shown, fraction_digits=1
        )
        return str(text).replace(".0", "")
    # A currency's own digits, not those that people use of it: a card never rounds what was typed.
    whole = money.amount == money.amount.to_integral_value()
    decimals = "" if whole else "." + "0" * minor_digits(money.currency)
    pattern = shown.currency_formats["standard"].pattern.replace(".00", decimals)
    return str(
        babel_numbers.format_currency(
            money.amount, money.currency, pattern, locale=shown, currency_digits=False
        )
    )


def format_decimal(value: Decimal | int, locale: str) -> str:
    """A number with the reader's separators and no more decimals than it has."""
    return str(babel_numbers.format_decimal(value, locale=babel_locale(locale), decimal_quantization=False))


def format_percent(share: Decimal | float, locale: str) -> str:
    """A share (0.42) as `42%`."""
    return str(babel_numbers.format_percent(share, format="#,##0%", locale=babel_locale(locale)))


@lru_cache(_KEPT)
def format_date(day: date, locale: str, *, year: bool = True) -> str:
    """A day with its weekday: `Fri, Dec 4, 2026`, `2026年12月4日周五`."""
    return str(babel_dates.format_skeleton("yMMMEd" if year else "MMMEd", day, locale=babel_locale(locale)))


def format_time(moment: datetime | time, locale: str) -> str:
    """A time of day: `3:00 PM`, `15:00`."""
    pattern = "HH:mm" if babel_locale(locale).language == "zh" else "h:mm a"
    return str(babel_dates.format_time(moment, pattern, locale=babel_locale(locale)))


def format_zone(zone: str, locale: str) -> str:
    """A time zone by its city: New York or 纽约 for America/New_York."""
    return str(babel_dates.get_timezone_location(zone, locale=babel_locale(locale), return_city=True))


def format_moment(moment: datetime, locale: str, *, zone: tzinfo | None = None, year: bool = True) -> str:
    """A moment with its weekday and zone: `Fri, Dec 4, 2026, 3:00 PM (CST)`; in `zone` where one is given."""
    local = moment.astimezone(zone) if zone else moment
    name = local.tzname() or ""
    day, hour = format_date(local.date(), locale, year=year), format_time(local, locale)
    return f"{day} {hour}（{name}）" if babel_locale(locale).language == "zh" else f"{day}, {hour} ({name})"
