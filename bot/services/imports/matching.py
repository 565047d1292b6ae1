"""Which row of a file is which record that is already here: by external id, else by what tells it apart."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from bot.services.imports.refusals import RowContradicts
from bot.services.imports.report import Report
from bot.services.imports.rows import Failure, Record
from bot.store import Session
from bot.store.transfers import add_all, by_external_id, without_external_id

Key = Callable[[Any], Hashable]


def without_repeats(records: Iterable[Record], failures: list[Failure], report: Report) -> list[Record]:
    """The records, a row that repeats an earlier one of the same external id left out.

    Two rows of one external id that say different things are failures: nobody knows which one is right.
    """
    first: dict[str, Record] = {}
    kept = []
    for record in records:
        external_id = record.get("external_id")
        earlier = first.setdefault(external_id, record) if external_id else record
        if earlier is record:
            kept.append(record)
        elif (earlier.values, earlier.extra) == (record.values, record.extra):
            report.unchanged += 1
        else:
            failures.append(Failure(record.line, RowContradicts(external_id=external_id, line=earlier.line)))
    return kept


class Records:
    """The records of one kind, each given to one row at most, so that equal rows stay as many as they are."""

    def __init__(self, session: Session, model: type[Any], records: Iterable[Record], key: Key) -> None:
        records = list(records)
        self._by_external = by_external_id(
            session,
            model,
            [str(record.values["external_id"]) for record in records if record.get("external_id")],
        )
        self._alike: dict[Hashable, list[Any]] = defaultdict(list)
        self._by_id: dict[int, Any] = {}
        self._key = key
        self._given: set[int] = set()
        if any(not record.get("external_id") for record in records):
            for entity in without_external_id(session, model):
                self._alike[key(entity)].append(entity)
                self._by_id[entity.id] = entity

    def of(self, record: Record, key: Hashable) -> Any | None:
        """The record that the row is about, None where it is new.

        Without an external id it is the one of Dealdesk's own id if its key is the same, else any of the key.
        """
        if external_id := record.get("external_id"):
            return self._by_external.get(external_id)
        own = self._by_id.get(record.own_id) if record.own_id is not None else None
        candidates = ([own] if own is not None and self._key(own) == key else []) + self._alike[key]
        found = next((each for each in candidates if each.id not in self._given), None)
        if found is not None:
            self._given.add(found.id)
        return found


def fill(entity: Any, values: Mapping[str, Any]) -> None:
    """Set what a row says; what it leaves empty stays as it is."""
    for name, value in values.items():
        if value is not None and getattr(entity, name) != value:
            setattr(entity, name, value)


class Written:
    """The records that the rows of a file became: counted as they come, new ones written together."""

    def __init__(self, session: Session, report: Report) -> None:
        self._session, self._report = session, report
        self._new: list[Any] = []

    def take(self, entity: Any, *, is_new: bool) -> None:
        """One row is read into its record."""
        if is_new:
            self._new.append(entity)
            self._report.created += 1
        elif self._session.is_modified(entity):
            self._report.updated += 1
        else:
            self._report.unchanged += 1

    def keep(self) -> None:
        """Write everything."""
        add_all(self._session, self._new)
