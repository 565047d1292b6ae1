"""Finding by the search index: records in order of how well a query fits, read no further than one looks."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Select,
    SmallInteger,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from bot.domain.search import Fit, Folded, Probe, Query
from bot.store.models.search import SEARCH_KEYS, SEARCH_RECORDS
from bot.store.search_index import folded_of, kind_of

_FEW = 1000
"""So many records are read at once and sorted; where a key has more, they are read in the index's order."""
_FIRST_STEP, _LONGEST_STEP = 64, 4096
_MOST_KEYS, _MANY = 24, 30_000

_K, _R = SEARCH_KEYS.c, SEARCH_RECORDS.c

Thing = TypeVar("Thing")

_Row = tuple[int, int, Folded]
"""A record's length, id and texts."""


def ranked(session: Session, model: type[Any], typed: str) -> Iterator[int]:
    """The ids of the records that fit, the best first, as long as one asks for more.

    Where nothing has all that was typed, a company's suffix in it does not count.
    """
    query = Query(typed)
    while query:
        search, found = _Search(session, kind_of(model), query), False
        for record_id in search.run():
            found = True
            yield record_id
        shorter = query.without_suffix
        if found or shorter is None:
            return
        query = shorter


def found(
    session: Session, model: type[Thing], typed: str, wanted: Select[Thing], limit: int, *, most: int = 2000
) -> list[Thing]:
    """The first `limit` records that fit and that the query `wanted` has, the best first.

    At most `most` fitting ones are tried.
    """
    page: list[Thing] = []
    ids, step = islice(ranked(session, model, typed), most), limit
    while len(page) < limit and (some := list(islice(ids, step))):
        page += in_order(session, wanted, some)
        step = 4 * limit
    return page[:limit]


def in_order(session: Session, wanted: Select[Thing], ids: Sequence[int]) -> list[Thing]:
    """What the query has of these ids, in their order."""
    entity = wanted.column_descriptions[0]["entity"]
    found_rows: Iterable[Any] = session.scalars(wanted.where(entity.id.in_(ids))).unique()
    rows = {row.id: row for row in found_rows}
    return [rows[each] for each in ids if each in rows]


def first_ranked(session: Session, model: type[Any], typed: str, limit: int) -> list[int]:
    """The ids of the first page."""
    return list(islice(ranked(session, model, typed), limit))


