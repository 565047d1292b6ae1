"""How fast each role is ready and how much memory it takes, idle and after its first chart.

    .venv/bin/python benchmarks/footprint.py

Seconds are from the start of the process to the first answer of /readyz (`demo`: to its page), median of 5.
Memory is the resident set size (RSS), of the process and its children together.
"""

import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from serving import SECRET, environment, process

from bot.domain.roles import Role
from bot.playground.slack import PretendSlack
from bot.playground.team import Member, seed_team
from bot.store import Store
from bot.store.migrating import migrate

ROUNDS, CHART_ROUNDS = 5, 3
DEALDESK = f"{sys.prefix}/bin/dealdesk"
WEB_PORT, RUN_PORT, DEMO_PORT = 3984, 3985, 3986
SETTLE_S = 3


def memory_mb(pid: int) -> float:
    """RSS of a process and all below it, in megabytes (Linux)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Rss:"))
    # A child stands under the thread that started it.
    listed = [file.read_text().split() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    return kilobytes / 1024 + sum(memory_mb(int(child)) for children in listed for child in children)


def until(look: Callable[[], object], *, within_s: float = 60) -> None:
    """Wait until it is so."""
    end = time.monotonic() + within_s
    while not look():
        if time.monotonic() > end:
            sys.exit("it never came")
        time.sleep(0.02)


def seeded(url: str, slack: PretendSlack) -> None:
    """A team with two quarters of history, as in the demo."""
    store = Store(url)
    migrate(store)
    members = (
        Member("Ann Lee", Role.REP, "en-US", "UTC", slack.user("ann").id),
        Member("李雷", Role.REP, "zh-CN", "Asia/Shanghai"),
        Member("Mia Moss", Role.MANAGER, "en-US", "UTC"),
        Member("Ada Chen", Role.ADMIN, "en-US", "UTC"),
        Member("Bo Berg", Role.REP, "en-US", "Europe/Berlin"),
        Member("韩梅梅", Role.REP, "zh-CN", "Asia/Shanghai"),
    )
    seed_team(store, slack.team.id, slack.team.name, members, datetime.now(UTC))
    store.close()


def web_ready(url: str, slack: PretendSlack) -> tuple[float, float]:
    """Seconds to ready, and memory idle."""
    with process([DEALDESK, "web"], WEB_PORT, environment(url, WEB_PORT, slack.api_url)) as (pid, seconds):
        time.sleep(SETTLE_S)
        return seconds, memory_mb(pid)


def charts(url: str, slack: PretendSlack, *, role: str) -> tuple[float, float, float]:
    """Seconds to ready, memory before and after the first chart of `run`, or of a `worker` beside a web."""
    with process(
        [DEALDESK, "run" if role == "run" else "web"], RUN_PORT, environment(url, RUN_PORT, slack.api_url)
    ) as (pid, seconds):
        worker = None
        if role == "worker":
            worker = subprocess.Popen(
                [DEALDESK, "worker"], env=environment(url, 0, slack.api_url), stderr=subprocess.DEVNULL
            )
            pid = worker.pid
        slack.bot_url = f"http://127.0.0.1:{RUN_PORT}"
        time.sleep(2 * SETTLE_S)
        before = memory_mb(pid)
        drawn = len(slack.calls("files.completeUploadExternal"))
        slack.command("ann", "sales", "/crm", "digest forecast every Monday 9:00")
        slack.press("ann", slack.command("ann", "sales", "/crm", "digest"), "Run now")
        until(lambda: len(slack.calls("files.completeUploadExternal")) > drawn)
        time.sleep(SETTLE_S)
        after = memory_mb(pid)
        if worker:
            worker.terminate()
            worker.wait(timeout=20)
        return seconds, before, after


def demo_page() -> float:
    """Seconds from `dealdesk demo` to its page."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        demo = subprocess.Popen(
            [DEALDESK, "demo", "--no-browser", "--port", str(DEMO_PORT)], stdout=said, stderr=said
        )

        def shown() -> bool:
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{DEMO_PORT}/", timeout=10).status == 200
            except OSError:
                return False

        until(shown)
        taken = time.monotonic() - began
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=20)
        return taken


def main() -> None:
    """Print everything."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PretendSlack(signing_secret=SECRET, ack_seconds=20, trigger_seconds=20) as slack,
    ):
        slack.add_user("ann", "Ann Lee", tz="UTC")
        slack.add_channel("sales")
        url = f"sqlite:///{folder}/bench.db"
        seeded(url, slack)
        web = [web_ready(url, slack) for _ in range(ROUNDS)]
        ready_s, idle = (statistics.median(each[side] for each in web) for side in (0, 1))
        print(f"web: ready in {ready_s:.2f} s, idle {idle:.0f} MB")
        for role in ("run", "worker"):
            rounds = [charts(url, slack, role=role) for _ in range(CHART_ROUNDS)]
            ready_s, before, after = (statistics.median(each[side] for each in rounds) for side in range(3))
            ready = f"ready in {ready_s:.2f} s, " if role == "run" else ""
            print(f"{role}: {ready}idle {before:.0f} MB, after the first chart {after:.0f} MB")
    pages = [demo_page() for _ in range(ROUNDS)]
    print(f"demo: page in {statistics.median(pages):.2f} s ({min(pages):.2f} to {max(pages):.2f})")


if __name__ == "__main__":
    main()
