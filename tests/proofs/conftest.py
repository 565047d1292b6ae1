"""Stores of a proof's own, as many as it needs."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.store import Store


@pytest.fixture
def make_store(_sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes migrated, empty stores on SQLite."""
    numbers, made = count(1), []

    def make() -> Store:
        file = tmp_path / f"{next(numbers)}.db"
        shutil.copy(_sqlite_template, file)
        made.append(Store(f"sqlite:///{file}"))
        return made[-1]

    yield make
    for store in made:
        store.close()
