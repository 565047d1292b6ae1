"""Laws of turns: what cannot be looked up is sent one after another, and only that."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.jobs.turns import Turns


def _second_comes_after(turns: Turns) -> bool:
    came: list[str] = []

    def second() -> None:
        with turns.of(1):
            came.append("second")

    with ThreadPoolExecutor(1) as pool, turns.of(1):
        waiting = pool.submit(second)
        with turns.of(2):
            came.append("another workspace")
        came.append("first")
        is_done = not turns.is_blind(1) and waiting.result(5) is None
    return not is_done and came == ["another workspace", "first", "second"]


@pytest.mark.parametrize(
    ("scopes", "waits"), [("chat:write,im:write", True), ("chat:write, im:history", False), (None, False)]
)
def test_only_where_history_may_not_be_read_messages_wait_for_each_other(
    scopes: str | None, waits: bool
) -> None:
    turns = Turns()
    turns.hear(1, {"X-OAuth-Scopes": scopes} if scopes else {})
    assert _second_comes_after(turns) == waits


def test_a_scope_that_is_given_later_is_heard_of() -> None:
    turns = Turns()
    turns.hear(1, {"x-oauth-scopes": "chat:write"})
    turns.hear(1, {"x-oauth-scopes": "chat:write,channels:history"})
    assert not turns.is_blind(1)
