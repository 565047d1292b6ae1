"""Opportunities: customers, sellers, products and stages are found or made; what is unsaid stays unknown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.stages import StageKind
from bot.i18n import N_
from bot.services.imports.batch import Batch
from bot.services.imports.known import Known, end_meant
from bot.services.imports.matching import Records, Written, fill, without_repeats
from bot.services.imports.refusals import EndUnknown, OpenYetClosed
from bot.services.imports.report import Report
from bot.services.imports.rows import Failure, Record
from bot.services.imports.stages import Stages
from bot.services.imports.words import same_name
from bot.store.models import Opportunity, Product, Stage, StageChange
from bot.store.transfers import add_all, stage_moves

LOST_FOR_NOTHING = N_(
    "{count} lost opportunity has the amount 0 in the file: kept as unknown ({names})|"
    "{count} lost opportunities have the amount 0 in the file: kept as unknown ({names})"
)
ENDED_SOMETIME = N_(
    "{count} opportunity has ended without a day of closing: its day stays unknown ({names})|"
    "{count} opportunities have ended without a day of closing: their days stay unknown ({names})"
)
ENDED_BEFORE = N_(
    "{count} opportunity closed before it began ({names})|"
    "{count} opportunities closed before they began ({names})"
)
ENDED_LATER = N_(
    "{count} opportunity has ended on a day that is still to come ({names})|"
    "{count} opportunities have ended on days that are still to come ({names})"
)
_CHANNEL = ("sales_channel", "partner_percent")
_TEXTS = ("source", "competitor", "probability", "loss_reason", "lesson", "note", "external_id", *_CHANNEL)


@dataclass(frozen=True)
class _Standing:
    """Where an opportunity stands after its row, and the open stage it is known to have come from."""

    stage: Stage
    came_from: Stage | None
    closed_on: date | None
    close_on: date | None


_Moved = tuple[Opportunity, _Standing, Stage | None, datetime | None]
"""An opportunity, where it stands, and the stage and the closing that it had before."""


def import_opportunities(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update the opportunities of a file; the ends that it dates become moves of their stage."""
    records = without_repeats(batch.records, failures, known.report)
    known.meet_people(record.get("owner") for record in records)
    customers = known.meet_customers(record.get("customer") for record in records)
    partners = known.meet_customers(record.get("partner") for record in records)
    products = known.meet_products(record.get("product") for record in records)
    here = Records(known.session, Opportunity, records, _key)
    written, moved = Written(known.session, known.report), list[_Moved]()
    for record in records:
        step()
        customer = customers.get(record.values.get("customer", ""))
        product = products.get(record.values.get("product", ""))
        partner = partners.get(record.values.get("partner", ""))
        name = record.get("name") or _label(record, product)
        key = (same_name(name), customer.id if customer else None, record.get("created_on"))
        opportunity = here.of(record, key)
        is_new = opportunity is None
        try:
            stages = known.pipelines.of(opportunity, record.get("pipeline"))
            standing = _standing(record, opportunity, stages, is_ours=batch.is_ours)
            owner_id = known.person_id(record.get("owner"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        if opportunity is None:
            opportunity = Opportunity(name=name, currency=known.settings.currency, extra={})
        before = None if is_new else known.pipelines.of(opportunity).by_id(opportunity.stage_id)
        closed_before = opportunity.closed_at
        fill(opportunity, {each: record.get(each) for each in _TEXTS} | {"name": record.get("name")})
        fill(
            opportunity,
            {
                "customer_id": customer.id if customer else None,
                "product_id": product.id if product else None,
                "partner_id": partner.id if partner else None,
                "owner_id": owner_id,
                "opened_on": record.get("created_on"),
                "close_on": standing.close_on,
                "extra": {**(opportunity.extra or {}), **record.extra},
            },
        )
        _fill_amount(opportunity, record, standing.stage, known.report)
        _fill_end(opportunity, standing, batch)
        _note_end(
            opportunity, standing.stage, record, known.report, today=now.astimezone(batch.cells.zone).date()
        )
        written.take(opportunity, is_new=is_new)
        moved.append((opportunity, standing, before, closed_before))
    written.keep()
    _record_moves(known, moved, now)


def _key(opportunity: Any) -> tuple[str, int | None, date | None]:
    return same_name(opportunity.name), opportunity.customer_id, opportunity.opened_on


def _label(record: Record, product: Product | None) -> str:
    """A name for an opportunity that the file does not name: its customer and product, else its id."""
    parts = [record.get("customer"), product.name if product else record.get("product")]
    return " · ".join(part for part in parts if part) or str(record.get("external_id") or "—")


def _standing(record: Record, opportunity: Opportunity | None, stages: Stages, *, is_ours: bool) -> _Standing:
    stage_name, outcome = record.get("stage"), record.get("outcome")
    found = stages.find(stage_name) if stage_name else None
    if found is not None and outcome is None and not found.is_open:
        end: StageKind | None = StageKind(found.kind)
    else:
        end = StageKind(outcome) if outcome else end_meant(stage_name) if stage_name else None
    came_from = None
    if end in (StageKind.WON, StageKind.LOST):
        if found is not None and found.kind == end:
            stage = found
        elif stage_name and found is None and is_ours:
            stage = stages.meet(stage_name, end)
        else:
            stage = stages.first(end)
            if stage_name and end_meant(stage_name) is None and (found is None or found.is_open):
                came_from = found or stages.meet(stage_name)
    elif stage_name:
        if (found is not None and not found.is_open) or end_meant(stage_name):
            raise OpenYetClosed(typed=stage_name)
        stage = found or stages.meet(stage_name)
    else:
        stage = _unsaid(opportunity, stages, must_be_open=end == StageKind.OPEN)
    return _dated(record, stage, came_from)


def _unsaid(opportunity: Opportunity | None, stages: Stages, *, must_be_open: bool) -> Stage:
    """The stage of a row that names none: the one that it has, the first one for a new opportunity."""
    stage = stages.by_id(opportunity.stage_id) if opportunity is not None else None
    return stage if stage and (stage.is_open or not must_be_open) else stages.first(StageKind.OPEN)


def _dated(record: Record, stage: Stage, came_from: Stage | None) -> _Standing:
    """The days of a row: `close date` is when an ended one closed, and when an open one is planned to."""
    closed_on, close_on, either = record.get("closed_on"), record.get("close_on"), record.get("close_date")
    if stage.is_open:
        if closed_on and record.get("stage") is None and record.get("outcome") is None:
            raise EndUnknown(day=closed_on)
        if closed_on:
            raise OpenYetClosed(typed=closed_on.isoformat())
        return _Standing(stage, came_from, None, close_on or either)
    return _Standing(stage, came_from, closed_on or either, close_on)


def _fill_amount(opportunity: Opportunity, record: Record, stage: Stage, report: Report) -> None:
    amount: Money | None = record.get("amount")
    if amount is not None and amount.minor == 0 and stage.is_lost:
        # An export that has 0 for what was lost says that nothing came of it, not what it was worth.
        report.note(LOST_FOR_NOTHING, record.get("external_id") or opportunity.name)
        amount = None
    if amount is not None:
        fill(opportunity, {"amount_minor": amount.minor, "currency": amount.currency})
    elif opportunity.amount_minor is None:
        fill(opportunity, {"currency": record.get("currency")})


def _fill_end(opportunity: Opportunity, standing: _Standing, batch: Batch) -> None:
    stage = standing.stage
    if opportunity.stage_id != stage.id:
        opportunity.stage_id = stage.id
    if stage.is_open and opportunity.closed_at is not None:
        opportunity.closed_at = None
    if stage.is_open and opportunity.closed_on is not None:
        opportunity.closed_on = None
    if standing.closed_on and standing.closed_on != opportunity.closed_on:
        opportunity.closed_on = standing.closed_on
        opportunity.closed_at = batch.start_of(standing.closed_on)


def _note_end(opportunity: Opportunity, stage: Stage, record: Record, report: Report, *, today: date) -> None:
    about = record.get("external_id") or opportunity.name
    if opportunity.closed_on and opportunity.closed_on > today:
        report.note(ENDED_LATER, about)
    if not stage.is_open and opportunity.closed_on is None:
        report.note(ENDED_SOMETIME, about)
    if opportunity.closed_on and opportunity.opened_on and opportunity.closed_on < opportunity.opened_on:
        report.note(ENDED_BEFORE, about)


def _record_moves(known: Known, moved: list[_Moved], now: datetime) -> None:
    """Keep each move that has a moment: an end has its day; another stage than before was seen now."""
    redated = {
        opportunity.id: (closed_before, opportunity.closed_at)
        for opportunity, standing, before, closed_before in moved
        if before is standing.stage and closed_before and opportunity.closed_at not in (None, closed_before)
    }
    for move in stage_moves(known.session, redated):
        was_at, is_at = redated[move.opportunity_id]
        if move.at == was_at and is_at:
            move.at = is_at
    moves = []
    for opportunity, standing, before, _ in moved:
        if before is standing.stage or (before is None and opportunity.closed_at is None):
            continue
        came_from = standing.came_from or before
        moves.append(
            StageChange(
                opportunity_id=opportunity.id,
                from_stage_id=came_from.id if came_from else None,
                to_stage_id=standing.stage.id,
                at=opportunity.closed_at or now,
            )
        )
    add_all(known.session, moves)
