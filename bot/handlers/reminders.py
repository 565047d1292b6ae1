"""The buttons of a reminder: put off until what makes sense now, or seen."""

from datetime import timedelta

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_buttons import happened, moved_to
from bot.services.notices import acknowledge
from bot.services.notifications import snoozes_of
from bot.services.tasks import check_may_change_task, reschedule_task
from bot.store.people import access_person
from bot.store.tasks import access_task

routes = Routes()


@routes.action("task.snooze")
def press_snooze_until(interaction: Interaction) -> Answer:
    """Until the moment that the button names, as it is for the person now; in an hour where that is over."""
    session, task_id = interaction.session, int(interaction.value["task"])
    offered = snoozes_of(session, access_person(session, interaction.actor.person_id or 0), interaction.now)
    named = {str(snooze): moment for snooze, moment in offered.items()}
    until = named.get(str(interaction.value.get("until")), interaction.now + timedelta(hours=1))
    later = reschedule_task(session, interaction.actor, task_id, until, now=interaction.now)
    return happened(interaction, later, said=moved_to(interaction, later))


@routes.action("task.seen")
def press_seen(interaction: Interaction) -> Answer:
    """An important reminder was seen: it does not come again."""
    found = access_task(interaction.session, int(interaction.value["task"]))
    check_may_change_task(interaction.session, interaction.actor, found)
    acknowledge(interaction.session, found, machine=interaction.now)
    return happened(interaction, found, said="👌 " + interaction._("Seen. You are not reminded again."))
