"""Tasks: `/crm task`, its form, the buttons of cards, lists and reminders."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import Refusal
from bot.handlers.answers import Answer
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import due_of, typed_when
from bot.handlers.forms import at_field
from bot.handlers.interaction import MENTION, Interaction
from bot.handlers.lines import question, read_typed, unread
from bot.handlers.router import Routes
from bot.handlers.task_lists import tasks_of
from bot.language import Line, NameMatch
from bot.services.customers import customer_for
from bot.services.edits import EditConflict
from bot.services.subjects import only_open_opportunity
from bot.services.tasks import DueInPast, edit_task, make_task
from bot.store.customers import access_customer, find_customers_called
from bot.store.models import Person, Task
from bot.store.opportunities import access_opportunity
from bot.store.people import access_person, find_people_named, find_slack_person
from bot.store.tasks import access_task
from bot.views import tasks as views
from bot.views.blocks import View, text_message
from bot.views.problems import sentence
from bot.views.text import plain, shown

routes = Routes()

MINE = frozenset(["mine", "my", "list", "open", "all", "我的", "列表", "全部", "未完成"])
"""After `/crm task` these ask for the list."""


class NobodyCalled(Refusal):
    """Nobody in the workspace has this name."""

    message = "I know nobody called “{typed}”. Choose them from the list, or mention them with @."


@routes.command("task")
def task(interaction: Interaction) -> Answer:
    """Make one from a line, list one's own, or open the form."""
    if not interaction.text:
        return Answer(modal=_blank(interaction, {}))
    if interaction.text.casefold() in MINE:
        return Answer(tasks_of(interaction))
    line = read_typed(interaction, "task")
    asked = next((ask for ask in line.asks if ask.readings), None)
    unreadable = {ask.field: unread(interaction, ask) for ask in line.asks if not ask.readings}
    if not unreadable and asked:
        return question(interaction, "task", asked)
    customer_id, text = _subject_of(interaction, line)
    try:
        person = person_named(interaction, line.fields.get("assignee"))
    except NobodyCalled as refusal:
        person, unreadable = None, unreadable | {"assignee": sentence(refusal, interaction.actor.locale)}
    due = due_of(line.fields.get("due"))

    def form(problems: Mapping[str, str]) -> View:
        values = {
            "text": text,
            "due": views.typed_due(due, interaction.actor.tz) or _typed_at(line, "due"),
            "assignee": (person.slack_user_id if person else None) or interaction.actor.slack_user_id,
            "customer": _customer_choice(interaction, customer_id),
        }
        return views.form(interaction.actor.locale, values=values, problems=problems)

    if unreadable or not text:
        return Answer(modal=form(unreadable))
    try:
        made = make_task(
            interaction.session,
            interaction.actor,
            text=text,
            now=interaction.now,
            assignee_id=person.id if person else None,
            due=due,
            customer_id=customer_id,
            opportunity_id=only_open_opportunity(interaction.session, customer_id) if customer_id else None,
        )
    except DueInPast as refusal:
        said = sentence(refusal, interaction.actor.locale)
        return Answer(text_message(said), modal=form({"due": said}), refused=True)
    return _made(interaction, made)


def _subject_of(interaction: Interaction, line: Line) -> tuple[int | None, str]:
    """The known customer that the line names, and the task's words; an unknown name is part of the words."""
    typed, words = line.fields.get("customer"), [line.fields.get("text") or "", line.note]
    customer_id = None
    if isinstance(typed, NameMatch):
        customer_id = access_customer(interaction.session, int(typed.id)).id
    elif typed:
        known = find_customers_called(interaction.session, str(typed))
        if len(known) == 1:
            customer_id = known[0].id
        else:
            words.insert(0, str(typed))
    return customer_id, " ".join(each.strip() for each in words if each.strip())


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


def _typed_at(line: Line, field: str) -> str | None:
    return next((ask.typed for ask in line.asks if ask.field == field), None)


