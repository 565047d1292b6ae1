"""Wins as notices tell them: a message with a picture, edited where the win changes or is taken back."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.charts import WinFigures
from bot.domain.periods import quarter_of
from bot.domain.plans import quota_in, workspace_quotas
from bot.jobs.digests import drawn
from bot.jobs.words import Edited, Reader, Said
from bot.reports.charts import win_chart
from bot.store import Session
from bot.store.days import figures_of, won_totals
from bot.store.models import Notice, Opportunity
from bot.store.opportunities import access_opportunity
from bot.store.plans import quotas_in
from bot.store.workspaces import workspace_settings
from bot.views import wins as views


def told(session: Session, reader: Reader, notice: Notice) -> Said | None:
    """The win as it is now; nothing where it was taken back before it was told."""
    opportunity = access_opportunity(session, notice.subject_id or 0)
    if not opportunity.stage.is_won:
        return None
    settings = workspace_settings(session)
    figures = _figures(session, opportunity, reader)
    return Said(
        views.won(opportunity, reader.locale, shows_amount=settings.win_shows_amount),
        (notice.id,),
        draw=lambda: drawn(lambda: win_chart(figures, reader.locale)),
    )


def again(session: Session, reader: Reader, told: Notice) -> Edited:
    """The message that told of it, as it is true now."""
    opportunity = access_opportunity(session, told.subject_id or 0)
    channel, ts = told.slack_channel or told.recipient, told.message_ts or ""
    if not opportunity.stage.is_won:
        return Edited(views.taken_back(opportunity, reader.locale), channel, ts)
    figures = _figures(session, opportunity, reader)
    message = views.won(opportunity, reader.locale, shows_amount=workspace_settings(session).win_shows_amount)
    return Edited(message, channel, ts, draw=lambda: drawn(lambda: win_chart(figures, reader.locale)))


def _figures(session: Session, opportunity: Opportunity, reader: Reader) -> WinFigures:
    settings = workspace_settings(session)
    day: date = opportunity.closed_on or reader.now.astimezone(ZoneInfo(settings.zone)).date()
    quarter = quarter_of(day, settings.fiscal_start_month)
    quota = quota_in(workspace_quotas(quotas_in(session, quarter)), quarter, settings.currency)
    so_far = figures_of(0, (), quarter, won_totals(session, None, quarter), quota)
    return views.figures(
        opportunity,
        reader.locale,
        shows_amount=settings.win_shows_amount,
        quarter=quarter,
        won_so_far=so_far.won_of_quota,
        quota=quota,
    )
