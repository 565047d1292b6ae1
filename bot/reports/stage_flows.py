"""How opportunities go through their stages, from the latest moves; kept for a while where there are many."""

import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from bot.domain.stage_flow import StageFlow, stage_flows
from bot.domain.stages import StageKind
from bot.store import Session
from bot.store.figures import StageRow, latest_moves

MOST = 4_000
"""So many of the latest moves say how long stages take; all of them where there are no more."""

_KEPT_FOR_S = 600.0

_kept: WeakKeyDictionary[Any, dict[int, tuple[float, dict[int, StageFlow]]]] = WeakKeyDictionary()
"""By database and workspace: until when, and what. Only for those with more moves than are read."""


def flows_of(session: Session, stages: Iterable[StageRow]) -> dict[int, StageFlow]:
    """By open stage that somebody has left, how many went on and how long they stayed.

    Each pipeline is looked at by itself: going over to another one is neither progress nor loss.
    """
    known = _kept.setdefault(session.get_bind(), {})
    workspace_id = int(session.info["workspace_id"])
    until, flows = known.get(workspace_id, (0.0, {}))
    if until > time.monotonic():
        return flows
    moves, are_all = latest_moves(session, MOST)
    kinds: dict[int, dict[int, StageKind]] = defaultdict(dict)
    for stage in stages:
        kinds[stage.pipeline_id][stage.id] = stage.kind
    flows = {stage_id: flow for each in kinds.values() for stage_id, flow in stage_flows(moves, each).items()}
    if not are_all:
        known[workspace_id] = (time.monotonic() + _KEPT_FOR_S, flows)
    return flows
