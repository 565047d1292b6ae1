"""A browser, and the page beside a bot of the tests' own."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.playground.page import Example, Player, create_page
from bot.playground.slack import Channel, PretendSlack, User
from tests.browser.stand_in import StandIn

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved; `due` is when the next reminder goes out."""

    def __init__(self) -> None:
        self.moment = NOW
        self.due: datetime | None = NOW + timedelta(days=1)

    def now(self) -> datetime:
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = moment

    def next_due(self) -> datetime | None:
        return self.due if self.due and self.due > self.moment else None


@dataclass
class Desk:
    """The page, what stands behind it, and who is there."""

    slack: PretendSlack
    bot: StandIn
    clock: Clock
    mei: User
    sam: User
    sales: Channel

    @property
    def url(self) -> str:
        return self.slack.url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here: install it (apt install chromium) or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    bot, clock = StandIn(), Clock()
    slack = PretendSlack(bot.start(), clock=clock.now, team_name="Northwind 北风")
    mei = slack.add_user("mei", "Mei Chen", tz="Asia/Shanghai", id="U1MEI")
    sam = slack.add_user("sam", "Sam Okafor", tz="Asia/Shanghai", id="U2SAM", is_admin=True)
    sales = slack.add_channel("sales", topic="Deals of the day", id="C1SALES")
    slack.add_channel("leads-华东", id="C2LEADS")
    slack.add_channel("managers", [sam], private=True, id="C3MANAGERS")
    page = create_page(
        slack,
        clock,
        commands=[
            {"command": "/crm", "description": "Everything", "usage_hint": "[deal|task|quote] …"},
            {"command": "/deal", "description": "An opportunity", "usage_hint": "Acme 120k close end of Dec"},
        ],
        shortcuts=[
            {"type": "global", "name": "New task", "callback_id": "task", "description": "Write one down"},
            {"type": "message", "name": "Log as activity", "callback_id": "log"},
        ],
        people=[Player(mei.id, "Sales rep"), Player(sam.id, "Administrator")],
        examples={
            "en": [Example("/crm deal Acme 120k close end of Dec", "An opportunity in one line")],
            "zh": [Example("/crm 商机 华星 12万 12月底", "一行建一个商机")],
        },
    )
    slack.app.register_blueprint(page)
    slack.start()
    bot.api_url = slack.api_url
    yield Desk(slack, bot, clock, mei, sam, sales)
    slack.stop()
    bot.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, desk: Desk) -> Page:
    """Mei in #sales."""
    page = context.new_page()
    page.goto(f"{desk.url}/u/{desk.mei.id}/{desk.sales.id}")
    return page


def shot(page: Page, name: str) -> None:
    """Keep a picture where SHOTS names a folder, to be looked at."""
    if folder := os.environ.get("SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
