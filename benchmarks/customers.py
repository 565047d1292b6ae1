"""How fast a customer is shown among a million, half of them Chinese, on both engines.

    .venv/bin/python benchmarks/customers.py --folder /tmp/dealdesk-million   # filled once, kept
    .venv/bin/python benchmarks/customers.py --customers 20000   # not kept
    .venv/bin/python benchmarks/customers.py --engines sqlite

A card is read from the database and drawn, as for `/crm customer`; customers are picked at random, of which
every tenth is a busy one. What they have is in benchmarks/million.py.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from belongings import BUSY
from find import in_words
from million import NOW, arguments, opened
from names import SEED

from bot.domain.actors import Actor
from bot.handlers.customer_cards import card_of
from bot.handlers.interaction import Interaction
from bot.handlers.overview import press_tab
from bot.store import Store
from bot.store.classes import list_moves


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


def main() -> None:
    """Print everything."""
    parser = arguments()
    parser.add_argument("--rounds", type=int, default=300)
    given = parser.parse_args()
    for engine in given.engines:
        with opened(engine, given.folder, given.customers) as store:
            print(engine)
            for name, times in measure(store, given.customers, given.rounds).items():
                print(f"  {name:32} {in_words(times)}", flush=True)


if __name__ == "__main__":
    main()
