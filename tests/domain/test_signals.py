"""Laws of signals: evidence from history, nothing unusual where history is short, silence while paused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.signals import FEW, Facts, SignalKind, Usual, quantile, signals_of, usual_of

TODAY = date(2026, 11, 27)
CALM = Facts(1, 7, TODAY - timedelta(days=10), TODAY + timedelta(days=20), TODAY, contacts=2)
USUAL = Usual({7: 12}, 90)


def ago(days: int) -> date:
    """A day in the past."""
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "kind", "days"),
    [
        (replace(CALM, close_on=ago(3)), SignalKind.OVERDUE, 3),
        (replace(CALM, opened_on=ago(91)), SignalKind.OUTLIVED, 91),
        (replace(CALM, touched_on=ago(13)), SignalKind.STALE, 13),
        (replace(CALM, pushes=(16, 30)), SignalKind.PUSHED, 46),
        (replace(CALM, competitor="Zoho", competitor_named_on=ago(2)), SignalKind.COMPETITOR, 2),
        (replace(CALM, in_stage_since=ago(15), expected_days=14), SignalKind.SLOW, 15),
        (replace(CALM, has_next_step=False), SignalKind.NO_NEXT_STEP, 0),
        (replace(CALM, contacts=1), SignalKind.SINGLE_CONTACT, 0),
    ],
)
def test_each_signal_has_its_evidence_and_stands_alone(facts: Facts, kind: SignalKind, days: int) -> None:
    (found,) = signals_of(facts, USUAL, TODAY)
    assert (found.kind, found.days) == (kind, days)
    assert signals_of(replace(facts, paused_until=TODAY + timedelta(days=1)), USUAL, TODAY) == ()


def test_a_calm_opportunity_has_none() -> None:
    assert signals_of(CALM, USUAL, TODAY) == ()


def test_what_is_exactly_usual_is_not_unusual() -> None:
    assert signals_of(replace(CALM, opened_on=ago(90), touched_on=ago(12)), USUAL, TODAY) == ()


def test_a_pause_ends_on_its_day() -> None:
    (found,) = signals_of(replace(CALM, has_next_step=False, paused_until=TODAY), USUAL, TODAY)
    assert found.kind == SignalKind.NO_NEXT_STEP


def test_with_a_short_history_nothing_is_unusual() -> None:
    short = usual_of({7: [3] * (FEW - 1)}, [10] * (FEW - 1))
    assert signals_of(replace(CALM, opened_on=ago(999), touched_on=ago(999)), short, TODAY) == ()
    assert usual_of({7: [3] * FEW}, [10] * FEW) == Usual({7: 3}, 10)


def test_a_quantile_is_a_value_that_was_seen() -> None:
    assert [quantile(range(1, 21), share) for share in (0.5, 0.9, 0.95, 1.0)] == [10, 18, 19, 20]
    assert quantile([4], 0.9) == 4
