"""How long an acknowledged command that reads nothing takes, beside a bare Bolt listener on the same server.

    .venv/bin/python benchmarks/acknowledge.py

Prints the median of 5 rounds of p50 ratios (ours / bare), with an A/A pair (bare / bare) for the noise;
and the CPU time of dispatch with every feature registered against one listener, in this process.
"""

import http.client
import logging
import statistics
import sys
import tempfile
import time
from pathlib import Path

from serving import BARE, SECRET, ask, command, environment, process

from bot.playground.slack import PretendSlack

ROUNDS, REQUESTS, TURNS = 5, 400, 20
PORTS = (3981, 3982, 3983)


def over_http() -> None:
    """Ours, bare and bare again, request by request in turn."""
    with tempfile.TemporaryDirectory() as folder, PretendSlack() as slack:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        ours = environment(f"sqlite:///{folder}/bench.db", PORTS[0], slack.api_url)
        with (
            process([f"{sys.prefix}/bin/dealdesk", "web"], PORTS[0], ours),
            process([sys.executable, str(bare), str(PORTS[1])], PORTS[1]),
            process([sys.executable, str(bare), str(PORTS[2])], PORTS[2]),
        ):
            connections = [http.client.HTTPConnection("127.0.0.1", port) for port in PORTS]
            for number in range(50):
                for connection in connections:
                    ask(connection, "help", number)
            rounds = [_round(connections, start) for start in range(1000, 1000 + ROUNDS * REQUESTS, REQUESTS)]
    ours_ms, bare_ms = (statistics.median(each[side] for each in rounds) * 1e3 for side in (0, 1))
    print(f"acknowledge: p50 ours {ours_ms:.2f} ms, bare {bare_ms:.2f} ms")
    _say("acknowledge: ours / bare", [ours / bare for ours, bare, _ in rounds])
    _say("acknowledge: A/A", [bare / again for _, bare, again in rounds])


def _say(what: str, ratios: list[float]) -> None:
    print(f"{what:36} median {statistics.median(ratios):.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


def _round(connections: list[http.client.HTTPConnection], start: int) -> tuple[float, float, float]:
    taken: list[list[float]] = [[], [], []]
    for number in range(start, start + REQUESTS):
        for times, connection in zip(taken, connections, strict=True):
            times.append(ask(connection, "help", number))
    ours, bare, again = (statistics.median(times) for times in taken)
    return ours, bare, again


def dispatch_cpu() -> None:
    """CPU seconds of Bolt's dispatch: everything of ours, against one listener."""
    from slack_bolt import App, BoltRequest
    from slack_bolt.authorization import AuthorizeResult

    from bot.app import build_app
    from bot.clock import machine_clock
    from bot.config import Environment
    from bot.store import Store
    from bot.store.migrating import migrate
    from bot.views.help import help_of

    with tempfile.TemporaryDirectory() as folder, PretendSlack() as slack:
        slack.add_user("ann", "Ann Lee", id="U1")
        store = Store(f"sqlite:///{folder}/bench.db")
        migrate(store)
        settings = Environment(
            slack_bot_token="xoxb-pretend",
            slack_signing_secret=SECRET,
            slack_api_url=slack.api_url,
            slack_app_token=None,
        )
        ours = build_app(settings, store, machine_clock)
        bare = App(
            signing_secret=SECRET,
            process_before_response=True,
            logger=logging.getLogger("quiet"),
            authorize=lambda enterprise_id, team_id: AuthorizeResult(
                enterprise_id=None, team_id=team_id, bot_token="x"
            ),
        )
        # The same answer as ours, so that only the way to it differs.
        answer = help_of(None, "en-US").body()
        bare.command("/crm")(lambda ack: ack(answer))

        def cpu(app: App, count: int) -> float:
            requests = []
            for number in range(count):
                body, headers = command("help", number)
                requests.append(BoltRequest(body=body.decode(), headers={k: [v] for k, v in headers.items()}))
            began = time.process_time()
            for request in requests:
                app.dispatch(request)
            return time.process_time() - began

        ours.warm_up()
        for app in (ours.bolt, bare):
            cpu(app, 200)
        ratios, same = [], []
        for _ in range(ROUNDS):
            # In small turns, since another process's load comes and goes.
            turns = [(cpu(ours.bolt, 50), cpu(bare, 50), cpu(bare, 50)) for _ in range(TURNS)]
            one, other, again = (sum(side) for side in zip(*turns, strict=True))
            ratios.append(one / other)
            same.append(other / again)
        ours.close()
    _say("dispatch CPU: ours / one listener", ratios)
    _say("dispatch CPU: A/A", same)


if __name__ == "__main__":
    logging.getLogger("quiet").setLevel(logging.CRITICAL)
    over_http()
    dispatch_cpu()
