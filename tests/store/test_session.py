"""Laws of the session: one workspace, everything recorded, the later of two edits is refused."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.actors import Actor
from bot.store import EditedMeanwhile, Store
from bot.store.interactions import claim, forget_interactions, keep_answer
from bot.store.models import Change, Customer, Task
from bot.store.session import NoWorkspace
from bot.store.workspaces import make_workspace
from tests.support.factories import Factory


def test_no_query_runs_without_a_workspace(store: Store, factory: Factory) -> None:
    with store.reading(factory.workspace_id) as session:
        session.info.clear()
        with pytest.raises(NoWorkspace):
            session.scalars(select(Customer)).all()


def test_a_workspace_never_sees_another_ones_rows(store: Store, factory: Factory, now: datetime) -> None:
    factory.customer("Acme")
    with store.everywhere() as session:
        other = make_workspace(session, name="Other", now=now)
    with store.reading(other.id) as session:
        assert session.scalars(select(Customer)).all() == []
    with store.reading(factory.workspace_id) as session:
        assert [customer.name for customer in session.scalars(select(Customer))] == ["Acme"]


def test_every_changed_field_is_recorded_once_with_old_and_new(
    store: Store, factory: Factory, now: datetime
) -> None:
    ann = factory.actor("Ann")
    customer = factory.customer("Acme")
    with store.transaction(ann, now=now, how="customer.edit") as session:
        found = session.scalars(select(Customer)).one()
        found.phone, found.name = "123", "Acme"
    with store.reading(factory.workspace_id) as session:
        rows = session.scalars(select(Change).where(Change.entity == "customers", Change.field != "")).all()
    assert [(row.field, row.old, row.new, row.person_id, row.how) for row in rows] == [
        ("phone", None, "123", ann.person_id, "customer.edit")
    ]
    assert (rows[0].entity_id, rows[0].entity_version) == (customer.id, 2)


def test_a_deleted_row_is_found_by_no_query(store: Store, factory: Factory, now: datetime) -> None:
    factory.customer("Acme", deleted_at=now)
    with store.reading(factory.workspace_id) as session:
        assert session.scalars(select(Customer)).all() == []


def test_the_later_of_two_edits_of_one_version_is_refused(
    store: Store, factory: Factory, now: datetime
) -> None:
    customer = factory.customer("Acme")
    with store.reading(factory.workspace_id) as session:
        seen = session.get_one(Customer, customer.id)
    with store.transaction(factory.shell, now=now, how="test") as session:
        session.get_one(Customer, customer.id).phone = "1"

    def save_the_older_one() -> None:
        with store.transaction(factory.shell, now=now, how="test") as session:
            session.add(seen)
            seen.phone = "2"

    with pytest.raises(EditedMeanwhile):
        save_the_older_one()


def test_a_naive_instant_and_an_instant_for_a_day_are_refused(
    store: Store, factory: Factory, now: datetime
) -> None:
    for values in ({"due_at": now.replace(tzinfo=None)}, {"due_on": now}):
        with pytest.raises(Exception, match="instant"):
            factory.add(Task(text="Call", **values))
    task = factory.add(Task(text="Call", due_at=now, due_on=date(2026, 11, 23)))
    with store.reading(factory.workspace_id) as session:
        assert session.get_one(Task, task.id).due_at == now


def test_a_failed_transaction_leaves_nothing_behind(store: Store, factory: Factory, now: datetime) -> None:
    def fail() -> None:
        with store.transaction(Actor(factory.workspace_id), now=now, how="test") as session:
            session.add(Customer(name="Acme", name_key="acme"))
            session.flush()
            raise RuntimeError("after the write")

    with pytest.raises(RuntimeError):
        fail()
    with store.reading(factory.workspace_id) as session:
        assert session.scalars(select(Customer)).all() == []
        assert session.scalars(select(Change).where(Change.entity == "customers")).all() == []


def test_a_claim_is_forgotten_when_no_retry_can_come_any_more(factory: Factory, now: datetime) -> None:
    ann = factory.actor("Ann")
    for key, at in (("trigger:old", now - timedelta(days=40)), ("trigger:new", now)):
        with factory.store.transaction(ann, now=at, how="test") as session:
            assert claim(session, [key], name="test", person_id=ann.person_id, now=at) is None
            keep_answer(session, [key], key)
    with factory.store.everywhere() as session:
        forget_interactions(session, before=now - timedelta(days=30))
    with factory.store.transaction(ann, now=now, how="test") as session:
        assert claim(session, ["trigger:new"], name="test", person_id=None, now=now) == "trigger:new"
        assert claim(session, ["trigger:old"], name="test", person_id=None, now=now) is None
