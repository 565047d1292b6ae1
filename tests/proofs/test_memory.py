"""Proof: interactions leave nothing behind: memory, threads and open files of `dealdesk web` stay flat.

PROOF_INTERACTIONS is how many (full: 200000), a fifth of them to warm up. What a command records is taken
back by its Undo, which is an interaction as well: a list that grows is not what is looked for here.
"""

import http.client
import itertools
import json
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
    """A Slack with Ann, which takes any number of answers at one address and keeps none."""
    pretend = PretendSlack(signing_secret=SECRET, ack_seconds=20)
    pretend.app.add_url_rule("/heard", "heard", lambda: "ok", methods=["POST"])
    with pretend:
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


class Typist:
    """Somebody who types one command after another over one connection, and takes back what was recorded."""

    def __init__(self, port: int, slack: PretendSlack) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._team, self._heard = slack.team.id, slack.api_url.removesuffix("api/") + "heard"
        self.wrong = 0
        """How many were not answered with 200."""

    def type(self, number: int, numbers: Iterator[int]) -> None:
        """One line, and Undo where it is offered: that takes a number as well."""
        answer = self._post(
            {
                "command": "/crm", "text": LINES[number % len(LINES)], "team_id": self._team, "user_id": "U1",
                "channel_id": "C1", "trigger_id": f"{number}.1", "team_domain": "proof",
            }
        )  # fmt: skip
        for pressed in _undo_of(answer):
            payload = {
                "type": "block_actions", "team": {"id": self._team}, "user": {"id": "U1"},
                "channel": {"id": "C1"}, "trigger_id": f"{next(numbers)}.1", "response_url": self._heard,
                "actions": [pressed],
            }  # fmt: skip
            self._post({"payload": json.dumps(payload)})

    def _post(self, fields: dict[str, str]) -> bytes:
        body, stamp = urlencode(fields).encode(), str(int(time.time()))
        proof = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(SECRET, stamp, body),
        }  # fmt: skip
        self._connection.request("POST", "/slack/events", body, proof)
        answer = self._connection.getresponse()
        self.wrong += answer.status != 200
        return answer.read()


def _undo_of(answer: bytes) -> list[dict[str, str]]:
    blocks = json.loads(answer).get("blocks", []) if answer.startswith(b"{") else []
    found = (element for block in blocks for element in block.get("elements", []) if "action_id" in element)
    return [
        {"action_id": each["action_id"], "value": each["value"], "type": "button", "block_id": "b"}
        for each in found
        if each["action_id"].split(":")[0] == "undo"
    ][:1]


def _all(port: int, slack: PretendSlack, first: int, last: int) -> int:
    """So many interactions by some at once; how many were not answered with 200."""
    numbers = itertools.count(first)

    def work(_: int) -> int:
        typist = Typist(port, slack)
        while (number := next(numbers)) < last:
            typist.type(number, numbers)
        return typist.wrong

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(work, range(AT_ONCE)))


def test_interactions_leave_nothing_behind(slack: PretendSlack, web: Process) -> None:
    wrong = _all(web.port, slack, 0, WARM_UP)
    warm = Held(web.pid)
    began = time.monotonic()
    wrong += _all(web.port, slack, WARM_UP, INTERACTIONS)
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
