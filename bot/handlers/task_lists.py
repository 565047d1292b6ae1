"""Lists of tasks, drawn from what is open now: one's own, and a colleague's."""

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.store.people import access_person
from bot.store.tasks import count_open_tasks, list_open_tasks
from bot.views import tasks as views
from bot.views import team_load as load_views
from bot.views.blocks import Message

routes = Routes()


@routes.action("task.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """A page of one's own tasks; a further page takes the place of the one before."""
    offset = int(interaction.value.get("offset") or 0)
    return Answer(tasks_of(interaction, offset=offset), replace="offset" in interaction.value)


def tasks_of(
    interaction: Interaction, *, offset: int = 0, said: str | None = None, changeset: str | None = None
) -> Message:
    """A page of the person's open tasks, below what just happened to one of them."""
    person_id = interaction.actor.person_id or 0
    count = count_open_tasks(interaction.session, assignee_id=person_id)
    found = list_open_tasks(interaction.session, assignee_id=person_id, limit=views.PAGE, offset=offset)
    return views.listing(
        found,
        interaction.actor.locale,
        zone=interaction.actor.tz,
        now=interaction.now,
        count=count,
        offset=offset,
        said=said,
        changeset=changeset,
    )


def tasks_of_person(
    interaction: Interaction,
    person_id: int,
    *,
    offset: int = 0,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """A page of a colleague's open tasks; the last one where the page asked for has emptied."""
    session = interaction.session
    count = count_open_tasks(session, assignee_id=person_id)
    offset = max(0, min(offset, (count - 1) // views.PAGE * views.PAGE))
    return load_views.person(
        access_person(session, person_id),
        list_open_tasks(session, assignee_id=person_id, limit=views.PAGE, offset=offset),
        interaction.actor.locale,
        zone=interaction.actor.tz,
        now=interaction.now,
        count=count,
        offset=offset,
        said=said,
        changeset=changeset,
    )
