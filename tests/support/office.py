"""An office: the whole bot behind real HTTP, a pretend Slack with people in it, and a clock that tests
move.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import Dealdesk, build_app
from bot.app.http import build_web
from bot.app.serving import ThreadedServer
from bot.app.socket_mode import connect
from bot.clock import SetClock
from bot.config import Environment
from bot.playground.slack import PretendSlack
from bot.store import Store

SECRET = "a-signing-secret"


class Office:
    """Ann and Bo sell, Mia leads them, Ada administers; all but Li Lei speak English. One channel, #sales."""

    def __init__(
        self,
        database_url: str,
        now: datetime,
        *,
        door: str = "http",
        journal: Path | None = None,
        **environment: Any,
    ) -> None:
        self.clock = SetClock(now)
        self.slack = PretendSlack(
            clock=self.clock, journal=journal, signing_secret=SECRET, ack_seconds=20, trigger_seconds=20
        ).start()
        self.ada = self.slack.add_user("ada", "Ada Admin", tz="UTC", is_admin=True, is_owner=True)
        self.ann = self.slack.add_user("ann", "Ann Lee", tz="UTC")
        self.bo = self.slack.add_user("bo", "Bo Berg", tz="Europe/Berlin")
        self.mia = self.slack.add_user("mia", "Mia Moss", tz="UTC")
        self.lilei = self.slack.add_user("lilei", "李雷", tz="Asia/Shanghai", locale="zh-CN")
        self.sales = self.slack.add_channel("sales")
        self.slack.unfurl_domains = {"deals.example"}
        self.environment = Environment(
            database_url=database_url,
            slack_bot_token="xoxb-pretend",
            slack_signing_secret=SECRET,
            slack_api_url=self.slack.api_url,
            slack_app_token=self.slack.app_token if door == "socket" else None,
            **{"dealdesk_url": "https://deals.example"} | environment,
        )
        self.store = Store(database_url)
        self.bot: Dealdesk = build_app(self.environment, self.store, self.clock)
        self.server = ThreadedServer(build_web(self.bot)).start()
        if door == "socket":
            self._socket = connect(self.bot)
        else:
            self._socket = None
            self.slack.bot_url = self.server.url

    def crm(self, user: Any, text: str, command: str = "/crm") -> Any:
        """Type a command in #sales; what it opens is open when this returns."""
        return self._settled(self.slack.command(user, self.sales, command, text))

    def press(self, user: Any, where: Any, name: Any, value: Any = None) -> Any:
        """Press a button by its words or action."""
        return self._settled(self.slack.press(user, where, name, value))

    def more(self, user: Any, card: Any, name: Any) -> Any:
        """Press what stands behind More on an opportunity's card."""
        self.press(user, card, "More")
        return self.press(user, None, name)

    def submit(self, user: Any, values: dict[str, Any] | None = None) -> Any:
        """Fill the open form by labels or fields, and send it."""
        return self._settled(self.slack.submit(user, values))

    def said(self, user: Any) -> Any:
        """The last message that only this person sees."""
        return self.slack.ephemerals(user)[-1]

    def pass_time(self, **of: float) -> None:
        """Move the clock forward."""
        self.clock.move_to(self.clock() + timedelta(**of))

    def close(self) -> None:
        """Stop everything."""
        if self._socket:
            # Its threads sit in reads of seconds unless the other side hangs up and a message comes.
            client = self._socket.client
            client.closed, client.auto_reconnect_enabled = True, False
            client.logger.setLevel("CRITICAL")
            self.slack.sockets.drop()
            client.enqueue_message("")
            with suppress(AttributeError):  # its own reader may have closed the same socket meanwhile
                self._socket.close()
        self.server.stop()
        self.bot.close()
        self.slack.stop()

    def _settled(self, delivery: Any) -> Any:
        self.bot.effects.settle()
        return delivery
