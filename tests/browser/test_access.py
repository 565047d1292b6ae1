"""Everybody can use the page: axe finds nothing, in any place, language or light."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, shot


def _form(page: Page) -> None:
    page.locator("#say-main").fill("/crm new")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.modal")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.locator(".error").first).to_be_visible()
    dialog.get_by_role("combobox", name="Stage").click()


def _thread(page: Page) -> None:
    page.locator(".replies").click()
    expect(page.locator(".thread .message")).to_have_count(2)


def _home(page: Page) -> None:
    page.locator(".side a").last.click()
    expect(page.get_by_text("Good morning, Mei")).to_be_visible()


def _menus(page: Page) -> None:
    page.locator(".me").click()
    expect(page.locator("#people-menu")).to_be_visible()


def _clock(page: Page) -> None:
    page.locator(".clock-now").click()
    expect(page.locator("#clock-menu")).to_be_visible()


def _hints(page: Page) -> None:
    page.locator("#say-main").press_sequentially("/")
    expect(page.locator("#hints-main")).to_be_visible()


PLACES: dict[str, Callable[[Page], None]] = {
    "channel": lambda page: None,
    "form": _form,
    "thread": _thread,
    "home": _home,
    "people": _menus,
    "clock": _clock,
    "hints": _hints,
}


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_wrong(chromium: Browser, desk: Desk, place: str, light: str) -> None:
    asked = desk.slack.say(
        desk.mei, desk.sales, "Can *someone* call @Sam Okafor? `code` and https://acme.example"
    )
    desk.slack.say(desk.sam, desk.sales, "Done", thread_ts=asked.message.ts)
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    desk.slack.command(desk.mei, desk.sales, "/crm", "hello")
    desk.slack.say(desk.sam, "leads-华东", "Unread")
    if light == "dark":
        desk.slack.change_user(desk.mei, locale="zh-CN")
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=light, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{desk.url}/u/{desk.mei.id}/{desk.sales.id}")
    PLACES[place](page)
    shot(page, f"axe-{place}-{light}")
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()