class _Search:
    def __init__(self, session: Session, kind: str, query: Query) -> None:
        self._connection, self._kind, self._query = session.connection(), kind, query
        self._workspace_id = session.info["workspace_id"]

    def run(self) -> Iterator[int]:
        """Fit after fit. Where few records have a piece of the name, those are all that can fit by name."""
        probes = self._query.probes()
        counts = self._counts([key for probe in probes for key in probe.keys if not probe.opens])
        seen: set[int] = set()
        is_sorted = False
        for probe in probes:
            if is_sorted and probe.fit <= Fit.WITHIN:
                continue
            key = min(probe.keys, key=lambda each: counts.get(each, _FEW))
            few = counts.get(key, _FEW) < _FEW
            found = self._of(probe, key, few=few) if counts.get(key, _FEW) else iter(())
            if probe.fit == Fit.START and self._query.pieces:
                piece = min(self._query.pieces, key=lambda each: counts.get(each, _FEW))
                if counts.get(piece, _FEW) < _FEW:
                    found, is_sorted = self._sorted(piece) if counts[piece] else iter(()), True
            for record_id in found:
                if record_id not in seen:
                    seen.add(record_id)
                    yield record_id

    def _of(self, probe: Probe, key: str, *, few: bool) -> Iterator[int]:
        step, after = (_FEW if few else _FIRST_STEP), None
        others = [] if few or probe.opens else list(probe.keys)
        while True:
            if step > _FIRST_STEP and len(others) > 1:
                # Few of them fit: the reading starts anew by the key that has the fewest of many.
                counts = self._counts(others, most=_MANY)
                key, after, others = min(others, key=lambda each: counts.get(each, _MANY)), None, []
            rows = self._rows(probe, key, step, after)
            yield from (row[1] for row in rows if self._query.match(row[2]) == probe.fit)
            after = None if few else self._end_of_step(probe, key, step, after)
            if after is None:
                return
            step = min(step * 4, _LONGEST_STEP)

    def _sorted(self, piece: str) -> Iterator[int]:
        within = Probe(Fit.WITHIN, (piece,), "names", self._query.tight)
        fitting = [
            (fit, length, record_id)
            for length, record_id, folded in self._rows(within, piece, _FEW, None)
            if (fit := self._query.match(folded)) is not None
        ]
        yield from (record_id for _fit, _length, record_id in sorted(fitting))

    def _counts(self, keys: Sequence[str], most: int = 0) -> dict[str, int]:
        """How many records have each of the keys, at most so many (_FEW where nothing is said)."""
        asked = list(dict.fromkeys(keys))[:_MOST_KEYS]
        named: dict[str, Any] = {f"key{number}": self._kind + key for number, key in enumerate(asked)}
        named["most"] = most or _FEW
        rows = self._connection.execute(_counting(len(asked)), named | self._place())
        return {asked[number]: count for number, count in rows}

    def _place(self) -> dict[str, Any]:
        return {"workspace_id": self._workspace_id, "kind": self._kind}

    def _values(self, probe: Probe, key: str, after: tuple[int, int] | None) -> dict[str, Any]:
        values = self._place() | {"key": self._kind + key, "text": probe.text}
        values |= {"before": self._kind + key + "\U0010ffff"} if probe.opens else {}
        return values | ({"length": after[0], "record_id": after[1]} if after else {})

    def _rows(self, probe: Probe, key: str, step: int, after: tuple[int, int] | None) -> list[_Row]:
        """The records of the next step that can fit, in order."""
        line = probe.within if probe.text else None
        reading = _reading(line, goes_on=after is not None, opens=probe.opens)
        values = self._values(probe, key, after) | {"step": step}
        return [(row[0], row[1], folded_of(row)) for row in self._connection.execute(reading, values)]

    def _end_of_step(
        self, probe: Probe, key: str, step: int, after: tuple[int, int] | None
    ) -> tuple[int, int] | None:
        """Where the next step goes on; None where there is none."""
        last = _last_of_step(goes_on=after is not None, opens=probe.opens)
        row = self._connection.execute(last, self._values(probe, key, after) | {"skipped": step - 1}).first()
        return (row[0], row[1]) if row else None


# Statements are built once for each shape: building them would take longer than running them.


@cache
def _counting(keys: int) -> CompoundSelect[Any]:
    counts: list[Any] = [
        select(literal_column(str(number)), func.count()).select_from(
            select(_K.record_id)
            .where(_K.workspace_id == bindparam("workspace_id"), _K.key == bindparam(f"key{number}"))
            .limit(bindparam("most"))
            .subquery()
        )
        for number in range(keys)
    ]
    return union_all(*counts)


@cache
def _step(*, goes_on: bool, opens: bool) -> Select[Any]:
    wanted = select(_K.length, _K.record_id).where(_K.workspace_id == bindparam("workspace_id"))
    if opens:
        wanted = wanted.where(_K.key >= bindparam("key"), _K.key < bindparam("before")).distinct()
    else:
        wanted = wanted.where(_K.key == bindparam("key"))
    if goes_on:
        after = tuple_(bindparam("length", type_=SmallInteger), bindparam("record_id", type_=BigInteger))
        wanted = wanted.where(tuple_(_K.length, _K.record_id) > after)
    return wanted.order_by(_K.length, _K.record_id)


@cache
def _last_of_step(*, goes_on: bool, opens: bool) -> Select[Any]:
    return _step(goes_on=goes_on, opens=opens).offset(bindparam("skipped")).limit(1)


@cache
def _reading(line: str | None, *, goes_on: bool, opens: bool) -> Select[Any]:
    """The step is taken first, so that no engine is tempted to read a whole key to sort it."""
    taken = _step(goes_on=goes_on, opens=opens).limit(bindparam("step")).subquery()
    texts = select(taken.c.length, taken.c.record_id, SEARCH_RECORDS).join(
        SEARCH_RECORDS,
        (_R.workspace_id == bindparam("workspace_id"))
        & (_R.kind == bindparam("kind"))
        & (_R.record_id == taken.c.record_id),
    )
    if line is not None:
        tight = func.replace(_R[line], " ", "")
        texts = texts.where(tight.contains(bindparam("text"), autoescape=False))
    return texts.order_by(taken.c.length, taken.c.record_id)
