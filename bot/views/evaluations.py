"""Evaluations as people see them: the form of one press a question, the result, its past, the strategy."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from bot.i18n import format_date, translator
from bot.store.models import Activity, Criterion, Evaluation, Opportunity, Strategy
from bot.views.activities import TELLS
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    modal,
    option,
    radio_input,
    section,
    text_input,
)
from bot.views.forms import with_problems
from bot.views.opportunities import reference, title
from bot.views.scorecards import words
from bot.views.scores import change_words
from bot.views.text import shown

_FULL, _EMPTY = "●", "○"


def form(
    opportunity: Opportunity,
    criteria: Sequence[Criterion],
    levels: Mapping[str, Any],
    locale: str,
    *,
    evaluation_id: int,
    note: str | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """Every question with its levels in sight, the last answers chosen: one press for each that changed."""
    _ = translator(locale)
    blocks: list[Block] = [section(f"*{title(opportunity)}*  `{reference(opportunity)}`")]
    for each in criteria:
        offered = [option(words(level, locale), str(value)) for value, level in enumerate(each.levels)]
        known = levels.get(each.key)
        blocks.append(
            radio_input(
                f"level_{each.key}",
                words(each.name, locale),
                offered,
                None if known is None else str(known),
            )
        )
    blocks.append(
        text_input("note", _("What speaks for it"), note, placeholder=_("What changed, and who said so"))
    )
    return modal(
        _("Evaluate"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="opportunity.evaluate",
        close=_("Cancel"),
        opportunity=opportunity.id,
        **({"evaluation": evaluation_id} if evaluation_id else {}),
    )


def strategy_form(
    opportunity: Opportunity,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """How it is to be won; a change of it asks why."""
    _ = translator(locale)
    values = {"strategy": opportunity.strategy} if values is None else values
    blocks: list[Block] = [
        section(f"*{title(opportunity)}*  `{reference(opportunity)}`"),
        text_input(
            "strategy",
            _("Strategy"),
            values.get("strategy"),
            optional=False,
            longest=300,
            placeholder=_("Win the engineers with a pilot, then the CFO"),
        ),
        text_input(
            "reason",
            _("Why it changes"),
            values.get("reason"),
            hint=_("Stands beside the change, with its day. Not needed for the first one."),
        ),
    ]
    return modal(
        _("Strategy"),
        _("Save"),
        with_problems(blocks, problems or {}),
        callback="opportunity.strategy",
        close=_("Cancel"),
        opportunity=opportunity.id,
        version=opportunity.version,
    )


def result(
    opportunity: Opportunity,
    criteria: Sequence[Criterion],
    past: Sequence[Evaluation],
    strategies: Sequence[Strategy],
    locale: str,
    *,
    zone: tzinfo,
    heard: Sequence[Activity] = (),
    history: Sequence[Block] = (),
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """How good the opportunity looks: the score with its change, each answer in words, past and strategy.

    `heard` is what customers and the market told, `history` what the history says of it.
    """
    _ = translator(locale)
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(f"*{title(opportunity)}*  `{reference(opportunity)}`"))
    lines = [title(opportunity)]
    if past:
        summary = _judged(past, locale, zone)
        answers = "\n".join(_answer(each, past[0].levels.get(each.key), locale) for each in criteria)
        blocks += [section(summary), section(answers)]
        lines += [summary, answers]
        if past[0].note:
            blocks.append(context(f"💬 {shown(past[0].note, 500)}"))
        if len(past) > 1:
            blocks.append(context(_over_time(past, locale, zone)))
    else:
        empty = _("Not evaluated yet. It takes one press a question.")
        blocks.append(section(empty))
        lines.append(empty)
    if told := _strategy(opportunity, strategies, locale, zone):
        blocks.append(section(told))
        lines.append(told)
    if heard:
        told = "\n".join(_heard(each, locale, zone) for each in heard)
        blocks.append(section(told))
        lines.append(told)
    blocks += history
    blocks.append(_actions(opportunity, locale, changeset))
    return Message("\n".join([*([said] if said else []), *lines]), tuple(blocks))


def _actions(opportunity: Opportunity, locale: str, changeset: str | None) -> Block:
    _ = translator(locale)
    about: dict[str, Any] = {"opportunity": opportunity.id}
    row = []
    if opportunity.stage.is_open:
        row.append(button(_("Evaluate"), "opportunity.evaluate", style="primary", **about))
        row.append(button(_("Strategy"), "opportunity.strategy", **about))
        row.append(button(_("Feedback"), "activity.new", tells="customer", **about))
    row.append(button(_("Show"), "opportunity.show", **about))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    return action_row(*row)


def _judged(past: Sequence[Evaluation], locale: str, zone: tzinfo) -> str:
    """The score, its change, who judged and when."""
    _ = translator(locale)
    last = past[0]
    text = "📊 *" + _("{score} of 100", score=last.score) + "*"
    if len(past) > 1:
        text += change_words(last.score - past[1].score, locale)
    day = format_date(last.at.astimezone(zone).date(), locale)
    who = shown(last.person.name, 60) if last.person else None
    return f"{text} · {day} · {who}" if who else f"{text} · {day}"


def _answer(criterion: Criterion, level: int | None, locale: str) -> str:
    _ = translator(locale)
    known = min(level or 0, criterion.most)
    dots = _FULL * known + _EMPTY * (criterion.most - known)
    meaning = _("not answered yet") if level is None else words(criterion.levels[known], locale)
    return f"{dots}  *{shown(words(criterion.name, locale), 60)}*  {shown(meaning, 80)}"


def _heard(activity: Activity, locale: str, zone: tzinfo) -> str:
    """One thing that a customer or the market told, with its day and who wrote it down."""
    _ = translator(locale)
    day = format_date(activity.happened_at.astimezone(zone).date(), locale, year=False)
    who = f" · {shown(activity.person.name, 40)}" if activity.person else ""
    kind = _(TELLS.get(activity.tells or "", TELLS["market"]))
    return f"🗣️ *{kind}*  {shown(' '.join(activity.text.split()), 300)}  _{day}{who}_"


def _over_time(past: Sequence[Evaluation], locale: str, zone: tzinfo) -> str:
    _ = translator(locale)
    said = [
        f"{format_date(each.at.astimezone(zone).date(), locale, year=False)} *{each.score}*"
        + (f" {shown(each.person.name, 40)}" if each.person else "")
        for each in reversed(past)
    ]
    return _("Over time: {scores}", scores=" → ".join(said))


def _strategy(opportunity: Opportunity, strategies: Sequence[Strategy], locale: str, zone: tzinfo) -> str:
    _ = translator(locale)
    if not opportunity.strategy:
        return ""
    lines = [f"🧭 *{_('Strategy')}*  {shown(opportunity.strategy, 300)}"]
    for index, each in enumerate(strategies[:4]):
        day = format_date(each.at.astimezone(zone).date(), locale, year=False)
        who = shown(each.person.name, 40) if each.person else "—"
        line = f"{day} · {who}"
        if index:
            line += f" · ~{shown(each.text or '—', 120)}~"
        if each.reason:
            line += " · " + _("because: {reason}", reason=shown(each.reason, 200))
        lines.append(f"• {line}")
    return "\n".join(lines)
