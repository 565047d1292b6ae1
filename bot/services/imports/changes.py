"""The log of another system: what an opportunity's stage, amount, planned day or owner was, and since when.

A change counts from its own moment. It gives an opportunity its past, and leaves its present as the file of
opportunities says it.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.stages import StageKind
from bot.i18n import N_
from bot.services.imports.batch import Batch
from bot.services.imports.known import Known, end_meant
from bot.services.imports.refusals import NotAChange, OpportunityUnknown
from bot.services.imports.rows import Failure, Record
from bot.services.imports.values import read_name
from bot.store.models import Change, Opportunity, Stage, StageChange
from bot.store.session import plain
from bot.store.transfers import by_external_id, imported_changes, stage_moves

NOT_AS_LOGGED = N_(
    "{count} opportunity is not as its last logged change says; it stays as it is: {names}|"
    "{count} opportunities are not as their last logged changes say; they stay as they are: {names}"
)
_FIELDS = {"stage": "stage_id", "amount": "amount_minor", "close_on": "close_on", "owner": "owner_id"}
_FIELD_OF = {column: field for field, column in _FIELDS.items()}


def import_changes(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Record every change at its own moment; one that is recorded already is skipped."""
    opportunities = by_external_id(
        known.session, Opportunity, [record.values["external_id"] for record in batch.records]
    )
    owners = [
        record.get(side)
        for record in batch.records
        if record.get("field") == "owner"
        for side in ("old", "new")
    ]
    known.meet_people(read_name(owner) for owner in owners if owner is not None)
    log = _Log(known, batch, [each.id for each in opportunities.values()])
    latest: dict[tuple[int, str], tuple[datetime, Any]] = {}
    for record in batch.records:
        step()
        try:
            opportunity = opportunities.get(record.values["external_id"])
            if opportunity is None:
                raise OpportunityUnknown(external_id=record.values["external_id"])
            column, at, value = log.record(opportunity, record)
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        key = (opportunity.id, column)
        if key not in latest or latest[key][0] <= at:
            latest[key] = (at, value)
    known.session.flush()
    by_id = {each.id: each for each in opportunities.values()}
    for (opportunity_id, column), (_, value) in latest.items():
        if plain(getattr(by_id[opportunity_id], column)) != value:
            known.report.note(NOT_AS_LOGGED, f"{by_id[opportunity_id].external_id} ({_FIELD_OF[column]})")


class _Log:
    """What is recorded of the past of some opportunities already, and what is added to it."""

    def __init__(self, known: Known, batch: Batch, opportunity_ids: list[int]) -> None:
        self._known, self._cells, self._report = known, batch.cells, known.report
        self._columns = {name: column for column, name in batch.columns.items() if name}
        self._seen = imported_changes(known.session, opportunity_ids)
        self._moves: dict[tuple[int, int], list[StageChange]] = {}
        for move in stage_moves(known.session, opportunity_ids):
            self._moves.setdefault((move.opportunity_id, move.to_stage_id), []).append(move)

    def record(self, opportunity: Opportunity, record: Record) -> tuple[str, datetime, Any]:
        """Record one change unless it is there already; its column, moment and new value."""
        name, at = self._said(record, "field"), self._said(record, "at")
        column = _FIELDS[name]
        old, new = (self._value(record, name, side, opportunity) for side in ("old", "new"))
        if new is None and name == "stage":
            raise NotAChange(field_name=name)
        key = (opportunity.id, column, at, plain(new))
        if key in self._seen:
            self._report.unchanged += 1
            return column, at, plain(new)
        self._seen.add(key)
        self._known.session.add(
            Change(
                changeset=self._known.session.info["changeset"],
                entity=Opportunity.__tablename__,
                entity_id=opportunity.id,
                entity_version=opportunity.version,
                field=column,
                old=plain(old),
                new=plain(new),
                at=at,
                how="import",
            )
        )
        if name == "stage":
            self._move(opportunity, old, new, at)
        self._report.created += 1
        return column, at, plain(new)

    def _move(self, opportunity: Opportunity, old: int | None, new: int, at: datetime) -> None:
        """A logged end gives its hour to the end that was known by its day alone; else it is a new move."""
        for move in self._moves.get((opportunity.id, new), []):
            if move.at == at:
                return
            if (
                opportunity.stage_id == new
                and move.at == opportunity.closed_at
                and self._day(at) == opportunity.closed_on
            ):
                move.at, move.from_stage_id = at, old or move.from_stage_id
                return
        move = StageChange(opportunity_id=opportunity.id, from_stage_id=old, to_stage_id=new, at=at)
        self._moves.setdefault((opportunity.id, new), []).append(move)
        self._known.session.add(move)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._cells.zone).date()

    def _said(self, record: Record, name: str) -> Any:
        value = record.get(name)
        if value is None:
            raise NotAChange(field_name=name)
        return value

    def _value(self, record: Record, name: str, side: str, opportunity: Opportunity) -> Any:
        cell, column = record.get(side), self._columns.get(side, side)
        if cell is None:
            return None
        if name == "stage":
            return self._stage(opportunity, read_name(cell)).id
        if name == "owner":
            return self._known.person_id(read_name(cell))
        if name == "close_on":
            return self._cells.day(cell, column)
        return self._cells.amount(cell, column, opportunity.currency).minor

    def _stage(self, opportunity: Opportunity, name: str) -> Stage:
        end, stages = end_meant(name), self._known.pipelines.of(opportunity)
        return stages.find(name) or (stages.first(end) if end else stages.meet(name, StageKind.OPEN))
