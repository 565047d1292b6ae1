"""Keeping the ledger of opportunities: the database itself writes it, in the transaction of every change.

Rows are only ever added, so that many change opportunities at once without waiting for each other; `compact`
makes one row of fresh ones and what they add up with, in one step that no reader sees half of. `ensure` puts
the triggers where they are missing (SQLite drops them where a migration copies the table) and writes the
ledger anew.
"""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import combinations

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select, text
from sqlalchemy.orm import Session

from bot.domain.pipeline import PipelineFilter
from bot.store.models import Stage
from bot.store.models.open_ledger import OPEN_LEDGER

DIMENSIONS = {
    "source": "source",
    "competitor": "competitor",
    "product": "product_id",
    "sales_channel": "sales_channel",
}
"""What a filter may ask for, and the column that has it."""

_ASKED = [names for size in range(len(DIMENSIONS) + 1) for names in combinations(DIMENSIONS, size)]
"""Every choice of them that a filter can ask for together."""

MANY = 2000
"""So many rows since the last time are worth making one of those that add up."""

_AT_ONCE = 20_000
"""So many of them are taken in one step, which SQLite's writers wait for."""

_WATCHED = "stage_id, currency, amount_minor, close_on, deleted_at, " + ", ".join(DIMENSIONS.values())
_ALIKE = ("workspace_id", "dimensions", "said", "stage_id", "currency", "close_on")
_SAME = ", ".join(_ALIKE)
_COLUMNS = f"{_SAME}, count, known, minor, is_base"


def _asked_for(row: str) -> Iterator[tuple[str, str]]:
    """Every choice of dimensions, and what a row of opportunities says of them; NULL where it lacks one."""
    said = {name: _with_length(f"lower(CAST({row}{column} AS TEXT))") for name, column in DIMENSIONS.items()}
    for names in _ASKED:
        yield " ".join(names), " || ".join(said[name] for name in names) or "''"


def _with_length(text: str) -> str:
    """So that two texts after each other cannot be two others."""
    return f"length({text}) || ':' || {text}"


def _insert(row: str, sign: str, no: str) -> str:
    """What one opportunity adds to the ledger as NEW, or takes from it as OLD."""
    rows = " UNION ALL ".join(
        f"SELECT '{names}' AS dimensions, {said} AS said" for names, said in _asked_for(f"{row}.")
    )
    known = f"CASE WHEN {row}.amount_minor IS NULL THEN 0 ELSE {sign}1 END"
    minor = f"{sign}COALESCE({row}.amount_minor, 0)"
    return (
        f"INSERT INTO open_ledger ({_COLUMNS}) SELECT {row}.workspace_id, d.dimensions, d.said, "
        f"{row}.stage_id, {row}.currency, {row}.close_on, {sign}1, {known}, {minor}, {no} "
        f"FROM ({rows}) AS d WHERE d.said IS NOT NULL AND {row}.deleted_at IS NULL;"
    )


def _triggers(dialect: str) -> Iterator[str]:
    no = "false" if dialect == "postgresql" else "0"
    gone, come = _insert("OLD", "-", no), _insert("NEW", "", no)
    if dialect == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION keep_open_ledger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {gone} END IF; IF TG_OP <> 'DELETE' THEN {come} END IF; "
            "RETURN NULL; END $$"
        )
        yield "DROP TRIGGER IF EXISTS open_ledger_kept ON opportunities"
        yield (
            f"CREATE TRIGGER open_ledger_kept AFTER INSERT OR DELETE OR UPDATE OF {_WATCHED} "
            "ON opportunities FOR EACH ROW EXECUTE FUNCTION keep_open_ledger()"
        )
        return
    for name, what, body in (
        ("open_ledger_kept", "INSERT", come),
        ("open_ledger_left", "DELETE", gone),
        ("open_ledger_changed", f"UPDATE OF {_WATCHED}", gone + " " + come),
    ):
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {what} ON opportunities BEGIN {body} END"


def ensure(session: Session) -> None:
    """Put the triggers where they are missing, and write the ledger anew then."""
    dialect = session.get_bind().dialect.name
    there = {
        "postgresql": "SELECT 1 FROM pg_trigger WHERE tgname = 'open_ledger_kept' "
        "AND tgrelid = 'opportunities'::regclass",
        "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'open_ledger_changed'",
    }[dialect]
    if session.execute(text(there)).first() is not None:
        return
    for statement in _triggers(dialect):
        session.connection().exec_driver_sql(statement)
    rebuild(session)


def rebuild(session: Session) -> None:
    """Write the whole ledger anew from the opportunities."""
    dialect = session.get_bind().dialect.name
    run = session.connection().exec_driver_sql
    run("DELETE FROM open_ledger")
    base = "true" if dialect == "postgresql" else "1"
    for names, said in _asked_for(""):
        run(
            f"INSERT INTO open_ledger ({_COLUMNS}) SELECT workspace_id, '{names}', {said}, stage_id, "
            "currency, close_on, count(*), count(amount_minor), COALESCE(sum(amount_minor), 0), "
            f"{base} FROM opportunities WHERE deleted_at IS NULL AND {said} IS NOT NULL "
            "GROUP BY 1, 3, 4, 5, 6"
        )


