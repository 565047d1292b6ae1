"""Activities: `/crm log` and its form."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.activities import read_duration
from bot.domain.errors import Refusal
from bot.domain.notices import NoticeKind, direct_to
from bot.handlers.activity_lines import labelled
from bot.handlers.answers import Answer
from bot.handlers.choosing import customer_meant, numbered, without_name
from bot.handlers.conflicts import conflict_answer, conflict_problems
from bot.handlers.due import due_of, typed_when
from bot.handlers.interaction import Interaction
from bot.handlers.lead_lines import Labelled
from bot.handlers.lines import question, read_typed, unread
from bot.handlers.messages import attached, moment_of, uploaded
from bot.handlers.router import Routes
from bot.handlers.tasks import about_choices, chosen_person, chosen_subject, typed_choices
from bot.language import Ask, Line, NameMatch
from bot.services.activities import edit_activity, log_activity
from bot.services.edits import EditConflict
from bot.services.notices import post_notice
from bot.services.tasks import Due, make_task
from bot.store.activities import access_activity, find_activity_from
from bot.store.contacts import access_contact, search_contacts
from bot.store.customers import find_customers_called
from bot.store.models import Activity, Customer, Task
from bot.views import activities as views
from bot.views import activity_forms as forms
from bot.views import task_forms
from bot.views.blocks import View, option
from bot.views.links import mail_link, phone_link
from bot.views.text import plain, shown
from bot.views.words import ACTIVITY_KINDS

routes = Routes()


class NoDuration(Refusal):
    """Words that say no length of time."""

    message = "“{typed}” is no length of time. Type minutes or hours, such as: 30 min or 1.5 h"


class KeptAlready(Refusal):
    """A message that is on a timeline already."""

    message = "This message is on the timeline already."


_BARE = frozenset(["follow up", "follow-up", "followup", "跟进", "回访"])
"""A next step that says no more than that there is one."""


@routes.command("log")
def log(interaction: Interaction) -> Answer:
    """Write down what a line says, with the task that follows from it; or open the form."""
    if not interaction.text:
        return Answer(modal=_blank(interaction, {}))
    said = labelled(interaction.text)
    known, text = numbered(interaction, said.text)
    whole, interaction.text = interaction.text, text
    line = without_name(read_typed(interaction, "log"), known)
    interaction.text = whole
    asked = next((ask for ask in line.asks if ask.readings), None)
    if asked:
        return question(interaction, "log", _or_new(asked))
    if line.asks or not (known or "customer" in line.fields) or not _says(line, said):
        about = about_choices(interaction, {"opportunity": known.id}) if known else {}
        return Answer(modal=_prefilled(interaction, line, said.values, about))
    customer, new, fields = None, None, line.fields
    if known is None:
        found = customer_meant(interaction, "log", fields["customer"])
        if isinstance(found, Answer):
            return found
        customer, is_new = found
        new = customer if is_new else None
    activity = log_activity(
        interaction.session,
        interaction.actor,
        now=interaction.now,
        kind=fields.get("kind") or "note",
        text=_text(line),
        customer_id=customer.id if customer else None,
        opportunity_id=known.id if known else None,
        happened_at=_said_at(fields.get("happened_at"), interaction),
        **said.values,
    )
    task = _follow(interaction, activity, fields.get("follow_up"), due_of(fields.get("due")))
    return _logged(interaction, activity, task, new_customer=new)


def _says(line: Line, said: Labelled) -> bool:
    """Something happened: a kind, words or a need are enough."""
    return bool("kind" in line.fields or _text(line) or said.values)


def _text(line: Line) -> str:
    return " ".join(each for each in (line.fields.get("text") or "", line.note) if each)


def _or_new(ask: Ask) -> Ask:
    """The question; of a customer's near names with the name as typed for one that nobody knows yet."""
    if ask.field != "customer":
        return ask
    return Ask(ask.field, (*ask.readings[:4], NameMatch(0, plain(ask.typed))), ask.typed)


def _follow(interaction: Interaction, activity: Activity, words: str | None, due: Due) -> Task | None:
    """The task that follows from an activity, where its words or its day were said."""
    if not words and due is None:
        return None
    names = activity.customer or activity.opportunity
    if not words or words.casefold() in _BARE:
        words = interaction._("Follow up with {name}", name=plain(names.name if names else ""))
    return make_task(
        interaction.session,
        interaction.actor,
        text=words,
        now=interaction.now,
        due=due,
        customer_id=activity.customer_id,
        opportunity_id=activity.opportunity_id,
    )


