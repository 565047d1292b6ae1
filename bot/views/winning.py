"""What the history says of an opportunity: the chance with its reasons, and the one thing to do next."""

from collections.abc import Callable
from typing import Any

from bot.domain.suggestions import Suggestion
from bot.domain.win_chances import WinChance
from bot.domain.winning import ENOUGH_ENDED, Reason
from bot.i18n import N_, format_percent, translate, translator
from bot.store.models import Opportunity
from bot.views.blocks import Block, action_row, button, context, section
from bot.views.text import shown
from bot.views.words import source_name

_CLOSE = 10
"""Points: an estimate so near is the same."""

_TRAITS = {
    "age:0": N_("Open for less than 14 days"),
    "age:14": N_("Open for 14 to 29 days"),
    "age:30": N_("Open for 30 to 59 days"),
    "age:60": N_("Open for 60 to 119 days"),
    "age:120": N_("Open for 120 to 239 days"),
    "age:240": N_("Open for 240 days and more"),
    "pushed:0": N_("Close date never pushed"),
    "pushed:1": N_("Close date pushed once"),
    "pushed:2": N_("Close date pushed twice or more"),
    "quiet:7": N_("In touch within the last 7 days"),
    "quiet:30": N_("Last contact 8 to 30 days ago"),
    "quiet:longer": N_("No contact for more than 30 days"),
    "quiet:never": N_("No contact on record"),
    "quiet:young": N_("Just begun, no contact on record yet"),
    "met:early": N_("A visit or meeting within 14 days of the start"),
    "met:late": N_("A visit or meeting, but not within 14 days of the start"),
    "met:no": N_("No visit or meeting in more than 14 days"),
    "met:young": N_("Just begun, no visit or meeting yet"),
    "bought:yes": N_("They have bought before"),
    "bought:no": N_("They have not bought before"),
    "size:small": N_("Less than half of the usual amount"),
    "size:usual": N_("A usual amount"),
    "size:large": N_("More than twice the usual amount"),
    "size:unknown": N_("Amount unknown"),
    "score:high": N_("A score of 67 or more"),
    "score:middle": N_("A score of 34 to 66"),
    "score:low": N_("A score below 34"),
    "score:none": N_("Not evaluated"),
    "source:unknown": N_("Source unknown"),
}

_DONE = {
    "visit": N_(
        "Of {won} sales like this that were won, {with_it} had a visit in this stage; "
        "of the {lost} that were lost, {lost_with}. None here yet."
    ),
    "meeting": N_(
        "Of {won} sales like this that were won, {with_it} had a meeting in this stage; "
        "of the {lost} that were lost, {lost_with}. None here yet."
    ),
    "call": N_(
        "Of {won} sales like this that were won, {with_it} had a call in this stage; "
        "of the {lost} that were lost, {lost_with}. None here yet."
    ),
    "quote": N_(
        "Of {won} sales like this that were won, {with_it} got a quote in this stage; "
        "of the {lost} that were lost, {lost_with}. None here yet."
    ),
}
_PLAN = {
    "visit": N_("Plan a visit"),
    "meeting": N_("Plan a meeting"),
    "call": N_("Plan a call"),
    "quote": N_("Plan the quote"),
}
TASKS = {
    "visit": N_("Visit {name}"),
    "meeting": N_("Meeting with {name}"),
    "call": N_("Call {name}"),
    "quote": N_("Quote for {name}"),
}
"""The task that follows a suggestion."""


def task_text(deed: str, opportunity: Opportunity, locale: str) -> str:
    """What the task says."""
    name = opportunity.customer.name if opportunity.customer else opportunity.name
    return translate(locale, TASKS.get(deed, TASKS["call"]), name=name)


def blocks(found: WinChance, opportunity: Opportunity, locale: str, stage: Callable[[], str]) -> list[Block]:
    """The chance in words, its reasons, and the one suggestion; `stage` names the opportunity's."""
    drawn = [section("\n".join([_chance(found, locale), *_reasons(found, locale, stage)]))]
    drawn.append(context(_basis(found, locale)))
    if found.suggestion is not None:
        drawn += _suggestion(found.suggestion, opportunity, locale)
    return drawn


def _chance(found: WinChance, locale: str) -> str:
    _ = translator(locale)
    chance = format_percent(found.chance, locale)
    said = (
        _("Chance to win by what was won here: {chance}", chance=f"*{chance}*")
        if found.is_learned
        else _("Chance to win by a rule of thumb: {chance}", chance=f"*{chance}*")
    )
    return f"🎯 {said}{_beside(found, locale)}"


def _beside(found: WinChance, locale: str) -> str:
    _ = translator(locale)
    if found.own is None or found.apart is None:
        return ""
    own = format_percent(found.own, locale)
    if abs(found.apart) <= _CLOSE:
        return " · " + _("owner's estimate: {own}, about the same", own=own)
    if found.apart > 0:
        return " · ⚠️ " + _("owner's estimate: {own}, {points} points higher", own=own, points=found.apart)
    return " · ⚠️ " + _("owner's estimate: {own}, {points} points lower", own=own, points=-found.apart)


def _reasons(found: WinChance, locale: str, stage: Callable[[], str]) -> list[str]:
    return [_reason(each, found, locale, stage) for each in found.reasons]


def _reason(reason: Reason, found: WinChance, locale: str, stage: Callable[[], str]) -> str:
    _ = translator(locale)
    arrow = "🔺" if reason.speaks_for else "🔻"
    share = format_percent(reason.share.value or 0.0, locale)
    values = {"share": share, "whole": reason.share.whole, "what": _trait(reason, found, locale, stage)}
    if reason.in_stage:
        return f"{arrow} " + _("{what}: won {share} of {whole} like it in this stage", **values)
    return f"{arrow} " + _("{what}: won {share} of {whole} like it", **values)


def _trait(reason: Reason, found: WinChance, locale: str, stage: Callable[[], str]) -> str:
    _ = translator(locale)
    if reason.group == "stage":
        return _("In stage {stage}", stage=stage())
    known = _TRAITS.get(f"{reason.group}:{reason.level}")
    if known is None:
        return _("Source: {source}", source=shown(source_name(found.source or reason.level, locale), 60))
    return translate(locale, known)


def _basis(found: WinChance, locale: str) -> str:
    _ = translator(locale)
    if found.is_learned:
        return _("Learned from the {count} sales that ended last.", count=found.ended)
    if found.is_enough:
        return _(
            "By stage alone: on the newest sales the reasons known so far told no more than the win rate."
        )
    return _(
        "By stage alone: {count} sale has ended here. From {enough} on it is learned, with reasons.|"
        "By stage alone: {count} sales have ended here. From {enough} on it is learned, with reasons.",
        count=found.ended,
        enough=ENOUGH_ENDED,
    )


def _suggestion(suggestion: Suggestion, opportunity: Opportunity, locale: str) -> list[Block]:
    _ = translator(locale)
    said = translate(
        locale,
        _DONE[suggestion.deed],
        won=suggestion.won,
        with_it=suggestion.won_with,
        lost=suggestion.lost,
        lost_with=suggestion.lost_with,
    )
    about: dict[str, Any] = {"opportunity": opportunity.id, "deed": suggestion.deed}
    return [
        section(f"💡 {said}"),
        action_row(
            button(translate(locale, _PLAN[suggestion.deed]), "suggestion.plan", **about),
            button(_("Not here"), "suggestion.dismiss", **about),
        ),
    ]
