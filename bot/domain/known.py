"""What was known of a sale at the start of a day: its dated history replayed, nothing later looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bot.domain.stages import StageKind


@dataclass(frozen=True, slots=True)
class Sale:
    """An opportunity, as far as figures need it. `amount_minor` None is unknown, never 0."""

    id: int
    external_id: str | None
    kind: StageKind
    """Open, or how it ended."""
    stage_id: int | None
    """None where its stage at that day is unknown."""
    amount_minor: int | None
    currency: str
    opened_on: date | None
    close_on: date | None
    closed_on: date | None
    product_id: int | None = None
    owner_id: int | None = None
    been_in: frozenset[int] = frozenset()
    """The stages that it is recorded to have entered."""

    @property
    def is_open(self) -> bool:
        """Work goes on."""
        return self.kind == StageKind.OPEN

    @property
    def is_won(self) -> bool:
        """It ended in a sale."""
        return self.kind == StageKind.WON


@dataclass(frozen=True, slots=True)
class Edit:
    """Fields of a sale that changed together, at one moment."""

    at: datetime
    values: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    """What the fields were."""


@dataclass(frozen=True, slots=True)
class SaleHistory:
    """A sale as it is now, as it was made, and its edits and moves, oldest first.

    Edits older than `made` are the log of another system: an import made the sale as that log had left it.
    """

    sale: Sale
    made: Edit | None
    edits: tuple[Edit, ...]
    moves: tuple[tuple[datetime, int], ...]
    """When it entered which stage."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The start of a day in a zone: only what is dated before it is known."""

    day: date
    moment: datetime


def known_at(history: SaleHistory, cutoff: Cutoff, kinds: Mapping[int, StageKind]) -> Sale | None:
    """The sale as it was known at the cutoff; None when it was not yet opened.

    A closing counts from its `closed_on`, whenever it was written down; any other edit and move from its
    moment. A sale that was written down only after it had ended (an import) hides its amount and planned day
    until then, unless a change logged them; an open stage is known from a dated move alone.
    """
    if history.sale.opened_on and history.sale.opened_on >= cutoff.day:
        return None
    state = _state(history, cutoff)
    moves = [stage_id for at, stage_id in history.moves if at < cutoff.moment]
    stage_id = state.get("stage_id")
    kind = kinds.get(stage_id, StageKind.OPEN) if stage_id is not None else StageKind.OPEN
    if kind == StageKind.OPEN:
        stage_id = next((each for each in reversed(moves) if kinds.get(each) == StageKind.OPEN), None)
    return replace(
        history.sale,
        kind=kind,
        stage_id=stage_id,
        amount_minor=state.get("amount_minor"),
        currency=state.get("currency") or history.sale.currency,
        close_on=_day(state.get("close_on")),
        closed_on=_day(state.get("closed_on")),
        been_in=frozenset(moves),
    )


def all_known_at(
    histories: Iterable[SaleHistory], cutoff: Cutoff, kinds: Mapping[int, StageKind]
) -> list[Sale]:
    """Every sale that was known at the cutoff, as it was known."""
    return [sale for history in histories if (sale := known_at(history, cutoff, kinds))]


def _state(history: SaleHistory, cutoff: Cutoff) -> dict[str, Any]:
    made = history.made or Edit(cutoff.moment, _fields(history.sale))
    logged = [edit for edit in history.edits if edit.at < made.at]
    edits = [edit for edit in history.edits if edit.at >= made.at]
    ended_on = _day(made.values.get("closed_on"))
    state = dict(made.values)
    if ended_on and ended_on >= cutoff.day:
        state = {"currency": state.get("currency")}
    else:
        for edit in reversed(logged):
            if edit.at >= cutoff.moment:
                state |= edit.before
    if ended_on and ended_on < cutoff.day:
        state |= {name: made.values.get(name) for name in ("stage_id", "closed_on")}
    else:
        edits = [*logged, *edits]
    for edit in edits:
        closed_on = _day(edit.values.get("closed_on"))
        if closed_on < cutoff.day if closed_on else edit.at < cutoff.moment:
            state |= edit.values
    return state


def _fields(sale: Sale) -> dict[str, Any]:
    names = ("stage_id", "amount_minor", "currency", "close_on", "closed_on")
    return {name: getattr(sale, name) for name in names}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
