"""How fast customers are found among a million, half of them Chinese, on both engines.

    .venv/bin/python benchmarks/find.py                     # a million: about 10 minutes and 6 GB of disk
    .venv/bin/python benchmarks/find.py --customers 20000   # smaller
    .venv/bin/python benchmarks/find.py --engines sqlite --check 12

Prints p50 and p99 of the first page for common, rare and absent terms in both scripts, in turns.
`--check N` compares the first page of N terms with a full scan under the same ranking.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from heapq import nsmallest
from multiprocessing import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.domain.matching import likeness
from bot.domain.names import name_key
from bot.domain.search import Query, Texts
from bot.store import Store
from bot.store.customers import search_customers
from bot.store.matching import names_of_brand
from bot.store.migrating import migrate
from bot.store.models.search import SEARCH_RECORDS
from bot.store.search_index import folded_of, rows_of
from bot.store.workspaces import make_workspace

SEED, PAGE, CHUNK = 20261127, 20, 5000
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

PLACES = "北京,上海,深圳,广州,杭州,苏州,南京,成都,武汉,西安,重庆,天津,青岛,宁波,长沙,厦门,无锡,郑州"
BRAND = "华星海天金瑞科恒泰中信达利宏远东方国联安盛嘉德新宇博创亿通维京辰光明智云龙腾飞扬美佳"
TRADES = "科技,贸易,电子,机械,软件,医药,网络科技,信息技术,实业,建筑工程,食品,物流,新能源,教育咨询"
FORMS = "有限公司,股份有限公司,集团,有限责任公司"
FIRST = (
    "Blue,Red,North,South,East,West,Global,United,Prime,Summit,Silver,Golden,Bright,Clear,Pacific,Atlantic,"
    "Alpine,Delta,Omega,Apex,Vertex,Zenith,Nova,Stellar,Solar,Lunar,Quantum,Rapid,Swift,Iron,Stone,Harbor"
)
SECOND = (
    "Ocean,River,Mountain,Forest,Field,Bridge,Gate,Tower,Star,Sky,Cloud,Wave,Wind,Fire,Light,Path,Point,Peak,"
    "Valley,Garden,Crest,Ridge,Haven,Works,Forge,Craft,Logic,Data,Link,Net,Core,Edge"
)
LATIN_TRADES = (
    "Technologies,Systems,Solutions,Trading,Logistics,Foods,Pharma,Energy,Software,Holdings,Consulting,"
    "Partners,Industries,International,Engineering,Media"
)
LATIN_FORMS = "Ltd|Inc.|GmbH|Co., Ltd.|LLC|plc|"
SYLLABLES = "ba,co,da,fe,gi,ho,ka,le,mi,no,pa,qui,ro,sa,te,vo,wi,xa,yo,zu,an,er,in,or,us"

TERMS = {
    "common": [
        "科技",
        "华",
        "北京",
        "有限公司",
        "ocean",
        "blue",
        "technologies",
        "o",
        "b",
        "hx",
        "beijing",
        "ltd",
    ],
    "rare": [
        "华星海天",
        "金瑞科恒泰",
        "bluequi",
        "zuxa",
        "huaxinghaitian",
        "hxht",
        "星海天金",
        "13800000042",
    ],
    "absent": [
        "鑫鑫鑫",
        "科技北京贸易",
        "zzzz",
        "qqtechno",
        "international zebra",
        "xyxyxy",
        "99999999999",
        "华technologies",
    ],
}


def name_of(number: int) -> str:
    """The name of one customer: Chinese where the number is even."""
    chance = random.Random(SEED * 2_000_003 + number)
    if number % 2 == 0:
        brand = "".join(chance.choices(BRAND, k=chance.choice((2, 2, 2, 3, 4))))
        place = chance.choice(PLACES.split(",")) if chance.random() < 0.6 else ""
        return f"{place}{brand}{chance.choice(TRADES.split(','))}{chance.choice(FORMS.split(','))}"
    coined = "".join(chance.choices(SYLLABLES.split(","), k=chance.choice((2, 3, 4)))).title()
    words = [chance.choice(FIRST.split(","))] if chance.random() < 0.6 else []
    words += [
        coined if chance.random() < 0.7 else chance.choice(SECOND.split(",")),
        chance.choice(LATIN_TRADES.split(",")),
    ]
    return " ".join([*words, chance.choice(LATIN_FORMS.split("|"))]).strip()


def rows_from(start: int) -> tuple[list[Any], list[Any], list[Any]]:
    """A chunk of customers with their rows of the index."""
    customers, records, keys = [], [], []
    for number in range(start, start + CHUNK):
        name, phone = name_of(number), f"138{number:08d}"
        customers.append((number, name, name_key(name), phone))
        record, its_keys = rows_of(1, "c", number, Texts([name], [phone]))
        records.append(tuple(record.values()))
        keys += [tuple(key.values()) for key in its_keys]
    return customers, records, keys


def fill(store: Store, customers: int) -> None:
    """Bulk rows in the order in which they come, the keys sorted at the end."""
    with store.everywhere() as session:
        make_workspace(session, name="Bench", now=NOW)
    starts = range(1, customers + 1, CHUNK)
    with Pool() as pool:
        chunks = pool.imap(rows_from, starts)
        (_fill_sqlite if store.is_sqlite else _fill_postgresql)(store, chunks)


COLUMNS = "id, workspace_id, name, name_key, phone, kind, extra, created_at, version"
_DAY = "2026-11-23 09:00:00"


def _fill_sqlite(store: Store, chunks: Iterator[Any]) -> None:
    import sqlite3

    database = sqlite3.connect(store.engine.url.database or "", isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    database.execute(f"PRAGMA temp_store_directory='{Path(store.engine.url.database or '').parent}'")
    database.execute("PRAGMA cache_size=-1000000")
    database.execute("BEGIN")
    database.execute("CREATE TABLE unsorted (w, key, length, id)")
    for customers, records, keys in chunks:
        database.executemany(
            f"INSERT INTO customers ({COLUMNS}) VALUES (?,1,?,?,?,'prospect','{{}}','{_DAY}',1)", customers
        )
        database.executemany("INSERT INTO search_records VALUES (?,?,?,?,?,?,?,?,?)", records)
        database.executemany("INSERT INTO unsorted VALUES (?,?,?,?)", keys)
    database.execute("INSERT INTO search_keys SELECT * FROM unsorted ORDER BY w, key, length, id")
    database.execute("DROP TABLE unsorted")
    database.execute("COMMIT")
    database.execute("ANALYZE")
    database.close()


def _fill_postgresql(store: Store, chunks: Iterator[Any]) -> None:
    import psycopg

    url = store.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("ALTER TABLE search_keys DROP CONSTRAINT pk_search_keys")
        database.execute("SET maintenance_work_mem = '1GB'")
        for customers, records, keys in chunks:
            with database.cursor() as cursor:
                with cursor.copy(f"COPY customers ({COLUMNS}) FROM STDIN") as copy:
                    for number, name, key, phone in customers:
                        copy.write_row((number, 1, name, key, phone, "prospect", "{}", _DAY + "Z", 1))
                with cursor.copy("COPY search_records FROM STDIN") as copy:
                    for row in records:
                        copy.write_row(row)
                with cursor.copy("COPY search_keys FROM STDIN") as copy:
                    for row in keys:
                        copy.write_row(row)
        database.execute(
            "ALTER TABLE search_keys ADD CONSTRAINT pk_search_keys"
            " PRIMARY KEY (workspace_id, key, length, record_id)"
        )
        database.execute("VACUUM ANALYZE")


def measure(store: Store, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of the first page for each kind of term, each round over all terms in another order."""
    terms = [(kind, term) for kind, some in TERMS.items() for term in some]
    taken: dict[str, list[float]] = {f"{kind}\t{term}": [] for kind, term in terms}
    order = random.Random(SEED)
    for number in range(rounds + 1):
        order.shuffle(terms)
        for kind, term in terms:
            with store.reading(1) as session:
                began = time.perf_counter()
                search_customers(session, term, limit=PAGE)
                spent = (time.perf_counter() - began) * 1000
            if number:  # The first round warms the caches.
                taken[f"{kind}\t{term}"].append(spent)
    return taken


