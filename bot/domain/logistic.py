"""Logistic regression with a ridge, by Newton's method: few columns, so nothing heavier is loaded for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

_STEPS = 25
_CLOSE_ENOUGH = 1e-8


@dataclass(frozen=True)
class Fit:
    """The chance of an example is 1 / (1 + exp(-(intercept + the weights of its traits)))."""

    intercept: float
    weights: Mapping[str, float]

    def chance(self, traits: Iterable[str]) -> float:
        """From 0 to 1; traits without a weight say nothing."""
        return sigmoid(self.intercept + sum(self.weights.get(each, 0.0) for each in traits))


def sigmoid(value: float) -> float:
    """The logistic curve."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def fit(examples: Iterable[tuple[Iterable[str], bool]], columns: Sequence[str], *, ridge: float) -> Fit:
    """The most likely weights of the columns, drawn to zero by `ridge`; the intercept is free.

    Without an example of each outcome it is even: the chance of one more of either added.
    """
    place = {name: index + 1 for index, name in enumerate(columns)}
    whole: Counter[tuple[int, ...]] = Counter()
    good: Counter[tuple[int, ...]] = Counter()
    for traits, outcome in examples:
        row = (0, *sorted(place[each] for each in traits if each in place))
        whole[row] += 1
        good[row] += outcome
    won, ended = good.total(), whole.total()
    beta = [0.0] * (len(columns) + 1)
    beta[0] = log((won + 1) / (ended - won + 1))
    if not 0 < won < ended:
        return Fit(beta[0], dict.fromkeys(columns, 0.0))
    for _ in range(_STEPS):
        step = _solve(*_slopes(whole, good, beta, ridge))
        beta = [each + change for each, change in zip(beta, step, strict=True)]
        if max(map(abs, step)) < _CLOSE_ENOUGH:
            break
    return Fit(beta[0], dict(zip(columns, beta[1:], strict=True)))


def _slopes(
    whole: Mapping[tuple[int, ...], int],
    good: Mapping[tuple[int, ...], int],
    beta: Sequence[float],
    ridge: float,
) -> tuple[list[list[float]], list[float]]:
    """How the likelihood bends and slopes at `beta`."""
    size = len(beta)
    bend = [[0.0] * size for _ in range(size)]
    slope = [-ridge * each if index else 0.0 for index, each in enumerate(beta)]
    for index in range(1, size):
        bend[index][index] = ridge
    bend[0][0] = _CLOSE_ENOUGH
    for row, count in whole.items():
        chance = sigmoid(sum(beta[index] for index in row))
        rest, weight = good[row] - count * chance, count * chance * (1 - chance)
        for index in row:
            slope[index] += rest
            line = bend[index]
            for other in row:
                line[other] += weight
    return bend, slope


def _solve(matrix: list[list[float]], values: list[float]) -> list[float]:
    """The solution of a symmetric positive definite system, by elimination."""
    size = len(values)
    for column in range(size):
        pivot = matrix[column][column]
        for row in range(column + 1, size):
            factor = matrix[row][column] / pivot
            if factor:
                above, line = matrix[column], matrix[row]
                for index in range(column, size):
                    line[index] -= factor * above[index]
                values[row] -= factor * values[column]
    for row in range(size - 1, -1, -1):
        line = matrix[row]
        rest = sum(line[index] * values[index] for index in range(row + 1, size))
        values[row] = (values[row] - rest) / line[row]
    return values
