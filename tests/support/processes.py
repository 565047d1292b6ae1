"""`dealdesk` as people start it: a process of its own, its environment, its log lines, and an abrupt end."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bot.playground.slack import PretendSlack

SECRET = "a-signing-secret"
DEALDESK = str(Path(sys.executable).parent / "dealdesk")
PATIENCE_S = 30.0
"""How long anything may take on a busy machine before a test gives up."""

T = TypeVar("T")


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


def shell(
    folder: Path, *arguments: str, given: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """One command of the shell, to its end."""
    return subprocess.run(
        [DEALDESK, *arguments],
        cwd=folder,
        env=plain_environment(folder, **variables),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


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
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [DEALDESK, role],
                cwd=folder,
                env=plain_environment(folder, **{"PORT": str(self.port)} | dict(variables)),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> "Process":
        """Return when it says so; a process that ended instead fails the test with what it said."""

        def said_so() -> bool:
            assert self._process.poll() is None, self.log
            return '"ready"' in self.log or '"worker_started"' in self.log

        eventually(said_so)
        return self

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
        if self._process.poll() is None:
            self._process.terminate()
        return self._process.wait(timeout=PATIENCE_S)

    def kill(self) -> None:
        """kill -9, with everything that it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=PATIENCE_S)


@contextmanager
def running(role: str, folder: Path, variables: Mapping[str, str]) -> Iterator[Process]:
    """A role that is ready, for the block."""
    process = Process(role, folder, variables)
    try:
        yield process.wait_until_ready()
        process.stop()
    finally:
        process.kill()