def _logged(
    interaction: Interaction,
    activity: Activity,
    task: Task | None,
    *,
    new_customer: Customer | None = None,
    said: str | None = None,
) -> Answer:
    _ = interaction._
    notes = [_("New customer: {name}", name=shown(new_customer.name))] if new_customer else []
    if task is not None and task.due_at:
        notes.append(_("A reminder comes at that moment."))
    if said is None:
        said = _("Logged, with a task.") if task else _("Logged.")
    return Answer(
        views.card(
            activity,
            interaction.actor.locale,
            zone=interaction.actor.tz,
            task=task,
            said="✅ " + said,
            notes=notes,
            changeset=interaction.changeset,
        )
    )


def _prefilled(
    interaction: Interaction, line: Line, said: Mapping[str, Any], about: Mapping[str, Any]
) -> View:
    """The form with what was understood and what it is about; beside the other fields what was not."""
    _ = interaction._
    typed = {ask.field: ask.typed for ask in line.asks}
    due = due_of(line.fields.get("due"))
    values = dict(said) | {
        "customer": _customer_choice(interaction, line),
        "kind": line.fields.get("kind") or "note",
        "text": _text(line),
        "next_step": line.fields.get("follow_up"),
        "due": task_forms.typed_due(due, interaction.actor.tz) or typed.get("due"),
        "happened_at": typed.get("happened_at"),
    }
    values |= about
    problems = {ask.field: unread(interaction, ask) for ask in line.asks}
    if values["customer"] is None and "customer" not in problems:
        problems["customer"] = _("Which customer was it with?")
    return forms.form(interaction.actor.locale, values=values, problems=problems)


def _customer_choice(interaction: Interaction, line: Line) -> tuple[str, str] | None:
    typed = line.fields.get("customer")
    if typed is None:
        return None
    name = plain(str(getattr(typed, "name", typed)))
    known = find_customers_called(interaction.session, name)
    return (known[0].name, str(known[0].id)) if known else (name, f"new:{name}")


def _blank(interaction: Interaction, about: Mapping[str, Any]) -> View:
    values: dict[str, Any] = dict(about_choices(interaction, about))
    if about.get("tells") in views.TELLS:
        values |= {"tells": about["tells"], "kind": "note"}
    return forms.form(interaction.actor.locale, values=values)


@routes.action("activity.new")
def press_new(interaction: Interaction) -> Answer:
    """Open the form, about the opportunity, customer or contact that the button names."""
    if interaction.value.get("contact"):
        return Answer(modal=_with_contact(interaction, interaction.value["contact"]))
    return Answer(modal=_blank(interaction, interaction.value))


def _with_contact(interaction: Interaction, contact_id: int) -> View:
    """The form of a call or mail with a contact, below the link that starts it."""
    contact = access_contact(interaction.session, contact_id)
    kind = str(interaction.value.get("kind") or "")
    values: dict[str, Any] = {
        "contact": (contact.name, str(contact.id)),
        "customer": (contact.customer.name, str(contact.customer_id)),
    }
    if kind in ACTIVITY_KINDS:
        values |= {"kind": kind, "direction": "out"}
    link = None
    if kind == "call" and contact.phone:
        link = "📞 " + phone_link(contact.phone)
    elif kind == "email" and contact.email:
        link = "✉️ " + mail_link(contact.email)
    return forms.form(interaction.actor.locale, values=values, link=link)


@routes.global_shortcut("activity.new", "Log activity")
def shortcut_new(interaction: Interaction) -> Answer:
    """The same from the lightning menu."""
    return Answer(modal=_blank(interaction, {}))


@routes.view("activity.create")
def submit_create(interaction: Interaction) -> Answer:
    """Write it down from the form, with the next step as a task."""
    form = interaction.form
    due = typed_when(interaction, "due", form.get("due"))
    subject = chosen_subject(interaction)
    activity = log_activity(
        interaction.session,
        interaction.actor,
        now=interaction.now,
        kind=form.get("kind") or "note",
        text=form.get("text"),
        happened_at=_happened_at(interaction),
        person_id=chosen_person(interaction, "person"),
        permalink=interaction.metadata.get("permalink"),
        customer_id=subject["customer_id"],
        opportunity_id=subject["opportunity_id"],
        files=[*attached(interaction.metadata.get("files")), *uploaded(form.get("files"))],
        slack_message=_source(interaction),
        **_details(interaction),
    )
    if form.get("replies"):
        _add_replies(interaction, activity)
    task = _follow(interaction, activity, form.get("next_step"), due)
    return _logged(interaction, activity, task)


def _source(interaction: Interaction) -> str | None:
    """The message that the form was made from. Raises KeptAlready where somebody was faster."""
    source = interaction.metadata.get("source")
    if source is None:
        return None
    if find_activity_from(interaction.session, str(source)):
        raise KeptAlready
    return str(source)


