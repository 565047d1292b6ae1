"""files.*: the external-upload pair, and what becomes of an uploaded file."""

import mimetypes

from bot.playground.slack.blocks import check_message
from bot.playground.slack.errors import SlackError
from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.talk import Channel, File, Json


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    call.need("filename", "length")
    if not call.get("length").isdigit() or int(call.get("length")) < 1:
        raise SlackError("invalid_arguments", ["length must be a positive integer [json-pointer:/length]"])
    state, name = call.state, call.get("filename")
    file_id = state.new_id("F")
    file = File(
        file_id,
        call.team.id,
        name,
        name,
        call.team.bot_user,
        state.seconds(),
        f"{state.address}/files-pri/{call.team.id}-{file_id}/{name}",
        alt_text=call.get("alt_txt") or None,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    state.files[file_id] = file
    return {"upload_url": f"{state.address}/upload/v1/{file_id}", "file_id": file_id}


def _share(call: Call, channel: Channel, files: list[File], thread_ts: str | None) -> None:
    blocks = call.parsed("blocks", error="invalid_blocks_format")
    comment = call.get("initial_comment")
    check_message(comment, blocks, has_more=True, knows_picture=call.state.knows_picture)
    message = call.state.bot_message(call.team, channel.id, {"text": comment, "blocks": blocks or []})
    message.files, message.thread_ts = list(files), thread_ts
    for file in files:
        file.channels.append(channel.id)
    call.state.post(message)


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    state = call.state
    call.need("files")
    named = call.parsed("files")
    if (
        not isinstance(named, list)
        or not named
        or not all(isinstance(f, dict) and f.get("id") for f in named)
    ):
        raise SlackError(
            "invalid_arguments", ["must be an array of objects with an id [json-pointer:/files]"]
        )
    files = []
    for each in named:
        file = state.files.get(each["id"])
        if file is None or not file.uploaded or file.team != call.team.id:
            raise SlackError("file_not_found")
        file.title = each.get("title") or file.name
        files.append(file)
    places = call.ids("channel_id") or call.ids("channels")
    thread_ts = call.get("thread_ts") or None
    if thread_ts and len(places) != 1:
        raise SlackError(
            "invalid_arguments", ["thread_ts needs exactly one channel [json-pointer:/thread_ts]"]
        )
    # Every place is checked before the first is written to; a person's id is no channel here, as in Slack.
    channels = [Call(state, call.team, {"channel": place}).channel() for place in places]
    for channel in channels:
        if call.team.bot_user not in channel.members:
            raise SlackError("not_in_channel")
        if channel.is_archived:
            raise SlackError("is_archived")
    for channel in channels:
        _share(call, channel, files, thread_ts)
    for file in files:
        file.complete = True
    return {"files": [file.payload() for file in files]}


@method("files.info", "files:read")
def files_info(call: Call) -> Json:
    file = call.state.files.get(call.need("file"))
    if file is None or file.team != call.team.id or not file.complete:
        raise SlackError("file_not_found")
    return {"file": file.payload()}


@method("files.delete", "files:write")
def files_delete(call: Call) -> Json:
    file = call.state.files.pop(call.need("file"), None)
    if file is None:
        raise SlackError("file_not_found")
    for channel in file.channels:
        for message in call.state.channels[channel].messages:
            if file in message.files:
                message.files.remove(file)
                call.state.noted(message)
    return {}
