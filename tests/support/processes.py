"""`dealdesk` as people start it: a process of its own, its environment, its log lines, and an abrupt end.

Importing takes most of a short command's time, and the tests start dozens: but for `installed`, each process
is a fork of one that has imported already and done nothing else.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, TypeVar

from bot.playground.slack import PretendSlack

SECRET = "a-signing-secret"
DEALDESK = str(Path(sys.executable).parent / "dealdesk")
PATIENCE_S = 30.0
"""How long anything may take on a busy machine before a test gives up."""

T = TypeVar("T")

_forks = get_context("forkserver")
_forks.set_forkserver_preload(
    ["bot.cli", "bot.app.http", "bot.app.socket_mode", "bot.app.working", "bot.store.migrating", "waitress"]
)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], T], *, within_s: float = PATIENCE_S) -> T:
    """What `look` finds as soon as it is truthy; AssertionError when that never comes."""
    until = time.monotonic() + within_s
    while not (found := look()):
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
    return found


def plain_environment(folder: Path, **variables: str) -> dict[str, str]:
    """What a fresh terminal has, with nothing of Dealdesk or Slack but the variables."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SLACK_", "DEALDESK_")) and name not in ("DATABASE_URL", "PORT")
    }
    return kept | {"PWD": str(folder), "LANG": "C.UTF-8"} | variables


def slack_environment(slack: PretendSlack, database_url: str, **more: str) -> dict[str, str]:
    """The variables with which a bot speaks to this Slack over HTTP."""
    return {
        "DATABASE_URL": database_url,
        "SLACK_BOT_TOKEN": "xoxb-pretend",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
    } | more


def installed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command of the shell as pip installed it, to its end."""
    return subprocess.run(
        [DEALDESK, *arguments],
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def shell(
    folder: Path, *arguments: str, given: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """One command of the shell, to its end."""
    with tempfile.TemporaryDirectory() as kept:
        streams = [Path(kept, name) for name in ("in", "out", "err")]
        for stream, content in zip(streams, (given, "", ""), strict=True):
            stream.write_text(content, "utf-8")
        process = _start(arguments, folder, plain_environment(folder, **variables), *streams)
        process.join(120)
        assert process.exitcode is not None, f"{arguments} did not end"
        out, err = (stream.read_text("utf-8", "replace") for stream in streams[1:])
    return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def _start(
    arguments: Sequence[str], folder: Path, environment: dict[str, str], given: Path, out: Path, err: Path
) -> ForkServerProcess:
    process = _forks.Process(target=_dealdesk, args=(arguments, folder, environment, given, out, err))
    process.start()
    return process


def _dealdesk(
    arguments: Sequence[str], folder: Path, environment: dict[str, str], given: Path, out: Path, err: Path
) -> None:
    """What the installed script does, in a process that leads a session of its own."""
    os.setsid()
    for number, (file, flags) in enumerate(
        [(given, os.O_RDONLY), (out, os.O_WRONLY | os.O_APPEND), (err, os.O_WRONLY | os.O_APPEND)]
    ):
        os.dup2(os.open(file, flags), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    # multiprocessing gave the fork an empty standard input of its own.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open as long as the process lives
    sys.argv = ["dealdesk", *arguments]
    from bot.cli import main

    main()


def exported(folder: Path, kind: str, database_url: str) -> list[dict[str, Any]]:
    """The rows of `dealdesk export KIND`."""
    file = folder / f"{kind}.jsonl"
    done = shell(folder, "export", kind, str(file), DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


class Process:
    """A running `dealdesk run|web|worker`."""

    def __init__(self, role: str, folder: Path, variables: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / f"{role}-{self.port}.log"
        self._log.touch()
        environment = plain_environment(folder, **{"PORT": str(self.port)} | dict(variables))
        self._process = _start([role], folder, environment, Path(os.devnull), self._log, self._log)

    def wait_until_ready(self) -> "Process":
        """Return when it says so; a process that ended instead fails the test with what it said."""

        def said_so() -> bool:
            assert self._process.is_alive(), self.log
            return '"ready"' in self.log or '"worker_started"' in self.log

        eventually(said_so)
        return self

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    @property
    def log(self) -> str:
        """Everything that it wrote."""
        return self._log.read_text("utf-8", "replace")

    def lines(self, *levels: str) -> list[dict[str, Any]]:
        """The log's events of these levels; a line that is no JSON object is one of level error."""
        found = []
        for line in self.log.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                event = {"level": "error", "event": line}
            if not levels or event.get("level") in levels:
                found.append(event)
        return found

    def status(self, path: str) -> int:
        """The status of a GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self) -> int:
        """End it as a platform does; its exit status."""
        self._process.terminate()
        self._process.join(PATIENCE_S)
        assert self._process.exitcode is not None, f"it goes on though it was asked to end\n{self.log}"
        return self._process.exitcode

    def kill(self) -> None:
        """kill -9, with everything that it started."""
        if self._process.is_alive():
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid or 0, signal.SIGKILL)
            self._process.kill()
        self._process.join(PATIENCE_S)


@contextmanager
def running(role: str, folder: Path, variables: Mapping[str, str]) -> Iterator[Process]:
    """A role that is ready, for the block."""
    process = Process(role, folder, variables)
    try:
        yield process.wait_until_ready()
        process.stop()
    finally:
        process.kill()
