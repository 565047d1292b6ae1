"""Proof: interactions leave nothing behind: memory, threads and open files of `dealdesk web` stay flat.

PROOF_INTERACTIONS is how many (full: 200000), a fifth of them to warm up.
"""

import http.client
import itertools
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.playground.slack import PretendSlack
from bot.playground.slack.doors import signature
from tests.proofs.sizes import seen, size
from tests.support.processes import SECRET, Process, running, slack_environment

INTERACTIONS, AT_ONCE = size("PROOF_INTERACTIONS", 1500), 4
WARM_UP = INTERACTIONS // 5
LIMIT = 1.05
LINES = (
    "help", "find acme", "deal Acme 120k", "log Acme call: wants 50 seats", "task mine", "day", "nonsense",
    "task call Acme 2099-11-25 15:00", "pipeline mine", "help quote", "customer Acme", "forecast",
)  # fmt: skip


@pytest.fixture
def slack() -> Iterator[PretendSlack]:
    """A Slack with Ann."""
    with PretendSlack(signing_secret=SECRET, ack_seconds=20) as pretend:
        pretend.add_user("ann", "Ann Lee", id="U1", tz="UTC")
        yield pretend


@pytest.fixture
def web(slack: PretendSlack, sqlite_url: str, tmp_path: Path) -> Iterator[Process]:
    """The web role."""
    with running("web", tmp_path, slack_environment(slack, sqlite_url)) as process:
        yield process


class Held:
    """What a process holds, as Linux tells it."""

    def __init__(self, pid: int) -> None:
        status = dict(
            line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
        )
        self.mb = int(status["VmRSS"].split()[0]) / 1024
        self.threads = int(status["Threads"])
        self.files = len(os.listdir(f"/proc/{pid}/fd"))


def _type(port: int, team: str, numbers: Iterator[int], last: int) -> int:
    """Commands over one connection until `last` has been reached; how many were not answered with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    wrong = 0
    while (number := next(numbers)) < last:
        fields = {
            "command": "/crm", "text": LINES[number % len(LINES)], "team_id": team, "user_id": "U1",
            "channel_id": "C1", "trigger_id": f"{number}.1", "team_domain": "proof",
        }  # fmt: skip
        body, stamp = urlencode(fields).encode(), str(int(time.time()))
        proof = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(SECRET, stamp, body),
        }  # fmt: skip
        connection.request("POST", "/slack/events", body, proof)
        answer = connection.getresponse()
        answer.read()
        wrong += answer.status != 200
    connection.close()
    return wrong


def _all(port: int, team: str, first: int, last: int) -> int:
    numbers = itertools.count(first)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(lambda _: _type(port, team, numbers, last), range(AT_ONCE)))


def test_interactions_leave_nothing_behind(slack: PretendSlack, web: Process) -> None:
    wrong = _all(web.port, slack.team.id, 0, WARM_UP)
    warm = Held(web.pid)
    began = time.monotonic()
    wrong += _all(web.port, slack.team.id, WARM_UP, INTERACTIONS)
    taken = time.monotonic() - began
    after = Held(web.pid)
    seen(
        "memory", interactions=INTERACTIONS, mb=[round(warm.mb, 1), round(after.mb, 1)],
        grown_percent=round((after.mb / warm.mb - 1) * 100, 1), threads=[warm.threads, after.threads],
        files=[warm.files, after.files], a_second=round((INTERACTIONS - WARM_UP) / taken), not_200=wrong,
    )  # fmt: skip
    assert wrong == 0
    assert after.mb <= warm.mb * LIMIT
    assert after.threads <= warm.threads + 2
    assert after.files <= warm.files + 4
