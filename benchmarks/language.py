"""How fast text is read: p50 and p99 of an expression warm, and from import to the first answer.

    python benchmarks/language.py

The targets: p50 at most 1 ms, p99 at most 10 ms, 200 ms from import to the first answer. Expressions are the
gold files of the tests. Each is measured as CPU time, which other work on the machine lengthens least, and
as wall time.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.language import Ambiguous, NotUnderstood, read_amount, read_line, read_when

GOLD = Path(__file__).parent.parent / "tests" / "language" / "gold"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AMOUNTS = [
    "120k",
    "$50k",
    "¥12万",
    "12万5",
    "三十万元",
    "1.234,56 €",
    "half a million dollars",
    "85折",
    "abc",
]
LINES = [
    "deal Acme 120k annual licence close end of Dec via referral vs Zoho 60%",
    "商机 华星 12万 12月底 转介绍 竞品Zoho",
    "log Acme call: wants 50 seats, follow up Fri 3pm",
    "记 华星 拜访采购经理 要50套 周五下午3点跟进",
    "task @someone Acme demo prep Thu",
    "quote Acme 50 x Pro, 10 x Support, 8% off, valid 30 days",
]
FIRST = (
    "import time; wall, cpu = time.perf_counter(), time.process_time()\n"
    "from datetime import datetime, UTC\n"
    "from bot.language import read_when\n"
    "read_when('Fri 3pm', now=datetime(2026, 11, 24, tzinfo=UTC))\n"
    "print(time.process_time() - cpu, time.perf_counter() - wall)"
)
Pair = tuple[float, float]


def timed(read: Callable[[str], object], texts: list[str], rounds: int) -> list[Pair]:
    """Milliseconds of CPU and of wall of each reading, over all rounds."""
    took = []
    for _ in range(rounds):
        for text in texts:
            cpu, wall = time.thread_time(), time.perf_counter()
            with contextlib.suppress(NotUnderstood, Ambiguous):
                read(text)
            took.append(((time.thread_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
    return took


def row(name: str, took: list[Pair]) -> str:
    """One line of the table."""
    cpu, wall = (sorted(each) for each in zip(*took, strict=True))
    at = {name: int(len(took) * share) for name, share in (("p50", 0.5), ("p99", 0.99))}
    told = "   ".join(f"{name} {cpu[i]:6.2f} ms ({wall[i]:.2f} wall)" for name, i in at.items())
    return f"{name:8} {told}   n={len(took)}"


def firsts(rounds: int, folder: str) -> list[Pair]:
    """From import to the first answer in new processes whose compiled modules are in `folder`."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings["PYTHONPYCACHEPREFIX"] = folder
    took = []
    for _ in range(rounds):
        said = subprocess.check_output([sys.executable, "-c", FIRST], env=surroundings, text=True).split()
        took.append((float(said[0]) * 1000, float(said[1]) * 1000))
    return took


def main() -> None:
    """Print the table."""
    texts = [
        line.split("\t")[2]
        for language in ("en", "zh")
        for line in (GOLD / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    timed(lambda text: read_when(text, now=NOW), texts, 1)
    out = [
        row("dates", timed(lambda text: read_when(text, now=NOW), texts, 3)),
        row("amounts", timed(read_amount, AMOUNTS, 100)),
        row("lines", timed(lambda text: read_line(text, now=NOW), LINES, 50)),
    ]
    with tempfile.TemporaryDirectory() as folder:
        firsts(1, folder)  # compiles
        cpu, wall = (statistics.median(each) for each in zip(*firsts(9, folder), strict=True))
    out.append(f"import to first answer: {cpu:.0f} ms CPU, {wall:.0f} ms wall (median of 9)")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
