"""Pairs of company names, labelled by hand: one company's, or two companies'."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.matching import CLOSE, likeness

PAIRS = Path(__file__).parent.parent / "domain" / "names" / "pairs.tsv"


@dataclass(frozen=True)
class Pair:
    """Two names and whether one company has both."""

    label: str
    first: str
    second: str

    @property
    def is_same(self) -> bool:
        """One company has both names."""
        return self.label == "same"


@dataclass(frozen=True)
class Score:
    """How the pairs were judged; `wrong` are those judged otherwise than labelled, with their likeness."""

    precision: float
    recall: float
    wrong: Sequence[tuple[Pair, int]]


def labelled_pairs() -> list[Pair]:
    """Every pair of the file."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def judged(pairs: Sequence[Pair]) -> Score:
    """Judge all pairs by their names alone."""
    judged = [(pair, likeness(pair.first, pair.second)) for pair in pairs]
    close = [pair for pair, score in judged if score >= CLOSE]
    right = sum(pair.is_same for pair in close)
    wrong = [(pair, score) for pair, score in judged if pair.is_same != (score >= CLOSE)]
    return Score(right / len(close), right / sum(pair.is_same for pair in pairs), wrong)
