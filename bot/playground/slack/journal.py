"""What crosses the border between Slack and the bot, written down line by line."""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO


class Journal:
    """One JSON object a line: {"at", "direction": "in" | "out", "kind", "body", "status", "answer"}.

    "in" is into the bot, "out" from the bot to Slack. Without a path nothing is written.
    """

    def __init__(self, path: Path | str | None, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._file: TextIO | None = Path(path).open("a", encoding="utf-8") if path else None  # noqa: SIM115

    def write(self, direction: str, kind: str, body: Any, *, status: int | None, answer: Any) -> None:
        """Add a line, on disk when this returns. Tokens are left out."""
        if self._file is None:
            return
        line = {
            "at": self._clock().isoformat(),
            "direction": direction,
            "kind": kind,
            "body": {k: v for k, v in body.items() if k != "token"} if isinstance(body, dict) else body,
            "status": status,
            "answer": answer,
        }
        text = json.dumps(line, ensure_ascii=False, default=str)
        with self._lock:
            if not self._file.closed:
                self._file.write(text + "\n")
                self._file.flush()

    def close(self) -> None:
        """Close the file; later lines are dropped."""
        with self._lock:
            if self._file:
                self._file.close()
