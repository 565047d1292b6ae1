"""What Slack sends to the bot, and what came back."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot.playground.slack.modals import View
from bot.playground.slack.talk import Json, Message


@dataclass
class Delivery:
    """One payload sent to the bot.

    `kind` is command, block_actions, view_submission, view_closed, block_suggestion, message_action, shortcut
    or event_callback; `envelope` is Socket Mode's word for its family. `error` is what Slack told the person:
    operation_timeout, dispatch_failed, or the code for which an answer was refused (`refused` has the lines).
    """

    kind: str
    envelope: str
    payload: Json
    user: str | None = None
    status: int | None = None
    body: str = ""
    """The acknowledgement's body as it came."""
    ack: Any = None
    """The same as JSON, where it is JSON."""
    headers: dict[str, str] = field(default_factory=dict)
    """The acknowledgement's headers, names in small letters."""
    elapsed: float = 0.0
    """Seconds of the machine's clock until the acknowledgement."""
    error: str | None = None
    refused: list[str] = field(default_factory=list)
    door: str = ""
    attempt: int = 0
    """0 for the first time, else the number in the retry header."""
    message: Message | None = None
    """What the acknowledgement of a command said, as it is shown."""
    view: View | None = None
    """The modal in front of the person after a submit, None when it closed."""
    retries: list["Delivery"] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when Slack had nothing to complain of."""
        return self.error is None

    @property
    def acked(self) -> bool:
        """True when the bot answered 200 (or on its socket) in time."""
        return self.status == 200 and self.error not in ("operation_timeout", "dispatch_failed")

    @property
    def text(self) -> str:
        """What a person reads of the answer."""
        if self.message:
            return self.message.seen
        return self.body

    @property
    def errors(self) -> dict[str, str]:
        """The field errors of a refused form, by block_id."""
        if isinstance(self.ack, dict) and self.ack.get("response_action") == "errors":
            return dict(self.ack.get("errors") or {})
        return {}

    @property
    def options(self) -> list[Json]:
        """The options that answer what was typed into a select."""
        ack = self.ack if isinstance(self.ack, dict) else {}
        groups = ack.get("option_groups") or []
        return [*(ack.get("options") or []), *(o for g in groups for o in g["options"])]

    def http_body(self) -> tuple[str, bytes]:
        """Content type and body for Slack's HTTP door."""
        if self.envelope == "slash_commands":
            return "application/x-www-form-urlencoded", urlencode(self.payload).encode()
        text = json.dumps(self.payload, ensure_ascii=False)
        if self.envelope == "interactive":
            return "application/x-www-form-urlencoded", urlencode({"payload": text}).encode()
        return "application/json", text.encode()

    def again(self, attempt: int = 0) -> "Delivery":
        """The same payload, not yet sent."""
        return Delivery(self.kind, self.envelope, self.payload, self.user, attempt=attempt)
