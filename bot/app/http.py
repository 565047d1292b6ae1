"""The door by HTTP: a guard before Bolt, and whether the bot is alive, ready and how it does."""

from collections.abc import Sequence

import structlog
from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import BoltRequest
from werkzeug.exceptions import RequestEntityTooLarge

from bot.app import Dealdesk
from bot.app.calendars import add_calendars
from bot.app.links import add_links
from bot.app.oauth import add_oauth
from bot.metrics import exposition
from bot.store import StoreUnavailable
from bot.store.migrating import is_migrated

LARGEST_BODY = 1024 * 1024

log = structlog.get_logger(__name__)


def build_web(dealdesk: Dealdesk) -> Flask:
    """The web application."""
    web = Flask("dealdesk", static_folder=None)
    web.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @web.route("/slack/events", methods=["POST"], provide_automatic_options=False)
    def events() -> Response:
        problem = _malformed()
        if problem:
            return _refused(*problem)
        try:
            asked = BoltRequest(body=request.get_data(as_text=True), headers=list_of_headers(), mode="http")
        except (ValueError, AttributeError, TypeError):  # Bolt reads the payload as it is made
            return _refused("no readable payload", 400)
        if not isinstance(asked.body, dict):
            return _refused("no readable payload", 400)
        answer = dealdesk.bolt.dispatch(asked)
        if answer.status == 401:
            return _refused("not signed by Slack, or too old", 401)
        if answer.status >= 500:  # Bolt's own parts stumbled over its shape; the edge raises nothing
            return _refused("no readable payload", 400)
        status = answer.status if answer.status in (200, 400) else 200
        return Response(answer.body, status=status, content_type=answer.first_headers().get("content-type"))

    @web.get("/healthz")
    def alive() -> str:
        return "ok\n"

    @web.get("/readyz")
    def ready() -> tuple[str, int]:
        try:
            dealdesk.store.answers()
        except StoreUnavailable:
            return "the database does not answer\n", 503
        if not is_migrated(dealdesk.store):
            return "the database is not migrated: run dealdesk migrate\n", 503
        return "ready\n", 200

    @web.get("/metrics")
    def metrics() -> Response:
        return Response(exposition(dealdesk.store, dealdesk.clock), content_type=CONTENT_TYPE_LATEST)

    if dealdesk.environment.public_url:
        add_calendars(web, dealdesk)
        add_links(web, dealdesk)
    if dealdesk.environment.installs_by_oauth:
        add_oauth(web, dealdesk)
    return web


def list_of_headers() -> dict[str, str | Sequence[str]]:
    """The request's headers as Bolt takes them."""
    return {name: request.headers.getlist(name) for name in request.headers.keys()}  # noqa: SIM118


def _malformed() -> tuple[str, int] | None:
    """What Bolt would answer with 500: why it is refused here, and the status."""
    try:
        request.get_data(as_text=False).decode("utf-8")
    except RequestEntityTooLarge:
        return "too large", 413
    except UnicodeDecodeError:
        return "not UTF-8", 400
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        return "no valid timestamp", 401
    if not signature.isascii() or not signature.startswith("v0="):
        return "no valid signature", 401
    return None


def _refused(reason: str, status: int) -> Response:
    """Nothing of the request is logged but where it came from and why it is refused."""
    log.warning("request_refused", reason=reason, status=status, address=request.remote_addr)
    return Response(f"{reason}\n", status=status)
