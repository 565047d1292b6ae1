"""Laws of what wins: learned chances are true ones, nothing later is looked at, reasons have their counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from statistics import mean

import numpy as np
from scipy.optimize import minimize

from bot.domain.logistic import fit, sigmoid
from bot.domain.suggestions import count_deeds, suggest
from bot.domain.winning import SalePast, WinModel, learn, traits_of

FIRST, SECOND = 1, 2
START = date(2025, 1, 1)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def sales(count: int, *, seed: int = 3, says: float = 1.0) -> list[SalePast]:
    """Ended sales: those met early and referred are won more often, as much as `says`."""
    random, made = Random(seed), []
    for number in range(count):
        opened = START + timedelta(days=random.randrange(600))
        met_early, referred = random.random() < 0.5, random.random() < 0.4
        value = says * (2.0 * met_early + 1.4 * referred - 1.6)
        is_won = random.random() < sigmoid(value)
        closed = opened + timedelta(days=30 + round(random.expovariate(1 / 60)))
        met_on = opened + timedelta(days=random.randrange(1, 12)) if met_early else None
        moved = opened + timedelta(days=20)
        made.append(
            SalePast(
                number,
                is_won,
                opened,
                closed,
                "referral" if referred else "website",
                random.randrange(1000, 9000) * 100,
                "USD",
                ((at(opened, 9), FIRST), (at(moved), SECOND)),
                touches=((at(met_on), "visit"),) if met_on else (),
                quotes=(at(moved, 15),) if is_won and random.random() < 0.8 else (),
            )
        )
    return made


def test_a_learned_chance_is_better_than_the_win_rate_and_true_on_sales_it_never_saw() -> None:
    model = learn(sales(600), UTC)
    assert model.is_learned
    unseen = sales(1500, seed=99)
    said, came = [], []
    for sale in unseen:
        moment = at(sale.opened_on + timedelta(days=21))
        said.append(model.chance(traits_of(sale, moment, UTC, model.typical), walked=0.5))
        came.append(sale.is_won)
    rate = mean(sale.is_won for sale in sales(600))
    assert mean((s - c) ** 2 for s, c in zip(said, came, strict=True)) < 0.95 * mean(
        (rate - c) ** 2 for c in came
    )
    pairs = sorted(zip(said, came, strict=True), key=lambda pair: pair[0])
    for start in range(0, 1500, 300):  # calibrated: of each fifth, about so many come true as was said
        fifth = pairs[start : start + 300]
        assert abs(mean(s for s, _ in fifth) - mean(c for _, c in fifth)) < 0.09


def test_where_nothing_tells_winners_from_losers_no_chance_is_learned_beyond_the_win_rate() -> None:
    model = learn(sales(400, says=0.0), UTC)
    sale = sales(1, seed=5)[0]
    chance = model.chance(traits_of(sale, at(sale.opened_on), UTC, model.typical), walked=0.5)
    assert abs(chance - model.won / model.ended) < 0.15


def test_few_sales_teach_nothing_and_the_rule_of_thumb_gives_way_as_they_come() -> None:
    assert WinModel().chance({}, walked=0) == 0.2
    assert WinModel().chance({}, walked=1) == 0.7
    few = learn(sales(20), UTC)
    assert not few.is_learned
    assert few.reasons({"stage": "1"}) == []
    all_won = learn([sale for sale in sales(400) if sale.is_won], UTC)
    assert not all_won.is_learned
    assert all_won.chance({"stage": str(SECOND)}, walked=0.5) > 0.9


def test_where_no_contact_was_ever_recorded_none_is_a_reason() -> None:
    silent = [replace(sale, touches=()) for sale in sales(600)]
    model = learn(silent, UTC)
    assert model.is_learned  # by the source
    assert not [name for name in model.weights if name.startswith(("met", "quiet"))]


def test_nothing_later_than_the_moment_is_looked_at() -> None:
    for sale in sales(50):
        moment = at(sale.opened_on + timedelta(days=15))
        known = SalePast(
            sale.id,
            not sale.is_won,
            sale.opened_on,
            None,
            sale.source,
            sale.amount_minor,
            sale.currency,
            tuple(each for each in sale.moves if each[0] <= moment),
            touches=tuple(each for each in sale.touches if each[0] <= moment),
        )
        assert traits_of(known, moment, UTC, {}) == traits_of(sale, moment, UTC, {})
        assert all(look.date() < (sale.closed_on or START) for look in sale.moments(UTC))


def test_the_strongest_reasons_come_with_the_counts_of_sales_like_it() -> None:
    taught = sales(600)
    model = learn(taught, UTC)
    sale = next(each for each in sales(50, seed=8) if each.touches and each.source == "referral")
    reasons = model.reasons(traits_of(sale, at(sale.opened_on + timedelta(days=21)), UTC, model.typical))
    assert 1 <= len(reasons) <= 3
    met = next(each for each in reasons if each.group == "met")
    assert met.level == "early"
    assert met.speaks_for
    like = [each for each in taught if each.touches and each.closed_on > each.moves[1][0].date()]
    assert (met.share.part, met.share.whole) == (sum(each.is_won for each in like), len(like))


def test_what_the_winners_did_in_a_stage_is_suggested_until_it_is_done() -> None:
    counts = count_deeds(sales(300))
    sale = sales(1, seed=4)[0]
    entered = sale.moves[1][0]
    open_sale = SalePast(1, False, sale.opened_on, None, None, None, "USD", sale.moves)
    found = suggest(counts, open_sale, SECOND, since=entered)
    assert found is not None
    assert found.deed == "quote"
    assert found.won_with / found.won > 0.6
    assert found.lost_with == 0
    done = SalePast(
        1, False, sale.opened_on, None, None, None, "USD", sale.moves, quotes=(entered + timedelta(hours=1),)
    )
    assert suggest(counts, done, SECOND, since=entered) is None
    assert suggest(count_deeds(sales(12)), open_sale, SECOND, since=entered) is None


def test_the_fit_is_the_most_likely_one_that_scipy_finds() -> None:
    random = Random(2)
    columns = ["a", "b", "c"]
    examples = [
        ([each for each in columns if random.random() < 0.5], random.random() < 0.6) for _ in range(300)
    ]
    rows = np.array([[1.0, *(each in traits for each in columns)] for traits, _ in examples])
    outcomes = np.array([outcome for _, outcome in examples], dtype=float)

    def loss(beta: np.ndarray) -> float:
        value = rows @ beta
        return float(np.sum(np.logaddexp(0, value) - outcomes * value) + 2.5 * np.sum(beta[1:] ** 2))

    best = minimize(loss, np.zeros(4), method="BFGS").x
    found = fit(examples, columns, ridge=5.0)
    assert np.allclose([found.intercept, *found.weights.values()], best, atol=1e-3)
