"""`dealdesk forecast` and `backtest`: the figures of the digests, and how right they would have been."""

import json as json_
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.opening import open_store, shell_actor
from bot.domain.forecast import Forecast
from bot.domain.money import Money
from bot.domain.periods import Horizon, add_months

if TYPE_CHECKING:
    from bot.reports.forecast import Past
    from bot.store import Session


class Every(StrEnum):
    """How often a backtest forecasts."""

    WEEK = "week"
    MONTH = "month"


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise typer.BadParameter(f"“{typed}” is not a day. Write it as 2026-11-30.") from None


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(forecast)
    app.command()(backtest)


def forecast(
    as_of: Annotated[
        date | None,
        typer.Option(parser=_day, metavar="DATE", help="Know only what is dated before it; now if none."),
    ] = None,
    horizon: Annotated[Horizon, typer.Option(help="The period; quarters are fiscal.")] = Horizon.QUARTER,
    json: AsJson = False,
) -> None:
    """What a period will bring: dealdesk forecast --horizon next-quarter."""
    from bot.reports import forecast as reports

    with _reading() as (session, today):
        if as_of is None:
            found = reports.forecast(session, as_of=today, horizon=horizon)
        else:
            past = reports.past_of(session)
            found = reports.forecast_known_at(session, past, as_of=as_of, horizon=horizon)
    typer.echo(json_.dumps(as_object(found), ensure_ascii=False) if json else "\n".join(_lines(found)))


def backtest(
    since: Annotated[
        date | None, typer.Option("--from", parser=_day, metavar="DATE", help="The first forecast.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--to", parser=_day, metavar="DATE", help="The last forecast.")
    ] = None,
    every: Annotated[Every, typer.Option(help="Every Monday, or every first of a month.")] = Every.MONTH,
    json: AsJson = False,
) -> None:
    """Forecasts of the past beside what came: dealdesk backtest --from 2026-01-01 --every month."""
    from bot.reports.forecast import past_of

    with _reading() as (session, today):
        past = past_of(session)
        days = [day for each in past.histories for day in (each.sale.opened_on, each.sale.closed_on) if day]
        first, last = since or min(days, default=today), until or max(days, default=today)
        found = list(_backtest(session, past, first, min(last, today), every, today))
    if json:
        typer.echo(json_.dumps([as_object(each) | {"actual": _number(actual)} for each, actual in found]))
        return
    for each, actual in found:
        inside = "inside" if each.p10.minor <= actual.minor <= each.p90.minor else "outside"
        typer.echo(
            f"{each.as_of} {each.horizon:12} {_said(each.p10)} – {_said(each.p50)} – {_said(each.p90)}"
            f"   came {_said(actual)} ({inside})"
        )
    if not found:
        typer.echo("No period between these days is over yet.")


def _backtest(
    session: "Session", past: "Past", first: date, last: date, every: Every, today: date
) -> Iterator[tuple[Forecast, Money]]:
    from bot.reports.forecast import forecast_known_at, won_in

    for origin in _origins(first, last, every):
        for horizon in Horizon:
            found = forecast_known_at(session, past, as_of=origin, horizon=horizon)
            if found.period.end <= today:
                yield found, won_in(past, found.period)


def _origins(first: date, last: date, every: Every) -> Iterator[date]:
    if every == Every.WEEK:
        origin = first + timedelta(days=-first.weekday() % 7)
    else:
        origin = first if first.day == 1 else add_months(first, 1)
    while origin <= last:
        yield origin
        origin = origin + timedelta(days=7) if every == Every.WEEK else add_months(origin, 1)


@contextmanager
def _reading() -> Iterator[tuple["Session", date]]:
    """A session of the shell's workspace, and the day that it is there."""
    from bot.store.workspaces import workspace_settings

    opened = open_store()
    actor = shell_actor(opened)
    with opened.store.reading(actor.workspace_id) as session:
        zone = ZoneInfo(workspace_settings(session).zone)
        yield session, opened.clock().astimezone(zone).date()


def as_object(found: Forecast) -> dict[str, Any]:
    """The forecast as docs/interface.md has it: amounts are numbers in major units of the currency.

    Without a quota it is 0, which is certain to be reached.
    """
    return {
        "as_of": found.as_of.isoformat(),
        "horizon": found.horizon.value,
        "currency": found.currency,
        "p10": _number(found.p10),
        "p50": _number(found.p50),
        "p90": _number(found.p90),
        "closed_so_far": _number(found.closed_so_far),
        "from_open": _number(found.from_open),
        "from_new": _number(found.from_new),
        "quota": _number(found.quota or Money(0, found.currency)),
        "probability_of_quota": _chance(1.0 if found.quota is None else found.probability_of_quota or 0.0),
        "opportunities": [
            {
                "id": each.id,
                "external_id": each.external_id,
                "p_win": _chance(each.p_win),
                "p_win_in_horizon": _chance(each.p_win_in_horizon),
                "expected_close": each.expected_close.isoformat(),
                "p50_amount": _number(each.p50_amount),
            }
            for each in found.opportunities
        ],
    }


def _lines(found: Forecast) -> Iterator[str]:
    yield f"{found.period.start} to {found.period.last_day} ({found.horizon}), as of {found.as_of}"
    yield f"  won so far     {_said(found.closed_so_far):>16}  ({found.won_count} won)"
    yield f"  from open      {_said(found.from_open):>16}  ({len(found.opportunities)} open)"
    yield f"  from new       {_said(found.from_new):>16}"
    yield f"  range          {_said(found.p10)} – {_said(found.p90)}, middle {_said(found.p50)}"
    if found.quota is not None and found.gap is not None:
        chance = f"{found.probability_of_quota:.0%}"
        yield f"  quota          {_said(found.quota):>16}  (gap {_said(found.gap)}, chance {chance})"
    for line in found.by_stage:
        amounts = f"{_said(line.amount + line.estimated):>16}, weighted {_said(line.weighted)}"
        stage = " · ".join(each for each in (line.pipeline, line.stage or "stage unknown") if each)
        yield f"  {stage[:22]:14} {amounts}  ({line.count} open)"
    if not found.has_stage_history:
        rate = "unknown, so one half" if found.win_rate.value is None else f"{found.win_rate.value:.0%}"
        yield f"  No history of stages yet: every stage counts with the overall win rate ({rate})."
    if found.at_list_price:
        yield f"  {found.at_list_price} without an amount are estimated at their product's list price."
    if found.at_typical:
        yield f"  {found.at_typical} without amount and price are estimated at the typical amount."
    if found.other_open or found.other_won:
        apart = ", ".join(_said(each) for each in (*found.other_won, *found.other_open))
        yield f"  Not in these figures, in other currencies: {apart}"


def _said(money: Money) -> str:
    return f"{money.amount:,} {money.currency}"


def _number(money: Money) -> float:
    return float(money.amount)


def _chance(value: float) -> float:
    return round(value, 4)
