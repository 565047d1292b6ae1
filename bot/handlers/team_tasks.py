"""Tasks of many: given by line or form, their card, its buttons."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.notices import direct_to
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_audiences import Audience
from bot.services.progress import show_progress
from bot.services.team_tasks import ask_the_others, drop_for_all, give_to_many
from bot.store.team_tasks import Shared, access_team_task
from bot.views import team_tasks as views
from bot.views.blocks import text_message

routes = Routes()


def give(
    interaction: Interaction, audience: Audience, values: Mapping[str, Any], watchers: Iterable[int] = ()
) -> Answer:
    """Give everybody their part, and show the card; whoever watches gets one that follows them too."""
    shared = give_to_many(
        interaction.session,
        interaction.actor,
        people=audience.ids,
        audience=audience.key,
        now=interaction.now,
        **values,
    )
    for person_id in watchers:
        show_progress(interaction.session, shared.task.id, direct_to(person_id), now=interaction.now)
    said = interaction._(
        "Task given to {count} person.|Task given to {count} people, each of whom gets a message.",
        count=len(shared.parts),
    )
    return Answer(_card(interaction, shared, said="✅ " + said, changeset=interaction.changeset))


def _card(interaction: Interaction, shared: Shared, **more: Any) -> Any:
    return views.card(shared, interaction.actor.locale, zone=interaction.actor.tz, **more)


def _id(interaction: Interaction) -> int:
    return int(interaction.value["team_task"])


@routes.action("team_task.show", changes=False)
def press_show(interaction: Interaction) -> Answer:
    """The card as it is now."""
    return Answer(_card(interaction, access_team_task(interaction.session, _id(interaction))))


@routes.action("team_task.ask")
def press_ask(interaction: Interaction) -> Answer:
    """Ask whoever has not done their part."""
    count = ask_the_others(interaction.session, interaction.actor, _id(interaction), now=interaction.now)
    said = interaction._(
        "I ask {count} person how far it is.|I ask {count} people how far it is.", count=count
    )
    return Answer(text_message("🙋 " + said))


@routes.action("team_task.post")
def press_post(interaction: Interaction) -> Answer:
    """Post the card, which follows everybody, where the button was pressed."""
    channel = interaction.channel
    place = (
        channel if channel and not channel.startswith("D") else direct_to(interaction.actor.person_id or 0)
    )
    show_progress(interaction.session, _id(interaction), place, now=interaction.now)
    said = interaction._("The card comes here in a moment, and follows everybody.")
    return Answer(text_message("📌 " + said))


@routes.action("team_task.drop")
def press_drop(interaction: Interaction) -> Answer:
    """Nobody is to do it any more."""
    shared = drop_for_all(interaction.session, interaction.actor, _id(interaction), now=interaction.now)
    said = "🚫 " + interaction._("Dropped for all who had not done it.")
    return Answer(_card(interaction, shared, said=said, changeset=interaction.changeset), replace=True)
