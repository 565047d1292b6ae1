"""Pictures that somebody asked for, from the figures of the moment in which they are drawn."""

from bot.i18n import format_date
from bot.jobs import digests
from bot.jobs.words import Drawn, Reader
from bot.reports.charts import bridge_chart, funnel_chart
from bot.reports.movements import movements
from bot.reports.pipeline import pipeline
from bot.services.pictures import PictureKind, read_picture
from bot.store import Session
from bot.store.models import Notice
from bot.views import pipeline as views


def picture(session: Session, reader: Reader, notice: Notice) -> Drawn | None:
    """The picture that a notice asks for; None where there is nothing to draw by now."""
    asked = read_picture(notice)
    today = digests.today(session, reader.now)
    if asked.kind == PictureKind.FUNNEL or asked.since is None:
        found = pipeline(session, as_of=today, only=asked.only)
        day = format_date(reader.now.astimezone(reader.zone).date(), reader.locale)
        funnel = views.funnel_figures(found, reader.locale, names=asked.names, day=day)
        return Drawn(lambda: digests.drawn(lambda: funnel_chart(funnel, reader.locale)), "pipeline.png")
    change = movements(session, since=asked.since, as_of=today, only=asked.only)
    if not change.bridges:
        return None
    bridge = views.bridge_figures(change, change.bridges[0], reader.locale, names=asked.names)
    return Drawn(lambda: digests.drawn(lambda: bridge_chart(bridge, reader.locale)), "changes.png")
