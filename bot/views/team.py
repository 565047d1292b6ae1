"""The team as people see it: who has which role, and who is not in Slack yet."""

from collections.abc import Sequence

from bot.i18n import translator
from bot.store.models import Person
from bot.views.blocks import (
    Block,
    Message,
    View,
    action_row,
    button,
    context,
    header,
    modal,
    option,
    search_input,
    section,
    select_input,
    text_input,
    user_input,
)
from bot.views.text import shown
from bot.views.words import ROLES

PAGE = 12


def listing(
    people: Sequence[Person],
    locale: str,
    *,
    page: int = 0,
    may_edit: bool,
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """Everybody, a page of them, each with what an admin may change."""
    _ = translator(locale)
    title = _("Team · {count} person|Team · {count} people", count=len(people))
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(header(title))
    lines = []
    for person in people[page * PAGE : (page + 1) * PAGE]:
        line = _line(person, locale)
        lines.append(line)
        edit = button(_("Edit"), "team.edit", person=person.id) if may_edit else None
        blocks.append(section(line, accessory=edit))
    absent = sum(person.slack_user_id is None for person in people)
    if absent:
        hint = _("{count} person is not in Slack yet.|{count} people are not in Slack yet.", count=absent)
        blocks.append(
            context(hint + (" " + _("Press Edit to link them to a Slack user.") if may_edit else ""))
        )
    row = []
    if page > 0:
        row.append(button(_("Back"), "team.page", page=page - 1))
    if (page + 1) * PAGE < len(people):
        row.append(button(_("More"), "team.page", page=page + 1))
    if changeset:
        row.append(button(_("Undo"), "undo", changeset=changeset))
    row.append(button(_("Settings"), "settings.show"))
    blocks.append(action_row(*row))
    return Message("\n".join([said or title, *lines]), tuple(blocks))


def _line(person: Person, locale: str) -> str:
    _ = translator(locale)
    name = f"<@{person.slack_user_id}>" if person.slack_user_id else f"*{shown(person.name, 80)}*"
    facts = [_(ROLES[person.role])]
    if person.manager:
        facts.append(_("reports to {name}", name=shown(person.manager.name, 80)))
    if person.team:
        facts.append(shown(person.team.name, 80))
    if not person.slack_user_id:
        facts.append(_("not in Slack yet"))
    return f"{name}\n{' · '.join(facts)}"


def form(person: Person, locale: str) -> View:
    """One person's role, manager and team, and who in Slack they are."""
    _ = translator(locale)
    manager = option(person.manager.name, str(person.manager.id)) if person.manager else None
    blocks = [
        section(f"*{shown(person.name)}*"),
        select_input(
            "role",
            _("Role"),
            [option(_(name), role) for role, name in ROLES.items()],
            person.role,
            optional=False,
        ),
        search_input("manager", _("Manager"), manager),
        text_input(
            "team", _("Team"), person.team.name if person.team else None, hint=_("A new name makes a team.")
        ),
        user_input("slack_user", _("In Slack"), person.slack_user_id),
    ]
    return modal(
        _("Edit person"), _("Save"), blocks, callback="team.edit", close=_("Cancel"), person=person.id
    )
