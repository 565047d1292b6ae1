"""What is left or past of a period: rest of the week, 年内, year to date."""

from datetime import timedelta

from bot.language.rules.periods import midnight, unit_span
from bot.language.rules.start import rule
from bot.language.spans import Context, Span, Stretch, choose


@rule("stretch", "<rest_of> <the>? unit", "<rest_of> shift unit", "shift any_unit <rest_of_after>")
def _rest(context: Context, *values: object) -> Stretch | None:
    """What is left of this week, month…, its last day included as said."""
    unit = values[-1]
    if len(values) == 2 and values[0] != 0:
        return None
    of = unit_span(context, str(unit), 0)
    if of is None or of.is_day or of.options[0][1] is None:
        return None
    last = of.options[0][1] - timedelta(days=1)
    return Stretch(midnight(context.today), midnight(last), of.grain)


@rule("stretch", "any_period <within_after>", "<within> any_period")
def _within_period(context: Context, of: Span) -> Stretch | None:
    """本周内: what is left of this week; "within next month" is that month."""
    start, end = choose(of, context)[0]
    if end is None:
        return None
    return Stretch(midnight(max(start, context.today)), midnight(end - timedelta(days=1)), of.grain)


@rule("stretch", "any_unit <within_after>")
def _within_unit(context: Context, unit: str) -> Stretch | None:
    of = unit_span(context, unit, 0)
    return _within_period(context, of) if of and not of.is_day else None


for _mark, _unit in (("ytd", "year"), ("qtd", "quarter"), ("mtd", "month"), ("wtd", "week")):

    def _to_date(context: Context, unit: str = _unit) -> Stretch | None:
        """From the beginning of the year, month… to today."""
        of = unit_span(context, unit, 0)
        assert of is not None
        return Stretch(midnight(of.options[0][0]), midnight(context.today), of.grain)

    rule("stretch", f"<{_mark}>")(_to_date)
