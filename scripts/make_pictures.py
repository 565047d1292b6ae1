"""Make the README's pictures: a Monday morning in the demo, in both languages, as Chromium shows it.

Run this after the page or a card looks different; look at what it made before it is committed.

    apt-get install chromium
    pip install -e '.[test]'
    python scripts/make_pictures.py
"""

import os
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot.playground.demo import Demo

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FRIDAY = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
SIZE = {"width": 1440, "height": 940}
PATIENCE_MS = 180_000  # on a busy machine the first chart of a process takes a while

PICTURES = (
    (
        "demo.png",
        "ann",
        "sales",
        "digest forecast every Monday 9:00",
        "Monday 09:00",
        "deal Lumen Health 120k annual licence close end of Dec",
        "OPP-",
    ),
    (
        "demo-zh.png",
        "lilei",
        "华南销售",
        "简报 预测 每周一9:00",
        "周一 09:00",
        "商机 锦程机器人有限公司 12万 年度授权 12月底",
        "OPP-",
    ),
)


def main() -> None:
    """Write the pictures, each from a demo of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-sync"]
        )
        for name, who, channel, digest, monday, line, made in PICTURES:
            with tempfile.TemporaryDirectory() as folder:
                demo = Demo(f"sqlite:///{folder}/demo.db", start_at=FRIDAY).start()
                person = next(user for user in demo.slack.users() if user.name == who)
                place = next(each for each in demo.slack.channels() if each.name == channel)
                page = browser.new_page(viewport=SIZE, device_scale_factor=2, reduced_motion="reduce")
                page.set_default_timeout(PATIENCE_MS)
                expect.set_options(timeout=PATIENCE_MS)
                page.goto(f"{demo.url}/u/{person.id}/{place.id}")
                _type(page, digest)
                page.locator(".clock-now").click()
                page.get_by_role("button", name=monday).click()
                picture = page.locator(".message figure img").last
                picture.wait_for()
                page.wait_for_function(
                    "image => image.complete && image.naturalWidth > 300", arg=picture.element_handle()
                )
                _type(page, line)
                expect(page.locator(".scroll .message").last).to_contain_text(re.compile(made))
                expect(page.locator(".toasts .toast")).to_have_count(0)  # what else arrived on the way
                page.locator("[data-do=dismiss-guide]").click()
                page.wait_for_timeout(1000)  # until it has scrolled to the end
                page.screenshot(path=str(TARGET / name))
                page.close()
                demo.stop()
        browser.close()


def _type(page: Page, line: str) -> None:
    page.locator("#say-main").fill(f"/crm {line}")
    page.locator("#say-main").press("Enter")
    expect(page.locator("#say-main")).to_have_value("")


if __name__ == "__main__":
    main()
