"""How a team stands today: for a manager those below them, for an admin everybody."""

from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.periods import quarter_of
from bot.domain.plans import quota_in, workspace_quotas
from bot.domain.roles import Role
from bot.store import Session
from bot.store.days import figures_of, open_totals, won_totals
from bot.store.plans import quotas_in
from bot.store.team_days import TeamDay, overdue_by_person, people_below
from bot.store.workspaces import workspace_settings

_NAMED = 5


def team_day(session: Session, actor: Actor, *, now: datetime, today: date) -> TeamDay | None:
    """Open pipeline, quota and overdue tasks; None for a rep, and where the team has nothing of all that."""
    if actor.role == Role.REP or actor.person_id is None:
        return None
    below = None if actor.role == Role.ADMIN else people_below(session, actor.person_id)
    if below is not None and not below:
        return None
    settings = workspace_settings(session)
    quarter = quarter_of(today, settings.fiscal_start_month)
    quotas = quotas_in(session, quarter)
    theirs = workspace_quotas(quotas) if below is None else [one for one in quotas if one.person_id in below]
    count, totals = open_totals(session, below)
    figures = figures_of(
        count,
        totals,
        quarter,
        won_totals(session, below, quarter),
        quota_in(theirs, quarter, settings.currency),
    )
    overdue, overdue_count = overdue_by_person(session, now=now, today=today, person_ids=below, limit=_NAMED)
    if not (count or figures.won or overdue_count):
        return None
    return TeamDay(below is None, figures, overdue, overdue_count)
