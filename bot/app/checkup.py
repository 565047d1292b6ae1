"""A check-up of the installation: each thing that must be right, and what to do where it is not."""

import locale
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

import bot
from bot.app.manifest import SCOPES
from bot.config import Environment, slack_problems
from bot.store import Store, StoreUnavailable
from bot.store.migrating import is_migrated


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    fine: bool
    sentence: str


def examine(environment: Environment) -> list[Finding]:
    """Look at everything; nothing is changed."""
    checks: tuple[Callable[[Environment], Finding], ...] = (_variables, _token, _database, _text, _fonts)
    return [check(environment) for check in checks]


def _variables(environment: Environment) -> Finding:
    problems = slack_problems(environment)
    return Finding("environment", not problems, " ".join(problems) or "every variable that is needed is set")


def _token(environment: Environment) -> Finding:
    if not environment.slack_bot_token:
        if environment.installs_by_oauth:
            return Finding("token", True, "each team's own; teams install at /slack/install")
        return Finding("token", False, "no SLACK_BOT_TOKEN; install the app and copy its token")
    client = WebClient(
        token=environment.slack_bot_token, base_url=environment.slack_api_url, timeout=5, retry_handlers=[]
    )
    try:
        answer = client.auth_test()
    except (SlackClientError, OSError) as error:
        return Finding(
            "token", False, f"Slack refused it or did not answer ({str(error)[:120]}); reinstall the app"
        )
    granted = {scope for scope in (answer.headers or {}).get("x-oauth-scopes", "").split(",") if scope}
    missing = sorted(set(SCOPES) - granted) if granted else []
    if missing:
        return Finding(
            "token", False, f"scopes are missing: {', '.join(missing)}; update the manifest, reinstall"
        )
    return Finding("token", True, f"works in {answer.get('team')}")


def _database(environment: Environment) -> Finding:
    store = Store(environment.database_url)
    try:
        store.answers()
        if not is_migrated(store):
            return Finding("database", store.is_sqlite, "is not set up yet; run: dealdesk migrate")
    except StoreUnavailable as error:
        return Finding("database", False, f"does not answer ({error}); check DATABASE_URL")
    finally:
        store.close()
    return Finding("database", True, f"{store.engine.dialect.name}, up to date")


def _text(environment: Environment) -> Finding:
    encoding = locale.getpreferredencoding(False)
    fine = encoding.lower().replace("-", "") == "utf8"
    return Finding(
        "locale", fine, "UTF-8" if fine else f"{encoding}; set LANG=C.UTF-8, else Chinese output breaks"
    )


def _fonts(environment: Environment) -> Finding:
    found = sorted(file.name for file in (Path(bot.__file__).parent / "fonts").glob("*.otf"))
    return Finding("fonts", len(found) >= 2, ", ".join(found) or "missing from the package; install it again")
