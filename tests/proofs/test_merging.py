"""Merging at random and undoing it leaves every row as it was."""

import os
import random
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.domain.duplicates import Kind
from bot.domain.roles import Role
from bot.services.mergeable import MERGEABLE
from bot.services.merging import merge_records
from bot.services.undo import undo
from bot.store import Store
from bot.store.base import Base, Recorded
from bot.store.models import (
    Activity,
    BirthdayReminder,
    Contact,
    DifferentPair,
    Lead,
    Opportunity,
    Task,
)
from bot.store.models.collaboration import Collaborator, Follow
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS
from tests.support.factories import Factory

ROUNDS = int(os.environ.get("PROOF_MERGES", "12"))
SEED = int(os.environ.get("PROOF_SEED", "20261127"))

NAMES = ["Acme", "Acme Labs", "华星", "华星科技", "Globex", "Initech", "Northwind", "蓝海", "Umbrella"]


def everything(store: Store) -> dict[str, Any]:
    """Every recorded row but for its version, and the whole search index."""
    rows: dict[str, Any] = {}
    with store.engine.connect() as connection:
        for mapper in Base.registry.mappers:
            if issubclass(mapper.class_, Recorded):
                table = mapper.local_table
                columns = [column for column in table.columns if column.name != "version"]
                rows[str(table)] = sorted(map(repr, connection.execute(select(*columns))))
        for table in (SEARCH_KEYS, SEARCH_RECORDS):
            rows[str(table)] = sorted(map(repr, connection.execute(select(table))))
    return rows


def fill(factory: Factory, chance: random.Random) -> dict[Kind, list[int]]:
    """Records with everything that can belong to one, at random."""
    people = [factory.actor(name).person_id for name in ("Bo", "Mia")]
    ids: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    here = ids[Kind.CUSTOMERS]
    for name in NAMES:
        maybe = lambda *values: chance.choice([None, *values])  # noqa: E731
        customer = factory.customer(
            name,
            kind=chance.choice(["prospect", "active"]),
            industry=maybe("Software", "Chemicals"),
            region=maybe("North"),
            phone=maybe("010 1234 5678", "13800001234"),
            note=maybe("tea", "coffee"),
            tags=chance.sample(["a", "b", "c"], 2),
            aliases=chance.sample(["X", "Y"], 1),
            custom={key: chance.choice(["tea", 7, True]) for key in chance.sample(["1", "2", "3"], 2)},
            extra={maybe("k") or "j": chance.random()},
            owner_id=maybe(*people),
            parent_id=maybe(*here) if here else None,
            partner_id=maybe(*here) if here else None,
        )
        here.append(customer.id)
        contacts = [
            factory.add(
                Contact(customer_id=customer.id, name=each, email=maybe("x@acme.com"), title=maybe("CTO"))
            )
            for each in chance.sample(["Li Na", "李雷", "Bob"], 2)
        ]
        ids[Kind.CONTACTS] += [each.id for each in contacts]
        for number in range(chance.randint(0, 2)):
            deal = factory.opportunity(
                f"{name} {number}", customer_id=chance.choice(here), contact_id=contacts[0].id
            )
            factory.add(Task(text="call", customer_id=customer.id, opportunity_id=deal.id))
        factory.add(
            Activity(
                kind="call",
                text="hello",
                customer_id=customer.id,
                contact_id=contacts[1].id,
                happened_at=factory.now,
                deleted_at=maybe(factory.now),
            )
        )
        lead = Lead(
            name=name,
            customer_id=chance.choice(here),
            phone=maybe("13900001234"),
            owner_id=maybe(*people),
            budget_minor=maybe(100, 200),
            currency="USD",
            need=maybe("seats"),
            touched_at=maybe(factory.now),
        )
        ids[Kind.LEADS].append(factory.add(lead).id)
        for person_id in chance.sample(people, chance.randint(0, 2)):
            factory.add(Follow(customer_id=customer.id, person_id=person_id))
            factory.add(Collaborator(customer_id=customer.id, person_id=person_id))
            factory.add(BirthdayReminder(contact_id=contacts[0].id, person_id=person_id))
    for kind, some in ids.items():
        first, second = sorted(chance.sample(some, 2))
        factory.add(DifferentPair(kind=kind, first_id=first, second_id=second))
    return ids


def test_merges_at_random_are_undone_row_by_row(factory: Factory, now: datetime) -> None:
    chance = random.Random(SEED)
    ada = factory.actor("Ada", Role.ADMIN)
    ids = fill(factory, chance)
    store = factory.store
    for number in range(ROUNDS):
        kind = chance.choice(list(Kind))
        winner, loser = chance.sample(ids[kind], 2)
        fields = [*MERGEABLE[kind].fields, "custom_1", "custom_2"]
        chosen = chance.sample(fields, chance.randint(0, len(fields)))
        before = everything(store)
        with store.transaction(ada, now=now, how=f"{kind}.merge") as session:
            merge_records(session, ada, kind, winner, loser, from_loser=chosen, now=now)
            changeset = session.info["changeset"]
        merged = everything(store)
        assert merged != before
        with store.transaction(ada, now=now, how=f"undo.{number}") as session:
            undo(session, ada, changeset, now=now)
        assert everything(store) == before, (SEED, number, kind, winner, loser, chosen)
        if number % 5 == 4:  # Merged for good by now and then, so that later rounds start from merged ones.
            kept, gone = chance.sample(ids[kind], 2) if len(ids[kind]) > 4 else (0, 0)
            if kept:
                with store.transaction(ada, now=now, how=f"keep.{number}") as session:
                    merge_records(session, ada, kind, kept, gone, now=now)
                ids = {each: living(store, factory, each) for each in Kind}
    with store.reading(factory.workspace_id) as session:
        named = {
            row.customer_id for model in (Opportunity, Contact) for row in session.scalars(select(model))
        }
    assert named <= {*ids[Kind.CUSTOMERS], None}


def living(store: Store, factory: Factory, kind: Kind) -> list[int]:
    """Those that were not merged away; merging two customers merges contacts of one name."""
    with store.reading(factory.workspace_id) as session:
        return [row.id for row in session.scalars(select(MERGEABLE[kind].model).order_by("id"))]
