"""What ended sales teach, learned every night; and suggestions that nobody wants."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.suggestions import DEEDS, count_deeds
from bot.domain.winning import learn
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.models import SuggestionDismissal, WinLesson
from bot.store.opportunities import access_opportunity
from bot.store.winning import find_lesson, latest_ended, sale_pasts
from bot.store.workspaces import workspace_settings


def learn_what_wins(session: Session, now: datetime, before: date | None = None) -> WinLesson:
    """Learn anew from the sales that ended last."""
    zone = ZoneInfo(workspace_settings(session).zone)
    sales = sale_pasts(session, latest_ended(session), zone)
    lesson = find_lesson(session) or WinLesson()
    lesson.learned_at, lesson.model, lesson.deeds = now, learn(sales, zone).kept(), count_deeds(sales)
    session.add(lesson)
    session.flush()
    return lesson


def dismiss_suggestion(session: Session, actor: Actor, opportunity_id: int, deed: str) -> None:
    """Suggest nothing for this opportunity while it is in its stage. Raises NotAllowed."""
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    session.add(
        SuggestionDismissal(
            opportunity_id=opportunity_id,
            stage_id=opportunity.stage_id,
            deed=deed if deed in DEEDS else DEEDS[0],
        )
    )
    session.flush()
