"""What people say to a task: yes, no, help, a comment, who else is to do it, what came of it."""

from typing import Any

from bot.domain.task_news import NoteKind
from bot.handlers.answers import Answer
from bot.handlers.due import typed_when
from bot.handlers.interaction import Interaction
from bot.handlers.router import Routes
from bot.handlers.task_buttons import happened, place_of
from bot.handlers.task_details import done_in_details
from bot.handlers.tasks import chosen_person
from bot.services.task_responses import (
    accept_task,
    ask_for_help,
    decline_task,
    finish_task,
    hand_over_task,
    say_on_task,
    who_helps,
)
from bot.services.tasks import check_may_change_task
from bot.services.team_tasks import ask_after
from bot.store.models import Task
from bot.store.tasks import access_task, list_tasks_made
from bot.views import task_details as forms
from bot.views import tasks as views
from bot.views.blocks import View, button, text_message
from bot.views.text import shown

routes = Routes()


def _task(interaction: Interaction) -> Task:
    return access_task(interaction.session, _task_id(interaction))


def _task_id(interaction: Interaction) -> int:
    known = interaction.metadata if interaction.kind == "view" else interaction.value
    return int(known["task"])


def _opened(interaction: Interaction, view: View) -> Answer:
    """Over a message; inside the details in their place, so that the one form closes it all."""
    return Answer(update=view) if interaction.in_modal else Answer(modal=view)


def _said(interaction: Interaction, task: Task, said: str) -> Answer:
    """The card below what just happened, where its form was opened from a message of its own in its place."""
    locale, zone = interaction.actor.locale, interaction.actor.tz
    card = views.card(task, locale, zone=zone, said=said, changeset=interaction.changeset)
    return Answer(card, replace=bool(interaction.metadata.get("alone")))


@routes.action("task.accept")
def press_accept(interaction: Interaction) -> Answer:
    """I will do it."""
    return accepted(interaction, _task_id(interaction))


def accepted(interaction: Interaction, task_id: int) -> Answer:
    """Say so, and show the card."""
    task = accept_task(interaction.session, interaction.actor, task_id, now=interaction.now)
    said = "👍 " + interaction._("You accepted it.")
    if interaction.in_modal:
        return done_in_details(interaction, task, said)
    return happened(interaction, task, said=said)


@routes.action("task.decline")
def press_decline(interaction: Interaction) -> Answer:
    """Ask why not."""
    _, task = interaction._, _task(interaction)
    view = forms.words_form(
        task,
        interaction.actor.locale,
        callback="task.decline",
        title=_("Decline"),
        label=_("Why not?"),
        send=_("Decline"),
        example=_("On holiday until Monday"),
        **place_of(interaction),
    )
    return _opened(interaction, view)


@routes.view("task.decline")
def submit_decline(interaction: Interaction) -> Answer:
    """I will not do it."""
    return declined(interaction, _task_id(interaction), interaction.form.get("words"))


def declined(interaction: Interaction, task_id: int, reason: str | None) -> Answer:
    """Decline, and say whose it is now."""
    task = decline_task(interaction.session, interaction.actor, task_id, reason=reason, now=interaction.now)
    if task.team_task_id is None and task.assignee:
        said = interaction._("Declined; {name} has it again.", name=shown(task.assignee.name, 80))
    else:
        said = interaction._("Declined.")
    undo = button(interaction._("Undo"), "undo", changeset=interaction.changeset)
    message = text_message(f"🙅 {said}\n{views.named(task)}", undo)
    return Answer(message, replace=bool(interaction.metadata.get("alone")))


@routes.action("task.help")
def press_help(interaction: Interaction) -> Answer:
    """Ask what is needed."""
    _, task = interaction._, _task(interaction)
    check_may_change_task(interaction.session, interaction.actor, task)
    name = who_helps(interaction.session, interaction.actor, task)
    view = forms.words_form(
        task,
        interaction.actor.locale,
        callback="task.help",
        title=_("Ask for help"),
        label=_("What do you need from {name}?", name=name),
        send=_("Ask"),
        example=_("They ask for 15% off, may I?"),
        **place_of(interaction),
    )
    return _opened(interaction, view)


@routes.view("task.help")
def submit_help(interaction: Interaction) -> Answer:
    """Ask the manager."""
    return helped(interaction, _task_id(interaction), interaction.form.get("words"))


def helped(interaction: Interaction, task_id: int, question: str | None) -> Answer:
    """Ask, and say who was asked."""
    session, actor = interaction.session, interaction.actor
    task = ask_for_help(session, actor, task_id, question=question, now=interaction.now)
    name = shown(who_helps(session, actor, task), 80)
    return _said(interaction, task, "🆘 " + interaction._("{name} gets your question.", name=name))


