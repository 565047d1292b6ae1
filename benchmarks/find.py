"""How fast customers are found among a million, and compared with a file that is imported, on both engines.

    .venv/bin/python benchmarks/find.py --folder /tmp/dealdesk-million    # filled once, kept
    .venv/bin/python benchmarks/find.py --customers 20000    # smaller, not kept
    .venv/bin/python benchmarks/find.py --engines sqlite --check 12 --by-term

Prints p50 and p99 of the first page for common, rare and absent terms in both scripts, in turns: by the
clock, and of this process's own work. `--check N` compares the first page of N terms with a full scan under
the same ranking. Duplicate checks are those of an import of customers with names, phones, websites, tax ids.
"""

import random
import statistics
import sys
import time
from heapq import nsmallest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from million import arguments, opened, percentile, phone_of
from names import SEED, name_of

from bot.domain.duplicates import Kind
from bot.domain.search import Query
from bot.services.duplicates import described
from bot.services.imports.report import Report
from bot.services.imports.similar import Similar
from bot.store import Store
from bot.store.customers import search_customers
from bot.store.models.search import SEARCH_RECORDS
from bot.store.search_index import folded_of

PAGE = 20

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


def measure(store: Store, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of the first page for each kind of term, each round over all terms in another order."""
    terms = [(kind, term) for kind, some in TERMS.items() for term in some]
    taken: dict[str, list[tuple[float, float]]] = {f"{kind}\t{term}": [] for kind, term in terms}
    order = random.Random(SEED)
    for number in range(rounds + 1):
        order.shuffle(terms)
        for kind, term in terms:
            with store.reading(1) as session:
                began, worked = time.perf_counter(), time.process_time()
                search_customers(session, term, limit=PAGE)
                spent = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
            if number:  # The first round warms the caches.
                taken[f"{kind}\t{term}"].append(spent)
    return taken


def checks_a_minute(store: Store, count: int) -> tuple[float, float]:
    """How many new customers an import compares with what is here in a minute: by the clock, by own work."""
    chance = random.Random(SEED)
    with store.reading(1) as session:
        similar = Similar(session, Kind.CUSTOMERS, Report("customers"))
        began, worked = time.perf_counter(), time.process_time()
        for number in range(7_000_001, 7_000_001 + count):
            phone = phone_of(chance.randrange(1_000_000)) if number % 100 == 0 else f"137{number:08d}"
            website = f"www.new{number}.com" if number % 4 == 0 else None
            tax_id = f"9222{number:014d}" if number % 5 == 0 else None
            name = name_of(number)
            similar.expect(name, described(name, phones=[phone], mails=[website], tax_ids=[tax_id]))
        similar.note()
        return 60 * count / (time.perf_counter() - began), 60 * count / (time.process_time() - worked)


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


def main() -> None:
    """Print everything."""
    parser = arguments()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--check", type=int, default=6)
    parser.add_argument("--by-term", action="store_true")
    given = parser.parse_args()
    for engine in given.engines:
        with opened(engine, given.folder, given.customers) as store:
            print(engine)
            taken = measure(store, given.rounds)
            for kind in TERMS:
                times = [
                    each for name, some in taken.items() if name.startswith(kind + "\t") for each in some
                ]
                print(f"  {kind:8} {in_words(times)}")
            if given.by_term:
                for name, some in taken.items():
                    print(f"    {name:40} {in_words(some)}")
            clock, own = checks_a_minute(store, 4000)
            print(f"  duplicate checks a minute {clock:,.0f}, by own work alone {own:,.0f}", flush=True)
            check(store, given.check)


def in_words(times: list[tuple[float, float]]) -> str:
    """p50 and p99 by the clock, and of this process's own work."""
    clock, own = ([each[place] for each in times] for place in (0, 1))
    return (
        f"p50 {statistics.median(clock):6.1f} ms  p99 {percentile(clock, 0.99):6.1f} ms"
        f"  own work p50 {statistics.median(own):6.1f} ms  p99 {percentile(own, 0.99):6.1f} ms"
    )


if __name__ == "__main__":
    main()