def _add_replies(interaction: Interaction, activity: Activity) -> None:
    """Let the replies of the message's thread be added, which Slack is asked for after this answer."""
    channel, _dot, ts = str(interaction.metadata.get("thread") or "").partition(":")
    if not (channel and moment_of(ts)):
        return
    post_notice(
        interaction.session,
        kind=NoticeKind.REPLIES,
        recipient=direct_to(interaction.actor.person_id or 0),
        due_at=interaction.now,
        dedupe_key=f"activity:{activity.id}:replies",
        payload={"activity": activity.id, "channel": channel, "ts": ts},
    )


def _details(interaction: Interaction) -> dict[str, Any]:
    """What the form says besides what happened, when and with which customer. Raises NoDuration."""
    form = interaction.form
    typed = form.get("duration_min")
    minutes = read_duration(plain(typed)) if typed else None
    if typed and minutes is None:
        raise NoDuration(field="duration_min", typed=typed)
    texts = {column: form.get(column) for column in ("direction", "outcome", "people", "needs", "tells")}
    contact_id = int(form["contact"]) if form.get("contact") else None
    return texts | {"duration_min": minutes, "contact_id": contact_id}


@routes.options("contact")
def search_contact(interaction: Interaction) -> Answer:
    """Contacts for a select, as one types, each with its customer."""
    typed = plain(str(interaction.payload.get("value") or "")).strip()
    found = search_contacts(interaction.session, typed, limit=50)
    return Answer(
        options=tuple(option(f"{each.name} · {each.customer.name}", str(each.id)) for each in found)
    )


def _happened_at(interaction: Interaction) -> datetime | None:
    """When it happened; None is now. A day alone is its noon. What the form proposed keeps its seconds."""
    typed, metadata = interaction.form.get("happened_at"), interaction.metadata
    if typed and typed == metadata.get("happened_at") and metadata.get("at"):
        return datetime.fromtimestamp(float(metadata["at"]), UTC)
    read = typed_when(interaction, "happened_at", typed, past=True)
    if read is None or isinstance(read, datetime):
        return read
    return _at_noon(read, interaction)


def _said_at(said: date | datetime | None, interaction: Interaction) -> datetime | None:
    """When a line says that it happened; None is now."""
    if said is None or isinstance(said, datetime):
        return said
    return _at_noon(said, interaction)


def _at_noon(day: date, interaction: Interaction) -> datetime:
    noon = datetime.combine(day, time(12), interaction.actor.tz)
    return min(noon, interaction.now) if day == interaction.today else noon


@routes.action("activity.edit")
def press_edit(interaction: Interaction) -> Answer:
    """Open the form of what was written down."""
    activity = access_activity(interaction.session, int(interaction.value["activity"]))
    values = forms.form_values(activity, interaction.actor.tz)
    return Answer(modal=forms.form(interaction.actor.locale, values=values, activity=activity))


@routes.view("activity.edit")
def submit_edit(interaction: Interaction) -> Answer:
    """Save the form; where somebody else saved the same fields meanwhile, show both."""
    form, metadata = interaction.form, interaction.metadata
    activity_id = int(metadata["activity"])
    values: dict[str, Any] = {"kind": form.get("kind") or "note", "text": form.get("text") or ""}
    values |= chosen_subject(interaction) | _details(interaction)
    if form.get("happened_at") != metadata.get("happened_at"):
        values["happened_at"] = _happened_at(interaction) or interaction.now
    person_id = chosen_person(interaction, "person")
    if person_id is not None:
        values["person_id"] = person_id
    try:
        edited = edit_activity(
            interaction.session,
            interaction.actor,
            activity_id,
            values,
            now=interaction.now,
            version=metadata.get("version"),
            seen=metadata.get("seen"),
        )
    except EditConflict as conflict:
        locale = interaction.actor.locale
        activity = access_activity(interaction.session, activity_id)
        theirs = forms.form_values(activity, interaction.actor.tz)
        problems = conflict_problems(interaction, conflict, theirs)
        typed = dict(form) | typed_choices(interaction) | {"contact": _contact_choice(interaction)}
        view = forms.form(locale, values=typed, activity=activity, before=theirs, problems=problems)
        return conflict_answer(interaction, conflict, view)
    return _logged(interaction, edited, None, said=interaction._("Saved."))


def _contact_choice(interaction: Interaction) -> tuple[str, str] | None:
    """What the form's search for a contact chose, to be shown once more."""
    chosen = interaction.form.get("contact")
    return (access_contact(interaction.session, int(chosen)).name, chosen) if chosen else None
