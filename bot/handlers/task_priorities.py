"""How much a task matters: before its words in a line, in its form, on its card, in its details."""

import re

from bot.domain.priorities import Priority
from bot.handlers.answers import Answer
from bot.handlers.forms import chosen_priority
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.router import Routes
from bot.handlers.task_buttons import happened
from bot.handlers.task_details import done_in_details
from bot.services.tasks import prioritise_task
from bot.store.models import Task
from bot.views.tasks import PRIORITIES

routes = Routes()

_HIGH = re.compile(
    r"(?:[!！❗]+|(?:important|urgent|high(?: priority)?)[:：,，!！]"
    r"|(?:重要|紧急|加急|高优先级?)[:：,，!！ ])\s*(?=\S)",
    re.IGNORECASE,
)
_LOW = re.compile(
    r"(?:(?:low(?: priority)?|no rush|minor)[:：,，]|(?:不急|低优先级?|次要)[:：,， ])\s*(?=\S)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    rf"(?:(?:to|for|给|派给)\s*)?(?:{MENTION.pattern}[\s:：,，、&和]*(?:and\s+)?)+", re.IGNORECASE
)


def take_priority(text: str) -> tuple[Priority, str]:
    """What stands before a task's words, also behind the people whom it is for, and the line without it."""
    if people := _PEOPLE.match(text):
        priority, rest = take_priority(text[people.end() :])
        return priority, people[0] + rest
    for priority, begins in ((Priority.HIGH, _HIGH), (Priority.LOW, _LOW)):
        if found := begins.match(text):
            return priority, text[found.end() :]
    return Priority.NORMAL, text


def prioritised(interaction: Interaction, task_id: int, priority: Priority) -> Answer:
    """Save it, and show the task where it was chosen."""
    task = _saved(interaction, task_id, priority)
    return happened(interaction, task, said=_said(interaction, task))


def _saved(interaction: Interaction, task_id: int, priority: Priority) -> Task:
    return prioritise_task(interaction.session, interaction.actor, task_id, priority, now=interaction.now)


def _said(interaction: Interaction, task: Task) -> str:
    _ = interaction._
    if task.is_important:
        return _("❗ Important: where you do not react, its reminder comes once more after half an hour.")
    return _("Priority: {priority}", priority=_(PRIORITIES[Priority(task.priority)]))


@routes.action("task.important")
def press_important(interaction: Interaction) -> Answer:
    """Important: its reminder comes once more; or no longer so."""
    priority = Priority.HIGH if interaction.value.get("on") else Priority.NORMAL
    return prioritised(interaction, int(interaction.value["task"]), priority)


@routes.action("task.priority")
def choose_priority(interaction: Interaction) -> Answer:
    """The same, and low, in a task's details."""
    option = interaction.action.get("selected_option") or {}
    priority = chosen_priority(option.get("value"))
    task = _saved(interaction, int(interaction.metadata["task"]), priority)
    return done_in_details(interaction, task, _said(interaction, task))
