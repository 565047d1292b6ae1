"""A million customers, half of them Chinese, with what belongs to them, on both engines.

    .venv/bin/python benchmarks/million.py --folder /tmp/dealdesk-million      # fill only, both engines
    .venv/bin/python benchmarks/million.py --folder F --customers 20000 --engines sqlite

Every customer has a contact and a phone, every fourth a website, every fifth a tax id; every second one an
opportunity and an activity, fewer a task or a quote; one in a thousand is busy, with hundreds of activities.
All customers and contacts stand in the search index, whose rows are computed once and copied into both.

With --folder the databases are kept, and find.py and customers.py measure them again without filling.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import Pool
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from belongings import BUSY, TABLES, insertion, insertion_of_busy
from names import name_of, person_of

from bot.domain.actors import Actor
from bot.domain.names import name_key
from bot.domain.search import Texts
from bot.store import Store, models
from bot.store.migrating import migrate
from bot.store.search_index import rows_of
from bot.store.workspaces import make_workspace

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")
_CHUNK = 10_000
_COLUMNS = {
    "customers": "id name name_key phone website tax_id",
    "contacts": "id name phone email",
}
"""What differs from row to row; the rest is computed by the database itself."""


def phone_of(number: int) -> str:
    """The phone number of one customer."""
    return f"138{number:08d}"


def _write(task: tuple[Path, int, int]) -> None:
    """One chunk of customers and contacts with their rows of the index, as files."""
    folder, start, end = task
    lines: dict[str, list[str]] = {"customers": [], "contacts": [], "search_records": [], "keys": []}
    for number in range(start, end):
        name, person, phone = name_of(number), person_of(number), phone_of(number)
        website = f"www.site{number}.com" if number % 4 == 0 else ""
        tax_id = f"9111{number:014d}" if number % 5 == 0 else ""
        mail = f"p{number}@site{number}.com" if number % 4 == 0 else ""
        lines["customers"].append(_line(number, name, name_key(name), phone, website or None, tax_id or None))
        lines["contacts"].append(_line(number, person, f"139{number:08d}", mail or None))
        for kind, texts in (
            ("c", Texts([name], [phone], [website, tax_id])),
            ("k", Texts([person], [f"139{number:08d}"], [mail])),
        ):
            record, keys = rows_of(1, kind, number, texts)
            lines["search_records"].append(_line(*record.values()))
            lines["keys"] += [f"{key['key']}\t{key['length']:03d}\t{key['record_id']:08d}" for key in keys]
    lines["keys"].sort(key=lambda line: line.encode())
    for name, some in lines.items():
        (folder / f"{name}.{start:08d}").write_text("\n".join(some) + "\n", "utf-8")


def _line(*values: Any) -> str:
    """A row as PostgreSQL's COPY reads it."""
    return "\t".join("\\N" if value is None else str(value).replace("\n", "\\n") for value in values)


def write_rows(folder: Path, customers: int) -> None:
    """Everything that both engines are filled with, computed once."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(1, customers + 1, _CHUNK)
    with Pool() as pool:
        pool.map(_write, [(folder, start, min(start + _CHUNK, customers + 1)) for start in starts], 1)
    chunks = [str(folder / f"keys.{start:08d}") for start in starts]
    command = ["sort", "-m", "-T", str(folder), "-o", str(folder / "sorted"), *chunks]
    subprocess.run(command, check=True, env=os.environ | {"LC_ALL": "C"})
    for chunk in chunks:
        Path(chunk).unlink()


def _files(folder: Path, table: str) -> list[Path]:
    return sorted(folder.glob(f"{table}.*"))


def fill(store: Store, folder: Path, customers: int) -> None:
    """A workspace with everything, from the files and by the database's own statements."""
    with store.everywhere() as session:
        make_workspace(session, name="Bench", now=NOW)
    with store.transaction(Actor(1), now=NOW, how="bench") as session:
        session.add_all(
            models.Person(name=f"Seller {number}", slack_user_id=f"U{number}") for number in range(1, 21)
        )
        session.flush()
    store.close()  # SQLite changes its journal for nobody else
    (_fill_sqlite if store.is_sqlite else _fill_postgresql)(store, folder, customers)


