"""Laws of the database's clock: it is the same for all processes, and costs a question a minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from bot.clock import machine_clock
from bot.store import Store
from bot.store.clock import DatabaseClock, clock_of

NEAR = timedelta(seconds=20)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_machine_whose_clock_is_wrong_lives_by_the_databases(postgres_url: str, hours: int) -> None:
    right = datetime.now(UTC)
    store = Store(postgres_url)
    with time_machine.travel(right + timedelta(hours=hours)):
        assert abs(machine_clock() - right) > timedelta(minutes=50)
        assert abs(clock_of(store)() - right) < NEAR
    store.close()


def test_a_change_of_the_machines_clock_moves_nothing(postgres_url: str) -> None:
    store = Store(postgres_url)
    clock = clock_of(store)
    before = clock()
    with time_machine.travel(before + timedelta(days=1)):
        assert timedelta(0) <= clock() - before < NEAR
    store.close()


def test_without_a_database_the_machines_clock_has_to_do() -> None:
    clock = DatabaseClock(Store("postgresql://nobody@127.0.0.1:1/none"))
    assert abs(clock() - machine_clock()) < NEAR


def test_one_file_has_one_machine(sqlite_store: Store) -> None:
    assert clock_of(sqlite_store) is machine_clock
