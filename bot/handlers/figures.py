"""Figures: `/crm forecast`, `/crm report` and the buttons of their answers."""

from bot.domain.errors import Refusal
from bot.domain.performance import Dimension
from bot.domain.periods import Horizon, Period, period_of, quarter_of
from bot.handlers import sales_channels
from bot.handlers.answers import Answer
from bot.handlers.asked import Asked, person_by_id, read_asked, today_of, whose
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.satisfaction_report import asks_for_satisfaction, show_report
from bot.reports import forecast as forecasts
from bot.reports.performance import performance, win_rates
from bot.store.forecast_categories import category_sums, list_by_hand
from bot.store.measures import list_open_measures
from bot.store.workspaces import workspace_settings
from bot.views import figures as views
from bot.views import forecast_categories as category_views
from bot.views import performance as performance_views
from bot.views.periods import period_name

routes = Routes()


class NotAHorizon(Refusal):
    """A forecast of a period that is over or too far."""

    message = (
        "A forecast is for this or the next month or quarter, and {period} is neither. "
        "For example: `/crm forecast next quarter`"
    )


@routes.command("forecast", changes=False)
def forecast(interaction: Interaction) -> Answer:
    """What a period will bring: `/crm forecast next quarter`, `/crm forecast mine`."""
    asked = read_asked(interaction, past=False)
    return _forecast(interaction, _horizon(interaction, asked.period), asked)


@routes.action("forecast.show", changes=False)
def press_forecast(interaction: Interaction) -> Answer:
    """The same for another period, in place of the first."""
    horizon = Horizon(interaction.value.get("horizon") or Horizon.QUARTER)
    asked = Asked(person=whose(person_by_id(interaction, interaction.value.get("person"))))
    return _forecast(interaction, horizon, asked, replace=True)


def _horizon(interaction: Interaction, period: Period | None) -> Horizon:
    if period is None:
        return Horizon.QUARTER
    start_month = workspace_settings(interaction.session).fiscal_start_month
    for horizon in Horizon:
        meant = period_of(horizon, today_of(interaction), start_month)
        if (meant.start, meant.end) == (period.start, period.end):
            return horizon
    raise NotAHorizon(period=period_name(period, interaction.actor.locale))


def _forecast(interaction: Interaction, horizon: Horizon, asked: Asked, *, replace: bool = False) -> Answer:
    found = forecasts.forecast(
        interaction.session, as_of=today_of(interaction), horizon=horizon, owner_ids=asked.owner_ids
    )
    session, locale = interaction.session, interaction.actor.locale
    expected = category_views.sums(
        category_sums(session, found.period, asked.owner_ids),
        list_by_hand(session, found.period, asked.owner_ids),
        [found.closed_so_far, *found.other_won],
        locale,
    )
    message = views.forecast(found, locale, owner=asked.name, person_id=asked.person_id, expected=expected)
    return Answer(message, replace=replace)


@routes.command("report", changes=False)
def report(interaction: Interaction) -> Answer:
    """A period against the one before, or win rates: `/crm report last month`, `… win rate by source`."""
    rest = asks_for_satisfaction(interaction.text)
    if rest is not None:
        interaction.text = rest
        return show_report(interaction)
    asked = read_asked(interaction, past=True)
    if asked.split in (Dimension.SALES_CHANNEL, Dimension.PARTNER):
        return sales_channels.show_report(interaction, asked.period)
    if asked.split:
        return _win_rates(interaction, asked.split, asked.period)
    today = today_of(interaction)
    period = asked.period or quarter_of(today, workspace_settings(interaction.session).fiscal_start_month)
    found = performance(interaction.session, period=period, as_of=today, owner_ids=asked.owner_ids)
    return Answer(
        performance_views.performance(
            found,
            interaction.actor.locale,
            measures=list_open_measures(interaction.session),
            owner=asked.name,
            person_id=asked.person_id,
        )
    )


@routes.action("report.by", changes=False)
def press_report_by(interaction: Interaction) -> Answer:
    """Win rates of everything that ever ended, by the dimension of the button."""
    return _win_rates(interaction, Dimension(interaction.value["dimension"]), None)


def _win_rates(interaction: Interaction, by: Dimension, period: Period | None) -> Answer:
    found = win_rates(interaction.session, by=by, period=period)
    return Answer(performance_views.win_rates(found, interaction.actor.locale))
