"""The forms of tasks: a new one, one to edit, for one person or for several."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import Refusal
from bot.domain.priorities import Priority
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import typed_when
from bot.handlers.forms import at_field, chosen_priority
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.router import Routes
from bot.handlers.task_audiences import Audience, audience_called, search_audiences
from bot.handlers.task_details import chosen_details, chosen_watchers
from bot.handlers.task_repeats import rule_of_field
from bot.handlers.team_tasks import give
from bot.i18n import format_moment
from bot.language import NameMatch
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.task_order import watch_task
from bot.services.tasks import edit_task, make_task
from bot.store.customers import access_customer
from bot.store.models import Person, Task
from bot.store.opportunities import access_opportunity
from bot.store.people import access_person, find_people_named, find_slack_person
from bot.store.tasks import access_task
from bot.views import task_forms as forms
from bot.views import tasks as views
from bot.views.blocks import View, option
from bot.views.text import plain, shown

routes = Routes()


class NobodyCalled(Refusal):
    """Nobody in the workspace has this name."""

    message = "I know nobody called “{typed}”. Choose them from the list, or mention them with @."


def person_named(interaction: Interaction, typed: Any) -> Person | None:
    """Who was mentioned or named. Raises NobodyCalled where that is not exactly one."""
    if typed is None:
        return None
    if isinstance(typed, NameMatch):
        return access_person(interaction.session, int(typed.id))
    words = str(typed)
    mention = MENTION.search(words)
    found = find_slack_person(interaction.session, mention[1] if mention else words)
    if found:
        return found
    named = find_people_named(interaction.session, plain(words).lstrip("@"))
    if len(named) != 1:
        raise NobodyCalled(field="assignee", typed=words)
    return named[0]


def blank_form(interaction: Interaction, about: Mapping[str, Any], **values: Any) -> View:
    """The form for a new task, about the opportunity or customer, or for whom, that a button names."""
    whose = access_person(interaction.session, int(about["person"])) if about.get("person") else None
    assignee = whose.slack_user_id if whose else interaction.actor.slack_user_id
    values = values | {"assignee": assignee} | about_choices(interaction, about)
    return forms.form(interaction.actor.locale, values=values)


def about_choices(interaction: Interaction, about: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The choices of a form about the opportunity or customer whose id a button carries."""
    choices: dict[str, tuple[str, str]] = {}
    if about.get("opportunity"):
        opportunity = access_opportunity(interaction.session, int(about["opportunity"]))
        choices["opportunity"] = (plain(opportunity.name), str(opportunity.id))
        if opportunity.customer:
            choices["customer"] = (opportunity.customer.name, str(opportunity.customer.id))
    elif about.get("customer"):
        customer = access_customer(interaction.session, int(about["customer"]))
        choices["customer"] = (customer.name, str(customer.id))
    return choices


def chosen_subject(interaction: Interaction) -> dict[str, int | None]:
    """customer_id and opportunity_id as a form's searches chose them; a new customer is made."""
    form = interaction.form
    customer_id = None
    if form.get("customer"):
        with at_field("customer"):
            customer_id = customer_for(
                interaction.session, interaction.actor, form["customer"], now=interaction.now
            )[0].id
    opportunity_id = int(form["opportunity"]) if form.get("opportunity") else None
    return {"customer_id": customer_id, "opportunity_id": opportunity_id}


def made_answer(interaction: Interaction, made: Task) -> Answer:
    _ = interaction._
    notes = []
    if made.assignee and made.assignee_id != interaction.actor.person_id:
        name = shown(made.assignee.name)
        if made.assignee.slack_user_id:
            notes.append(_("{name} gets a message about it.", name=name))
        else:
            notes.append(_("{name} is not in Slack yet and hears nothing of it.", name=name))
        if made.due_at and (theirs := _their_moment(made.due_at, made.assignee, interaction)):
            notes.append(_("For {name} that is {moment}.", name=name, moment=theirs))
    if made.due_at and made.after and made.after.state == "open":
        notes.append(_("A reminder comes once “{first}” is closed.", first=shown(made.after.text, 200)))
    elif made.due_at:
        notes.append(_("A reminder comes at that moment."))
    return Answer(
        views.card(
            made,
            interaction.actor.locale,
            zone=interaction.actor.tz,
            said="✅ " + _("Task created."),
            notes=notes,
            changeset=interaction.changeset,
        )
    )


def _their_moment(due_at: datetime, assignee: Person, interaction: Interaction) -> str | None:
    """The moment on somebody else's clock, where it shows another hour."""
    zone = ZoneInfo(assignee.zone)
    if due_at.astimezone(zone).utcoffset() == due_at.astimezone(interaction.actor.tz).utcoffset():
        return None
    return format_moment(due_at, interaction.actor.locale, zone=zone, year=False)


