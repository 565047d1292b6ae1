"""Installing by OAuth: consent, an encrypted token, the installer as admin, and out again."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

import pytest
import requests
from cryptography.fernet import Fernet

from bot.app import build_app
from bot.app.http import build_web
from bot.app.serving import ThreadedServer
from bot.clock import SetClock
from bot.config import Environment
from bot.playground.slack import PretendSlack
from bot.store import Store
from bot.store.installations import find_installation
from tests.support.office import SECRET


@pytest.fixture
def slack() -> Iterator[PretendSlack]:
    pretend = PretendSlack(signing_secret=SECRET, bot_token=None).start()
    yield pretend
    pretend.stop()


def test_a_team_installs_and_its_installer_is_admin(slack: PretendSlack, store: Store, now: datetime) -> None:
    environment = Environment(
        slack_client_id="pretend-client",
        slack_client_secret="pretend-client-secret",
        slack_signing_secret=SECRET,
        slack_api_url=slack.api_url,
        dealdesk_secret_key=Fernet.generate_key().decode(),
    )
    bot = build_app(environment, store, SetClock(now))
    server = ThreadedServer(build_web(bot)).start()
    slack.bot_url = server.url
    zoe = slack.add_user("zoe", "Zoe Zed", tz="UTC")
    sales = slack.add_channel("sales")

    browser = requests.Session()
    consent = browser.get(f"{server.url}/slack/install", allow_redirects=False)
    assert consent.headers["location"].startswith(slack.url)
    state = consent.headers["location"].split("state=")[1].split("&")[0]
    come_back = {"code": slack.installation_code(zoe), "state": unquote(state)}
    stranger = requests.get(f"{server.url}/slack/oauth_redirect", params=come_back, timeout=5)
    assert stranger.status_code == 400
    assert browser.get(f"{server.url}/slack/oauth_redirect", params=come_back).status_code == 200

    with store.everywhere(writes=False) as session:
        kept = find_installation(session, slack_team_id=slack.team.id)
    assert kept is not None
    assert b"xoxb" not in kept.bot_token
    assert "OPP-1" in slack.command(zoe, sales, "/crm", "deal Acme 120k").text

    slack.uninstall()
    with store.everywhere(writes=False) as session:
        assert find_installation(session, slack_team_id=slack.team.id) is None
    server.stop()
    bot.close()
