"""A year of sales made by a seeded generator, as untidy as a real export: for tests of figures."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.domain.names import name_key
from bot.store import models
from bot.store.pipelines import list_stages
from tests.support.factories import Factory

FIRST = date(2025, 10, 1)
LAST = date(2026, 11, 20)


def noon(day: date) -> datetime:
    """A moment of the day."""
    return datetime.combine(day, time(12), UTC)


def make_history(factory: Factory, *, count: int = 300, with_stages: bool = False, seed: int = 7) -> None:
    """Sales of three sellers and three products; won, lost and open; some amounts and products unknown.

    With stages every move from the first stage on is recorded; without, as in an export, none is.
    """
    random = Random(seed)
    with factory.store.transaction(factory.shell, now=factory.now, how="import") as session:
        stages = list_stages(session)
        first, middle = stages[0], stages[2]
        won_stage, lost_stage = stages[-2], stages[-1]
        people = [models.Person(name=name) for name in ("Ann", "Bo", "Cy")]
        products = [
            models.Product(name=name, name_key=name_key(name), price_minor=price, currency="USD")
            for name, price in (("Pro", 4821_00), ("Basic", 550_00), ("Bespoke", None))
        ]
        session.add_all([*people, *products])
        session.flush()
        for number in range(count):
            opened = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
            closed = opened + timedelta(days=int(random.expovariate(1 / 40)))
            kind = random.choices(["won", "lost", "open"], [5, 4, 3])[0]
            if closed > LAST:
                kind = "open"
            stage = {"won": won_stage, "lost": lost_stage, "open": random.choice([first, middle])}[kind]
            product = random.choice([*products, None])
            amount = random.randrange(100_00, 9000_00) if kind == "won" or random.random() < 0.3 else None
            sale = models.Opportunity(
                name=f"Sale {number}",
                external_id=f"X{number:04}",
                owner_id=random.choice(people).id if number % 17 else None,
                product_id=product.id if product else None,
                stage_id=stage.id,
                amount_minor=None if number % 29 == 0 else amount,
                currency="CNY" if number % 23 == 0 else "USD",
                source=random.choice(["referral", "website", None]),
                opened_on=opened,
                closed_on=None if kind == "open" else closed,
                close_on=LAST + timedelta(days=random.randrange(120))
                if kind == "open" and number % 2
                else None,
            )
            session.add(sale)
            session.flush()
            if with_stages:
                path = [(opened, first), (opened + (closed - opened) / 2, middle)]
                if kind != "open":
                    path.append((closed, stage))
                elif stage == first:
                    path.pop()
                session.add_all(
                    models.StageChange(opportunity_id=sale.id, to_stage_id=each.id, at=noon(day))
                    for day, each in path
                )
