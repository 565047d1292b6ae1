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


def make_history(
    factory: Factory, *, count: int = 200, with_stages: bool = False, exported_on: date | None = None
) -> None:
    """Sales of three sellers and three products; won, lost and open; some amounts and products unknown.

    With stages every move from the first stage on is recorded; without, as in an export, none is. An export
    of a day has nothing opened on it or later, and neither amount nor planned day of what is open.
    """
    random = Random(7)
    with factory.store.transaction(factory.shell, now=factory.now, how="import") as session:
        stages = list_stages(session)
        people = [models.Person(name=name) for name in ("Ann", "Bo", "Cy")]
        products = [
            models.Product(name=name, name_key=name_key(name), price_minor=price, currency="USD")
            for name, price in (("Pro", 4821_00), ("Basic", 550_00), ("Bespoke", None))
        ]
        session.add_all([*people, *products])
        session.flush()
        made = []
        for number in range(count):
            opened = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
            closed: date | None = opened + timedelta(days=int(random.expovariate(1 / 40)))
            kind = random.choices(["won", "lost", "open"], [5, 4, 3])[0]
            amount = random.randrange(100_00, 9000_00) if kind == "won" or random.random() < 0.3 else None
            if closed is None or kind == "open" or closed > LAST or (exported_on and closed >= exported_on):
                kind, closed = "open", None
            planned = LAST + timedelta(days=random.randrange(120))
            first, middle, won, lost = stages[0], stages[2], stages[-2], stages[-1]
            stage = {"won": won, "lost": lost, "open": random.choice([first, middle])}[kind]
            product, owner = random.choice([*products, None]), random.choice(people)
            source = random.choice(["referral", "website", None])
            if exported_on and opened >= exported_on:
                continue
            is_blank = exported_on is not None and kind == "open"
            sale = models.Opportunity(
                name=f"Sale {number}",
                external_id=f"X{number:04}",
                owner_id=owner.id if number % 17 else None,
                product_id=product.id if product else None,
                stage_id=stage.id,
                amount_minor=None if is_blank or number % 29 == 0 else amount,
                currency="CNY" if number % 23 == 0 else "USD",
                source=source,
                opened_on=opened,
                closed_on=closed,
                close_on=planned if kind == "open" and number % 2 and not is_blank else None,
            )
            path = [(opened, first)]
            if stage == middle or kind == "won" or (kind == "lost" and number % 2):
                path.append((opened, middle))
            made.append((sale, [*path, (closed, stage)] if closed else path))
        session.add_all(sale for sale, _ in made)
        session.flush()
        if with_stages:
            session.add_all(
                models.StageChange(opportunity_id=sale.id, to_stage_id=stage.id, at=noon(day))
                for sale, path in made
                for day, stage in path
            )
