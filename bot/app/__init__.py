"""The one place where the parts are joined: settings, store, clock and handlers become Slack's door."""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient

from bot.app.tokens import Tokens
from bot.clock import Clock
from bot.config import Environment
from bot.handlers.deliveries import read_delivery
from bot.handlers.edge import Edge
from bot.handlers.effects import TIMEOUT_S, Effects
from bot.handlers.table import ROUTES
from bot.i18n import LANGUAGES, translate
from bot.language import read_line
from bot.services.cards import refresh_touched
from bot.store import Store, StoreUnavailable


@dataclass(frozen=True)
class Dealdesk:
    """The bot, joined: `bolt` takes requests (HTTP or Socket Mode), `edge` answers them."""

    environment: Environment
    store: Store
    clock: Clock
    bolt: App
    edge: Edge
    effects: Effects
    tokens: Tokens

    def warm_up(self) -> None:
        """Do what else the first person would wait for: read the languages, open a connection."""
        for locale in LANGUAGES.values():
            translate(locale, "")
        read_line("deal Acme 120k Friday", now=self.clock())
        self.store.answers()
        # What is loaded by now stays: looking for garbage in it would stop every answer for some 100 ms.
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Let what was started end, then close the database."""
        self.effects.close()
        self.store.close()


class Router(Middleware):
    """The one way from Bolt to the edge.

    Bolt's own matching costs time for every listener that is registered, and a function as middleware for
    every argument that it might want: one table of ours finds the handler by name.
    """

    def __init__(self, edge: Edge, tokens: Tokens) -> None:
        self._edge, self._tokens = edge, tokens

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        """The acknowledgement; no other middleware or listener follows."""
        client = req.context.client
        # Bolt's client would add a team_id to every call; most methods do not take one.
        client.default_params.pop("team_id", None)
        delivery = read_delivery(req.body)
        if delivery is None:
            return BoltResponse(status=200)
        if delivery.kind == "event" and delivery.name in ("app_uninstalled", "tokens_revoked"):
            self._tokens.revoke(delivery.team_id)
        return BoltResponse(status=200, body=self._edge.handle(delivery, client))


def build_app(environment: Environment, store: Store, clock: Clock) -> Dealdesk:
    """Join the parts. Nothing is connected, listened to or started yet."""
    store.before_commit = refresh_touched
    effects = Effects(environment.slack_api_url)
    edge = Edge(ROUTES, store, clock, effects, public_url=environment.public_url)
    # Retries are ours: the SDK's own post twice when a connection drops after the server accepted.
    client = WebClient(base_url=environment.slack_api_url, timeout=TIMEOUT_S, retry_handlers=[])
    tokens = Tokens(environment, store)

    # A function, because Bolt takes a bound method's `self` for an argument. None is an answer: not
    # installed there.
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        try:
            return tokens.authorize(enterprise_id, team_id)  # type: ignore[return-value]
        except StoreUnavailable:
            # The edge meets the same trouble, and says so to whoever asked.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)

    bolt = App(
        name="Dealdesk",  # else Bolt walks the stack for a file's name
        signing_secret=environment.slack_signing_secret or "",
        authorize=authorize,
        client=client,
        logger=logging.getLogger("slack_bolt"),  # its children take this one's level
        process_before_response=True,
        # Bolt asks for proof by HTTP only; over Socket Mode the connection itself is the proof.
        request_verification_enabled=True,
        ssl_check_enabled=False,
    )

    bolt.use(Router(edge, tokens))
    return Dealdesk(environment, store, clock, bolt, edge, effects, tokens)
