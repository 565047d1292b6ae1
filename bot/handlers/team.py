"""`/crm team`: roles, managers, teams, and who in Slack an imported person is."""

from typing import Any

from bot.domain.roles import Role
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.team_load import load_by_line
from bot.services.edits import EditConflict
from bot.services.links import link_person, suggested_links
from bot.services.rights import check_is_admin
from bot.services.team import edit_person, team_for
from bot.store.models import Person
from bot.store.people import (
    access_person,
    access_team,
    belongings,
    find_slack_person,
    list_admins,
    list_people,
    search_people,
    search_teams,
)
from bot.views import team as views
from bot.views.blocks import Message, option
from bot.views.text import plain, shown

routes = Routes()


def _listing(interaction: Interaction, *, named: str = "", **more: Any) -> Message:
    session, actor = interaction.session, interaction.actor
    people = list_people(session)
    return views.listing(
        [person for person in people if _is_called(person, named)],
        actor.locale,
        named=named,
        may_edit=actor.is_admin,
        admins=", ".join(person.name for person in list_admins(session)) or "—",
        suggested=suggested_links(people) if actor.is_admin and not named else (),
        **more,
    )


def _is_called(person: Person, named: str) -> bool:
    words = [person.name, person.team.name if person.team else "", f"<@{person.slack_user_id}>"]
    return any(named.casefold() in word.casefold() for word in words)


@routes.command("team", changes=False)
def show_team(interaction: Interaction) -> Answer:
    """Everybody, or those of a name or team: `/crm team North`; `/crm team tasks` shows who has what."""
    if load := load_by_line(interaction):
        return load
    return Answer(_listing(interaction, named=interaction.text))


@routes.action("team.list", changes=False)
def press_list(interaction: Interaction) -> Answer:
    """Everybody, by button."""
    return Answer(_listing(interaction))


@routes.action("team.page", changes=False)
def press_page(interaction: Interaction) -> Answer:
    """Another page, in place of this one."""
    value = interaction.value
    named = str(value.get("text") or "")
    return Answer(_listing(interaction, named=named, page=int(value.get("page") or 0)), replace=True)


@routes.action("team.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a person."""
    check_is_admin(interaction.session, interaction.actor)
    person = access_person(interaction.session, interaction.value["person"])
    return Answer(modal=views.form(person, interaction.actor.locale))


@routes.view("team.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save role, manager and team, then the link to Slack.

    Where somebody else saved the same fields meanwhile, show both.
    """
    session, actor, form = interaction.session, interaction.actor, interaction.form
    metadata = interaction.metadata
    team = team_for(session, actor, form["team"]) if form.get("team") else None
    try:
        person = edit_person(
            session,
            actor,
            metadata["person"],
            role=Role(form.get("role") or Role.REP),
            manager_id=int(form["manager"]) if form.get("manager") else None,
            team_id=team.id if team else None,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        person = access_person(session, metadata["person"])
        typed = dict(form) | {"manager": _chosen_manager(interaction), "team": _chosen_team(interaction)}
        problems = conflict_problems(interaction, conflict, views.form_values(person, actor.locale))
        view = views.form(person, actor.locale, values=typed, problems=problems)
        return conflict_answer(interaction, conflict, view)
    slack_user = form.get("slack_user")
    if slack_user and slack_user != person.slack_user_id:
        return _link(interaction, person, slack_user, is_sure=False)
    said = "✅ " + interaction._("Saved.")
    return Answer(_listing(interaction, said=said, changeset=interaction.changeset))


def _chosen_manager(interaction: Interaction) -> tuple[str, str] | None:
    chosen = interaction.form.get("manager")
    return (access_person(interaction.session, int(chosen)).name, str(chosen)) if chosen else None


def _chosen_team(interaction: Interaction) -> tuple[str, str] | None:
    chosen = interaction.form.get("team")
    if not chosen:
        return None
    is_new = chosen.startswith("new:")
    name = chosen.removeprefix("new:") if is_new else access_team(interaction.session, int(chosen)).name
    return name, chosen


def _link(interaction: Interaction, person: Person, slack_user: str, *, is_sure: bool) -> Answer:
    """Link at once where nothing belongs to the Slack user's own record; else ask before it gives way."""
    session, actor = interaction.session, interaction.actor
    other = find_slack_person(session, slack_user)
    if other and not is_sure and (goes_along := belongings(session, other.id)).count:
        return Answer(update=views.merge_form(person, other, goes_along, actor.locale))
    linked = link_person(session, actor, person.id, slack_user, now=interaction.now)
    said = "✅ " + interaction._(
        "{name} is {slack} now.", name=shown(linked.name, 80), slack=f"<@{linked.slack_user_id}>"
    )
    return Answer(_listing(interaction, said=said, changeset=interaction.changeset))


@routes.view("team.link")
def submit_link(interaction: Interaction) -> Answer:
    """Make one person of two, as was confirmed."""
    metadata = interaction.metadata
    check_is_admin(interaction.session, interaction.actor)
    person = access_person(interaction.session, metadata["person"])
    return _link(interaction, person, str(metadata["slack_user"]), is_sure=True)


@routes.action("team.link")
def press_link(interaction: Interaction) -> Answer:
    """Link as suggested; Undo parts them again."""
    value = interaction.value
    check_is_admin(interaction.session, interaction.actor)
    person = access_person(interaction.session, value["person"])
    return _link(interaction, person, str(value["slack_user"]), is_sure=True)


@routes.options("manager")
def search_manager(interaction: Interaction) -> Answer:
    """People by part of their name."""
    found = search_people(interaction.session, plain(str(interaction.payload.get("value") or "")), limit=50)
    return Answer(options=tuple(option(person.name, str(person.id)) for person in found))


@routes.options("team")
def search_team(interaction: Interaction) -> Answer:
    """Teams by part of their name; a new one is offered last."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = search_teams(interaction.session, typed, limit=50)
    options = [option(team.name, str(team.id)) for team in found]
    if typed and typed.casefold() not in {team.name.casefold() for team in found}:
        options.append(option(interaction._("New team: {name}", name=typed), f"new:{typed}"))
    return Answer(options=tuple(options))
