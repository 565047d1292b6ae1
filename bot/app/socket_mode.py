"""The door by WebSocket: no public address is needed."""

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import Dealdesk

CONCURRENCY = 16


def connect(dealdesk: Dealdesk) -> SocketModeHandler:
    """Open the connection and keep it open until the handler is closed."""
    handler = SocketModeHandler(
        dealdesk.bolt, dealdesk.environment.slack_app_token, concurrency=CONCURRENCY,
        trace_enabled=False,
    )  # fmt: skip
    handler.connect()  # type: ignore[no-untyped-call]
    return handler
