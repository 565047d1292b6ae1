"""Two web servers of one kind, ours and a bare Bolt listener, asked in turn with signed commands."""

import hashlib
import hmac
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

SECRET = "benchmark"
HERE = Path(__file__).parent

BARE = """
from flask import Flask, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
import sys, logging, waitress
from bot.views.help import help_of
ANSWER = help_of(None, "en-US").body()
bolt = App(signing_secret="benchmark", process_before_response=True, logger=logging.getLogger("quiet"),
           authorize=lambda enterprise_id, team_id: AuthorizeResult(
               enterprise_id=None, team_id=team_id, bot_token="xoxb-x"))
@bolt.command("/crm")
def crm(ack):
    ack(ANSWER)
web = Flask("bare")
handler = SlackRequestHandler(bolt)
@web.post("/slack/events")
def events():
    return handler.handle(request)
@web.get("/readyz")
def ready():
    return "ready"
waitress.serve(web, host="127.0.0.1", port=int(sys.argv[1]), threads=16, asyncore_use_poll=True)
"""


def command(text: str, trigger: int) -> tuple[bytes, dict[str, str]]:
    """A signed slash command's body and headers."""
    fields = {
        "command": "/crm",
        "text": text,
        "team_id": "T1",
        "team_domain": "bench",
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": f"{trigger}.1",
        "response_url": "https://hooks.slack.com/commands/1",
    }
    body = urlencode(fields).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def environment(database_url: str, port: int, slack_url: str) -> dict[str, str]:
    """What our web role needs."""
    return os.environ | {
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "SLACK_BOT_TOKEN": "xoxb-pretend",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack_url,
    }


@contextmanager
def process(
    arguments: list[str], port: int, env: dict[str, str] | None = None
) -> Iterator[tuple[int, float]]:
    """A server process; yields its id and the seconds until it was ready."""
    began = time.monotonic()
    running = subprocess.Popen(arguments, env=env, stderr=subprocess.DEVNULL)
    try:
        while not is_ready(port):
            if running.poll() is not None:
                sys.exit(f"{arguments} ended")
            time.sleep(0.01)
        yield running.pid, time.monotonic() - began
    finally:
        running.terminate()
        running.wait(timeout=20)


def is_ready(port: int) -> bool:
    """True when the server answers /readyz."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def ask(connection: http.client.HTTPConnection, text: str, trigger: int) -> float:
    """Seconds until one command was acknowledged."""
    body, headers = command(text, trigger)
    began = time.perf_counter()
    connection.request("POST", "/slack/events", body, headers)
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - began
    if answer.status != 200:
        sys.exit(f"{text!r} got {answer.status}")
    return taken
