"""How fast the pipeline and one's own list are among a million open opportunities of 2,000 owners.

    .venv/bin/python benchmarks/pipeline.py                          # a million, both engines: minutes
    .venv/bin/python benchmarks/pipeline.py --opportunities 100000   # smaller
    .venv/bin/python benchmarks/pipeline.py --engines postgresql --seconds 20

Fills a database by a few statements, then asks for the pipeline by stage with one filter after the other
while another thread changes 50 opportunities a second, each in a transaction of its own; for each filter
one snapshot is compared with a full scan. One's own list is asked for over HTTP beside a bare Bolt listener.
"""

import argparse
import http.client
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from serving import BARE, ask, environment, process
from sqlalchemy import Connection, text

from bot.domain.actors import Actor
from bot.domain.periods import quarter_of
from bot.domain.pipeline import EVERYTHING, PipelineFilter
from bot.playground.slack import PretendSlack
from bot.reports.pipeline import pipeline
from bot.store import Store, models, open_ledger
from bot.store.figures import stage_rows
from bot.store.lookbacks import open_sums, scanned_sums
from bot.store.migrating import migrate
from bot.store.opportunities import list_open_opportunities
from bot.store.workspaces import make_workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
OWNERS, CHANGES_A_SECOND = 2000, 50
PORTS = (3991, 3992)
OWN = ("pipeline mine", "stage", "score", "room")
"""Commands that sum a person's open opportunities, or list them: to move, to evaluate, to make a room of."""

FILTERS: dict[str, PipelineFilter] = {
    "all": EVERYTHING,
    "this quarter": PipelineFilter(period=quarter_of(TODAY, 1)),
    "mine": PipelineFilter(owner_ids=(7,)),
    "team of 50": PipelineFilter(owner_ids=tuple(range(1, 51))),
    "source": PipelineFilter(source="source 3"),
    "source, this quarter": PipelineFilter(source="source 3", period=quarter_of(TODAY, 1)),
    "competitor": PipelineFilter(competitor="rival 2"),
    "product": PipelineFilter(product_id=3),
    "channel": PipelineFilter(sales_channel="direct"),
    "source and product": PipelineFilter(source="source 3", product_id=3),
    "competitor and channel": PipelineFilter(competitor="rival 2", sales_channel="direct"),
    "product, this quarter": PipelineFilter(product_id=3, period=quarter_of(TODAY, 1)),
    "mine, of a product": PipelineFilter(owner_ids=(7,), product_id=3),
    "team of 50, of a source": PipelineFilter(owner_ids=tuple(range(1, 51)), source="source 3"),
    "three at once": PipelineFilter(source="source 3", product_id=3, sales_channel="direct"),
    "four, this quarter": PipelineFilter(
        source="source 3",
        product_id=3,
        sales_channel="direct",
        competitor="rival 2",
        period=quarter_of(TODAY, 1),
    ),
}

_DAY = {
    "sqlite": "date('2026-11-01', '+' || ((n * 7) % 200) || ' days')",
    "postgresql": "DATE '2026-11-01' + ((n * 7) % 200)::int",
}
_SERIES = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) ",
    "postgresql": "WITH s AS (SELECT generate_series(1, {count}) AS n) ",
}
_AT = {"sqlite": "'2026-10-01 00:00:00.000000'", "postgresql": "timestamptz '2026-10-01 00:00:00+00'"}


