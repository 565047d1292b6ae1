"""`dealdesk run`, `web`, `worker`: the bot itself."""

import ctypes
import fcntl
import os
import signal
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

import structlog
import typer

from bot.cli.opening import open_store
from bot.config import Environment, read_environment
from bot.domain.errors import Refusal
from bot.logs import set_up_logs
from bot.store import StoreUnavailable

WEB_THREADS = 16
KEPT_ALIVE_S = 75
CONNECTIONS = 1000
LARGEST_READ = 8 * 1024 * 1024
"""Bytes of a request that are read at all; what is over a mebibyte is refused by the door."""

log = structlog.get_logger(__name__)


class AlreadyRunning(Refusal):
    """Another process runs on the same SQLite file."""

    message = "Dealdesk already runs on {file}. Stop it first, or use PostgreSQL for several processes."


class PortTaken(Refusal):
    """Nothing can listen there."""

    message = "Port {port} cannot be used ({reason}). Stop what listens there, or set PORT to another one."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(web)
    app.command()(worker)


def run() -> None:
    """Slack's door and the worker in one process."""
    environment = _checked()
    held = _hold(environment)
    _serve(environment, with_worker=True)
    del held


def web() -> None:
    """Slack's door alone."""
    _serve(_checked(), with_worker=False)


def worker() -> None:
    """The worker alone: reminders, digests, files."""
    environment = _checked()
    from bot.app import build_app

    opened = open_store(environment)
    dealdesk = build_app(environment, opened.store, opened.clock)
    from bot.app.working import build_worker

    working = build_worker(dealdesk)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    working.start()
    log.info("worker_started", database=opened.store.engine.dialect.name)
    stopped.wait()
    working.stop()
    dealdesk.close()


_M_ARENA_MAX = -8
"""glibc's number of the setting (malloc.h)."""


def _share_memory() -> None:
    """Let all threads of this process take memory from one arena, where the C library is glibc.

    Else each gets one of its own, and what was freed in one is of no use to the others: a web process grew
    with every interaction for hours, though it kept no object.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _checked() -> Environment:
    _share_memory()
    environment = read_environment(for_slack=True)
    set_up_logs()
    return environment


def _hold(environment: Environment) -> IO[bytes] | None:
    """Keep the SQLite file for this process; raises AlreadyRunning where another one has it."""
    if not environment.database_url.startswith("sqlite:///"):
        return None
    file = Path(environment.database_url.removeprefix("sqlite:///"))
    try:
        held = Path(f"{file}.running").open("ab")  # noqa: SIM115 - held as long as the process lives
    except OSError as error:
        raise StoreUnavailable(f"{file}: {error.strerror}") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AlreadyRunning(file=str(file)) from None
    return held


def _serve(environment: Environment, *, with_worker: bool) -> None:
    """Serve until told to end. One process: killed, it leaves nothing behind that holds its port or file."""
    from waitress import create_server

    from bot.app import build_app
    from bot.app.http import build_web

    ending = threading.Event()

    def end(*_: object) -> None:
        ending.set()
        sys.exit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    with ExitStack() as stops:
        opened = open_store(environment)
        dealdesk = build_app(environment, opened.store, opened.clock)
        stops.callback(dealdesk.close)
        dealdesk.warm_up()
        web = build_web(dealdesk)

        def listen() -> Any:
            try:
                return create_server(
                    web, host="0.0.0.0", port=environment.port, threads=WEB_THREADS,
                    max_request_body_size=LARGEST_READ, channel_timeout=KEPT_ALIVE_S,
                    connection_limit=CONNECTIONS, asyncore_use_poll=True, ident="dealdesk",
                )  # fmt: skip
            except OSError as error:
                raise PortTaken(port=str(environment.port), reason=error.strerror or str(error)) from None

        server = listen()
        if with_worker:
            from bot.app.working import build_worker

            working = build_worker(dealdesk)
            stops.callback(working.stop)
            working.start()
        if environment.uses_socket_mode:
            from bot.app.socket_mode import connect

            stops.callback(connect(dealdesk).close)
        log.info(
            "ready",
            port=environment.port,
            socket_mode=environment.uses_socket_mode,
            worker=with_worker,
            pid=os.getpid(),
        )
        server.run()
        while not ending.is_set():
            # Under load its loop has been seen to end with nobody asking: the worker and the socket go on.
            log.warning("listening_again")
            server.close()
            server = listen()
            server.run()
        # What was being answered when the end came is done by now, and still has to leave.
        for channel in list(server.active_channels.values()):
            channel.handle_write()
