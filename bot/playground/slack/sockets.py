"""Socket Mode: the WebSockets that the bot has opened, and the envelopes sent over them."""

import json
import secrets
import threading
from contextlib import suppress
from typing import Any

from simple_websocket import ConnectionClosed, Server

from bot.playground.slack.state import APP_ID
from bot.playground.slack.talk import Json


class _Connection:
    def __init__(self, ws: Any) -> None:
        self.ws = ws
        self.sending = threading.Lock()
        self.is_leaving = False
        """True once the bot was asked to reconnect; nothing new is sent over it."""

    def send(self, message: Json) -> None:
        with self.sending:
            self.ws.send(json.dumps(message, ensure_ascii=False))


class Sockets:
    """All open connections; an envelope goes to the newest one."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._open: list[_Connection] = []
        self._tickets: set[str] = set()
        self._answers: dict[str, Json] = {}
        self._awaited: set[str] = set()
        self._arriving = 0
        self._stopped = False

    def is_in_use(self, timeout: float) -> bool:
        """True when there is a connection to send over.

        Waits up to `timeout` seconds while one is being made, or changed for a new one: from its handshake on
        the client takes itself for connected.
        """
        with self._news:
            self._news.wait_for(lambda: self._fresh or not (self._arriving or self._open), timeout)
            return bool(self._open)

    @property
    def _fresh(self) -> list[_Connection]:
        return [connection for connection in self._open if not connection.is_leaving]

    def ticket(self) -> str:
        """Leave to open one connection, as apps.connections.open hands it out."""
        ticket = secrets.token_hex(12)
        self._tickets.add(ticket)
        return ticket

    def wait_until_open(self, timeout: float) -> bool:
        """Wait until the bot has a connection; False after `timeout` seconds without."""
        with self._news:
            return bool(self._news.wait_for(lambda: self._fresh, timeout))

    def serve(self, environ: dict[str, Any], ticket: str) -> Any:
        """Speak with one client until it goes; returns the WebSocket, closed, or None for a wrong ticket."""
        if ticket not in self._tickets:
            return None
        self._tickets.discard(ticket)
        with self._news:
            self._arriving += 1
        try:
            ws = Server.accept(environ, ping_interval=25)
            connection = _Connection(ws)
            self._greet(connection)
        finally:
            with self._news:
                self._arriving -= 1
                self._news.notify_all()
        try:
            while not self._stopped:
                self._received(ws.receive())
        except ConnectionClosed:
            pass
        finally:
            with self._news:
                self._open.remove(connection)
                self._news.notify_all()
        return ws

    def _greet(self, connection: _Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "pretend", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }
        with suppress(ConnectionClosed):
            connection.send(hello)
        with self._news:
            self._open.append(connection)

    def _received(self, text: str | bytes | None) -> None:
        try:
            message = json.loads(text or "")
        except ValueError:
            return
        with self._news:
            if isinstance(message, dict) and message.get("envelope_id") in self._awaited:
                self._answers[message["envelope_id"]] = message
                self._news.notify_all()

    def send(
        self,
        kind: str,
        payload: Json,
        *,
        accepts_response_payload: bool,
        extra: Json,
        timeout: float,
    ) -> Json | None:
        """Send an envelope and wait for its acknowledgement; None when none came in `timeout` seconds."""
        envelope_id = secrets.token_hex(8)
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": accepts_response_payload,
            **extra,
        }
        with self._news:
            connection = (self._fresh or self._open)[-1] if self._open else None
            self._awaited.add(envelope_id)
        if connection is None:
            return None
        try:
            connection.send(envelope)
        except ConnectionClosed:
            return None
        with self._news:
            self._news.wait_for(lambda: envelope_id in self._answers, timeout)
            self._awaited.discard(envelope_id)
            return self._answers.pop(envelope_id, None)

    def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every client to open a new connection, as Slack does every few hours."""
        with self._news:
            leaving = list(self._open)
        for connection in leaving:
            connection.is_leaving = True
            with suppress(ConnectionClosed):
                connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "pretend"}})

    def drop(self) -> None:
        """Cut every connection without a word."""
        with self._news:
            connections = list(self._open)
        for connection in connections:
            connection.is_leaving = True
            with suppress(ConnectionClosed):
                connection.ws.close()

    def stop(self) -> None:
        """Close everything for good."""
        self._stopped = True
        self.drop()
