"""Bot tokens: the one of the environment, or each team's own from the store, encrypted at rest."""

import time
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.config import Environment
from bot.store import Store
from bot.store.installations import find_installation, remove_installation, vault

KEPT_FOR_S = 60.0

log = structlog.get_logger(__name__)


class Tokens:
    """Finds the token to speak with a Slack team."""

    def __init__(self, environment: Environment, store: Store) -> None:
        self._environment, self._store = environment, store
        self._kept: dict[tuple[str, str], tuple[AuthorizeResult | None, float]] = {}
        self._self: dict[str, Any] = {}

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """What Bolt asks for each request; None where Dealdesk is not installed in the team."""
        key = (enterprise_id or "", team_id or "")
        kept = self._kept.get(key)
        if kept is None or kept[1] < time.monotonic():
            kept = (self._find(*key), time.monotonic() + KEPT_FOR_S)
            self._kept[key] = kept
        return kept[0]

    def client(self, slack_team_id: str, *, timeout_s: float) -> WebClient | None:
        """A client for the team, with no retries of its own; None where there is no token."""
        found = self.authorize("", slack_team_id)
        if found is None or not found.bot_token:
            return None
        return WebClient(
            token=found.bot_token,
            base_url=self._environment.slack_api_url,
            timeout=int(timeout_s) or 1,
            retry_handlers=[],
        )

    def forget(self) -> None:
        """Read every token anew: one was installed or revoked."""
        self._kept.clear()

    def revoke(self, slack_team_id: str) -> None:
        """The app was uninstalled from the team: its token is forgotten, its data stays."""
        if self._environment.installs_by_oauth:
            with self._store.everywhere() as session:
                remove_installation(session, slack_team_id=slack_team_id)
        self.forget()

    def _find(self, enterprise_id: str, team_id: str) -> AuthorizeResult | None:
        environment = self._environment
        if environment.slack_bot_token:
            return AuthorizeResult(
                enterprise_id=enterprise_id or None,
                team_id=team_id,
                bot_token=environment.slack_bot_token,
                bot_user_id=self._own("user_id"),
                bot_id=self._own("bot_id"),
            )
        with self._store.everywhere(writes=False) as session:
            found = find_installation(session, slack_team_id=team_id, slack_enterprise_id=enterprise_id)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id or None,
            team_id=team_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=vault(environment.secret_keys).decrypt(found.bot_token).decode(),
        )

    def _own(self, name: str) -> str | None:
        """Who the bot is, asked once; a Slack that does not answer is asked again with the next token."""
        if not self._self:
            environment = self._environment
            client = WebClient(
                token=environment.slack_bot_token,
                base_url=environment.slack_api_url,
                timeout=1,
                retry_handlers=[],
            )
            try:
                self._self = dict(client.auth_test().data)  # type: ignore[arg-type]
            except (SlackClientError, OSError) as error:
                log.warning("auth_test_failed", error=str(error)[:200])
        return self._self.get(name)
