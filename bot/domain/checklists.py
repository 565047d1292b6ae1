"""Checklists: the parts of a task, typed a line each, ticked one by one."""

from collections.abc import Collection, Sequence
from typing import Any

from bot.domain.errors import Refusal

MOST = 20
LONGEST = 200

Item = dict[str, Any]


class TooManyParts(Refusal):
    """A list longer than a form can show."""

    message = "That is {count} parts; a checklist has {most} at most. Make a second task of the rest."


def items_of(lines: Sequence[str], before: Sequence[Item] | None = None) -> list[Item] | None:
    """The parts as typed; those that were ticked before stay so. Raises TooManyParts."""
    ticked = {item["text"] for item in before or () if item["done"]}
    texts = list(dict.fromkeys(line.strip()[:LONGEST] for line in lines if line.strip()))
    if len(texts) > MOST:
        raise TooManyParts(field="checklist", count=len(texts), most=MOST)
    return [{"text": text, "done": text in ticked} for text in texts] or None


def ticked(items: Sequence[Item], among: Collection[int], done: Collection[int]) -> list[Item]:
    """The parts where of those `among` exactly the `done` ones are done."""
    return [
        {"text": item["text"], "done": place in done if place in among else item["done"]}
        for place, item in enumerate(items)
    ]
