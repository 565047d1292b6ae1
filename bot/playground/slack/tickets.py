"""What Slack hands out with an interaction and takes back later: trigger ids and response addresses."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.slack.errors import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)


@dataclass
class Trigger:
    """Leave to open one modal for `user`, for three seconds of the machine's clock."""

    id: str
    user: str
    team: str
    born: float
    channel: str | None = None
    view: str | None = None
    """The modal in which the person acted, where it was one."""
    exchanged: bool = False


@dataclass
class Response:
    """Leave to answer in one channel, for half an hour and five times."""

    key: str
    user: str
    team: str
    channel: str
    born: datetime
    message_ts: str | None = None
    ephemeral: bool = False
    thread_ts: str | None = None
    uses: int = 0


class Tickets:
    """All that were handed out. Not locked: callers hold the state's lock."""

    def __init__(self, clock: Callable[[], datetime], *, trigger_seconds: float) -> None:
        self._clock = clock
        self._trigger_seconds = trigger_seconds
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, Response] = {}

    def trigger(
        self, user: str, team: str, *, channel: str | None = None, view: str | None = None
    ) -> Trigger:
        """A fresh trigger."""
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        trigger = Trigger(trigger_id, user, team, time.perf_counter(), channel, view)
        self._triggers[trigger_id] = trigger
        return trigger

    def usable(self, trigger_id: str) -> Trigger:
        """The trigger, if a modal may still be opened with it.

        Raises SlackError invalid_trigger_id, exchanged_trigger_id or expired_trigger_id.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if time.perf_counter() - trigger.born > self._trigger_seconds:
            raise SlackError("expired_trigger_id")
        return trigger

    def expire_triggers(self) -> None:
        """Let every trigger that is out be too old from now on."""
        for trigger in self._triggers.values():
            trigger.born = float("-inf")

    def response(
        self,
        user: str,
        team: str,
        channel: str,
        *,
        message_ts: str | None = None,
        ephemeral: bool = False,
        thread_ts: str | None = None,
    ) -> Response:
        """A fresh response address."""
        key = secrets.token_urlsafe(18)
        response = Response(key, user, team, channel, self._clock(), message_ts, ephemeral, thread_ts)
        self._responses[key] = response
        return response

    def use_response(self, key: str) -> Response:
        """Take one of the five uses.

        Raises SlackError expired_url or used_url.
        """
        response = self._responses.get(key)
        if response is None or self._clock() - response.born > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
