"""Days of a week or a month counted from now: next Friday, 下下周三, the last Monday of July, 3 Fridays from
now."""

from datetime import date, timedelta

from bot.language.numerals import Num
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, choose, each, later, one_day
from bot.language.values import Duration


@rule("date", "shift plain_weekday")
def _shifted(context: Context, shift: int, weekday: int) -> list[Span] | None:
    """ "next Friday": people disagree where the nearest one lies in this week, so that is asked."""
    today = context.today
    this = context.monday + timedelta(days=weekday)
    if shift == 0:
        if this < today and not context.past:
            return [one_day(this + timedelta(weeks=1)), one_day(this)]
        return [one_day(this)]
    of_week = this + timedelta(weeks=shift)
    if abs(shift) > 1:
        return [one_day(of_week)]
    if shift == 1:
        nearest = this if this > today else of_week
        # On Monday, next Friday is next week's; on Thursday, many mean tomorrow.
        return (
            [one_day(of_week)]
            if (nearest - today).days > 2 or nearest == of_week
            else _both(of_week, nearest)
        )
    nearest = this if this < today else of_week
    return [one_day(of_week)] if nearest == of_week else _both(nearest, of_week)


def _both(first: date, second: date) -> list[Span]:
    return [one_day(first), one_day(second)]


@rule("date", "<coming> weekday")
def _coming(context: Context, weekday: int) -> Span:
    return one_day(context.today + timedelta(days=(weekday - context.today.weekday() - 1) % 7 + 1))


@rule("date", "<within_past> plain_weekday")
def _past_weekday(context: Context, weekday: int) -> Span:
    """ "this past Tuesday"."""
    return one_day(context.today - timedelta(days=(context.today.weekday() - weekday - 1) % 7 + 1))


@rule("date", "plain_weekday shift_after")
def _after_next(context: Context, weekday: int, shift: int) -> list[Span] | None:
    """ "Friday after next" is a week after whatever next Friday is."""
    if shift != 2:
        return None
    coming = context.today + timedelta(days=(weekday - context.today.weekday() - 1) % 7 + 1)
    of_week = context.monday + timedelta(weeks=2, days=weekday)
    return [one_day(day) for day in dict.fromkeys((of_week, coming + timedelta(weeks=1)))]


@rule("date", "shift unit")
def _next_working_day(context: Context, shift: int, unit: str) -> Span | None:
    """ "next business day", 下一个工作日."""
    if unit != "working_day" or abs(shift) != 1:
        return None
    return one_day(later(context.today, Duration(working_days=1), context.working_days, shift))


@rule("date", "shift week_weekday")
def _of_week(context: Context, shift: int, weekday: int) -> Span:
    """下周三 names its week."""
    return one_day(context.monday + timedelta(weeks=shift, days=weekday))


@rule("date", "weekday shift unit")
def _weekday_of_shifted(context: Context, weekday: int, shift: int, unit: str) -> Span | None:
    return one_day(context.monday + timedelta(weeks=shift, days=weekday)) if unit == "week" else None


@rule("date", "shift unit weekday")
def _shifted_week_day(context: Context, shift: int, unit: str, weekday: int) -> Span | None:
    return _weekday_of_shifted(context, weekday, shift, unit)


@rule("date", "weekday unit shift_after")
def _weekday_after_next(context: Context, weekday: int, unit: str, shift: int) -> Span | None:
    return _weekday_of_shifted(context, weekday, shift, unit)


@rule("date", "unit shift_after weekday")
def _after_next_weekday(context: Context, unit: str, shift: int, weekday: int) -> Span | None:
    return _weekday_of_shifted(context, weekday, shift, unit)


@rule("date", "plain_weekday <week_later>")
def _weekday_week(context: Context, weekday: int) -> Span:
    """ "Monday week" is a week after the coming Monday."""
    ahead = (weekday - context.today.weekday() - 1) % 7 + 1
    return one_day(context.today + timedelta(days=ahead + 7))


@rule("date", "num weekday <from_now>", "<in> num weekday", "num weekday <later>")
def _nth_from_now(context: Context, num: Num, weekday: int) -> Span | None:
    if not 1 <= num.value <= 60:
        return None
    ahead = (weekday - context.today.weekday() - 1) % 7 + 1
    return one_day(context.today + timedelta(days=ahead, weeks=num.value - 1))


@rule("date", "num weekday <ago>")
def _nth_ago(context: Context, num: Num, weekday: int) -> Span | None:
    if not 1 <= num.value <= 60:
        return None
    back = (context.today.weekday() - weekday - 1) % 7 + 1
    return one_day(context.today - timedelta(days=back, weeks=num.value - 1))


@rule("date", "plain_weekday <before> plain_date")
def _before(context: Context, weekday: int, span: Span) -> list[Span]:
    """ "the Friday before Christmas"."""
    back = [(day, (day.weekday() - weekday - 1) % 7 + 1) for day, _ in choose(span, context)]
    return [one_day(day - timedelta(days=days)) for day, days in back]


@rule("date", "plain_weekday <after_count> plain_date")
def _after(context: Context, weekday: int, span: Span) -> list[Span]:
    """ "the Monday after Thanksgiving"."""
    ahead = [(day, (weekday - day.weekday() - 1) % 7 + 1) for day, _ in choose(span, context)]
    return [one_day(day + timedelta(days=days)) for day, days in ahead]


@rule("date", "ord weekday period")
def _nth_weekday(context: Context, nth: int, weekday: int, of: Span) -> Span | None:
    return _in_month(nth, weekday, of)


@rule("date", "<last> weekday period")
def _last_weekday(context: Context, weekday: int, of: Span) -> Span | None:
    return _in_month(-1, weekday, of)


@rule("date", "period <di> num <ge>? weekday")
def _nth_weekday_after(context: Context, of: Span, num: Num, weekday: int) -> Span | None:
    return _in_month(num.value, weekday, of)


@rule("date", "period <last> num? <ge>? weekday")
def _last_weekday_after(context: Context, of: Span, num: Num | None, weekday: int) -> Span | None:
    return _in_month(-1, weekday, of) if num is None or num.value == 1 else None


def _in_month(nth: int, weekday: int, of: Span) -> Span | None:
    if of.grain not in ("month", "quarter", "year"):
        return None

    def pick(start: date, end: date | None) -> Option | None:
        assert end is not None
        if nth > 0:
            day = start + timedelta(days=(weekday - start.weekday()) % 7, weeks=nth - 1)
        else:
            last = end - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        return (day, None) if start <= day < end else None

    return each(of, pick, "day")


@rule("date", "period weekday")
def _weekday_in_week(context: Context, week: Span, weekday: int) -> Span | None:
    if week.grain != "week" or len(week.options) > 1:
        return None
    end = week.options[0][1]
    if end is None or (end - week.options[0][0]).days != 7:
        return None
    return one_day(week.options[0][0] + timedelta(days=weekday))
