"""Drawing: a Vega-Lite specification becomes a PNG, in a process beside this one.

The chart engine is a JavaScript machine that holds Python's lock for all of a drawing (0.9 s for the first)
and never gives memory back. Here it would make `dealdesk run` late for Slack's three seconds; beside this
process it cannot, and it leaves when idle.
"""

import base64
import json
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import bot

FONTS = Path(bot.__file__).parent / "fonts"
"""The face of both scripts in two weights, part of the package: a fresh machine has no Chinese font."""

FONT = "Dealdesk Sans"

_RENDERER = Path(__file__).with_name("renderer.py")
_TIMEOUT_SECONDS = 60


class ChartFailed(RuntimeError):
    """The chart engine could not draw; what was to be shown is still true as text."""


class Engine:
    """A process that draws, started at the first picture and whenever it has gone. Safe for threads."""

    def __init__(self, *, idle_seconds: float = 60) -> None:
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def draw(self, specification: dict[str, Any]) -> bytes:
        """The PNG of a Vega-Lite specification, at twice its size in pixels.

        Raises ChartFailed where the specification is refused, or the engine dies or hangs twice.
        """
        line = json.dumps(specification) + "\n"
        with self._lock:
            # The first failure may only be the engine leaving, idle, at this very moment.
            answer = self._ask(line) or self._ask(line)
        if not answer:
            raise ChartFailed("the chart engine ended without an answer")
        reply: dict[str, str] = json.loads(answer)
        if "png" not in reply:
            raise ChartFailed(reply["error"])
        return base64.b64decode(reply["png"])

    def close(self) -> None:
        """End the process; the next picture starts another."""
        with self._lock:
            self._leave()

    def _ask(self, line: str) -> str:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise ChartFailed("the chart engine has no pipes")
        limit = threading.Timer(_TIMEOUT_SECONDS, process.kill)
        limit.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            limit.cancel()
        if not answer:
            self._leave()
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._leave()
            # By file, isolated from the current folder: it needs only the chart engine, and not Dealdesk.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_RENDERER), str(FONTS), str(self._idle_seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="ascii",
            )
        return self._process

    def _leave(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in filter(None, (self._process.stdin, self._process.stdout)):
            # What could not be written any more is of no interest.
            with suppress(OSError):
                pipe.close()
        self._process = None


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine()
