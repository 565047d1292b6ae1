"""conversations.*: channels and direct messages."""

import re
from typing import Any

from bot.playground.slack.errors import SlackError
from bot.playground.slack.methods.registry import Call, method, paged
from bot.playground.slack.talk import Channel, Json, Message

_KINDS = ("public_channel", "private_channel", "mpim", "im")


def kind_of(channel: Channel) -> str:
    """Slack's name for the type of a conversation."""
    return "im" if channel.is_im else "private_channel" if channel.is_private else "public_channel"


def _reading(call: Call, channel: Channel, what: str) -> None:
    prefix = {"im": "im", "private_channel": "groups", "public_channel": "channels"}[kind_of(channel)]
    call.scope(f"{prefix}:{what}")


@method("conversations.open", "im:write", "mpim:write")
def conversations_open(call: Call) -> Json:
    state = call.state
    if call.get("channel"):
        channel = call.channel()
        return {
            "channel": channel.payload(call.team.bot_user) if call.flag("return_im") else {"id": channel.id}
        }
    users = call.ids("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    user = state.users.get(users[0])
    if user is None or user.team != call.team.id:
        raise SlackError("user_not_found")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    known = any(c.is_im and c.user == user.id for c in state.channels.values())
    channel = state.direct(user)
    full = channel.payload(call.team.bot_user) if call.flag("return_im") else {"id": channel.id}
    return {"channel": full, **({"no_op": True, "already_open": True} if known else {})}


@method("conversations.list", "channels:read", "groups:read", "im:read")
def conversations_list(call: Call) -> Json:
    kinds = call.ids("types") or ["public_channel"]
    if not set(kinds) <= set(_KINDS):
        raise SlackError("invalid_types")
    me = call.team.bot_user
    seen = [
        channel.payload(me)
        for channel in call.state.channels.values()
        if channel.team == call.team.id
        and kind_of(channel) in kinds
        and (not channel.is_private or me in channel.members)
        and not (channel.is_archived and call.flag("exclude_archived"))
    ]
    page, after = paged(call, seen)
    return {"channels": page, "response_metadata": after}


@method("conversations.info")
def conversations_info(call: Call) -> Json:
    channel = call.channel()
    _reading(call, channel, "read")
    return {"channel": channel.payload(call.team.bot_user)}


@method("conversations.members")
def conversations_members(call: Call) -> Json:
    channel = call.channel()
    _reading(call, channel, "read")
    page, after = paged(call, channel.members)
    return {"members": page, "response_metadata": after}


@method("conversations.history")
def conversations_history(call: Call) -> Json:
    channel = call.channel()
    _reading(call, channel, "history")
    _must_be_in(call, channel)
    said = [m for m in channel.messages if not m.is_reply or m.reply_broadcast]
    return _page_of_messages(call, channel, said[::-1])


@method("conversations.replies")
def conversations_replies(call: Call) -> Json:
    call.need("channel", "ts")
    channel = call.channel()
    _reading(call, channel, "history")
    _must_be_in(call, channel)
    thread = channel.thread(call.get("ts"))
    if not thread:
        raise SlackError("thread_not_found")
    return _page_of_messages(call, channel, thread)


def _page_of_messages(call: Call, channel: Channel, messages: list[Message]) -> Json:
    oldest, latest = float(call.get("oldest", "0") or 0), float(call.get("latest", "inf") or "inf")
    inclusive = call.flag("inclusive")
    within = [
        message
        for message in messages
        if (oldest < float(message.ts) < latest) or (inclusive and float(message.ts) in (oldest, latest))
    ]
    page, after = paged(call, within, most=999)
    answer: dict[str, Any] = {
        "messages": [
            channel.with_replies(message, with_metadata=call.flag("include_all_metadata")) for message in page
        ],
        "has_more": bool(after["next_cursor"]),
    }
    if after["next_cursor"]:
        answer["response_metadata"] = after
    return answer


def _must_be_in(call: Call, channel: Channel) -> None:
    if call.team.bot_user not in channel.members:
        raise SlackError("not_in_channel")


def _changeable(call: Call) -> Channel:
    channel = call.channel()
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _changed(call: Call, channel: Channel) -> Json:
    call.state.changes.note("channel", channel=channel.id)
    return {"channel": channel.payload(call.team.bot_user)}


@method("conversations.create", "channels:manage", "groups:write")
def conversations_create(call: Call) -> Json:
    state, name = call.state, call.get("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if name != name.lower() or re.search(r"[^\w-]", name):
        raise SlackError("invalid_name_specials")
    if any(c.name == name and c.team == call.team.id and not c.is_im for c in state.channels.values()):
        raise SlackError("name_taken")
    me = call.team.bot_user
    channel = Channel(state.new_id("C"), call.team.id, name, is_private=call.flag("is_private"), creator=me)
    channel.members, channel.created = [me], state.seconds()
    state.channels[channel.id] = channel
    return _changed(call, channel)


@method("conversations.join", "channels:join")
def conversations_join(call: Call) -> Json:
    channel = _changeable(call)
    already = call.team.bot_user in channel.members
    if not already:
        channel.members.append(call.team.bot_user)
    answer = _changed(call, channel)
    return {**answer, "warning": "already_in_channel"} if already else answer


@method("conversations.leave", "channels:manage", "groups:write")
def conversations_leave(call: Call) -> Json:
    channel = _changeable(call)
    if call.team.bot_user not in channel.members:
        return {"not_in_channel": True}
    channel.members.remove(call.team.bot_user)
    call.state.changes.note("channel", channel=channel.id)
    return {}


@method("conversations.invite", "channels:manage", "groups:write", "channels:write.invites")
def conversations_invite(call: Call) -> Json:
    call.need("channel")
    channel = _changeable(call)
    _must_be_in(call, channel)
    people = call.ids("users")
    if not people:
        raise SlackError("no_user")
    if call.flag("force"):
        people = [
            user for user in people if user in call.state.users and user != call.team.bot_user
        ] or people
    for user in people:
        if user not in call.state.users:
            raise SlackError(
                "user_not_found", errors=[{"user": user, "ok": False, "error": "user_not_found"}]
            )
        if user == call.team.bot_user:
            raise SlackError(
                "cant_invite_self", errors=[{"user": user, "ok": False, "error": "cant_invite_self"}]
            )
    fresh = [user for user in people if user not in channel.members]
    if not fresh:
        raise SlackError("already_in_channel")
    channel.members.extend(fresh)
    return _changed(call, channel)


@method("conversations.archive", "channels:manage", "groups:write")
def conversations_archive(call: Call) -> Json:
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("already_archived")
    _changeable(call).is_archived = True
    call.state.changes.note("channel", channel=channel.id)
    return {}


@method("conversations.setTopic", "channels:manage", "groups:write", "channels:write.topic")
def conversations_set_topic(call: Call) -> Json:
    call.need("channel")
    channel = _changeable(call)
    _must_be_in(call, channel)
    if len(call.get("topic")) > 250:
        raise SlackError("too_long")
    channel.topic = call.get("topic")
    return _changed(call, channel)


@method("conversations.setPurpose", "channels:manage", "groups:write", "channels:write.topic")
def conversations_set_purpose(call: Call) -> Json:
    channel = _changeable(call)
    _must_be_in(call, channel)
    if len(call.get("purpose")) > 250:
        raise SlackError("too_long")
    channel.purpose = call.get("purpose")
    return _changed(call, channel)


@method("conversations.rename", "channels:manage", "groups:write")
def conversations_rename(call: Call) -> Json:
    call.need("channel", "name")
    channel = _changeable(call)
    _must_be_in(call, channel)
    if any(c.name == call.get("name") and c is not channel for c in call.state.channels.values()):
        raise SlackError("name_taken")
    channel.name = call.get("name")
    return _changed(call, channel)
