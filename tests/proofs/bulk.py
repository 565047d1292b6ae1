"""Many notices at once, by one statement a thousand."""

from datetime import datetime

from bot.domain.notices import NoticeKind, NoticeState
from bot.store import Store
from bot.store.models import Notice

_AT_ONCE = 5000


def add_notices(
    store: Store, workspace_id: int, count: int, *, due: tuple[datetime, datetime], kind: NoticeKind
) -> None:
    """So many pending notices, each to a channel of its own, due evenly between two moments."""
    from sqlalchemy import insert, text

    first, last = due
    for start in range(0, count, _AT_ONCE):
        rows = [
            {
                "workspace_id": workspace_id, "kind": kind, "recipient": f"C{number}", "payload": {},
                "due_at": first + (last - first) * (number / count), "dedupe_key": f"{first}:{number}",
                "state": NoticeState.PENDING, "attempts": 0, "created_at": first,
            }
            for number in range(start, min(start + _AT_ONCE, count))
        ]  # fmt: skip
        with store.everywhere() as session:
            session.execute(insert(Notice), rows)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