def fill(store: Store, count: int) -> None:
    """A workspace of so many open opportunities, and one move of each."""
    with store.everywhere() as session:
        make_workspace(session, name="Bench", slack_team_id="T1", now=NOW)
    with store.transaction(Actor(1), now=NOW, how="bench") as session:
        session.add_all(
            models.Person(name=f"Seller {n}", slack_user_id=f"U{n}") for n in range(1, OWNERS + 1)
        )
        session.add_all(
            models.Product(name=f"Product {n}", name_key=f"product{n}", currency="USD") for n in range(1, 11)
        )
        session.add(models.Customer(name="Acme", name_key="acme"))
    dialect = store.engine.dialect.name
    with store.engine.execution_options(writes=True).begin() as connection:
        _without_triggers(connection)
        required = _required(dialect)
        columns = {
            "id": "n", "workspace_id": "1", "name": "'licence ' || n", "customer_id": "1",
            "owner_id": f"1 + n % {OWNERS}", "stage_id": "1 + (n / 3) % 4", "product_id": "1 + (n / 7) % 10",
            "amount_minor": "CASE WHEN n % 50 = 0 THEN NULL ELSE 100000 + (n * 37) % 900000 END",
            "currency": "'USD'", "close_on": _DAY[dialect],
            "source": "'source ' || ((n / 11) % 10)",
            "competitor": "CASE WHEN n % 4 = 0 THEN 'rival ' || ((n / 13) % 5) ELSE NULL END",
            "sales_channel": "CASE n % 3 WHEN 0 THEN 'direct' WHEN 1 THEN 'distribution' ELSE NULL END",
            "created_at": _AT[dialect], "version": "1",
        }  # fmt: skip
        columns = {**{name: value for name, value in required.items() if name not in columns}, **columns}
        names, values = ", ".join(columns), ", ".join(columns.values())
        series = _SERIES[dialect].format(count=count)
        insert = "{series} INSERT INTO {table} ({names}) SELECT {values} FROM s"
        _run(connection, insert.format(series=series, table="opportunities", names=names, values=values))
        moved = {"workspace_id": "1", "opportunity_id": "n", "to_stage_id": "1", "at": _AT[dialect]}
        moved |= {"created_at": _AT[dialect], "version": "1"}
        names, values = ", ".join(moved), ", ".join(moved.values())
        _run(connection, insert.format(series=series, table="stage_changes", names=names, values=values))
    with store.everywhere() as session:
        open_ledger.ensure(session)
    if dialect == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table, column in (("opportunities", "id"), ("stage_changes", "id")):
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {count} + 1)"
                )
            connection.exec_driver_sql("VACUUM ANALYZE")
    else:
        store.learn_sizes()


def _without_triggers(connection: Connection) -> None:
    """Nobody watches a million rows come in at once: the ledger is written anew afterwards."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER open_ledger_kept ON opportunities")
        return
    for name in ("kept", "left", "changed"):
        connection.exec_driver_sql(f"DROP TRIGGER open_ledger_{name}")


def _run(connection: Connection, statement: str) -> None:
    is_postgres = connection.dialect.name == "postgresql"
    connection.exec_driver_sql(statement.replace("%", "%%") if is_postgres else statement)


def _required(dialect: str) -> dict[str, str]:
    """Plain values for the columns of an opportunity that must have one."""
    found = {}
    for column in models.Opportunity.__table__.columns:
        if not column.nullable and column.name != "id":
            is_json = "JSON" in type(column.type).__name__.upper()
            listed = "'[]'" if column.name in ("ticked", "tags") else "'{}'"
            found[column.name] = listed + ("::jsonb" if dialect == "postgresql" else "") if is_json else "1"
    return found


class Changes:
    """Another seller at work: so many opportunities a second, each moved in a transaction of its own."""

    def __init__(self, store: Store, count: int) -> None:
        self._store, self._count, self._stop = store, count, threading.Event()
        self.made = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Changes":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        chance, began = random.Random(3), time.perf_counter()
        while not self._stop.is_set():
            which = chance.randint(1, self._count)
            with self._store.transaction(Actor(1, 1), now=NOW, how="bench") as session:
                found = session.get(models.Opportunity, which)
                if found is not None:
                    found.stage_id, found.amount_minor = chance.randint(1, 4), chance.randint(1, 10**6)
            self.made += 1
            if self.made % 1000 == 0:
                with self._store.everywhere() as session:
                    open_ledger.compact(session)
            self._stop.wait(max(0.0, began + self.made / CHANGES_A_SECOND - time.perf_counter()))


def measure(store: Store, count: int, seconds: float) -> None:
    """Each filter's p50 and p99 while changes go on, and whether a snapshot's sums are a full scan's."""
    name = store.engine.dialect.name
    with store.reading(1) as session:
        pipeline(session, as_of=TODAY)
    with Changes(store, count) as changes:
        began = time.perf_counter()
        taken: dict[str, list[float]] = {each: [] for each in FILTERS}
        spent: dict[str, list[float]] = {each: [] for each in FILTERS}
        compared = 0
        while time.perf_counter() - began < seconds:
            for each, only in FILTERS.items():
                start, busy = time.perf_counter(), time.thread_time()
                with store.reading(1) as session:
                    pipeline(session, as_of=TODAY, only=only)
                taken[each].append(time.perf_counter() - start)
                spent[each].append(time.thread_time() - busy)
        rate = changes.made / (time.perf_counter() - began)
        for only in FILTERS.values():
            with _snapshot(store) as session:
                stages = [each.id for each in stage_rows(session).values() if each.is_open]
                seen = open_sums(session, stages, today=TODAY, only=only)
                assert seen == scanned_sums(session, stages, today=TODAY, only=only), only
                compared += 1
    print(f"{name}: {count} open, {rate:.0f} changes a second, {compared} snapshots equal to a full scan")
    for each, times in taken.items():
        times.sort()
        p50, p99 = statistics.median(times) * 1e3, times[int(len(times) * 0.99)] * 1e3
        cpu = statistics.median(spent[each]) * 1e3
        print(f"{name}: {each:22} p50 {p50:7.1f}, p99 {p99:7.1f} ms; CPU here {cpu:5.1f} ms  ({len(times)})")


