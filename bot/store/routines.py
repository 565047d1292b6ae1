"""What is done once a local day in each workspace: which day it was done last."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.models import Routine, Settings

BEFORE_ANY_DAY = date(1, 1, 1)
"""The last day of a routine that never ran."""


def last_runs(session: Session) -> Sequence[tuple[int, ZoneInfo, str | None, date | None]]:
    """For every workspace its zone, and each routine with its last day; None where none ever ran."""
    wanted = select(Settings.workspace_id, Settings.zone, Routine.name, Routine.ran_on).outerjoin(
        Routine, Routine.workspace_id == Settings.workspace_id
    )
    return [(workspace, ZoneInfo(zone), name, on) for workspace, zone, name, on in session.execute(wanted)]


def take_run(session: Session, name: str, today: date) -> tuple[bool, date | None]:
    """Take the day's run of a routine for this transaction: whether it was free, and when it ran before.

    Of several workers one gets it.
    """
    workspace_id = session.info["workspace_id"]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"workspace_id": workspace_id, "name": name, "ran_on": BEFORE_ANY_DAY}
    session.execute(dialect.insert(Routine).values(row).on_conflict_do_nothing())
    mine = (Routine.workspace_id == workspace_id, Routine.name == name)
    before = session.scalars(select(Routine.ran_on).where(*mine).with_for_update()).one()
    if before >= today:
        return False, before
    session.execute(
        update(Routine).where(*mine).values(ran_on=today).execution_options(synchronize_session=False)
    )
    return True, None if before == BEFORE_ANY_DAY else before
