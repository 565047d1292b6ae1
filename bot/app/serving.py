"""A web server on a thread of this process: for the demo and the tests. `dealdesk web` uses waitress."""

import socket
import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

_ASKED_TO_STOP_EACH_S = 0.05


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: requests are not news."""


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class ThreadedServer:
    """Serves an application on the loopback address until stopped."""

    def __init__(self, application: Flask, port: int = 0) -> None:
        self._server = make_server("127.0.0.1", port, application, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_ASKED_TO_STOP_EACH_S,), name="web", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> "ThreadedServer":
        """Begin to serve."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
