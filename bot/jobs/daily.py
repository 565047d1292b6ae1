"""What is done once a local day in each workspace, whoever is awake: one table of routines."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.domain.actors import Actor
from bot.jobs.signals import tell_owners
from bot.services.birthdays import announce_birthdays
from bot.services.classes import classify_all
from bot.services.escalations import escalate_overdue
from bot.services.likely_pairs import tell_admins
from bot.services.mornings import plan_days
from bot.services.rhythms import nudge_owners
from bot.services.team_tasks import bring_due
from bot.services.winning import learn_what_wins
from bot.store import Session, Store, StoreUnavailable
from bot.store.routines import last_runs, take_run

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Routine:
    """Something to do once a local day, from `hour` on; `run` gets the moment and the day it ran before."""

    name: str
    hour: int
    run: Callable[[Session, datetime, date | None], object]


ROUTINES: tuple[Routine, ...] = (
    Routine("classes", 3, lambda session, now, before: classify_all(session, now)),
    Routine("lessons", 4, learn_what_wins),
    Routine("duplicates", 7, tell_admins),
    Routine("birthdays", 8, announce_birthdays),
    Routine("days", 0, plan_days),
    Routine("team tasks", 8, bring_due),
    Routine("signals", 8, tell_owners),
    Routine("nudges", 9, nudge_owners),
    Routine("escalations", 9, escalate_overdue),
)
"""In the order in which they run."""


def run_due_routines(store: Store, clock: Clock) -> None:
    """Run what this day still lacks, in a transaction each; one that fails is tried again a tick later."""
    now = clock()
    with store.everywhere(writes=False) as session:
        zones: dict[int, ZoneInfo] = {}
        ran: dict[tuple[int, str], date] = {}
        for workspace_id, zone, name, on in last_runs(session):
            zones[workspace_id] = zone
            if name is not None and on is not None:
                ran[(workspace_id, name)] = on
    for workspace_id, zone in zones.items():
        local = now.astimezone(zone)
        for routine in ROUTINES:
            last = ran.get((workspace_id, routine.name))
            if local.hour >= routine.hour and (last is None or last < local.date()):
                _run(store, workspace_id, routine, now, local.date())


def _run(store: Store, workspace_id: int, routine: Routine, now: datetime, today: date) -> None:
    try:
        with store.transaction(Actor(workspace_id), now=now, how="clock") as session:
            is_mine, before = take_run(session, routine.name, today)
            if is_mine:
                routine.run(session, now, before)
    except StoreUnavailable:
        raise
    except Exception:
        log.exception("routine_failed", routine=routine.name)  # the others run all the same
