"""Very many notices at once, made by the database itself."""

from datetime import datetime

from sqlalchemy import text

from bot.domain.notices import NoticeKind
from bot.store import Store

_DUE = {
    "postgresql": "CAST(:first AS timestamptz) + n * CAST(:step AS double precision) * interval '1 second'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', :first, (n * :step) || ' seconds') || '000'",
}
_INSERT = """
    WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < :count)
    INSERT INTO notices
        (workspace_id, kind, recipient, payload, due_at, dedupe_key, state, attempts, created_at)
    SELECT :workspace, :kind, 'C' || n, '{{}}', {due}, :key || ':' || n, 'pending', 0, {due} FROM series
"""


def add_notices(
    store: Store, workspace_id: int, count: int, *, due: tuple[datetime, datetime], kind: NoticeKind
) -> None:
    """So many pending notices, each to a channel of its own, due evenly between two moments."""
    first, last = due
    statement = text(_INSERT.format(due=_DUE[store.engine.dialect.name]))
    values = {
        "workspace": workspace_id, "kind": str(kind), "count": count, "key": first.isoformat(),
        "step": (last - first).total_seconds() / count,
        "first": first.strftime("%Y-%m-%d %H:%M:%S.%f") + ("+00" if not store.is_sqlite else ""),
    }  # fmt: skip
    with store.everywhere() as session:
        session.execute(statement, values)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