def _belongings(dialect: str, customers: int) -> list[str]:
    """Statements that make the rest out of the columns that were copied."""
    statements = [insertion(dialect, table, customers) for table in TABLES]
    return [*statements, insertion_of_busy(dialect, max(1, customers // BUSY))]


def _fill_sqlite(store: Store, folder: Path, customers: int) -> None:
    import sqlite3

    database = sqlite3.connect(store.engine.url.database or "", isolation_level=None)
    for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-1000000", "threads=2"):
        database.execute(f"PRAGMA {pragma}")
    database.execute(f"PRAGMA temp_store_directory='{folder}'")
    database.execute("BEGIN")
    for table, columns in _COLUMNS.items():
        names = columns.split()
        database.execute(f"CREATE TABLE copied_{table} ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        for file in _files(folder, table):
            database.executemany(f"INSERT INTO copied_{table} VALUES ({marks})", _rows(file))
    for statement in _belongings("sqlite", customers):
        database.execute(statement)
    for table in _COLUMNS:
        database.execute(f"DROP TABLE copied_{table}")
    for file in _files(folder, "search_records"):
        database.executemany(f"INSERT INTO search_records VALUES ({', '.join('?' * 9)})", _rows(file))
    database.executemany("INSERT INTO search_keys VALUES (1, ?, ?, ?)", _keys(folder / "sorted"))
    database.execute("COMMIT")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("ANALYZE")
    database.close()


def _rows(file: Path) -> Iterator[list[str | None]]:
    for line in file.read_text("utf-8").splitlines():
        cells = line.replace("\\n", "\n").split("\t")
        yield [None if cell == "\\N" else cell for cell in cells] if "\\N" in cells else cells


def _keys(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.split("\t")


def _fill_postgresql(store: Store, folder: Path, customers: int) -> None:
    import psycopg

    url = store.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("SET maintenance_work_mem = '1GB'")
        database.execute("ALTER TABLE search_keys DROP CONSTRAINT pk_search_keys")
        for table, columns in _COLUMNS.items():
            names = columns.split()
            kinds = ", ".join(f"{name} {'bigint' if name == 'id' else 'text'}" for name in names)
            database.execute(f"CREATE UNLOGGED TABLE copied_{table} ({kinds})")
            for file in _files(folder, table):
                _copy(database, f"COPY copied_{table} FROM STDIN", file.open("rb"))
        for statement in _belongings("postgresql", customers):
            database.execute(statement)
        for table in _COLUMNS:
            database.execute(f"DROP TABLE copied_{table}")
        for file in _files(folder, "search_records"):
            _copy(database, "COPY search_records FROM STDIN", file.open("rb"))
        database.execute("ALTER TABLE search_keys ALTER workspace_id SET DEFAULT 1")
        keys = (folder / "sorted").open("rb")
        _copy(database, "COPY search_keys (key, length, record_id) FROM STDIN", keys)
        database.execute("ALTER TABLE search_keys ALTER workspace_id DROP DEFAULT")
        database.execute(
            "ALTER TABLE search_keys ADD CONSTRAINT pk_search_keys"
            " PRIMARY KEY (workspace_id, key, length, record_id)"
        )
        for table in TABLES:
            database.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100000000)")
        database.execute("VACUUM ANALYZE")


def _copy(database: Any, statement: str, file: IO[bytes]) -> None:
    with file, database.cursor() as cursor, cursor.copy(statement) as copy:
        while some := file.read(1 << 20):
            copy.write(some)


@contextmanager
def opened(engine: str, folder: str | None, customers: int) -> Iterator[Store]:
    """The filled database; one in a folder is filled once and kept, another is gone afterwards."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(folder or temporary).resolve()
        place.mkdir(parents=True, exist_ok=True)
        with _url(engine, place, is_kept=folder is not None) as url:
            store = Store(url)
            migrate(store)
            if not _is_full(store, place):
                began, rows = time.monotonic(), place / f"rows-{customers}"
                if not (rows / "sorted").exists():
                    write_rows(rows, customers)
                    print(f"rows computed in {time.monotonic() - began:.0f} s", flush=True)
                fill(store, rows, customers)
                print(f"{engine}: {customers:,} customers in {time.monotonic() - began:.0f} s", flush=True)
            if folder:
                _read_through(place / ("million.db" if engine == "sqlite" else "postgresql/data/base"))
            yield store
            store.close()


def _read_through(place: Path) -> None:
    """Have the files in memory, as a server that has run for days has them."""
    for file in [place] if place.is_file() else place.rglob("*"):
        if file.is_file():
            with file.open("rb") as content:
                while content.read(1 << 22):
                    pass


def _is_full(store: Store, place: Path) -> bool:
    """Whether it was filled before; one that was left half filled is no good to anybody."""
    with store.engine.connect() as connection:
        begun, ended = (
            connection.exec_driver_sql(f"SELECT 1 FROM {wanted} LIMIT 1").first() is not None
            for wanted in ("customers", "search_keys WHERE key >= 'c' AND key < 'd'")
        )
    if begun and not ended:
        sys.exit(f"{place} is half filled: delete its database first")
    return begun


@contextmanager
def _url(engine: str, folder: Path, *, is_kept: bool) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/million.db"
        return
    import psycopg

    from tests.support.postgres import postgres_server

    with postgres_server(folder / "postgresql" if is_kept else None) as base:
        with psycopg.connect(base + "/postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'million'").fetchone():
                connection.execute("CREATE DATABASE million")
        yield base + "/million"


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def arguments() -> argparse.ArgumentParser:
    """What every benchmark of a million customers may be told."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--folder", help="keep the databases here, and use them again")
    return parser


if __name__ == "__main__":
    given = arguments().parse_args()
    for each in given.engines:
        with opened(each, given.folder, given.customers):
            print(f"{each}: ready")
