"""How fast a customer is shown among a million, half of them Chinese, on both engines.

    .venv/bin/python benchmarks/customers.py                    # a million: about 5 minutes and 3 GB of disk
    .venv/bin/python benchmarks/customers.py --customers 20000  # smaller
    .venv/bin/python benchmarks/customers.py --engines sqlite

Every customer has a contact; every second one an opportunity and an activity, fewer a task or a quote; one
in a thousand is busy, with hundreds of activities. A card is read from the database and drawn, as for
`/crm customer`; customers are picked at random, every tenth a busy one.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.domain.actors import Actor
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.overview import press_tab
from bot.store import Store, models
from bot.store.classes import list_moves
from bot.store.migrating import migrate
from bot.store.workspaces import make_workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEED = 20261127
BUSY = 1000
"""Every so many-th customer is busy, with so many activities of its own on top."""
ACTIVITIES_OF_BUSY = 300

DAYS = {
    "sqlite": "datetime('2026-01-01', '+' || (i % 320) || ' days') || '.000000'",
    "postgresql": "timestamp '2026-01-01' + (i % 320) * interval '1 day'",
}
NAME = "CASE WHEN i % 2 = 0 THEN '华星' || i || '科技' ELSE 'Blue Ocean ' || i END"

TABLES: dict[str, tuple[int, dict[str, str]]] = {
    "customers": (
        1,
        {
            "id": "i",
            "name": NAME,
            "name_key": f"lower({NAME})",
            "kind": "CASE WHEN i % 5 = 0 THEN 'active' ELSE 'prospect' END",
            "kind_by_hand": "{false}",
            "value_class": "CASE WHEN i % 50 = 0 THEN 'A' ELSE NULL END",
            "class_by_hand": "{false}",
            "owner_id": "1 + i % 20",
            "region": "CASE WHEN i % 3 = 0 THEN 'North' ELSE '华南' END",
            **dict.fromkeys(("aliases", "other_phones", "addresses", "tags"), "{list}"),
            "custom": "{object}",
            "extra": "{object}",
        },
    ),
    "contacts": (1, {"customer_id": "i", "name": "'Li Na ' || i", "title": "'CTO'", "phone": "'138' || i"}),
    "opportunities": (
        2,
        {
            "customer_id": "i",
            "name": "'licence ' || i",
            "owner_id": "1 + i % 20",
            "stage_id": "1 + (i / 2) % 6",
            "amount_minor": "100000 + i % 900000",
            "currency": "'USD'",
            "closed_on": "CASE WHEN (i / 2) % 6 > 3 THEN date({day}) ELSE NULL END",
            "extra": "{object}",
        },
    ),
    "activities": (
        2,
        {
            "customer_id": "i",
            "kind": "'call'",
            "text": "'wants 50 seats'",
            "happened_at": "{day}",
            "person_id": "1 + i % 20",
        },
    ),
    "tasks": (
        3,
        {
            "customer_id": "i",
            "text": "'send references'",
            "assignee_id": "1 + i % 20",
            "state": "'open'",
            "due_on": "date({day})",
        },
    ),
    "quotes": (
        10,
        {
            "customer_id": "i",
            "number": "'Q-' || i",
            "currency": "'USD'",
            "discount_percent": "'0'",
            "state": "'sent'",
            "total_minor": "120000",
        },
    ),
    "changes": (
        1,
        {
            "changeset": "'c' || i",
            "entity": "'customers'",
            "entity_id": "i",
            "entity_version": "1",
            "field": "CASE WHEN i % 100 = 0 THEN 'kind' ELSE '' END",
            "old": "CASE WHEN i % 100 = 0 THEN {prospect} ELSE NULL END",
            "new": "CASE WHEN i % 100 = 0 THEN {active} ELSE {object} END",
            "at": "{day}",
            "how": "'import'",
        },
    ),
}
"""Each table: of every so many-th customer there is a row, and what its columns are."""


def fill(store: Store, customers: int) -> None:
    """Everything in a few statements."""
    with store.everywhere() as session:
        make_workspace(session, name="Bench", now=NOW)
    with store.transaction(Actor(1), now=NOW, how="bench") as session:
        session.add_all(
            models.Person(name=f"Seller {number}", slack_user_id=f"U{number}") for number in range(1, 21)
        )
    dialect = store.engine.dialect.name
    with store.engine.execution_options(writes=True).begin() as connection:
        for table, (every, columns) in TABLES.items():
            connection.exec_driver_sql(
                _insert(dialect, table, columns, _numbers(dialect, every, customers, every))
            )
        count = max(1, customers // BUSY)
        many = _numbers(dialect, 1, count * ACTIVITIES_OF_BUSY, 1)
        busy = f"SELECT 1 + (n.i % {count}) * {BUSY} AS i FROM ({many}) n"
        connection.exec_driver_sql(_insert(dialect, "activities", TABLES["activities"][1], busy))
    if dialect == "postgresql":  # as its autovacuum does soon; SQLite has no statistics unless somebody asks
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _numbers(dialect: str, first: int, last: int, step: int) -> str:
    if dialect == "postgresql":
        return f"SELECT i FROM generate_series({first}, {last}, {step}) AS g(i)"
    return (
        f"WITH RECURSIVE g(i) AS (SELECT {first} UNION ALL SELECT i + {step} FROM g "
        f"WHERE i + {step} <= {last}) SELECT i FROM g"
    )


def _insert(dialect: str, table: str, columns: dict[str, str], numbers: str) -> str:
    is_postgres = dialect == "postgresql"
    as_json = "'{text}'::jsonb" if is_postgres else "'{text}'"
    words = {
        "{day}": DAYS[dialect],
        "{false}": "false" if is_postgres else "0",
        "{list}": as_json.replace("{text}", "[]"),
        "{object}": as_json.replace("{text}", "{}"),
        "{prospect}": as_json.replace("{text}", '"prospect"'),
        "{active}": as_json.replace("{text}", '"active"'),
    }
    given = {"workspace_id": "1", **columns}
    if table != "changes":
        given |= {"created_at": "{day}", "version": "1"}
    values = ", ".join(given.values())
    for word, sql in words.items():
        values = values.replace(word, sql)
    made = f"INSERT INTO {table} ({', '.join(given)}) SELECT {values} FROM ({numbers}) numbers"
    return made.replace("%", "%%") if is_postgres else made  # psycopg takes a single one for a parameter


def measure(store: Store, customers: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each thing that people look at: of the clock, and of this process's own work."""
    chance = random.Random(SEED)
    actor = Actor(1, 1, "U1", "Seller 1")

    def picked() -> int:
        if chance.random() < 0.1:
            return 1 + chance.randrange(max(1, customers // BUSY)) * BUSY
        return chance.randint(1, customers)

    def card(interaction: Interaction, customer_id: int) -> object:
        return card_of(interaction, customer_id)

    def timeline(interaction: Interaction, customer_id: int) -> object:
        value = f'{{"customer":{customer_id},"tab":"timeline"}}'
        interaction.payload = {"actions": [{"value": value}], "view": {"type": "modal"}}
        return press_tab(interaction)

    def moves(interaction: Interaction, customer_id: int) -> object:
        since = datetime(2026, 10, 1, tzinfo=UTC)
        return list_moves(
            interaction.session, field="kind", since=since, before=NOW, old="prospect", new="active", limit=16
        )

    looked_at: dict[str, Callable[[Interaction, int], object]] = {
        "customer card": card,
        "timeline, first page": timeline,
        "who changed class this quarter": moves,
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in looked_at}
    for number in range(rounds + 20):
        customer_id = picked()
        for name, look in looked_at.items():
            began, worked = time.perf_counter(), time.process_time()
            with store.reading(1) as session:
                look(Interaction("action", name, {}, actor, lambda opened=session: opened, NOW), customer_id)
            if number >= 20:  # The first rounds warm the caches.
                taken[name].append(
                    ((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
                )
    return taken


@contextmanager
def database(engine: str, folder: str) -> Iterator[str]:
    """An empty database's URL."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/customers.db"
        return
    import psycopg

    from tests.support.postgres import postgres_server

    with postgres_server() as base:
        with psycopg.connect(base + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        yield base + "/bench"


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=300)
    given = parser.parse_args()
    for engine in given.engines:
        with tempfile.TemporaryDirectory() as folder, database(engine, folder) as url:
            store = Store(url)
            migrate(store)
            began = time.monotonic()
            fill(store, given.customers)
            print(f"{engine}: {given.customers:,} customers written in {time.monotonic() - began:.0f} s")
            for name, times in measure(store, given.customers, given.rounds).items():
                clock, work = [each[0] for each in times], [each[1] for each in times]
                p50, p99 = statistics.median(clock), percentile(clock, 0.99)
                own = statistics.median(work)
                print(f"  {name:32} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  own work p50 {own:6.1f} ms")
            store.close()


if __name__ == "__main__":
    main()
