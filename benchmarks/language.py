"""How fast text is read: p50 and p99 of an expression warm, and from import to the first answer.

    python benchmarks/language.py

The targets: p50 at most 1 ms, p99 at most 10 ms, 200 ms from import to the first answer. Expressions are the
gold files of the tests.
"""

import contextlib
import statistics
import subprocess
import sys
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
    "import time; began = time.perf_counter()\n"
    "from datetime import datetime, UTC\n"
    "from bot.language import read_when\n"
    "read_when('Fri 3pm', now=datetime(2026, 11, 24, tzinfo=UTC))\n"
    "print(time.perf_counter() - began)"
)


def timed(read: Callable[[str], object], texts: list[str], rounds: int) -> list[float]:
    """Milliseconds of each reading, over all rounds."""
    took = []
    for _ in range(rounds):
        for text in texts:
            began = time.perf_counter()
            with contextlib.suppress(NotUnderstood, Ambiguous):
                read(text)
            took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def row(name: str, took: list[float]) -> str:
    """One line of the table."""
    return f"{name:8} p50 {took[len(took) // 2]:6.2f} ms   p99 {took[int(len(took) * 0.99)]:6.2f} ms"


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
        row("amounts", timed(read_amount, AMOUNTS, 30)),
        row("lines", timed(lambda text: read_line(text, now=NOW), LINES, 30)),
    ]
    firsts = [float(subprocess.check_output([sys.executable, "-c", FIRST])) * 1000 for _ in range(5)]
    out.append(f"import to first answer {statistics.median(firsts):.0f} ms (median of 5)")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
