"""Evaluations: `/crm score Acme need 3 budget 2`, the form of one press a question, and the strategy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.choosing import opportunities_named_first, which_opportunity
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.opportunities import NoOpportunityCalled
from bot.handlers.router import Routes
from bot.handlers.suggestions import history_blocks
from bot.services.edits import EditConflict
from bot.services.evaluations import StrategyReasonMissing, evaluate, levels_known, set_strategy
from bot.services.rights import check_may_change
from bot.services.scorecards import scorecard
from bot.store.activities import list_feedback
from bot.store.models import Criterion, Opportunity
from bot.store.opportunities import access_opportunity
from bot.store.scorecards import list_evaluations, list_strategies
from bot.views import evaluations as views
from bot.views.blocks import Message, text_message, value_of
from bot.views.problems import sentence
from bot.views.scorecards import typed_words, words
from bot.views.text import plain

routes = Routes()

_BECAUSE = re.compile(
    r"[,，;；.。]?\s*(?:\bbecause\b|\breason\s*[:：]|因为|原因\s*[:：]?)\s*[:：]?", re.IGNORECASE
)


class NotAsked(Refusal):
    """A word that is no question of the scorecard."""

    message = "The scorecard does not ask about “{typed}”. It asks about: {questions}"


@dataclass(frozen=True)
class _Said:
    """What a line says of questions: their levels by key, and the words around them."""

    before: str
    levels: dict[str, int]
    note: str


@routes.command("score", asks_alone=True)
def score(interaction: Interaction) -> Answer:
    """Evaluate from a line, or show how an opportunity was evaluated."""
    typed = plain(interaction.text).strip()
    if not typed:
        return which_opportunity(interaction, "score", "")
    criteria = scorecard(interaction.session)
    said = _read(typed, criteria)
    found, name, rest = opportunities_named_first(interaction, said.before or typed)
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "score", typed[len(name) :].strip(), found)
    if rest:
        unknown = re.sub(r"[\s:：=]*\d*$", "", rest)
        raise NotAsked(typed=unknown, questions=_questions(criteria, interaction.actor.locale))
    if not said.levels:
        return Answer(evaluated(interaction, found[0].id))
    evaluate(
        interaction.session,
        interaction.actor,
        found[0].id,
        said.levels,
        note=said.note or None,
        now=interaction.now,
    )
    text = "✅ " + interaction._("Evaluated.")
    return Answer(evaluated(interaction, found[0].id, said=text, undo=True))


def _read(typed: str, criteria: Sequence[Criterion]) -> _Said:
    by_word = {word: each.key for each in criteria for word in typed_words(each)}
    either = "|".join(
        (rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word))
        for word in sorted(by_word, key=len, reverse=True)
    )
    found = list(re.finditer(rf"({either})\s*[:：=]?\s*(\d{{1,3}})", typed, re.IGNORECASE))
    if not found:
        return _Said("", {}, "")
    behind = " ".join(
        typed[each.end() : following.start() if following else len(typed)].strip(" ,，;；、")
        for each, following in zip(found, [*found[1:], None], strict=True)
    )
    levels = {by_word[each[1].casefold()]: int(each[2]) for each in found}
    return _Said(typed[: found[0].start()].strip(" ,，:：") or " ", levels, behind.strip(" .。"))


def _questions(criteria: Sequence[Criterion], locale: str) -> str:
    return ("、" if locale.startswith("zh") else ", ").join(words(each.name, locale) for each in criteria)


def evaluated(
    interaction: Interaction, opportunity_id: int, said: str | None = None, *, undo: bool = False
) -> Message:
    """How an opportunity was evaluated."""
    session = interaction.session
    opportunity = access_opportunity(session, opportunity_id)
    return views.result(
        opportunity,
        scorecard(session),
        list_evaluations(session, opportunity_id),
        list_strategies(session, opportunity_id),
        interaction.actor.locale,
        zone=interaction.actor.tz,
        heard=list_feedback(session, opportunity_id, opportunity.customer_id),
        history=history_blocks(interaction, opportunity),
        said=said,
        changeset=interaction.changeset if undo else None,
    )


def _changeable(interaction: Interaction, opportunity_id: int) -> Opportunity:
    """The opportunity, where the person may change it: nobody fills a form in vain. Raises NotAllowed."""
    opportunity = access_opportunity(interaction.session, opportunity_id)
    check_may_change(interaction.session, interaction.actor, opportunity.owner_id)
    return opportunity


@routes.action("opportunity.evaluate")
def press_evaluate(interaction: Interaction) -> Answer:
    """Open the form with the last answers."""
    opportunity = _changeable(interaction, interaction.value["opportunity"])
    criteria = scorecard(interaction.session)
    past = list_evaluations(interaction.session, opportunity.id, limit=1)
    last = past[0] if past else None
    view = views.form(
        opportunity,
        criteria,
        levels_known(criteria, last),
        interaction.actor.locale,
        evaluation_id=last.id if last else 0,
    )
    return Answer(modal=view)


@routes.view("opportunity.evaluate")
def submit_evaluate(interaction: Interaction) -> Answer:
    """Save the answers; where somebody else answered meanwhile, show both."""
    form, opportunity_id = interaction.form, interaction.metadata["opportunity"]
    criteria = scorecard(interaction.session)
    levels = {
        each.key: int(chosen)
        for each in criteria
        if str(chosen := form.get(f"level_{each.key}") or "").isdecimal()
    }
    try:
        evaluate(
            interaction.session,
            interaction.actor,
            opportunity_id,
            levels,
            note=form.get("note"),
            since=interaction.metadata.get("evaluation") or 0,
            now=interaction.now,
        )
    except EditConflict as conflict:
        return _conflict(interaction, conflict, criteria, levels)
    text = "✅ " + interaction._("Evaluated.")
    return Answer(evaluated(interaction, opportunity_id, said=text, undo=True))


def _conflict(
    interaction: Interaction, conflict: EditConflict, criteria: Sequence[Criterion], levels: dict[str, int]
) -> Answer:
    locale = interaction.actor.locale
    theirs = {
        f"level_{each.key}": words(each.levels[level], locale)
        for each in criteria
        if (level := conflict.theirs.get(f"level_{each.key}")) is not None and level < len(each.levels)
    }
    view = views.form(
        access_opportunity(interaction.session, interaction.metadata["opportunity"]),
        criteria,
        levels,
        locale,
        evaluation_id=conflict.version,
        note=interaction.form.get("note"),
        problems=conflict_problems(interaction, conflict, theirs),
    )
    places = {key: interaction.metadata.get(key) for key in ("channel", "reply_url", "home")}
    metadata = {"opportunity": interaction.metadata["opportunity"], "evaluation": conflict.version}
    kept = {key: value for key, value in places.items() if value}
    return Answer(update=view | {"private_metadata": value_of(**metadata, **kept)}, refused=True)


@routes.command("strategy")
def strategy(interaction: Interaction) -> Answer:
    """Say how an opportunity is to be won, from a line or in the form."""
    typed = plain(interaction.text).strip()
    if not typed:
        return which_opportunity(interaction, "strategy", "")
    found, name, rest = opportunities_named_first(interaction, typed)
    if not found:
        raise NoOpportunityCalled(typed=name)
    if len(found) > 1:
        return which_opportunity(interaction, "strategy", rest, found)
    if not rest:
        return Answer(modal=views.strategy_form(found[0], interaction.actor.locale))
    parts = _BECAUSE.split(rest, maxsplit=1)
    line, reason = parts[0].strip(), parts[1].strip() if len(parts) > 1 else None
    try:
        set_strategy(
            interaction.session, interaction.actor, found[0].id, line, reason=reason, now=interaction.now
        )
    except StrategyReasonMissing as refusal:
        said = sentence(refusal, interaction.actor.locale)
        form = views.strategy_form(
            access_opportunity(interaction.session, found[0].id),
            interaction.actor.locale,
            values={"strategy": line},
            problems={"reason": said},
        )
        return Answer(text_message(said), modal=form, refused=True)
    return _chosen(interaction, found[0].id)


def _chosen(interaction: Interaction, opportunity_id: int) -> Answer:
    text = "✅ " + interaction._("The strategy stands.")
    return Answer(evaluated(interaction, opportunity_id, said=text, undo=True))


@routes.action("opportunity.strategy")
def press_strategy(interaction: Interaction) -> Answer:
    """Open the form."""
    opportunity = _changeable(interaction, interaction.value["opportunity"])
    return Answer(modal=views.strategy_form(opportunity, interaction.actor.locale))


@routes.view("opportunity.strategy")
def submit_strategy(interaction: Interaction) -> Answer:
    """Save it; where somebody else saved another one meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    opportunity_id = metadata["opportunity"]
    try:
        set_strategy(
            interaction.session,
            interaction.actor,
            opportunity_id,
            form.get("strategy"),
            reason=form.get("reason"),
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        there = access_opportunity(interaction.session, opportunity_id)
        theirs: dict[str, Any] = {"strategy": there.strategy}
        problems = conflict_problems(interaction, conflict, theirs)
        view = views.strategy_form(there, interaction.actor.locale, values=form, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return _chosen(interaction, opportunity_id)
