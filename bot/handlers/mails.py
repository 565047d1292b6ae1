"""Mails that people bring: an .eml file or forwarded text in a direct message, or a message's menu."""

from collections.abc import Mapping
from typing import Any

from bot.domain.notices import NoticeKind, direct_to
from bot.handlers.answers import Answer
from bot.handlers.interaction import Interaction, typed_command
from bot.handlers.messages import attached
from bot.handlers.router import Routes
from bot.handlers.task_threads import TOLD, comment_by_reply
from bot.handlers.vcards import take_card_files
from bot.language.mails import Mail, read_forwarded
from bot.services.mails import details_of, words_of
from bot.services.notices import post_notice
from bot.store.notices import UnknownNotice, access_notice
from bot.views import activity_forms as forms
from bot.views.activities import typed_moment
from bot.views.text import plain

routes = Routes()

_MOST_MAILS = 5


@routes.event("message", changes=True)
def hear_message(interaction: Interaction) -> Answer:
    """Somebody told the bot something: a reply about a task is a comment on it, a mail is written down.

    Everything else is left alone.
    """
    event = interaction.payload.get("event") or {}
    if event.get("bot_id") or event.get("subtype") not in TOLD:
        return Answer()
    if kept := comment_by_reply(interaction, event):
        return Answer(kept)
    if event.get("channel_type") != "im":
        return Answer()
    if not (log_mail_files(interaction, event) or take_card_files(interaction, event)):
        text = plain(typed_command(str(event.get("text") or "")))
        mail = read_forwarded(text, interaction.actor.tz)
        if mail is not None:
            _post(interaction, str(event.get("ts")), {"mail": mail.kept()})
    return Answer()


def log_mail_files(interaction: Interaction, message: Mapping[str, Any]) -> bool:
    """Let every mail among a message's files be read; False where there is none."""
    found = [each for each in message.get("files") or [] if isinstance(each, dict) and _is_mail(each)]
    for file in found[:_MOST_MAILS]:
        remembered = {"id": file.get("id"), "name": file.get("name"), "at": file.get("permalink")}
        kept = attached([remembered])
        address = kept[0].address if kept else None
        payload = {"file": str(file.get("id")), "name": str(file.get("name") or "")[:255], "address": address}
        _post(interaction, f"{message.get('ts')}:{file.get('id')}", payload)
    return bool(found)


def _is_mail(file: Mapping[str, Any]) -> bool:
    name = str(file.get("name") or "").lower()
    return bool(file.get("id")) and (name.endswith(".eml") or file.get("mimetype") == "message/rfc822")


def _post(interaction: Interaction, what: str, payload: dict[str, Any]) -> None:
    person_id = interaction.actor.person_id or 0
    post_notice(
        interaction.session,
        kind=NoticeKind.MAIL,
        recipient=direct_to(person_id),
        due_at=interaction.now,
        dedupe_key=f"mail:{person_id}:{what}",
        payload=payload,
    )


@routes.action("mail.log")
def press_log(interaction: Interaction) -> Answer:
    """Open the form with a mail of nobody known, for its customer to be chosen."""
    notice = access_notice(interaction.session, interaction.value["notice"])
    if notice.recipient != direct_to(interaction.actor.person_id or 0) or "mail" not in notice.payload:
        raise UnknownNotice(number=notice.id)
    mail = Mail.of_kept(notice.payload["mail"])
    at = mail.at or interaction.now
    values = {
        "kind": "email",
        "text": words_of(mail),
        "happened_at": typed_moment(min(at, interaction.now), interaction.actor.tz),
        **details_of(interaction.session, mail),
    }
    return Answer(modal=forms.form(interaction.actor.locale, values=values))
