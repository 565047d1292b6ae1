"""Schedules in words."""

from datetime import time

from babel import dates

from bot.i18n import format_time, translator
from bot.i18n.formats import babel_locale
from bot.store.models import Schedule


def rhythm(schedule: Schedule, locale: str) -> str:
    """`Every Monday at 9:00 AM (Asia/Shanghai)`."""
    _ = translator(locale)
    at = format_time(time.fromisoformat(schedule.local_time), locale)
    return _("{days} at {time} ({zone})", days=_days(schedule, locale), time=at, zone=schedule.zone)


def _days(schedule: Schedule, locale: str) -> str:
    _ = translator(locale)
    count = schedule.interval
    match schedule.freq:
        case "daily":
            return _("Every day|Every {count} days", count=count)
        case "weekdays":
            return _("Every working day")
        case "weekly":
            days = _weekdays(schedule.weekdays, locale)
            return _("Every {days}", days=days) if count == 1 else _(
                "Every {count} weeks on {days}", count=count, days=days
            )  # fmt: skip
        case "monthly":
            return _(
                "Every month on {day}|Every {count} months on {day}",
                count=count,
                day=_day_of_month(schedule, locale),
            )
    return _("Every quarter on {day}", day=_day_of_month(schedule, locale))


def _weekdays(digits: str, locale: str) -> str:
    names = dates.get_day_names("wide", locale=babel_locale(locale))
    return translator(locale)(", ").join(names[int(digit) - 1] for digit in digits)


def _day_of_month(schedule: Schedule, locale: str) -> str:
    _ = translator(locale)
    last = schedule.month_day is not None and schedule.month_day < 0
    if schedule.counts_working_days:
        return _("the last working day") if last else _("working day {day}", day=schedule.month_day or 1)
    return _("the last day") if last else _("day {day}", day=schedule.month_day or 1)