def compact(session: Session) -> bool:
    """Make one row of those that add up, where many came since the last time; whether there were so many."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    run, fresh = session.connection().exec_driver_sql, "NOT is_base" if is_postgres else "is_base = 0"
    some = f"SELECT {_SAME} FROM open_ledger WHERE {fresh} ORDER BY id LIMIT {_AT_ONCE}"
    many = run(f"SELECT count(*) FROM (SELECT id FROM open_ledger WHERE {fresh} LIMIT {MANY}) AS fresh")
    if (many.scalar() or 0) < MANY:
        return False
    none = "IS NOT DISTINCT FROM" if is_postgres else "IS"
    alike = " AND ".join(f"l.{name} {'=' if name != 'close_on' else none} t.{name}" for name in _ALIKE)
    sums = "sum(count), sum(known), sum(minor)"
    lasting = f"GROUP BY {_SAME} HAVING sum(count) <> 0 OR sum(known) <> 0 OR sum(minor) <> 0"
    if is_postgres:
        run(
            f"WITH t AS (SELECT DISTINCT {_SAME} FROM ({some}) AS fresh), "
            f"gone AS (DELETE FROM open_ledger l USING t WHERE {alike} RETURNING l.*) "
            f"INSERT INTO open_ledger ({_COLUMNS}) SELECT {_SAME}, {sums}, true FROM gone {lasting}"
        )
        return True
    run("DROP TABLE IF EXISTS temp.open_ledger_gone")
    run(
        "CREATE TEMP TABLE open_ledger_gone AS SELECT l.* FROM "
        f"(SELECT DISTINCT {_SAME} FROM ({some})) t JOIN open_ledger l ON {alike}"
    )
    run("DELETE FROM open_ledger WHERE id IN (SELECT id FROM temp.open_ledger_gone)")
    run(
        f"INSERT INTO open_ledger ({_COLUMNS}) SELECT {_SAME}, {sums}, 1 FROM temp.open_ledger_gone {lasting}"
    )
    run("DROP TABLE temp.open_ledger_gone")
    return True


def answers(only: PipelineFilter) -> bool:
    """Whether the ledger has what a filter asks for: everybody's."""
    return only.owner_ids is None


def _said(only: PipelineFilter) -> tuple[str, ColumnElement[str]]:
    """The dimensions that a filter asks for, and what must be said of them.

    In the database's own lower case, as in the ledger: engines differ in the letters that have one.
    """
    values = {
        "source": only.source,
        "competitor": only.competitor,
        "product": None if only.product_id is None else str(only.product_id),
        "sales_channel": only.sales_channel,
    }
    asked = {name: func.lower(value) for name, value in values.items() if value is not None}
    said: ColumnElement[str] = literal("")
    for value in asked.values():
        said = said.concat(cast(func.length(value), String)).concat(":").concat(value)
    return " ".join(asked), said


_VALUES = text(
    "WITH RECURSIVE found(said) AS (SELECT min(said) FROM open_ledger WHERE workspace_id = :workspace_id "
    "AND dimensions = :dimension UNION ALL SELECT (SELECT min(l.said) FROM open_ledger l WHERE "
    "l.workspace_id = :workspace_id AND l.dimensions = :dimension AND l.said > found.said) FROM found "
    "WHERE found.said IS NOT NULL) SELECT said FROM found WHERE said IS NOT NULL LIMIT :limit"
)
"""From one value to the next by the index, however many rows have the same."""


def values_of(session: Session, dimension: str, *, limit: int) -> list[str]:
    """What any opportunity says of one dimension, in lower case."""
    wanted = {"workspace_id": session.info["workspace_id"], "dimension": dimension, "limit": limit}
    return [said.partition(":")[2] for (said,) in session.connection().execute(_VALUES, wanted)]


def ledger_sums(
    session: Session, stages: Collection[int], *, today: date, only: PipelineFilter
) -> list[tuple[int, str, int, int, int, int]]:
    """By stage and currency: how many there are, how many have an amount, its sum, how many are overdue."""
    entry = OPEN_LEDGER.c
    dimensions, said = _said(only)
    count = func.sum(entry["count"])
    wanted: list[ColumnElement[bool]] = [
        entry.workspace_id == session.info["workspace_id"],
        entry.dimensions == dimensions,
        entry.said == said,
        entry.stage_id.in_(stages),
    ]
    if only.pipeline_id is not None:
        wanted.append(entry.stage_id.in_(select(Stage.id).where(Stage.pipeline_id == only.pipeline_id)))
    if only.period is not None:
        wanted += [entry.close_on >= only.period.start, entry.close_on < only.period.end]
    query = (
        select(
            entry.stage_id,
            entry.currency,
            count,
            func.sum(entry.known),
            func.sum(entry.minor),
            func.sum(case((entry.close_on < today, entry["count"]), else_=0)),
        )
        .where(*wanted)
        .group_by(entry.stage_id, entry.currency)
        .having(count > 0)
        .order_by(entry.stage_id, count.desc(), entry.currency)
    )
    return [
        (stage_id, currency, int(number), int(known), int(minor), int(overdue))
        for stage_id, currency, number, known, minor, overdue in session.execute(query)
    ]