@contextmanager
def _snapshot(store: Store) -> Iterator[object]:
    """What only reads is of one moment on SQLite anyway, where what writes would keep the others waiting."""
    if store.is_sqlite:
        with store.reading(1) as session:
            yield session
        return
    with store.transaction(Actor(1), now=NOW, how="bench") as session:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        yield session


def worked(process_id: int) -> float:
    """Seconds of the processor that a process has had so far (Linux)."""
    fields = Path(f"/proc/{process_id}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_list(store: Store, requests: int = 200) -> None:
    """What sums or lists one's own: over HTTP beside a bare listener, in turn."""
    with tempfile.TemporaryDirectory() as folder, PretendSlack() as slack:
        slack.add_user("u7", "Seller 7", id="U1")
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        ours = environment(
            str(store.engine.url.render_as_string(hide_password=False)), PORTS[0], slack.api_url
        )
        with (
            process([f"{sys.prefix}/bin/dealdesk", "web"], PORTS[0], ours) as (our_id, _),
            process([sys.executable, str(bare), str(PORTS[1])], PORTS[1]) as (bare_id, _),
        ):
            one, other = (http.client.HTTPConnection("127.0.0.1", port) for port in PORTS)
            for each, what in enumerate(OWN):
                numbers = range(each * requests, (each + 1) * requests)
                for n in numbers[:20]:  # The first ones warm the caches.
                    ask(one, what, n), ask(other, "help", n)
                before = worked(our_id), worked(bare_id)
                pairs = [(ask(one, what, n), ask(other, "help", n)) for n in numbers[20:]]
                ours_ms, bare_ms = (
                    (worked(each_id) - start) / len(pairs) * 1e3
                    for each_id, start in zip((our_id, bare_id), before, strict=True)
                )
                mine, plain = (statistics.median(times) * 1e3 for times in zip(*pairs, strict=True))
                print(
                    f"/crm {what}: p50 {mine:.1f} ms, bare {plain:.1f} ms, ratio {mine / plain:.1f}; "
                    f"own work {ours_ms:.1f} ms, bare {bare_ms:.1f} ms, ratio {ours_ms / bare_ms:.1f}"
                )
    with store.reading(1) as session:
        list_open_opportunities(session, owner_id=7, limit=10)
    began = [time.process_time()]
    for _ in range(50):
        with store.reading(1) as session:
            list_open_opportunities(session, owner_id=7, limit=10)
    print(f"my list read: CPU {(time.process_time() - began[0]) / 50 * 1e3:.1f} ms")


@contextmanager
def databases(engines: list[str]) -> Iterator[Iterator[Store]]:
    """An empty, migrated database of each engine."""
    from tests.support.postgres import postgres_server

    def each() -> Iterator[Store]:
        for engine in engines:
            with tempfile.TemporaryDirectory() as folder:
                if engine == "sqlite":
                    yield _migrated(f"sqlite:///{folder}/bench.db")
                else:
                    with postgres_server() as base:
                        yield _migrated(f"{base}/postgres")

    yield each()


def _migrated(url: str) -> Store:
    store = Store(url)
    migrate(store)
    return store


def main() -> None:
    """Measure."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--opportunities", type=int, default=1_000_000)
    asked.add_argument("--engines", nargs="+", default=["postgresql", "sqlite"])
    asked.add_argument("--seconds", type=float, default=30)
    chosen = asked.parse_args()
    with databases(chosen.engines) as stores:
        for store in stores:
            began = time.perf_counter()
            fill(store, chosen.opportunities)
            print(f"{store.engine.dialect.name}: filled in {time.perf_counter() - began:.0f} s", flush=True)
            measure(store, chosen.opportunities, chosen.seconds)
            own_list(store)
            store.close()


if __name__ == "__main__":
    main()
