"""Tasks in one line: `/crm task …`, or the list of one's own."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.priorities import Priority
from bot.handlers.answers import Answer
from bot.handlers.choosing import numbered, without_name
from bot.handlers.due import due_of
from bot.handlers.interaction import Interaction
from bot.handlers.lines import question, read_typed, unread
from bot.handlers.router import Routes
from bot.handlers.task_audiences import Audience, search_audiences, take_audience
from bot.handlers.task_deeds import done_by_line
from bot.handlers.task_details import details_of_line
from bot.handlers.task_lists import tasks_of
from bot.handlers.task_priorities import take_priority
from bot.handlers.task_repeats import rule_of_line
from bot.handlers.task_rules import ruled_by_line
from bot.handlers.tasks import NobodyCalled, about_choices, blank_form, made_answer, person_named
from bot.handlers.team_load import OF_TEAM, load_message
from bot.handlers.team_tasks import give
from bot.language import Line, NameMatch, RepetitionInLine
from bot.services.subjects import only_open_opportunity
from bot.services.task_order import watch_task
from bot.services.tasks import DueInPast, make_task
from bot.store.customers import access_customer, find_customers_called
from bot.views import task_forms as forms
from bot.views.blocks import View, text_message
from bot.views.problems import sentence
from bot.views.text import plain

routes = Routes()

_ADJECTIVE = re.compile(r"\b(daily|weekly|monthly|quarterly)\s+(?=[a-z])", re.IGNORECASE)

_ADJECTIVE_ZH = re.compile(r"(每[日天周月年]|每星期|每季度)(?=[^\W\d一二三四五六日天末号初底]\S*\s+\S*每)")

MINE = frozenset(["mine", "my", "list", "open", "all", "我的", "列表", "全部", "未完成"])
"""After `/crm task` these ask for the list."""


@routes.command("task")
def task(interaction: Interaction) -> Answer:
    """Make one from a line, list one's own, or open the form."""
    if not interaction.text:
        return Answer(modal=blank_form(interaction, {}))
    if interaction.text.casefold() in MINE:
        return Answer(tasks_of(interaction))
    if interaction.text.casefold() in OF_TEAM:
        return Answer(load_message(interaction))
    if answer := ruled_by_line(interaction) or done_by_line(interaction):
        return answer
    whole = interaction.text
    priority, rest = take_priority(whole)
    text, details, watchers = details_of_line(interaction, rest)
    details["priority"] = priority
    audience, interaction.text = take_audience(interaction, text)
    if audience and details["priority"] == Priority.NORMAL:
        details["priority"], interaction.text = take_priority(interaction.text)
    known, interaction.text = numbered(interaction, interaction.text)
    line, adjective = _read(interaction)
    line = without_name(line, known)
    asked = next((ask for ask in line.asks if ask.readings), None)
    again = next((ask for ask in line.asks if isinstance(ask.why, RepetitionInLine)), None)
    unreadable = {
        ask.field: unread(interaction, ask) for ask in line.asks if not ask.readings and ask is not again
    }
    if not unreadable and asked:
        interaction.text = whole
        return question(interaction, "task", asked)
    customer_id, text = _subject_of(interaction, line)
    customer_id = known.customer_id if known else customer_id
    text = f"{adjective}{text}" if _ADJECTIVE_ZH.match(f"{adjective}例 每") else f"{adjective} {text}".strip()
    try:
        person = person_named(interaction, line.fields.get("assignee"))
    except NobodyCalled as refusal:
        person, unreadable = None, unreadable | {"assignee": sentence(refusal, interaction.actor.locale)}
    due = due_of(line.fields.get("due"))
    rule = None
    if again:
        rule, text = rule_of_line(interaction, plain(again.typed), text)

    def form(problems: Mapping[str, str]) -> View:
        values = {
            "text": text,
            "due": forms.typed_due(due, interaction.actor.tz) or _typed_at(line, "due"),
            "assignee": (person.slack_user_id if person else None) or interaction.actor.slack_user_id,
            "customer": _customer_choice(interaction, customer_id),
            "priority": details["priority"].name.lower(),
        }
        values |= about_choices(interaction, {"opportunity": known.id}) if known else {}
        if audience:
            values |= _audience_values(interaction, audience)
        return forms.form(interaction.actor.locale, values=values, problems=problems)

    if unreadable or not text:
        return Answer(modal=form(unreadable))
    opportunity_id = known.id if known else None
    if known is None and customer_id:
        opportunity_id = only_open_opportunity(interaction.session, customer_id)
    what: dict[str, Any] = {
        "text": text,
        "due": due,
        "customer_id": customer_id,
        "opportunity_id": opportunity_id,
    } | details
    try:
        if audience:
            return give(interaction, audience, what | {"rule": rule}, watchers)
        made = make_task(
            interaction.session,
            interaction.actor,
            now=interaction.now,
            assignee_id=person.id if person else None,
            rule=rule,
            **what,
        )
    except DueInPast as refusal:
        said = sentence(refusal, interaction.actor.locale)
        return Answer(text_message(said), modal=form({"due": said}), refused=True)
    watch_task(interaction.session, made.id, watchers)
    return made_answer(interaction, made)


def _read(interaction: Interaction) -> tuple[Line, str]:
    """The line, and the word before a noun that is no repetition: the weekly of “weekly report Fri”, and the
    每周 of “每周例会材料 每周一”.
    """
    line = read_typed(interaction, "task")
    again = next((ask.typed for ask in line.asks if isinstance(ask.why, RepetitionInLine)), "")
    place = _ADJECTIVE.search(interaction.text) if _ADJECTIVE.match(f"{again} a") else None
    place = place or _ADJECTIVE_ZH.match(interaction.text)
    if place is None:
        return line, ""
    interaction.text = interaction.text[: place.start()] + interaction.text[place.end() :]
    return read_typed(interaction, "task"), place[1]


def _subject_of(interaction: Interaction, line: Line) -> tuple[int | None, str]:
    """The known customer that the line names, and the task's words; an unknown name is part of the words."""
    typed, words = line.fields.get("customer"), [line.fields.get("text") or "", line.note]
    customer_id = None
    if isinstance(typed, NameMatch):
        customer_id = access_customer(interaction.session, int(typed.id)).id
    elif typed:
        known = find_customers_called(interaction.session, str(typed))
        if len(known) == 1:
            customer_id = known[0].id
        else:
            words.insert(0, str(typed))
    return customer_id, " ".join(each.strip() for each in words if each.strip())


def _typed_at(line: Line, field: str) -> str | None:
    return next((ask.typed for ask in line.asks if ask.field == field), None)


def _customer_choice(interaction: Interaction, customer_id: int | None) -> tuple[str, str] | None:
    if customer_id is None:
        return None
    customer = access_customer(interaction.session, customer_id)
    return customer.name, str(customer.id)


def _audience_values(interaction: Interaction, audience: Audience) -> dict[str, Any]:
    if audience.key == "people":
        ids = [person.slack_user_id for person in audience.people if person.slack_user_id]
        return {"assignee": ids[0], "others": ids[1:]}
    name = next((name for name, key in search_audiences(interaction, "") if key == audience.key), "")
    return {"group": (name, audience.key)}
