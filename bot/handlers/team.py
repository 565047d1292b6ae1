"""`/crm team`: roles, managers, teams, and who in Slack an imported person is."""

from typing import Any

from bot.domain.roles import Role
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.services.rights import check_is_admin
from bot.services.team import edit_person, link_person
from bot.store.people import access_person, find_people_named, list_people
from bot.views import team as views
from bot.views.blocks import Message, option

routes = Routes()


def _listing(interaction: Interaction, **more: Any) -> Message:
    people = list_people(interaction.session)
    return views.listing(people, interaction.actor.locale, may_edit=interaction.actor.is_admin, **more)


@routes.command("team", changes=False)
def show_team(interaction: Interaction) -> Answer:
    """Everybody."""
    return Answer(_listing(interaction))


@routes.action("team.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """The same by button."""
    return Answer(_listing(interaction))


@routes.action("team.page", changes=False)
def press_page(interaction: Interaction) -> Answer:
    """Another page, in place of this one."""
    return Answer(_listing(interaction, page=int(interaction.value.get("page") or 0)), replace=True)


@routes.action("team.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a person."""
    check_is_admin(interaction.session, interaction.actor)
    person = access_person(interaction.session, interaction.value["person"])
    return Answer(modal=views.form(person, interaction.actor.locale))


@routes.view("team.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save role, manager and team, and the link to Slack."""
    form, person_id = interaction.form, interaction.metadata["person"]
    manager = form.get("manager")
    person = edit_person(
        interaction.session,
        interaction.actor,
        person_id,
        role=Role(form.get("role") or Role.REP),
        manager_id=int(manager) if manager else None,
        team=form.get("team"),
        now=interaction.now,
    )
    slack_user = form.get("slack_user")
    if slack_user and slack_user != person.slack_user_id:
        link_person(interaction.session, interaction.actor, person_id, slack_user, now=interaction.now)
    said = "✅ " + interaction._("Saved.")
    return Answer(_listing(interaction, said=said, changeset=interaction.changeset))


@routes.options("manager")
def search_manager(interaction: Interaction) -> Answer:
    """People by part of their name."""
    found = find_people_named(interaction.session, str(interaction.payload.get("value") or ""), limit=50)
    return Answer(options=tuple(option(person.name, str(person.id)) for person in found))