@routes.action("task.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, about the opportunity or customer that the button names."""
    return Answer(modal=blank_form(interaction, interaction.value))


@routes.global_shortcut("task.new", "New task")
def shortcut_new(interaction: Interaction) -> Answer:
    """The same from the lightning menu."""
    return Answer(modal=blank_form(interaction, {}))


@routes.view("task.create")
def submit_create(interaction: Interaction) -> Answer:
    """Make a task from the form."""
    form = interaction.form
    what: dict[str, Any] = {
        "text": form.get("text") or "",
        "priority": chosen_priority(form.get("priority")),
        "due": typed_when(interaction, "due", form.get("due")),
        **chosen_subject(interaction),
    }
    assignee_id = chosen_person(interaction, "assignee")
    rule = rule_of_field(interaction, "repeats", form.get("repeats"))
    what |= chosen_details(interaction, None)
    if audience := _chosen_audience(interaction, assignee_id):
        return give(interaction, audience, what | {"rule": rule}, chosen_watchers(interaction))
    made = make_task(
        interaction.session,
        interaction.actor,
        now=interaction.now,
        assignee_id=assignee_id,
        rule=rule,
        **what,
    )
    watch_task(interaction.session, made.id, chosen_watchers(interaction))
    return made_answer(interaction, made)


@routes.action("task.whole_form")
def press_whole_form(interaction: Interaction) -> Answer:
    """The same form with what is seldom said, and what was typed so far."""
    task_id = interaction.metadata.get("task")
    found = access_task(interaction.session, int(task_id)) if task_id else None
    before = forms.form_values(found, interaction.actor.tz) if found else None
    typed = {field: interaction.form.get(field) for field in forms.TYPED}
    values = typed | typed_choices(interaction)
    locale = interaction.actor.locale
    return Answer(update=forms.form(locale, values=values, task=found, before=before, is_whole=True))


def _chosen_audience(interaction: Interaction, assignee_id: int | None) -> Audience | None:
    """Several people as the form chose them: with a whole team, its sender only where they chose another."""
    form = interaction.form
    group = audience_called(interaction, str(form["group"])) if form.get("group") else None
    people = list(group.people) if group else []
    with at_field("others"):
        people += [person for each in form.get("others") or [] if (person := person_named(interaction, each))]
    if assignee_id and not (group and assignee_id == interaction.actor.person_id):
        people.insert(0, access_person(interaction.session, assignee_id))
    different = tuple({person.id: person for person in people}.values())
    if group is None and len(different) < 2:
        return None
    return Audience(different, group.key if group else "people")


@routes.options("group")
def search_group(interaction: Interaction) -> Answer:
    """Teams and roles by part of their name."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    return Answer(options=tuple(option(*each) for each in search_audiences(interaction, typed)))


def chosen_person(interaction: Interaction, field: str) -> int | None:
    """The id of the person that a form's field chose."""
    with at_field(field):
        person = person_named(interaction, interaction.form.get(field))
    return person.id if person else None


@routes.action("task.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a task."""
    found = access_task(interaction.session, int(interaction.value["task"]))
    values = forms.form_values(found, interaction.actor.tz)
    view = forms.form(interaction.actor.locale, values=values, task=found)
    return Answer(update=view) if interaction.in_modal else Answer(modal=view)


@routes.view("task.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    locale, zone = interaction.actor.locale, interaction.actor.tz
    values = {"text": form.get("text")} | chosen_subject(interaction)
    if "priority" in form:
        values["priority"] = chosen_priority(form["priority"])
    # What the form showed is not written back: it cannot show somebody without Slack, nor seconds.
    if form.get("assignee") != metadata.get("assignee"):
        values["assignee_id"] = chosen_person(interaction, "assignee")
    if form.get("due") != metadata.get("due"):
        values["due"] = typed_when(interaction, "due", form.get("due"))
    found = access_task(interaction.session, int(metadata["task"]))
    if "checklist" in form:
        values |= chosen_details(interaction, found)
    if form.get("repeats") != metadata.get("repeats"):
        rule = rule_of_field(interaction, "repeats", form.get("repeats"))
        values["repeats"] = rule.as_json() if rule else None
    try:
        edited = edit_task(
            interaction.session,
            interaction.actor,
            int(metadata["task"]),
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        found = access_task(interaction.session, int(metadata["task"]))
        theirs = forms.form_values(found, zone)
        named = {"priority": interaction._(views.PRIORITIES[Priority(found.priority)])}
        problems = conflict_problems(interaction, conflict, theirs | named)
        return conflict_answer(interaction, conflict, _typed_again(interaction, found, theirs, problems))
    said = "✅ " + interaction._("Saved.")
    return Answer(views.card(edited, locale, zone=zone, said=said, changeset=interaction.changeset))


def _typed_again(
    interaction: Interaction, found: Task, theirs: Mapping[str, Any], problems: Mapping[str, str]
) -> View:
    """The form with what the person typed, building on the task as it is now."""
    form = interaction.form
    typed = {field: form.get(field) for field in forms.TYPED}
    return forms.form(
        interaction.actor.locale,
        values=typed | typed_choices(interaction),
        problems=problems,
        task=found,
        before=theirs,
    )


def typed_choices(interaction: Interaction) -> dict[str, tuple[str, str] | None]:
    """What a form's searches chose, to be shown once more."""
    choices = {field: _typed_choice(interaction, field) for field in ("customer", "opportunity")}
    after = interaction.form.get("after")
    first = access_task(interaction.session, int(after)) if after else None
    return choices | {"after": (plain(first.text), str(first.id))} if first else choices


def _typed_choice(interaction: Interaction, field: str) -> tuple[str, str] | None:
    value = interaction.form.get(field)
    if not value:
        return None
    if value.startswith("new:"):
        return value.removeprefix("new:"), value
    return about_choices(interaction, {field: value})[field]