def checks_a_minute(store: Store, count: int) -> float:
    """How many names an import compares with what is here in a minute."""
    names = [name_of(number) for number in range(7_000_001, 7_000_001 + count)]
    with store.reading(1) as session:
        began = time.perf_counter()
        for name in names:
            for other in names_of_brand(session, name):
                likeness(name, other)
        return 60 * count / (time.perf_counter() - began)


def full_scan(store: Store, typed: str) -> list[int]:
    """The first page by looking at every record."""
    query: Query | None = Query(typed)
    while query:
        with store.engine.connect() as connection:
            rows = connection.execution_options(yield_per=10_000).execute(
                SEARCH_RECORDS.select().where(SEARCH_RECORDS.c.kind == "c")
            )
            fitting = (
                (fit, folded.length, row.record_id)
                for row in rows
                if (fit := query.match(folded := folded_of(row))) is not None
            )
            found = [each[2] for each in nsmallest(PAGE, fitting)]
        if found or (query := query.without_suffix) is None:
            return found
    return []


def check(store: Store, count: int) -> None:
    """Compare first pages with those of full scans."""
    terms = [term for some in zip(*TERMS.values(), strict=False) for term in some][:count]
    for term in terms:
        with store.reading(1) as session:
            page = [each.id for each in search_customers(session, term, limit=PAGE)]
        if page != full_scan(store, term):
            sys.exit(f"{term}: the first page is not the full scan's")
    print(f"  first pages of {len(terms)} terms equal a full scan's")


@contextmanager
def database(engine: str, folder: str) -> Iterator[str]:
    """An empty database's URL."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/find.db"
        return
    import psycopg

    from tests.support.postgres import postgres_server

    with postgres_server() as base:
        with psycopg.connect(base + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE find")
        yield base + "/find"


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--check", type=int, default=6)
    parser.add_argument("--by-term", action="store_true")
    parser.add_argument("--folder", help="keep the SQLite database here, and use it again")
    given = parser.parse_args()
    for engine in given.engines:
        with tempfile.TemporaryDirectory() as temporary, database(engine, given.folder or temporary) as url:
            store = Store(url)
            migrate(store)
            with store.engine.connect() as connection:
                rows = connection.exec_driver_sql("SELECT count(*) FROM customers").scalar() or 0
            began = time.monotonic()
            if not rows:
                fill(store, given.customers)
            print(f"{engine}: {given.customers:,} customers written in {time.monotonic() - began:.0f} s")
            taken = measure(store, given.rounds)
            for kind in TERMS:
                times = [
                    each for name, some in taken.items() if name.startswith(kind + "\t") for each in some
                ]
                p50, p99 = statistics.median(times), percentile(times, 0.99)
                print(f"  {kind:8} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms")
            if given.by_term:
                for name, times in taken.items():
                    print(f"    {name:40} p50 {statistics.median(times):6.1f}  max {max(times):6.1f}")
            print(f"  {checks_a_minute(store, 2000):,.0f} duplicate checks a minute")
            check(store, given.check)
            store.close()


if __name__ == "__main__":
    main()
