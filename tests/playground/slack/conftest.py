"""A pretend Slack, people in it, and a bot of the tests' own behind either door."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.playground.slack import Channel, PretendSlack, User

Json = dict[str, Any]


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **step: float) -> None:
        self.moment += timedelta(**step)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack(clock: HandClock) -> Iterator[PretendSlack]:
    # Generous against a busy machine; the tests of lateness set their own.
    with PretendSlack(clock=clock, trigger_seconds=60, ack_seconds=30) as pretend:
        yield pretend


@pytest.fixture
def mei(slack: PretendSlack) -> User:
    return slack.add_user("mei", "Mei Chen", locale="zh-CN", tz="Asia/Shanghai", is_admin=True)


@pytest.fixture
def tom(slack: PretendSlack) -> User:
    return slack.add_user("tom", "Tom Baker")


@pytest.fixture
def sales(slack: PretendSlack, mei: User, tom: User) -> Channel:
    return slack.add_channel("sales", [mei, tom])


@pytest.fixture
def client(slack: PretendSlack) -> WebClient:
    return WebClient("xoxb-pretend", base_url=slack.api_url, retry_handlers=[])


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


def serve(flask: Flask) -> tuple[str, Callable[[], None]]:
    """Serve an app on the loopback address until the returned function is called."""
    server = make_server("127.0.0.1", 0, flask, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def stop() -> None:
        server.shutdown()
        server.server_close()

    return f"http://127.0.0.1:{server.server_port}", stop


@dataclass
class Bot:
    """A Bolt app, already reachable by the pretend Slack; listeners may be added at any time."""

    app: App
    door: str


@pytest.fixture(params=["http", "socket"])
def bot(request: pytest.FixtureRequest, slack: PretendSlack, client: WebClient) -> Iterator[Bot]:
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    if request.param == "http":
        with _over_http(slack, app):
            yield Bot(app, "http")
    else:
        with _over_a_socket(slack, app):
            yield Bot(app, "socket")


@pytest.fixture
def socket_bot(slack: PretendSlack, client: WebClient) -> Iterator[Bot]:
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    with _over_a_socket(slack, app):
        yield Bot(app, "socket")


@pytest.fixture
def http_bot(slack: PretendSlack, client: WebClient) -> Iterator[Bot]:
    app = App(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    with _over_http(slack, app):
        yield Bot(app, "http")


@contextmanager
def _over_http(slack: PretendSlack, app: App) -> Iterator[None]:
    flask, handler = Flask("bot"), SlackRequestHandler(app)
    flask.add_url_rule("/slack/events", "events", lambda: handler.handle(request), methods=["POST"])
    slack.bot_url, stop = serve(flask)
    yield
    stop()


@contextmanager
def _over_a_socket(slack: PretendSlack, app: App) -> Iterator[None]:
    handler = SocketModeHandler(app, slack.app_token, web_client=app.client)
    client = handler.client
    client.logger.setLevel(logging.CRITICAL)  # it complains when the server goes first
    handler.connect()
    yield
    # Its threads sit in reads of three seconds and of one unless the other side hangs up and a message comes.
    client.closed, client.auto_reconnect_enabled = True, False
    slack.sockets.drop()
    client.enqueue_message("")
    with suppress(AttributeError):  # its own reader may have closed the same socket meanwhile
        handler.close()
    handler.close()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, accessory: Json | None = None) -> Json:
    block: Json = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    return {**block, "accessory": accessory} if accessory else block


def button(action_id: str, text: str, value: str | None = None) -> Json:
    element = {"type": "button", "action_id": action_id, "text": plain(text)}
    return {**element, "value": value} if value else element


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def option(value: str, text: str) -> Json:
    return {"text": plain(text), "value": value}


def modal(*blocks: Json, callback_id: str = "form", title: str = "Form", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **more,
    }


def on_action(bot: Bot, action_id: str) -> list[dict[str, Any]]:
    """Acknowledge presses of the name; the returned list fills with the payloads that came."""
    seen: list[dict[str, Any]] = []

    def listen(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        ack()

    bot.app.action(action_id)(listen)
    return seen
