"""Installing into many workspaces: Slack's consent page, and the encrypted token that comes back."""

import secrets

import structlog
from cryptography.fernet import InvalidToken
from flask import Flask, Response, make_response, redirect, request
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth import AuthorizeUrlGenerator
from werkzeug.wrappers import Response as AnyResponse

from bot.app import Dealdesk
from bot.app.manifest import SCOPES
from bot.domain.actors import Actor
from bot.domain.roles import Role
from bot.services.people import keep_profile
from bot.store.installations import keep_installation, vault
from bot.store.models import Installation
from bot.store.workspaces import workspace_of_team

STATE_VALID_S = 600
COOKIE = "dealdesk-install"
CONSENT_PAGE = "oauth/v2/authorize"

log = structlog.get_logger(__name__)


def add_oauth(web: Flask, dealdesk: Dealdesk) -> None:
    """Add /slack/install and /slack/oauth_redirect."""
    environment = dealdesk.environment
    keys = vault(environment.secret_keys)
    back = f"{environment.public_url}/slack/oauth_redirect" if environment.public_url else None

    @web.get("/slack/install")
    def install() -> AnyResponse:
        nonce = secrets.token_urlsafe(16)
        page = AuthorizeUrlGenerator(
            client_id=environment.slack_client_id or "",
            scopes=list(SCOPES),
            redirect_uri=back,
            authorization_url=environment.slack_api_url.removesuffix("api/") + CONSENT_PAGE,
        )
        answer = make_response(redirect(page.generate(keys.encrypt(nonce.encode()).decode())))
        # The state must come back in the browser that asked for it, or somebody else's install
        # could be slipped in.
        answer.set_cookie(
            COOKIE, nonce, max_age=STATE_VALID_S, httponly=True, samesite="Lax", secure=request.is_secure
        )
        return answer

    @web.get("/slack/oauth_redirect")
    def come_back() -> Response:
        if request.args.get("error"):
            return Response("Dealdesk was not installed. Start again at /slack/install\n", status=400)
        try:
            nonce = keys.decrypt(request.args.get("state", "").encode(), ttl=STATE_VALID_S).decode()
        except InvalidToken:
            nonce = ""
        if not nonce or nonce != request.cookies.get(COOKIE):
            return Response("This link is too old or not yours. Start again at /slack/install\n", status=400)
        try:
            _install(dealdesk, request.args.get("code", ""), back)
        except (SlackClientError, OSError, KeyError) as error:
            log.warning("install_failed", error=type(error).__name__)
            return Response("Slack did not confirm. Start again at /slack/install\n", status=400)
        return Response("Dealdesk is installed. Open Slack and type /crm\n")


def _install(dealdesk: Dealdesk, code: str, back: str | None) -> None:
    environment, now = dealdesk.environment, dealdesk.clock()
    client = WebClient(base_url=environment.slack_api_url, timeout=10, retry_handlers=[])
    answer = client.oauth_v2_access(
        client_id=environment.slack_client_id or "",
        client_secret=environment.slack_client_secret or "",
        code=code,
        redirect_uri=back,
    )
    team, token = answer["team"], str(answer["access_token"])
    installer = str(answer["authed_user"]["id"])
    who = WebClient(token=token, base_url=environment.slack_api_url, timeout=5, retry_handlers=[]).auth_test()
    installation = Installation(
        slack_team_id=team["id"],
        slack_enterprise_id=(answer.get("enterprise") or {}).get("id") or "",
        bot_token=vault(environment.secret_keys).encrypt(token.encode()),
        bot_user_id=str(answer["bot_user_id"]),
        bot_id=str(who.get("bot_id") or ""),
        app_id=str(answer.get("app_id") or ""),
        scopes=str(answer.get("scope")),
        installer_user_id=installer,
        installed_at=now,
    )
    with dealdesk.store.everywhere() as session:
        keep_installation(session, installation)
        workspace_id = workspace_of_team(
            session, team["id"], name=str(team.get("name") or "Slack"), now=now
        ).id
    with dealdesk.store.transaction(Actor(workspace_id), now=now, how="install") as session:
        keep_profile(session, installer, None).role = Role.ADMIN
    dealdesk.tokens.forget()
    dealdesk.edge.actors.forget(team["id"])
    log.info("installed", team=team["id"])
