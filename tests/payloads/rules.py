"""How the tests put a rule: with a sample that keeps it and one that breaks it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest


class Rule(NamedTuple):
    """A law, a sample that keeps it, one that breaks it, and words of the objection."""

    law: str
    good: Any
    bad: Any
    objection: str


def each(rules: list[Rule]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rule", rules, ids=lambda rule: rule.law)


def assert_tells_apart(rule: Rule, problems_of: Callable[[Any], list[str]]) -> None:
    assert problems_of(rule.good) == []
    problems = problems_of(rule.bad)
    assert any(rule.objection in problem for problem in problems), problems


def bounded(law: str, most: int, made_of: Callable[[int], Any], objection: str = "at most") -> Iterator[Rule]:
    """A limit and the empty value: the limit itself passes, one more and none at all do not."""
    yield Rule(f"{law}: at most {most}", made_of(most), made_of(most + 1), objection)
    yield Rule(f"{law}: at least 1", made_of(1), made_of(0), "at least 1")
