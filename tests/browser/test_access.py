"""Everybody can use the page: axe finds nothing, in any place, language or light."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk, shot


def _form(page: Page) -> None:
    page.locator(".side a").first.click()
    page.locator("#say-main").fill("/crm new")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.modal")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.locator(".error").first).to_be_visible()
    dialog.get_by_role("combobox", name="Stage").click()


def _thread(page: Page) -> None:
    page.locator("#say-main").fill("")
    page.locator(".replies").click()
    expect(page.locator(".thread .message")).to_have_count(2)


def _home(page: Page) -> None:
    page.locator(".side a").last.click()
    expect(page.get_by_text("Good morning, Mei")).to_be_visible()


def _people(page: Page) -> None:
    page.locator(".me").click()
    expect(page.locator("#people-menu")).to_be_visible()


def _clock(page: Page) -> None:
    page.locator(".clock-now").click()
    expect(page.locator("#clock-menu")).to_be_visible()


def _hints(page: Page) -> None:
    page.locator("#say-main").press_sequentially("/")
    expect(page.locator("#hints-main")).to_be_visible()


# In the order of one walk through the page; the form comes last, since it covers everything.
PLACES: dict[str, Callable[[Page], None]] = {
    "channel": lambda page: None,
    "people": _people,
    "clock": _clock,
    "hints": _hints,
    "thread": _thread,
    "home": _home,
    "form": _form,
}


@pytest.mark.parametrize(("light", "locale"), [("light", "en-US"), ("dark", "zh-CN")])
def test_axe_finds_nothing_wrong(chromium: Browser, desk: Desk, light: str, locale: str) -> None:
    asked = desk.slack.say(
        desk.mei, desk.sales, "Can *someone* call @Sam Okafor? `code` and https://acme.example"
    )
    desk.slack.say(desk.sam, desk.sales, "Done", thread_ts=asked.message.ts)
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    desk.slack.command(desk.mei, desk.sales, "/crm", "hello")
    desk.slack.say(desk.sam, "leads-华东", "Unread")
    desk.slack.change_user(desk.mei, locale=locale)
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=light, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{desk.url}/u/{desk.mei.id}/{desk.sales.id}")
    found = {}
    for place, go in PLACES.items():
        go(page)
        shot(page, f"axe-{place}-{light}")
        result = Axe().run(page)
        if result.violations_count:
            found[place] = result.generate_report()
    context.close()
    assert not found, "\n".join(f"{place}: {report}" for place, report in found.items())
