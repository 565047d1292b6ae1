"""What the bot says without the Web API: in an acknowledgement, or to a response address."""

from typing import Any

from bot.playground.slack.blocks import check_message
from bot.playground.slack.errors import SlackError
from bot.playground.slack.forms import with_ids
from bot.playground.slack.state import State
from bot.playground.slack.talk import Json, Message
from bot.playground.slack.tickets import Response


def say(state: State, ticket: Response, body: Any) -> Message | None:
    """Show an answer where it belongs; None where it took a message away or says nothing.

    Raises SlackError as chat.postMessage does.
    """
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    with state.lock:
        original = None
        if ticket.message_ts:
            original = state.message(ticket.channel, ticket.message_ts, viewer=ticket.user)
        if body.get("delete_original"):
            if original:
                state.remove(original)
            return None
        blocks = body.get("blocks")
        more = bool(body.get("attachments"))
        check_message(body.get("text"), blocks, has_more=more, knows_picture=state.knows_picture)
        if body.get("replace_original") and original:
            return _replace(state, original, body)
        return state.post(_new(state, ticket, body))


def _replace(state: State, original: Message, body: Json) -> Message:
    original.text = body.get("text") or ""
    original.blocks = with_ids(body.get("blocks") or [])
    original.attachments = body.get("attachments") or []
    if not original.ephemeral_to:
        original.edited = {"user": original.user, "ts": state.next_ts()}
    state.noted(original)
    return original


def _new(state: State, ticket: Response, body: Json) -> Message:
    in_channel = body.get("response_type") == "in_channel"
    return state.bot_message(
        state.teams[ticket.team],
        ticket.channel,
        body,
        ephemeral_to=None if in_channel else ticket.user,
        thread_ts=body.get("thread_ts") or ticket.thread_ts,
        subtype="bot_message",
    )
