"""Feasts: of the calendar, of the lunar calendar, the nth weekday of a month, and what moves with Easter."""

from datetime import date, timedelta

from bot.language.rules.dates import annual
from bot.language.rules.start import rule
from bot.language.spans import Context, Option, Span, one_day, yearly


@rule("feast_day", "feast")
def _feast(context: Context, feast: tuple[int, int]) -> Span | None:
    return annual(context, *feast)


@rule("feast_day", "lunar_feast")
def _lunar_feast(context: Context, days: tuple[date, ...]) -> Span | None:
    """Only in the years that the table knows."""
    if not days[0].year < context.today.year < days[-1].year:
        return None
    return Span(tuple((day, None) for day in days), "day", "year")


@rule("feast_day", "nth_feast")
def _nth_feast(context: Context, feast: tuple[int, ...]) -> Span | None:
    """Thanksgiving is the 4th Thursday of November, Black Friday the day after."""
    month, nth, weekday, after = (*feast, 0)[:4]

    def make(year: int) -> Option:
        if nth > 0:
            first = date(year, month, 1)
            day = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)
        else:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        return day + timedelta(days=after), None

    return yearly(context.today, make, "day")


@rule("feast_day", "easter_feast")
def _easter_feast(context: Context, days: int) -> Span | None:
    from dateutil.easter import easter  # few texts say Easter

    return yearly(context.today, lambda year: (easter(year) + timedelta(days=days), None), "day")


@rule("date", "feast_day")
def _coming(context: Context, span: Span) -> Span:
    return span


@rule("date", "feast_day whichyear", "feast_day <of>? whichyear", "whichyear feast_day")
def _of_year(context: Context, *values: Span | int) -> Span | None:
    span = next(value for value in values if isinstance(value, Span))
    return next((one_day(day) for day, _ in span.options if day.year in values), None)


@rule("date", "shift feast_day")
def _shifted(context: Context, shift: int, span: Span) -> list[Span] | None:
    """ "last Christmas"; "next Christmas" while this year's is still to come may be either."""
    before = [day for day, _ in span.options if day < context.today]
    after = [day for day, _ in span.options if day >= context.today]
    if shift == 0:
        return [one_day(day) for day, _ in span.options if day.year == context.today.year]
    if abs(shift) > 1 or len(before) < 2 or len(after) < 2:
        return None
    if shift == -1:
        return [one_day(before[-1])]
    return [one_day(day) for day in (after[:2] if after[0].year == context.today.year else after[:1])]
