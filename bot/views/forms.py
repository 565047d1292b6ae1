"""Forms: what was not understood, or what somebody else saved, stands beside its field."""

from collections.abc import Iterable, Mapping

from bot.views.blocks import Block, context


def with_problems(blocks: Iterable[Block], problems: Mapping[str, str]) -> list[Block]:
    """The blocks, each problem below its field; the one of no field ("") above them all."""
    placed = [context("⚠️ " + problems[""])] if "" in problems else []
    for block in blocks:
        placed.append(block)
        if block.get("block_id") in problems:
            placed.append(context("⚠️ " + problems[block["block_id"]]))
    return placed
