"""chat.*, reactions.* and pins.*: what the bot says."""

import re
from typing import Any

from bot.playground.slack.blocks import check_message, problems_of_blocks
from bot.playground.slack.errors import SlackError
from bot.playground.slack.forms import with_ids
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.talk import Channel, Json, Message


def _where_to_post(call: Call) -> Channel:
    """The channel of a chat.* call; a person's id means the direct messages with them."""
    state, team = call.state, call.team
    name = call.need("channel")
    if user := state.users.get(name):
        if user.team != team.id or user.is_bot:
            raise SlackError("channel_not_found")
        return state.direct(user)
    channel = state.channels.get(name) or next(
        (c for c in state.channels.values() if name.lstrip("#") == c.name and c.team == team.id), None
    )
    if channel is None or channel.team != team.id:
        raise SlackError("channel_not_found")
    if team.bot_user not in channel.members:
        may_all = team.scopes is not None and "chat:write.public" in team.scopes
        if channel.is_private or not may_all:
            raise SlackError("channel_not_found" if channel.is_private else "not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _body(call: Call) -> Json:
    """Text, blocks and attachments, checked as Slack checks them."""
    blocks = call.parsed("blocks", error="invalid_blocks_format")
    attachments = call.parsed("attachments", error="invalid_attachments")
    text = call.args.get("text") or call.args.get("markdown_text")
    knows = call.state.knows_picture
    check_message(text, blocks, has_more=bool(attachments), knows_picture=knows)
    for attachment in attachments or []:
        if lines := problems_of_blocks(attachment.get("blocks") or [], knows_picture=knows):
            raise SlackError("invalid_attachments", lines)
    return {"text": text or "", "blocks": blocks or [], "attachments": attachments or []}


def _metadata(call: Call) -> Json | None:
    metadata: Any = call.parsed("metadata", error="invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not set(metadata) <= {
        "event_type",
        "event_payload",
        "entities",
    }:
        raise SlackError("invalid_metadata_format")
    return metadata


def _thread(call: Call, channel: Channel) -> str | None:
    ts = call.get("thread_ts")
    if not ts:
        return None
    parent = channel.message(ts)
    if parent is None:
        raise SlackError("thread_not_found" if re.fullmatch(r"\d+\.\d+", ts) else "invalid_thread_ts")
    root = parent.thread_ts or ts
    if parent.thread_ts is None:
        parent.thread_ts = ts
    return root


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    state = call.state
    channel = _where_to_post(call)
    body, metadata = _body(call), _metadata(call)
    message = state.bot_message(
        call.team, channel.id, body, thread_ts=_thread(call, channel), metadata=metadata
    )
    message.reply_broadcast = call.flag("reply_broadcast")
    message.unfurl_links = call.flag("unfurl_links")
    state.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.payload(with_metadata=True)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    state = call.state
    call.need("channel", "user")
    channel = _where_to_post(call)
    user = call.person()
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    thread = call.get("thread_ts") or None
    message = state.bot_message(
        call.team, channel.id, _body(call), ephemeral_to=user.id, thread_ts=thread, subtype="bot_message"
    )
    state.post(message)
    return {"message_ts": message.ts}


def _own_message(call: Call, channel: Channel, *, missing: str, foreign: str) -> Message:
    message = channel.message(call.need("ts"))
    if message is None:
        raise SlackError(missing)
    if message.user != call.team.bot_user:
        raise SlackError(foreign)
    return message


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    call.need("channel", "ts")
    channel = call.channel()
    message = _own_message(call, channel, missing="message_not_found", foreign="cant_update_message")
    body = _body(call)
    if call.args.get("text") is not None:
        message.text = body["text"]
    if "blocks" in call.args:  # left out they are kept, as in Slack; [] takes them away
        message.blocks = with_ids(body["blocks"])
    if "attachments" in call.args:
        message.attachments = body["attachments"]
    if metadata := _metadata(call):
        message.metadata = metadata
    message.edited = {"user": call.team.bot_user, "ts": call.state.next_ts()}
    call.state.noted(message)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.payload(with_metadata=True),
    }


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    call.need("channel", "ts")
    channel = call.channel()
    message = _own_message(call, channel, missing="message_not_found", foreign="cant_delete_message")
    call.state.remove(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.unfurl", "links:write")
def unfurl(call: Call) -> Json:
    unfurls = call.parsed("unfurls")
    if not isinstance(unfurls, dict) or not unfurls:
        raise SlackError("missing_unfurls")
    if call.get("unfurl_id") and call.get("source"):
        place, _dot, ts = call.get("unfurl_id").partition(".")
        channel, ts = call.state.channels.get(place), ts.rpartition(".")[0]
    else:
        channel, ts = call.channel(), call.need("ts")
    message = channel.message(ts) if channel and channel.team == call.team.id else None
    if channel is None or message is None:
        raise SlackError("cannot_find_message")
    for url, shown in unfurls.items():
        if url.replace("&", "&amp;") not in message.text:
            raise SlackError("cannot_unfurl_url")
        if lines := problems_of_blocks(shown.get("blocks") or [], knows_picture=call.state.knows_picture):
            raise SlackError("invalid_unfurl_format", lines)
        kept = [each for each in message.attachments if each.get("from_url") != url]
        fresh = {**shown, "blocks": with_ids(shown.get("blocks") or []), "from_url": url}
        message.attachments = [*kept, fresh | {"id": len(kept) + 1, "is_app_unfurl": True}]
    call.state.noted(message)
    return {}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    call.need("channel", "message_ts")
    channel = call.channel()
    message = channel.message(call.get("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    link = f"{call.state.address}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _pointed_at(call: Call) -> Message:
    channel = call.channel()
    message = channel.message(call.need("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return message


@method("reactions.add", "reactions:write")
def reactions_add(call: Call) -> Json:
    call.need("channel", "name", "timestamp")
    message = _pointed_at(call)
    who = message.reactions.setdefault(call.need("name").strip(":"), [])
    if call.team.bot_user in who:
        raise SlackError("already_reacted")
    who.append(call.team.bot_user)
    call.state.noted(message)
    return {}


@method("reactions.remove", "reactions:write")
def reactions_remove(call: Call) -> Json:
    call.need("channel", "name", "timestamp")
    message, name = _pointed_at(call), call.need("name").strip(":")
    if call.team.bot_user not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(call.team.bot_user)
    if not message.reactions[name]:
        del message.reactions[name]
    call.state.noted(message)
    return {}


@method("pins.add", "pins:write")
def pins_add(call: Call) -> Json:
    message = _pointed_at(call)
    if message.pinned:
        raise SlackError("already_pinned")
    message.pinned = True
    call.state.noted(message)
    return {}


@method("pins.remove", "pins:write")
def pins_remove(call: Call) -> Json:
    message = _pointed_at(call)
    if not message.pinned:
        raise SlackError("no_pin")
    message.pinned = False
    call.state.noted(message)
    return {}


@method("pins.list", "pins:read")
def pins_list(call: Call) -> Json:
    channel = call.channel()
    pinned = [message for message in channel.messages if message.pinned]
    return {"items": [{"type": "message", "channel": channel.id, "message": m.payload()} for m in pinned]}
