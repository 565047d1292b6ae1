"""Every command of the shell: there, honest about what it cannot do yet, and clear about what is wrong."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.deliveries import SHORT_COMMANDS
from bot.handlers.table import ROUTES
from bot.playground.slack import PretendSlack
from tests.support.processes import installed, shell

COMMANDS = (
    "demo", "run", "web", "worker", "migrate", "manifest", "doctor", "when", "amount", "parse", "import",
    "export", "forecast", "backtest", "notices", "backup", "restore", "erase-person", "export-person",
)  # fmt: skip


def test_help_lists_every_command(tmp_path: Path) -> None:
    said = installed(tmp_path, "--help").stdout
    listed = re.findall(r"^│ ([a-z][a-z-]+) ", said, re.M)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_not_yet_available_says_so_and_writes_no_file(tmp_path: Path, command: str) -> None:
    done = shell(tmp_path, command, "everything.bak")
    assert done.returncode == 2
    assert "not yet available" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", ["run", "web", "worker"])
def test_everything_wrong_with_the_environment_is_said_at_once_before_anything_starts(
    tmp_path: Path, role: str
) -> None:
    done = shell(
        tmp_path, role, DATABASE_URL="mysql://here/db", PORT="99999", DEALDESK_NOW="yesterday",
        SLACK_CLIENT_ID="1.2", SLACK_APP_TOKEN="",
    )  # fmt: skip
    assert done.returncode == 2
    for variable in ("DATABASE_URL", "PORT", "DEALDESK_NOW", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        assert variable in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path) -> None:
    variables = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
    done = shell(tmp_path, "web", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", **variables)
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_manifest_offers_what_the_router_answers(tmp_path: Path) -> None:
    url = "https://crm.example.com"
    with ThreadPoolExecutor(2) as both:
        by_http = both.submit(shell, tmp_path, "manifest", "--mode", "http", "--url", url)
        by_socket = both.submit(shell, tmp_path, "manifest", "--mode", "socket")
    http, socket = json.loads(by_http.result().stdout), json.loads(by_socket.result().stdout)
    for made in (http, socket):
        features = made["features"]
        commands = {command["command"] for command in features["slash_commands"]}
        assert commands == {"/crm", *(f"/{name}" for name in SHORT_COMMANDS)}
        assert all(command["should_escape"] for command in features["slash_commands"])
        assert {(each["callback_id"], each["type"]) for each in features["shortcuts"]} == _shortcuts()
        # Messages are subscribed by where they are, message.im for one, and all come in as "message".
        subscribed = made["settings"]["event_subscriptions"]["bot_events"]
        assert {route.name for route in ROUTES.of_kind("event")} <= {
            each.partition(".")[0] for each in subscribed
        }
        assert _breaches(made) == []
    assert http["settings"]["interactivity"]["request_url"] == f"{url}/slack/events"
    assert socket["settings"]["socket_mode_enabled"]
    assert "http" not in json.dumps(socket["features"]["slash_commands"])


def _shortcuts() -> set[tuple[str, str]]:
    return {(route.name, "global") for route in ROUTES.of_kind("global_shortcut")} | {
        (route.name, "message") for route in ROUTES.of_kind("message_shortcut")
    }


def _breaches(manifest: dict[str, Any]) -> list[str]:
    """What Slack's reference of the manifest forbids, as far as it counts and measures."""
    features = manifest["features"]
    longest = [(command["description"], 2000) for command in features["slash_commands"]]
    longest += [(command["usage_hint"], 1000) for command in features["slash_commands"]]
    longest += [(command["command"], 32) for command in features["slash_commands"]]
    longest += [(shortcut["name"], 24) for shortcut in features["shortcuts"]]
    longest += [(shortcut["description"], 150) for shortcut in features["shortcuts"]]
    longest += [(shortcut["callback_id"], 255) for shortcut in features["shortcuts"]]
    longest += [(manifest["display_information"]["name"], 35)]
    longest += [(manifest["display_information"]["description"], 140)]
    found = [text for text, limit in longest if not text or len(text) > limit]
    for kind in ("global", "message"):
        if len([shortcut for shortcut in features["shortcuts"] if shortcut["type"] == kind]) > 5:
            found.append(f"more than five {kind} shortcuts")
    return found


def test_the_doctor_finds_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    with PretendSlack(scopes=["commands", "chat:write"]) as slack:
        done = shell(
            tmp_path, "doctor", SLACK_BOT_TOKEN="xoxb-pretend", SLACK_API_URL=slack.api_url, LANG="C.UTF-8"
        )
    findings = dict(re.findall(r"^(?:ok  |FAIL) (\w+): (.+)$", done.stdout, re.M))
    assert set(findings) == {"environment", "token", "database", "locale", "fonts"}
    assert "SLACK_SIGNING_SECRET" in findings["environment"]
    assert "users:read" in findings["token"]
    assert "dealdesk migrate" in findings["database"]
    assert done.returncode == 1


def test_migrate_makes_the_database_and_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        done = shell(tmp_path, "migrate", DATABASE_URL=f"sqlite:///{tmp_path}/new.db")
        assert done.returncode == 0
    assert (tmp_path / "new.db").exists()


def test_a_file_that_is_no_database_or_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"not a database" * 100)
    for file in ("notes.txt", "nowhere/dealdesk.db"):
        variables = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}
        done = shell(tmp_path, "run", DATABASE_URL=f"sqlite:///{file}", **variables)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert "does not answer" in done.stderr


@pytest.mark.parametrize("url", ["sqlite:///", "postgresql://here:port/db", "mysql://here/db"])
def test_a_database_url_that_names_no_database_is_a_bad_variable(tmp_path: Path, url: str) -> None:
    done = shell(tmp_path, "export", "customers", "customers.csv", DATABASE_URL=url)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "DATABASE_URL" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_does_not_look_at_the_database_url(tmp_path: Path) -> None:
    done = shell(tmp_path, "demo", "--no-browser", "--database", "mysql://x", DATABASE_URL="sqlite:///")
    assert done.returncode == 2
    assert "names no file" not in done.stderr
