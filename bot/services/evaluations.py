"""Evaluations: how good an opportunity is, answered question by question; and how it is to be won."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.cards import refresh_cards
from bot.services.edits import EditConflict, edit
from bot.services.following import tell_followers
from bot.services.rights import check_may_change
from bot.services.scorecards import scorecard
from bot.store import Session
from bot.store.models import Criterion, Evaluation, Opportunity, Strategy
from bot.store.opportunities import access_opportunity
from bot.store.scorecards import list_evaluations


class NothingEvaluated(Refusal):
    """An evaluation without an answer."""

    message = "Answer at least one question; what you do not know yet can stay open."


class NoSuchLevel(Refusal):
    """A level beyond the question's."""

    message = "“{name}” goes from 0 to {most}; {typed} is not among them."


class StrategyMissing(Refusal):
    """A strategy without words."""

    message = "How do you want to win it? One line, such as: win the engineers with a pilot, then the CFO"


class StrategyReasonMissing(Refusal):
    """A new strategy without the reason of the change."""

    message = "Why does the strategy change? A few words, such as: the CFO left"


def evaluate(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    levels: Mapping[str, int | None],
    *,
    now: datetime,
    note: str | None = None,
    since: int | None = None,
) -> Evaluation:
    """Judge an opportunity; questions that `levels` does not name keep their last answer, None empties one.

    `since` is the evaluation that the person saw (0: none). Raises NotAllowed, NoSuchLevel, NothingEvaluated,
    and EditConflict where somebody else answered the same question differently meanwhile.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    asked = {each.key: each for each in scorecard(session)}
    for key, level in levels.items():
        if key in asked and level is not None and not 0 <= level <= asked[key].most:
            raise NoSuchLevel(
                field=f"level_{key}", name=asked[key].name, most=asked[key].most, typed=str(level)
            )
    past = list_evaluations(session, opportunity_id, limit=20)
    before = dict(past[0].levels) if past else {}
    levels = _answers(past, levels, since)
    kept = {
        key: level
        for key in asked
        if (level := levels[key] if key in levels else before.get(key)) is not None
    }
    if not kept:
        raise NothingEvaluated(field=f"level_{next(iter(asked))}")
    made = Evaluation(
        opportunity_id=opportunity_id,
        person_id=actor.person_id,
        at=now,
        levels={key: min(level, asked[key].most) for key, level in kept.items()},
        points=sum(min(level, asked[key].most) for key, level in kept.items()),
        most=sum(each.most for each in asked.values()),
        note=(note or "").strip() or None,
    )
    session.add(made)
    opportunity.score_before = past[0].score if past else None
    opportunity.score = made.score
    opportunity.scored_on = now.astimezone(ZoneInfo(actor.zone)).date()
    session.flush()
    _tell(session, actor, opportunity, now)
    return made


def _answers(
    past: Sequence[Evaluation], levels: Mapping[str, int | None], since: int | None
) -> Mapping[str, int | None]:
    """What the person answered, without what they left as they saw it and somebody else changed since.

    Raises EditConflict where both changed one answer to different ones.
    """
    if since is None or (past[0].id if past else 0) == since:
        return levels
    seen = next((each for each in past if each.id == since), None)
    shown, there = dict(seen.levels) if seen else {}, dict(past[0].levels)
    mine = {key: level for key, level in levels.items() if level != shown.get(key)}
    theirs = {
        f"level_{key}": there.get(key)
        for key, level in mine.items()
        if there.get(key) not in (shown.get(key), level)
    }
    if theirs:
        who = past[0].person.name if past[0].person else "—"
        raise EditConflict(who=who, theirs=theirs, version=past[0].id)
    return mine


def set_strategy(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    text: str | None,
    *,
    reason: str | None,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Opportunity:
    """Say how it is to be won. A change of it is kept with its day and its reason.

    Raises NotAllowed, StrategyMissing, StrategyReasonMissing and EditConflict.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    line = " ".join((text or "").split())
    if not line:
        raise StrategyMissing(field="strategy")
    before = opportunity.strategy
    values: dict[str, Any] = {"strategy": line[:300]}
    edit(session, opportunity, values, version=version, seen=seen)
    if opportunity.strategy == before:
        return opportunity
    why = (reason or "").strip() or None
    if before and why is None:
        raise StrategyReasonMissing(field="reason")
    session.add(
        Strategy(
            opportunity_id=opportunity_id, person_id=actor.person_id, at=now, text=line[:300], reason=why
        )
    )
    session.flush()
    _tell(session, actor, opportunity, now)
    return opportunity


def levels_known(criteria: Sequence[Criterion], last: Evaluation | None) -> dict[str, int]:
    """The last answer to each question that is still asked."""
    known = dict(last.levels) if last else {}
    return {each.key: known[each.key] for each in criteria if known.get(each.key) is not None}


def _tell(session: Session, actor: Actor, opportunity: Opportunity, now: datetime) -> None:
    tell_followers(session, actor, opportunity, now=now)
    refresh_cards(session, opportunity, now)
