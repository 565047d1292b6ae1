"""Laws of evidence: a small difference proves nothing, a large one does, and only it needs scipy."""

import subprocess
import sys
from datetime import date

from bot.domain.performance import Figures, Performance, PersonFigures
from bot.domain.periods import week_of
from bot.reports.evidence import Evidence, evidence

WEEK = week_of(date(2026, 11, 16))


def against(now: Figures, before: Figures) -> dict[str, Evidence]:
    """The evidence of one week against the one before, by metric."""
    overall = PersonFigures(None, None, now, before)
    return {each.metric: each for each in evidence(Performance(WEEK, WEEK, WEEK.before, "USD", overall, ()))}


def test_ten_against_eight_is_chance_and_forty_against_eight_is_not() -> None:
    small = against(Figures(won_count=10, lost_count=10), Figures(won_count=8, lost_count=12))
    assert not small["win_rate"].is_more_than_chance
    assert not small["won_count"].is_more_than_chance
    large = against(Figures(won_count=40, lost_count=10), Figures(won_count=8, lost_count=32))
    assert large["win_rate"].is_more_than_chance
    assert large["won_count"].is_more_than_chance


def test_where_nothing_happened_nothing_is_claimed() -> None:
    nothing = against(Figures(), Figures(won_count=3, cycles=(1, 2, 3)))
    assert nothing["win_rate"].p_value is None
    assert nothing["cycle_days"].p_value is None
    assert not any(each.is_more_than_chance for each in nothing.values() if each.p_value is None)


def test_longer_cycles_are_seen() -> None:
    found = against(Figures(cycles=tuple(range(40, 60))), Figures(cycles=tuple(range(10, 30))))
    assert found["cycle_days"].is_more_than_chance


def test_forecast_and_reports_load_no_scipy() -> None:
    modules = "bot.reports.forecast, bot.reports.performance, bot.reports.plan, bot.reports.pipeline"
    script = f"import sys, {modules}; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
