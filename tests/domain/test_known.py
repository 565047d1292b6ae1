"""Laws of what was known: a day's figures never change by what is dated on it or later."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.known import Cutoff, Edit, Sale, SaleHistory, known_at
from bot.domain.stages import StageKind

OPEN, LATER, WON = 1, 2, 9
KINDS = {OPEN: StageKind.OPEN, LATER: StageKind.OPEN, WON: StageKind.WON}


def moment(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), UTC)


def at(day: date) -> Cutoff:
    """The start of a day."""
    return Cutoff(day, datetime.combine(day, time(), UTC))


def history(
    made: dict[str, Any], made_on: date, *edits: tuple[date, dict[str, Any]], **now: Any
) -> SaleHistory:
    """A sale opened on 1 January, made with values on a day, edited on others."""
    values = {"stage_id": OPEN, "amount_minor": None, "currency": "USD", "close_on": None, "closed_on": None}
    values |= made
    state = dict(values)
    for _, each in edits:
        state |= each
    closed = state["closed_on"]
    sale = Sale(
        1,
        "X",
        KINDS[state["stage_id"]],
        state["stage_id"],
        state["amount_minor"],
        "USD",
        date(2026, 1, 1),
        None,
        date.fromisoformat(closed) if closed else None,
    )
    moves = now.get("moves", ())
    return SaleHistory(
        sale,
        Edit(moment(made_on), values),
        tuple(Edit(moment(day), each) for day, each in edits),
        tuple(moves),
    )


def test_a_sale_is_unknown_until_the_day_after_it_was_opened() -> None:
    sale = history({}, date(2026, 1, 1))
    assert known_at(sale, at(date(2026, 1, 1)), KINDS) is None
    assert known_at(sale, at(date(2026, 1, 2)), KINDS) is not None


def test_an_imported_sale_is_open_and_its_amount_unknown_until_it_closed() -> None:
    imported = history({"stage_id": WON, "amount_minor": 500, "closed_on": "2026-03-10"}, date(2026, 6, 1))
    before = known_at(imported, at(date(2026, 3, 10)), KINDS)
    assert before is not None
    assert (before.kind, before.amount_minor, before.closed_on) == (StageKind.OPEN, None, None)
    after = known_at(imported, at(date(2026, 3, 11)), KINDS)
    assert after is not None
    assert (after.kind, after.amount_minor) == (StageKind.WON, 500)


def test_an_amount_that_a_change_logged_is_known_from_that_change() -> None:
    logged = history(
        {"stage_id": WON, "amount_minor": 500, "closed_on": "2026-03-10"},
        date(2026, 6, 1),
        (date(2026, 2, 1), {"amount_minor": 300}),
        (date(2026, 3, 1), {"amount_minor": 400, "stage_id": LATER}),
    )
    days = [date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 11)]
    known = [known_at(logged, at(day), KINDS) for day in days]
    assert [sale.amount_minor for sale in known if sale] == [None, 300, 400, 500]
    assert [sale.is_won for sale in known if sale] == [False, False, False, True]


def test_an_edit_counts_from_the_day_after_and_a_closing_from_its_own_day() -> None:
    sale = history(
        {"amount_minor": 100},
        date(2026, 1, 1),
        (date(2026, 2, 1), {"amount_minor": 200}),
        (date(2026, 5, 5), {"stage_id": WON, "closed_on": "2026-04-01", "amount_minor": 250}),
    )
    seen = [known_at(sale, at(day), KINDS) for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 4, 2))]
    assert [(each.amount_minor, each.is_won) for each in seen if each] == [
        (100, False),
        (200, False),
        (250, True),
    ]


def test_a_reopened_sale_was_won_until_it_was_reopened() -> None:
    sale = history(
        {"amount_minor": 100},
        date(2026, 1, 1),
        (date(2026, 2, 1), {"stage_id": WON, "closed_on": "2026-02-01"}),
        (date(2026, 3, 1), {"stage_id": LATER, "closed_on": None}),
        moves=[(moment(date(2026, 3, 1)), LATER)],
    )
    kinds = [known_at(sale, at(day), KINDS) for day in (date(2026, 2, 2), date(2026, 3, 2))]
    assert [each.kind for each in kinds if each] == [StageKind.WON, StageKind.OPEN]


def test_a_stage_is_known_from_dated_moves_alone() -> None:
    sale = history({"stage_id": LATER}, date(2026, 6, 1), moves=[(moment(date(2026, 2, 1)), OPEN)])
    before, after = (known_at(sale, at(day), KINDS) for day in (date(2026, 2, 1), date(2026, 2, 2)))
    assert before is not None
    assert after is not None
    assert (before.stage_id, before.been_in) == (None, frozenset())
    assert (after.stage_id, after.been_in) == (OPEN, frozenset([OPEN]))


def test_what_a_log_changed_later_is_taken_back_to_what_it_was() -> None:
    made = Edit(moment(date(2026, 6, 1)), {"stage_id": OPEN, "amount_minor": 900, "currency": "USD"})
    grown = Edit(moment(date(2026, 4, 1)), {"amount_minor": 900}, {"amount_minor": 100})
    found = history({"amount_minor": 900}, date(2026, 6, 1))
    logged = SaleHistory(found.sale, made, (grown,), ())
    seen = [known_at(logged, at(day), KINDS) for day in (date(2026, 4, 1), date(2026, 4, 2))]
    assert [each.amount_minor for each in seen if each] == [100, 900]


def test_a_correction_of_a_closed_sale_that_came_later_is_not_known_before() -> None:
    found = history({"stage_id": WON, "amount_minor": 900, "closed_on": "2026-03-10"}, date(2026, 6, 1))
    corrected = Edit(moment(date(2026, 4, 1)), {"amount_minor": 900}, {"amount_minor": 100})
    logged = SaleHistory(found.sale, found.made, (corrected,), ())
    seen = [known_at(logged, at(day), KINDS) for day in (date(2026, 3, 11), date(2026, 4, 2))]
    assert [(each.amount_minor, each.is_won) for each in seen if each] == [(100, True), (900, True)]
