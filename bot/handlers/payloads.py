"""The shape of what Slack sends, as far as handlers rely on it."""

from typing import Any

from pydantic import BaseModel, ValidationError

Text = str | None


class _Named(BaseModel):
    id: Text = None
    domain: Text = None
    team_id: Text = None


class _Option(BaseModel):
    value: Text = None


class _Element(BaseModel):
    type: Text = None
    action_id: Text = None
    value: Text = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_date: Text = None
    selected_time: Text = None
    selected_user: Text = None
    selected_users: list[str] | None = None
    selected_conversation: Text = None
    selected_channel: Text = None


class _State(BaseModel):
    values: dict[str, dict[str, _Element]] | None = None


class _View(BaseModel):
    type: Text = None
    id: Text = None
    hash: Text = None
    callback_id: Text = None
    private_metadata: Text = None
    blocks: list[dict[str, Any]] | None = None
    state: _State | None = None


class _Message(BaseModel):
    ts: Text = None
    thread_ts: Text = None
    text: Text = None
    user: Text = None
    blocks: list[dict[str, Any]] | None = None


class _Event(BaseModel):
    type: Text = None
    user: _Named | str | None = None
    channel: _Named | str | None = None
    text: Text = None
    thread_ts: Text = None
    tab: Text = None
    reaction: Text = None
    source: Text = None
    unfurl_id: Text = None
    message_ts: Text = None


class _ResponseUrl(BaseModel):
    channel_id: Text = None
    response_url: Text = None


class _Payload(BaseModel):
    type: Text = None
    command: Text = None
    text: Text = None
    trigger_id: Text = None
    response_url: Text = None
    callback_id: Text = None
    action_id: Text = None
    value: Text = None
    team_id: Text = None
    user_id: Text = None
    channel_id: Text = None
    event_id: Text = None
    team: _Named | None = None
    user: _Named | None = None
    channel: _Named | None = None
    actions: list[_Element] | None = None
    response_urls: list[_ResponseUrl] | None = None
    view: _View | None = None
    state: _State | None = None
    message: _Message | None = None
    event: _Event | None = None


def misshapen(payload: object) -> list[str]:
    """Where the payload has not the shape that Slack documents; nothing where all is well.

    Only places are named, never what stands there: it may be anybody's text.
    """
    try:
        _Payload.model_validate(payload)
    except ValidationError as error:
        return [".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)]
    return []
