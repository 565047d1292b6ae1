"""Claims: a delivery that changed something is done once, and answered alike however often it comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.models import Interaction

# Made once and without the mapper, since every interaction runs them.
_TABLE: Table = Interaction.__table__  # type: ignore[assignment]
_KEEP = (
    update(_TABLE)
    .where(_TABLE.c.workspace_id == bindparam("of"), _TABLE.c.key.in_(bindparam("keys", expanding=True)))
    .values(answer=bindparam("answered"))
)
_CLAIM = {
    name: dialect.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def claim(
    session: Session, keys: Sequence[str], *, name: str, person_id: int | None, now: datetime
) -> Any | None:
    """Take the keys for this transaction, or return the answer that another one stored under any of them.

    On PostgreSQL the insert waits for another transaction that holds a key; on SQLite there is one writer.
    Keys are taken in order, so that two deliveries with several keys cannot wait for each other.
    """
    workspace_id = session.info["workspace_id"]
    connection = session.connection()
    for key in sorted(keys):
        row = {
            "workspace_id": workspace_id,
            "key": key,
            "name": name,
            "answer": None,
            "person_id": person_id,
            "at": now,
        }
        if connection.execute(_CLAIM[connection.dialect.name], row).first() is None:
            answer = session.scalars(select(Interaction.answer).where(Interaction.key == key)).one()
            # The keys that were free belong to the same deed: whatever comes under them is answered alike.
            keep_answer(session, keys, answer)
            return answer
    return None


def keep_answer(session: Session, keys: Sequence[str], answer: Any) -> None:
    """Store the acknowledgement under the keys that this transaction claimed."""
    session.connection().execute(
        _KEEP, {"of": session.info["workspace_id"], "keys": list(keys), "answered": answer}
    )


def forget_interactions(session: Session, *, before: datetime) -> None:
    """Drop claims older than any retry of Slack's."""
    session.execute(delete(Interaction).where(Interaction.at < before))
