"""Calls of Slack's Web API whose failures are told apart by what is known about their effect."""

import copy
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from math import ceil
from socket import gaierror
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

_MAY_BE_DONE = frozenset(["internal_error", "fatal_error", "request_timeout"])
"""Slack's reference: some aspect of the operation may have succeeded before the error was raised."""
_LATER = frozenset(["service_unavailable", "team_added_to_org", "ratelimited", "rate_limited"])
_UNSAID_WAIT_S = 10.0
ANSWERS_HOST = "hooks.slack.com"

# The SDK logs every dropped connection as an error; here it is news of Slack, told once by the delivery.
_quiet = logging.getLogger("bot.slack_sdk")
_quiet.setLevel(logging.CRITICAL)


class Trouble(Exception):
    """A call that did not succeed; `error` is Slack's code or a few words."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Refused(Trouble):
    """Slack said no, and will say so again."""


class Failed(Trouble):
    """Nothing was done; the same may work later."""


class Unsure(Trouble):
    """It may have been done: there was no answer, or one that leaves it open."""


class Limited(Failed):
    """429: the method must not be called for the workspace in the next `seconds`."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__("ratelimited")
        self.method, self.seconds = method, seconds


def without_retries(client: WebClient, timeout_s: float) -> WebClient:
    """The client as notices use it: the SDK's own retry would post twice when a connection drops."""
    mine = copy.copy(client)
    mine.timeout, mine.retry_handlers = timeout_s, []  # type: ignore[assignment]  # Parts of seconds too.
    mine._logger = _quiet
    return mine


@contextmanager
def troubles(method: str) -> Iterator[None]:
    """Raise the failure of the calls inside as Refused, Limited, Failed or Unsure."""
    try:
        yield
    except SlackApiError as error:
        raise _trouble(method, error.response) from error
    except SlackClientError as error:
        raise Failed(str(error)[:200]) from error
    except URLError as error:
        # What goes wrong before an answer is wrapped so; only these two surely sent nothing.
        if isinstance(error.reason, ConnectionRefusedError | gaierror):
            raise Failed("no connection") from error
        raise Unsure("no answer") from error
    except (OSError, HTTPException) as error:
        raise Unsure("no answer") from error


def _trouble(method: str, response: Any) -> Trouble:
    status, code = response.status_code, str(response.get("error") or "")
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Limited(method, _retry_after(response.headers))
    if status >= 500 or code in _MAY_BE_DONE:
        return Unsure(code if code in _MAY_BE_DONE else f"HTTP {status}")
    if status != 200 or code in _LATER:
        return Failed(code or f"HTTP {status}")
    if " " in code or not code:
        return Unsure("an answer that is not JSON")
    return Refused(code)


def _retry_after(headers: Any) -> float:
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(float(found[0] if isinstance(found, list) else found), 0.0)
    except ValueError:
        return _UNSAID_WAIT_S


@dataclass(frozen=True)
class Slack:
    """The Web API of one team, for one try: `ready` is asked right before each call and may raise instead."""

    client: WebClient
    timeout_s: float
    ready: Callable[[str], None]

    def call(self, method: str, send: Callable[[WebClient], SlackResponse]) -> dict[str, Any]:
        """The answer of one call. Raises Refused, Limited, Failed or Unsure."""
        self.ready(method)
        with troubles(method):
            return cast(dict[str, Any], send(self.client).data)

    def in_channel(
        self, method: str, channel: str, send: Callable[[WebClient], SlackResponse]
    ) -> dict[str, Any]:
        """The answer of a call that needs the bot in the channel: a public one is joined where it is not."""
        try:
            return self.call(method, send)
        except Refused as refusal:
            if refusal.error != "not_in_channel":
                raise
            try:
                self.call("conversations.join", lambda client: client.conversations_join(channel=channel))
            except Refused:
                raise refusal from None
            return self.call(method, send)

    def answer(self, url: str, body: dict[str, Any]) -> bool:
        """Whether Slack took a message at an address that it gave for an answer, of its own host only."""
        if urlsplit(url).netloc not in (urlsplit(self.client.base_url).netloc, ANSWERS_HOST):
            return False
        try:
            answer = WebhookClient(url, timeout=ceil(self.timeout_s), retry_handlers=[]).send_dict(body)
        except (OSError, HTTPException):
            return False
        return answer.status_code == 200

    def download(self, file_id: str, *, most: int) -> bytes:
        """The bytes of a file that people shared, at most so many. Raises what `call` raises."""
        file = self.call("files.info", lambda client: client.files_info(file=file_id))["file"]
        address = str(file.get("url_private_download") or file.get("url_private") or "")
        host, own = urlsplit(address).netloc, urlsplit(self.client.base_url).netloc
        if not (host == own or host.endswith(".slack.com")):
            raise Refused("file_elsewhere")
        if int(file.get("size") or 0) > most:
            raise Refused("file_too_large")
        request = Request(address, headers={"Authorization": f"Bearer {self.client.token}"})
        try:
            with urlopen(request, timeout=self.timeout_s) as answer:
                content = cast(bytes, answer.read(most + 1))
        except HTTPError as error:
            raise (Refused("file_not_found") if error.code < 500 else Failed(f"HTTP {error.code}")) from error
        except (OSError, HTTPException) as error:
            raise Failed("the file was not downloaded") from error
        if content[:15].lower().startswith((b"<!doctype html", b"<html")):
            raise Refused("missing_scope")  # Slack shows its sign-in page instead
        return content

    def upload(self, url: str, content: bytes) -> None:
        """Send a file's bytes to the address that files.getUploadURLExternal named. Raises Failed."""
        headers = {"Content-Type": "application/octet-stream"}
        request = Request(url, data=content, method="POST", headers=headers)
        try:
            with urlopen(request, timeout=self.timeout_s) as answer:
                answer.read()
        except (OSError, HTTPException) as error:
            # Bytes that nobody completed are seen by nobody.
            raise Failed("the file was not uploaded") from error