def _customer_choice(interaction: Interaction, customer_id: int | None) -> tuple[str, str] | None:
    if customer_id is None:
        return None
    customer = access_customer(interaction.session, customer_id)
    return customer.name, str(customer.id)


def _blank(interaction: Interaction, about: Mapping[str, Any], **values: Any) -> View:
    """The form for a new task, about the opportunity or customer that a button names."""
    values = values | {"assignee": interaction.actor.slack_user_id} | about_choices(interaction, about)
    return views.form(interaction.actor.locale, values=values)


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


def _made(interaction: Interaction, made: Task) -> Answer:
    _ = interaction._
    notes = []
    if made.assignee and made.assignee_id != interaction.actor.person_id:
        name = shown(made.assignee.name)
        if made.assignee.slack_user_id:
            notes.append(_("{name} gets a message about it.", name=name))
        else:
            notes.append(_("{name} is not in Slack yet and hears nothing of it.", name=name))
    if made.due_at:
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


@routes.action("task.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, about the opportunity or customer that the button names."""
    return Answer(modal=_blank(interaction, interaction.value))


@routes.global_shortcut("task.new", "New task")
def shortcut_new(interaction: Interaction) -> Answer:
    """The same from the lightning menu."""
    return Answer(modal=_blank(interaction, {}))


@routes.view("task.create")
def submit_create(interaction: Interaction) -> Answer:
    """Make a task from the form."""
    form = interaction.form
    made = make_task(
        interaction.session,
        interaction.actor,
        text=form.get("text") or "",
        now=interaction.now,
        assignee_id=chosen_person(interaction, "assignee"),
        due=typed_when(interaction, "due", form.get("due")),
        **chosen_subject(interaction),
    )
    return _made(interaction, made)


def chosen_person(interaction: Interaction, field: str) -> int | None:
    """The id of the person that a form's field chose."""
    with at_field(field):
        person = person_named(interaction, interaction.form.get(field))
    return person.id if person else None


@routes.action("task.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of a task."""
    found = access_task(interaction.session, int(interaction.value["task"]))
    values = views.form_values(found, interaction.actor.tz)
    return Answer(modal=views.form(interaction.actor.locale, values=values, task=found))


@routes.view("task.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    locale, zone = interaction.actor.locale, interaction.actor.tz
    values = {"text": form.get("text")} | chosen_subject(interaction)
    # What the form showed is not written back: it cannot show somebody without Slack, nor seconds.
    if form.get("assignee") != metadata.get("assignee"):
        values["assignee_id"] = chosen_person(interaction, "assignee")
    if form.get("due") != metadata.get("due"):
        values["due"] = typed_when(interaction, "due", form.get("due"))
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
        theirs = views.form_values(found, zone)
        problems = conflict_problems(interaction, conflict, theirs)
        return conflict_answer(interaction, conflict, _typed_again(interaction, found, theirs, problems))
    said = "✅ " + interaction._("Saved.")
    return Answer(views.card(edited, locale, zone=zone, said=said, changeset=interaction.changeset))


def _typed_again(
    interaction: Interaction, found: Task, theirs: Mapping[str, Any], problems: Mapping[str, str]
) -> View:
    """The form with what the person typed, building on the task as it is now."""
    form = interaction.form
    typed = {field: form.get(field) for field in ("text", "due", "assignee")}
    return views.form(
        interaction.actor.locale,
        values=typed | typed_choices(interaction),
        problems=problems,
        task=found,
        before=theirs,
    )


def typed_choices(interaction: Interaction) -> dict[str, tuple[str, str] | None]:
    """What a form's searches chose, to be shown once more."""
    return {field: _typed_choice(interaction, field) for field in ("customer", "opportunity")}


def _typed_choice(interaction: Interaction, field: str) -> tuple[str, str] | None:
    value = interaction.form.get(field)
    if not value:
        return None
    if value.startswith("new:"):
        return value.removeprefix("new:"), value
    return about_choices(interaction, {field: value})[field]
