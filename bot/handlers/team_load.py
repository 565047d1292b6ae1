"""Who has what: `/crm team tasks`, a person's tasks, and handing them on in place."""

import re

from bot.handlers.answers import Answer
from bot.handlers.hints import Incomplete, is_id
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_lists import tasks_of_person
from bot.handlers.tasks import person_named
from bot.reports.team_load import team_load
from bot.services.task_responses import hand_over_task
from bot.store.team_tasks import list_team_tasks
from bot.views import team_load as views
from bot.views.blocks import Message
from bot.views.text import shown

routes = Routes()

OF_TEAM = frozenset(
    ["team", "my team", "the team", "team tasks", "load", "团队", "我的团队", "团队任务", "工作量"]
)
"""After `/crm task` these ask for the same."""

_ASKED = re.compile(r"(?:tasks?|load|任务|工作量)(?:\s+(.+))?$", re.IGNORECASE)
_PLACE = re.compile(r"task\.assign#(\d{1,18})\.(\d{1,18})\.(\d{1,6})")


def load_by_line(interaction: Interaction) -> Answer | None:
    """The answer to `/crm team tasks` or `/crm team tasks Bo`; None where the words name people only."""
    asked = _ASKED.match(interaction.text)
    if asked is None:
        return None
    person = person_named(interaction, asked[1])
    return Answer(tasks_of_person(interaction, person.id) if person else load_message(interaction))


def load_message(interaction: Interaction, page: int = 0) -> Message:
    """Who has what."""
    session = interaction.session
    loads = team_load(session, interaction.actor, now=interaction.now, today=interaction.today)
    return views.listing(loads, list_team_tasks(session), interaction.actor.locale, page=page)


@routes.action("team_load.page", changes=False)
def press_page(interaction: Interaction) -> Answer:
    """The whole team, or another page of it, in place of what is shown."""
    return Answer(load_message(interaction, int(interaction.value.get("page") or 0)), replace=True)


@routes.action("team_load.person", changes=False)
def press_person(interaction: Interaction) -> Answer:
    """One person's tasks, in place of the team."""
    value = interaction.value
    message = tasks_of_person(interaction, value["person"], offset=int(value.get("offset") or 0))
    return Answer(message, replace=True)


@routes.action("task.assign")
def choose_assignee(interaction: Interaction) -> Answer:
    """Hand a task to whoever was chosen beside it, and draw the list again."""
    place = _PLACE.fullmatch(str(interaction.action.get("action_id")))
    if place is None or not all(is_id(each) for each in place.groups()[:2]):
        raise Incomplete(field="task")
    person = person_named(interaction, interaction.value.get("chosen"))
    if person is None:
        raise Incomplete(field="person")
    task = hand_over_task(
        interaction.session, interaction.actor, int(place[1]), person.id, now=interaction.now
    )
    said = interaction._("{name} has it now, and gets a message.", name=shown(person.name, 80))
    message = tasks_of_person(
        interaction,
        int(place[2]),
        offset=int(place[3]),
        said=f"↪️ {said}\n*{shown(task.text, 300)}*",
        changeset=interaction.changeset,
    )
    return Answer(message, replace=True)
