"""What the menu of a Slack message offers: to keep it on a timeline, or to make a task of it."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction
from bot.handlers.mails import log_mail_files
from bot.handlers.messages import files_of, message_text, moment_of, permalink, reply_count, thread_of
from bot.handlers.router import Routes
from bot.handlers.tasks import about_choices
from bot.services.recognising import contact_named_in, customer_named_in
from bot.store.activities import find_activity_from
from bot.store.rooms import find_room_in
from bot.views import activities as views
from bot.views import activity_forms as forms
from bot.views import task_forms
from bot.views.mails import reading

routes = Routes()


@routes.message_shortcut("activity.from_message", "Log to CRM")
def log_message(interaction: Interaction) -> Answer:
    """Open the form with a message's text, its author, its time and its link."""
    message = interaction.payload.get("message") or {}
    if log_mail_files(interaction, message):
        return Answer(reading(interaction.actor.locale))
    source = thread_of(interaction.payload)
    kept = find_activity_from(interaction.session, source) if source else None
    if kept is not None:
        said = interaction._("This message is on the timeline already.")
        return Answer(
            views.card(kept, interaction.actor.locale, zone=interaction.actor.tz, said="📌 " + said)
        )
    at = moment_of(message.get("ts"))
    author = message.get("user")
    is_person = bool(author) and not message.get("bot_id")
    values: dict[str, Any] = {
        "kind": "message",
        "text": message_text(interaction),
        "person": author if is_person else interaction.actor.slack_user_id,
        "happened_at": views.typed_moment(at or interaction.now, interaction.actor.tz),
        "at": message["ts"] if at else None,
    }
    if room := find_room_in(interaction.session, interaction.channel or ""):
        values |= about_choices(interaction, {"opportunity": room.opportunity_id})
    else:
        values |= _named(interaction, values["text"])
    return Answer(
        modal=forms.form(
            interaction.actor.locale,
            values=values,
            permalink=permalink(interaction.payload),
            files=files_of(message),
            replies=reply_count(message),
            thread=thread_of(interaction.payload),
        )
    )


@routes.message_shortcut("task.from_message", "Make a task")
def task_of_message(interaction: Interaction) -> Answer:
    """Open the form of a task with a message's first words."""
    words = " ".join(message_text(interaction).split())
    values: dict[str, Any] = {"text": words[:1000], "assignee": interaction.actor.slack_user_id}
    values |= _named(interaction, words)
    return Answer(modal=task_forms.form(interaction.actor.locale, values=values))


def _named(interaction: Interaction, text: str) -> dict[str, Any]:
    """The choices of a form about the one customer that a message names, and whom of theirs."""
    customer = customer_named_in(interaction.session, interaction.actor, text)
    if customer is None:
        return {}
    contact = contact_named_in(customer, text)
    return {"customer": (customer.name, str(customer.id))} | (
        {"contact": (contact.name, str(contact.id))} if contact else {}
    )