@routes.action("task.answer")
@routes.action("task.comment")
def press_comment(interaction: Interaction) -> Answer:
    """Ask for the words."""
    _, task = interaction._, _task(interaction)
    is_answer = interaction.name.partition("#")[0] == "task.answer"
    view = forms.words_form(
        task,
        interaction.actor.locale,
        callback="task.answer" if is_answer else "task.comment",
        title=_("Answer") if is_answer else _("Comment"),
        label=_("What do you want to say?"),
        send=_("Send"),
        example=_("Yes, up to 12%") if is_answer else _("They are away until Monday"),
        **place_of(interaction),
    )
    return _opened(interaction, view)


@routes.view("task.answer")
def submit_answer(interaction: Interaction) -> Answer:
    """Answer who asked for help."""
    return commented(interaction, _task_id(interaction), interaction.form.get("words"), NoteKind.ANSWER)


@routes.view("task.comment")
def submit_comment(interaction: Interaction) -> Answer:
    """Keep the comment."""
    return commented(interaction, _task_id(interaction), interaction.form.get("words"), NoteKind.COMMENT)


def commented(interaction: Interaction, task_id: int, words: str | None, kind: NoteKind) -> Answer:
    """Keep what was said with the task."""
    session, actor = interaction.session, interaction.actor
    note = say_on_task(session, actor, task_id, words=words, now=interaction.now, kind=kind)
    said = interaction._("Kept with the task: {text}", text=shown(note.text, 500))
    return _said(interaction, access_task(session, task_id), f"💬 {said}")


@routes.action("task.take")
def press_take(interaction: Interaction) -> Answer:
    """I will do it myself."""
    session, actor = interaction.session, interaction.actor
    task = hand_over_task(session, actor, _task_id(interaction), actor.person_id or 0, now=interaction.now)
    return happened(interaction, task, said="↪️ " + interaction._("You have it now."))


@routes.action("task.ask_after")
def press_ask_after(interaction: Interaction) -> Answer:
    """Ask whose task it is how far it is."""
    session, actor = interaction.session, interaction.actor
    task = _task(interaction)
    check_may_change_task(session, actor, task)
    name = shown(task.assignee.name, 80) if task.assignee else "—"
    if task.assignee and not task.assignee.slack_user_id:
        unheard = interaction._("{name} is not in Slack yet and hears nothing of it.", name=name)
        others = button(interaction._("Hand over…"), "task.give", task=task.id)
        return Answer(text_message("🔇 " + unheard, others))
    if task.assignee_id is not None:
        ask_after(session, actor, task.id, task.assignee_id, now=interaction.now)
    return Answer(text_message("🙋 " + interaction._("I ask {name} how far it is.", name=name)))


@routes.action("task.give")
def press_give(interaction: Interaction) -> Answer:
    """Ask who is to have it."""
    task = _task(interaction)
    check_may_change_task(interaction.session, interaction.actor, task)
    return _opened(interaction, forms.give_form(task, interaction.actor.locale, **place_of(interaction)))


@routes.view("task.give")
def submit_give(interaction: Interaction) -> Answer:
    """Hand it over."""
    person_id = chosen_person(interaction, "person") or 0
    return given(interaction, _task_id(interaction), person_id, interaction.form.get("words"))


def given(interaction: Interaction, task_id: int, person_id: int, words: str | None) -> Answer:
    """Hand a task over, and say whose it is now."""
    session, actor = interaction.session, interaction.actor
    task = hand_over_task(session, actor, task_id, person_id, now=interaction.now, words=words)
    name = shown(task.assignee.name, 80) if task.assignee else "—"
    return _said(interaction, task, "↪️ " + interaction._("{name} has it now, and gets a message.", name=name))


@routes.action("task.finish")
def press_finish(interaction: Interaction) -> Answer:
    """Ask what came of it and what follows."""
    task = _task(interaction)
    check_may_change_task(interaction.session, interaction.actor, task)
    return _opened(interaction, forms.finish_form(task, interaction.actor.locale, **place_of(interaction)))


@routes.view("task.finish")
def submit_finish(interaction: Interaction) -> Answer:
    """Done, with what came of it and the next step."""
    form = interaction.form
    due = typed_when(interaction, "due", form.get("due"))
    return finished(interaction, _task_id(interaction), form.get("outcome"), form.get("next"), due)


def finished(
    interaction: Interaction, task_id: int, outcome: str | None, following: str | None, due: Any
) -> Answer:
    """Mark it done, and show the next step where there is one."""
    done, made = finish_task(
        interaction.session,
        interaction.actor,
        task_id,
        outcome=outcome,
        next_text=following,
        next_due=due,
        now=interaction.now,
    )
    locale, changeset = interaction.actor.locale, interaction.changeset
    zone = interaction.actor.tz
    again = next((each for each in list_tasks_made(interaction.session, changeset) if each.repeats), None)
    closed = views.closed(done, locale, changeset=changeset, following=again, zone=zone)
    replace = bool(interaction.metadata.get("alone"))
    if made is None:
        return Answer(closed, replace=replace)
    said = f"{closed.text}\n→ " + interaction._("Next step:")
    card = views.card(made, locale, zone=zone, said=said, changeset=changeset)
    return Answer(card, replace=replace)
