"""Claims: a delivery that changed something is done once, and answered alike however often it comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.models import Interaction


def claim(
    session: Session, keys: Sequence[str], *, name: str, person_id: int | None, now: datetime
) -> Any | None:
    """Take the keys for this transaction, or return the answer that another one stored under any of them.

    On PostgreSQL the insert waits for another transaction that holds a key; on SQLite there is one writer.
    Keys are taken in order, so that two deliveries with several keys cannot wait for each other.
    """
    workspace_id = session.info["workspace_id"]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for key in sorted(keys):
        row = {
            "workspace_id": workspace_id,
            "key": key,
            "name": name,
            "answer": None,
            "person_id": person_id,
            "at": now,
        }
        made = session.connection().execute(
            dialect.insert(Interaction).values(row).on_conflict_do_nothing().returning(Interaction.id)
        )
        if made.first() is None:
            answer = session.scalars(select(Interaction.answer).where(Interaction.key == key)).one()
            # The keys that were free belong to the same deed: whatever comes under them is answered alike.
            keep_answer(session, keys, answer)
            return answer
    return None


def keep_answer(session: Session, keys: Sequence[str], answer: Any) -> None:
    """Store the acknowledgement under the keys that this transaction claimed."""
    session.execute(update(Interaction).where(Interaction.key.in_(keys)).values(answer=answer))


def forget_interactions(session: Session, *, before: datetime) -> None:
    """Drop claims older than any retry of Slack's."""
    session.execute(delete(Interaction).where(Interaction.at < before))
