"""`dealdesk run`, `web`, `worker`: the bot itself."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import structlog
import typer

from bot.cli.opening import open_store
from bot.config import Environment, read_environment
from bot.domain.errors import Refusal
from bot.logs import set_up_logs

WEB_THREADS = 16

log = structlog.get_logger(__name__)


class AlreadyRunning(Refusal):
    """Another process runs on the same SQLite file."""

    message = "Dealdesk already runs on {file}. Stop it first, or use PostgreSQL for several processes."


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


def _checked() -> Environment:
    environment = read_environment(for_slack=True)
    set_up_logs()
    return environment


def _hold(environment: Environment) -> IO[bytes] | None:
    """Keep the SQLite file for this process; raises AlreadyRunning where another one has it."""
    if not environment.database_url.startswith("sqlite:///"):
        return None
    file = Path(environment.database_url.removeprefix("sqlite:///"))
    held = Path(f"{file}.running").open("ab")  # noqa: SIM115 - held as long as the process lives
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AlreadyRunning(file=str(file)) from None
    return held


def _serve(environment: Environment, *, with_worker: bool) -> None:
    from gunicorn.app.base import BaseApplication

    open_store(environment).store.close()  # what is wrong with the database is said before anything listens

    stops: list[Callable[[], None]] = []

    def end(server: object, worker: object) -> None:
        for stop in reversed(stops):
            stop()

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"0.0.0.0:{environment.port}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": WEB_THREADS,
                "keepalive": 75,
                "graceful_timeout": 10,
                "loglevel": "warning",
                "proc_name": "dealdesk",
                "worker_exit": end,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return _application(environment, stops, with_worker=with_worker)

    Server().run()


def _application(environment: Environment, stops: list[Callable[[], None]], *, with_worker: bool) -> Any:
    """Built in the serving process, after the fork: no connection or thread may cross it.

    What must be stopped when the process ends is added to `stops`.
    """
    from bot.app import build_app
    from bot.app.http import build_web

    opened = open_store(environment)
    dealdesk = build_app(environment, opened.store, opened.clock)
    dealdesk.warm_up()
    stops.append(dealdesk.close)
    if with_worker:
        from bot.app.working import build_worker

        working = build_worker(dealdesk)
        working.start()
        stops.append(working.stop)
    if environment.uses_socket_mode:
        from bot.app.socket_mode import connect

        stops.append(connect(dealdesk).close)
    log.info(
        "ready",
        port=environment.port,
        socket_mode=environment.uses_socket_mode,
        worker=with_worker,
        pid=os.getpid(),
    )
    return build_web(dealdesk)
