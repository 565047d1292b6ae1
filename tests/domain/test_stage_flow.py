"""Laws of how opportunities go through their stages."""

from datetime import UTC, datetime, timedelta

from bot.domain.stage_flow import stage_flows
from bot.domain.stages import StageKind

FIRST, SECOND, WON, LOST = 1, 2, 3, 4
KINDS = {FIRST: StageKind.OPEN, SECOND: StageKind.OPEN, WON: StageKind.WON, LOST: StageKind.LOST}


def moves(*stays: tuple[float, int]) -> list[tuple[datetime, int]]:
    """Entered on which day, counted from the first of January."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    return [(first + timedelta(days=day), stage_id) for day, stage_id in stays]


def test_going_on_is_to_a_later_stage_or_a_sale() -> None:
    found = stage_flows(
        [
            moves((0, FIRST), (10, SECOND), (14, WON)),
            moves((0, FIRST), (20, WON)),
            moves((0, FIRST), (3, LOST)),
        ],
        KINDS,
    )
    assert (found[FIRST].left, found[FIRST].went_on, found[FIRST].days) == (3, 2, 10)
    assert (found[SECOND].left, found[SECOND].conversion, found[SECOND].days) == (1, 1.0, 4)


def test_whoever_came_back_and_is_still_there_has_not_left() -> None:
    found = stage_flows([moves((0, FIRST), (5, SECOND), (6, FIRST))], KINDS)
    assert FIRST not in found
    assert (found[SECOND].went_on, found[SECOND].left) == (0, 1)


def test_visits_add_up_and_the_last_leaving_counts() -> None:
    found = stage_flows([moves((0, FIRST), (5, SECOND), (6, FIRST), (9, LOST))], KINDS)
    assert (found[FIRST].days, found[FIRST].went_on, found[FIRST].left) == (8, 0, 1)


def test_what_never_moved_says_nothing() -> None:
    assert stage_flows([moves((0, FIRST)), []], KINDS) == {}
