"""`/crm pipeline`: what is open by stage, what changed in it, and both as pictures."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.performance import Dimension
from bot.domain.periods import quarter_of, week_of
from bot.handlers.answers import Answer
from bot.handlers.asked import NotAFigure, read_split, today_of
from bot.handlers.interaction import Interaction
from bot.handlers.pipeline_filters import read_filters
from bot.handlers.router import Routes
from bot.language import Ambiguous, NotUnderstood, read_when
from bot.reports.movements import movements, movers
from bot.reports.pipeline import pipeline as open_pipeline
from bot.services.pictures import PictureAsked, PictureKind, send_picture
from bot.store.open_splits import SPLITS, open_shares
from bot.store.workspaces import workspace_settings
from bot.views import pipeline as views
from bot.views import pipeline_splits as split_views
from bot.views.blocks import text_message
from bot.views.periods import period_name
from bot.views.text import plain

routes = Routes()

_CHANGES = re.compile(
    r"(?<!\w)(?:what )?(?:changes?|changed)(?!\w)|有?(?:什么|哪些)?(?:变化|变动|变更)", re.IGNORECASE
)
_SINCE = re.compile(r"(?<!\w)since\s+(?P<en>.+)$|(?:自从|自|从)?(?P<zh>\S+?)(?:以来|起|至今)", re.IGNORECASE)


@routes.command("pipeline", changes=False)
def pipeline(interaction: Interaction) -> Answer:
    """What is open: `/crm pipeline mine via referral`; what changed: `/crm pipeline changes since Monday`."""
    text = interaction.text
    if _CHANGES.search(text) or _SINCE.search(text):
        return _changes(interaction, _CHANGES.sub(" ", text), since=None, whole=False)
    split, rest = read_split(text)
    if split in SPLITS:
        return _shares(interaction, split, rest)
    narrowed = read_filters(interaction, text)
    found = open_pipeline(interaction.session, as_of=today_of(interaction), only=narrowed.only)
    period = narrowed.only.period
    return Answer(
        views.pipeline(
            found,
            interaction.actor.locale,
            names=narrowed.names,
            period=period_name(period, interaction.actor.locale) if period else None,
            person_id=narrowed.person_id,
            typed=text,
        )
    )


def _shares(interaction: Interaction, by: Dimension, text: str) -> Answer:
    """What is open by product, source, channel, competitor or person."""
    narrowed, locale = read_filters(interaction, text), interaction.actor.locale
    found = open_shares(interaction.session, by=by, only=narrowed.only)
    period = narrowed.only.period
    names = [*narrowed.names, *([period_name(period, locale)] if period else [])]
    return Answer(split_views.shares(found, by, locale, names=names, typed=text.strip()))


@routes.action("pipeline.changes", changes=False)
def press_changes(interaction: Interaction) -> Answer:
    """What changed, of the same words; the quarter's or all, in place of an earlier answer of its kind."""
    value = interaction.value
    since = date.fromisoformat(value["since"]) if value.get("since") else None
    return _changes(
        interaction,
        str(value.get("text") or ""),
        since=since,
        whole=bool(value.get("whole")),
        in_place=bool(since),
    )


def _changes(
    interaction: Interaction, text: str, *, since: date | None, whole: bool, in_place: bool = False
) -> Answer:
    session, today = interaction.session, today_of(interaction)
    if since is None:
        since, text = _since(interaction, text, today)
    asked = _asked(interaction, PictureKind.CHANGES, text, since=since, whole=whole)
    found = movements(session, since=since, as_of=today, only=asked.only)
    message = views.changes(
        found, interaction.actor.locale, called=movers(session, found), names=asked.names, typed=text.strip()
    )
    return Answer(message, replace=in_place)


def _since(interaction: Interaction, text: str, today: date) -> tuple[date, str]:
    """The day that the words name, else the Monday of this week; on a Monday that of the last."""
    found = _SINCE.search(text)
    if found is None:
        return week_of(today - timedelta(days=1)).start, text
    words = plain(found["en"] or found["zh"]).split()
    for end in range(len(words), 0, -1):
        try:
            day = read_when(" ".join(words[:end]), now=interaction.local_now, past=True).day
        except Ambiguous as several:
            day = min(reading.day for reading in several.readings)
        except NotUnderstood:
            continue
        rest = " ".join([text[: found.start()], *words[end:], text[found.end() :]])
        return min(day, today), rest
    raise NotAFigure(typed=" ".join(words))


def _asked(
    interaction: Interaction, kind: PictureKind, text: str, *, since: date | None, whole: bool
) -> PictureAsked:
    narrowed = read_filters(interaction, text)
    only = narrowed.only
    if kind == PictureKind.CHANGES and only.period is None and not whole:
        start_month = workspace_settings(interaction.session).fiscal_start_month
        only = replace(only, period=quarter_of(today_of(interaction), start_month))
    return PictureAsked(kind, only, narrowed.names, since)


@routes.action("pipeline.picture")
def press_picture(interaction: Interaction) -> Answer:
    """The same as a picture, to the person's direct messages."""
    value = interaction.value
    since = date.fromisoformat(value["since"]) if value.get("since") else None
    kind = PictureKind.CHANGES if since else PictureKind.FUNNEL
    asked = _asked(
        interaction, kind, str(value.get("text") or ""), since=since, whole=bool(value.get("whole"))
    )
    send_picture(interaction.session, interaction.actor, asked, now=interaction.now)
    return Answer(text_message(interaction._("The picture is on its way to your direct messages with me.")))
