"""The ways into the bot: a signed HTTP request, or the WebSocket that the bot opened."""

import hashlib
import hmac
import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.journal import Journal
from bot.playground.slack.sockets import Sockets

ACK_SECONDS = 3.0


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request."""
    return (
        "v0="
        + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    )


class Doors:
    """Delivers over the socket while one is open, else over HTTP to `bot_url`."""

    def __init__(
        self, journal: Journal, sockets: Sockets, *, signing_secret: str, ack_seconds: float
    ) -> None:
        self.bot_url: str | None = None
        self.sockets = sockets
        self.signing_secret = signing_secret
        self.ack_seconds = ack_seconds
        self._journal = journal

    def deliver(self, delivery: Delivery) -> Delivery:
        """Send it and wait for the acknowledgement; never raises for what the bot does."""
        began = time.perf_counter()
        if self.sockets.is_in_use(self.ack_seconds):
            delivery.door = "socket"
            self._over_socket(delivery)
        elif self.bot_url:
            delivery.door = "http"
            self._over_http(delivery)
        else:
            delivery.error = "dispatch_failed"
        delivery.elapsed = time.perf_counter() - began
        if delivery.error is None and delivery.elapsed > self.ack_seconds:
            delivery.error = "operation_timeout"
        answer: Any = delivery.ack if delivery.ack is not None else delivery.body
        self._journal.write("in", delivery.kind, delivery.payload, status=delivery.status, answer=answer)
        return delivery

    def _over_http(self, delivery: Delivery) -> None:
        content_type, body = delivery.http_body()
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.signing_secret, timestamp, body),
        }
        if delivery.attempt:
            headers["X-Slack-Retry-Num"] = str(delivery.attempt)
            headers["X-Slack-Retry-Reason"] = "http_error"
        try:
            self._request(delivery, body, headers)
        except TimeoutError:
            delivery.error = "operation_timeout"
        except (OSError, http.client.HTTPException):
            delivery.error = "dispatch_failed"

    def _request(self, delivery: Delivery, body: bytes, headers: dict[str, str]) -> None:
        address = urlsplit(self.bot_url or "")
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = kind(address.netloc, timeout=self.ack_seconds)
        try:
            connection.request("POST", address.path.rstrip("/") + "/slack/events", body, headers)
            response = connection.getresponse()
            delivery.status = response.status
            delivery.headers = {name.lower(): value for name, value in response.getheaders()}
            delivery.body = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        if delivery.status != 200:
            delivery.error = "dispatch_failed"
            return
        if delivery.headers.get("content-type", "").startswith("application/json") and delivery.body.strip():
            try:
                delivery.ack = json.loads(delivery.body)
            except ValueError:
                delivery.error = "invalid_payload"

    def _over_socket(self, delivery: Delivery) -> None:
        takes_payload = delivery.envelope != "events_api"
        retry = {"retry_attempt": delivery.attempt, "retry_reason": "timeout" if delivery.attempt else ""}
        answer = self.sockets.send(
            delivery.envelope,
            delivery.payload,
            accepts_response_payload=takes_payload,
            extra=retry if delivery.envelope == "events_api" else {},
            timeout=self.ack_seconds,
        )
        if answer is None:
            delivery.error = "operation_timeout"
            return
        delivery.status = 200
        payload = answer.get("payload")
        if isinstance(payload, str):
            delivery.body = payload
        elif payload:
            delivery.ack, delivery.body = payload, json.dumps(payload, ensure_ascii=False)
