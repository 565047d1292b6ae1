"""The team as people see it: who has which role, and who is not in Slack yet."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.i18n import N_, translator
from bot.store.models import Person
from bot.store.people import Belongings
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
    user_input,
)
from bot.views.forms import with_problems
from bot.views.text import shown
from bot.views.words import ROLES

PAGE = 12

_MOST_SUGGESTED = 3
"""More at once would push the team itself out of sight; the next ones come when these are done."""


def listing(
    people: Sequence[Person],
    locale: str,
    *,
    page: int = 0,
    named: str = "",
    may_edit: bool,
    admins: str,
    suggested: Sequence[tuple[Person, Person]] = (),
    said: str | None = None,
    changeset: str | None = None,
) -> Message:
    """A page of the people, each with what an admin may change; `named` is what they were looked for by.

    `suggested` are pairs of an imported person and the one in Slack who is probably the same.
    """
    _ = translator(locale)
    title = _("Team · {count} person|Team · {count} people", count=len(people))
    undo = button(_("Undo"), "undo", changeset=changeset) if changeset else None
    blocks: list[Block] = [section(said, accessory=undo)] if said else []
    blocks.append(header(title))
    if not people:
        blocks.append(section(_("Nobody here is called “{typed}”.", typed=shown(named, 60))))
    if may_edit and page == 0:
        blocks += [_suggestion(*each, locale) for each in suggested[:_MOST_SUGGESTED]]
    listed = people[page * PAGE : (page + 1) * PAGE]
    for person in listed:
        word = _("Edit") if person.slack_user_id else _("Edit or link")
        edit = button(word, "team.edit", person=person.id) if may_edit else None
        blocks.append(section(line(person, locale), accessory=edit))
    blocks.append(context(_below(people, locale, may_edit=may_edit, admins=admins)))
    row = []
    if page > 0:
        row.append(button(_("Back"), "team.page", page=page - 1, text=named))
    if (page + 1) * PAGE < len(people):
        row.append(button(_("More"), "team.page", page=page + 1, text=named))
    if named:
        row.append(button(_("Everybody"), "team.list"))
    row.append(button(_("Settings"), "settings.show"))
    blocks.append(action_row(*row))
    lines = [line(person, locale) for person in listed]
    return Message("\n".join([said or title, *lines]), tuple(blocks))


def _below(people: Sequence[Person], locale: str, *, may_edit: bool, admins: str) -> str:
    _ = translator(locale)
    if not may_edit:
        return _("Admins change this: {names}", names=shown(admins, 500))
    absent = sum(person.slack_user_id is None for person in people)
    if not absent:
        return _("Whoever speaks to me for the first time joins the team.")
    return _(
        "{count} person is not in Slack yet. Link them, and what was imported is theirs.|"
        "{count} people are not in Slack yet. Link them, and what was imported is theirs.",
        count=absent,
    )


def line(person: Person, locale: str) -> str:
    """A person in two lines of mrkdwn: name and Slack, then role, manager, team."""
    _ = translator(locale)
    slack = f"<@{person.slack_user_id}>" if person.slack_user_id else f"_{_('not in Slack yet')}_"
    facts = [_(ROLES[person.role])]
    if person.manager:
        facts.append(_("reports to {name}", name=shown(person.manager.name, 80)))
    if person.team:
        facts.append(_("team {name}", name=shown(person.team.name, 80)))
    return f"*{shown(person.name, 80)}* · {slack}\n{' · '.join(facts)}"


def _suggestion(person: Person, slack_person: Person, locale: str) -> Block:
    _ = translator(locale)
    slack_user_id = slack_person.slack_user_id
    text = _(
        "💡 Is *{name}* the same person as {slack}?",
        name=shown(person.name, 80),
        slack=f"<@{slack_user_id}>",
    )
    return section(
        text, accessory=button(_("Yes, link"), "team.link", person=person.id, slack_user=slack_user_id)
    )


def form(
    person: Person,
    locale: str,
    *,
    values: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
) -> View:
    """One person's role, manager and team, and who in Slack they are."""
    _ = translator(locale)
    values = values or form_values(person, locale)
    roles = [option(_(name), role) for role, name in ROLES.items()]
    blocks = [
        select_input("role", _("Role"), roles, _value(values["role"]), optional=False),
        search_input("manager", _("Manager"), _option(values.get("manager"))),
        search_input(
            "team",
            _("Team"),
            _option(values.get("team")),
            placeholder=_("Type a name; a new one is offered below"),
        ),
        user_input(
            "slack_user",
            _("In Slack"),
            values.get("slack_user"),
            hint=None if person.slack_user_id else _("Who this imported person is in Slack."),
        ),
    ]
    return modal(
        _("Edit person"),
        _("Save"),
        [section(f"*{shown(person.name)}*"), *with_problems(blocks, problems or {})],
        callback="team.edit",
        close=_("Cancel"),
        person=person.id,
        version=person.version,
    )


def form_values(person: Person, locale: str) -> dict[str, Any]:
    """What the form shows of a person; a choice is a text and a value."""
    _ = translator(locale)
    return {
        "role": (_(ROLES[person.role]), person.role),
        "manager": (person.manager.name, str(person.manager.id)) if person.manager else None,
        "team": (person.team.name, str(person.team.id)) if person.team else None,
        "slack_user": person.slack_user_id,
    }


def _option(choice: tuple[str, str] | None) -> Block | None:
    return option(*choice) if choice else None


def _value(choice: Any) -> str:
    return str(choice[1] if isinstance(choice, tuple) else choice)


def merge_form(person: Person, slack_person: Person, goes_along: Belongings, locale: str) -> View:
    """Before two records that both have something become one: what goes along, and that it can be undone."""
    _ = translator(locale)
    counts = [
        (N_("{count} opportunity|{count} opportunities"), goes_along.opportunities),
        (N_("{count} customer|{count} customers"), goes_along.customers),
        (N_("{count} task|{count} tasks"), goes_along.tasks),
        (N_("{count} other record|{count} other records"), goes_along.others),
    ]
    blocks = [
        section(
            _(
                "{slack} already works here as *{other}*, with {records}. "
                "All of it will belong to *{name}*, and *{other}* leaves the list.",
                slack=f"<@{slack_person.slack_user_id}>",
                other=shown(slack_person.name, 80),
                name=shown(person.name, 80),
                records=_(", ").join(_(english, count=count) for english, count in counts if count),
            )
        ),
        context(_("You can undo it afterwards.")),
    ]
    return modal(
        _("One person?"),
        _("Yes, link"),
        blocks,
        callback="team.link",
        close=_("Cancel"),
        person=person.id,
        slack_user=slack_person.slack_user_id,
    )
