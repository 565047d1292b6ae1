"""The chance that an opportunity is won, with its reasons; and the one thing to do next."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.suggestions import suggest
from bot.domain.win_chances import WinChance
from bot.domain.winning import WinModel, traits_of
from bot.store import Session
from bot.store.models import Opportunity
from bot.store.pipelines import list_stages
from bot.store.winning import find_lesson, is_dismissed, sale_pasts
from bot.store.workspaces import workspace_settings


def win_chance(session: Session, opportunity: Opportunity, *, now: datetime) -> WinChance | None:
    """The chance of an open opportunity; None for one that ended."""
    if not opportunity.stage.is_open:
        return None
    zone = ZoneInfo(workspace_settings(session).zone)
    lesson = find_lesson(session)
    model = WinModel.of(lesson.model if lesson else None)
    pasts = sale_pasts(session, [opportunity.id], zone)
    traits = traits_of(pasts[0], now, zone, model.typical) if pasts else {}
    traits["stage"] = str(opportunity.stage_id)
    suggestion = None
    if lesson and pasts and not is_dismissed(session, opportunity.id, opportunity.stage_id):
        entered = [at for at, stage_id in pasts[0].moves if stage_id == opportunity.stage_id]
        suggestion = suggest(
            lesson.deeds, pasts[0], opportunity.stage_id, since=entered[-1] if entered else None
        )
    own = opportunity.probability
    return WinChance(
        model.chance(traits, walked=_walked(session, opportunity)),
        model.is_learned,
        tuple(model.reasons(traits)),
        None if own is None else own / 100,
        model.ended,
        model.plain_error is not None,
        suggestion,
        opportunity.source,
    )


def _walked(session: Session, opportunity: Opportunity) -> float:
    way: Sequence[int] = [
        each.id
        for each in list_stages(session)
        if each.is_open and each.pipeline_id == opportunity.stage.pipeline_id
    ]
    if opportunity.stage_id not in way or len(way) < 2:
        return 0.5
    return way.index(opportunity.stage_id) / (len(way) - 1)
