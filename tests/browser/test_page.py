"""What a visitor does on the page reaches the bot as Slack would send it, and what the bot says is seen."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import NOW, Desk, shot


def write(page: Page, text: str, where: str = "main") -> None:
    page.locator(f"#say-{where}").fill(text)
    page.keyboard.press("Enter")


def open_form(page: Page) -> Locator:
    write(page, "/crm new")
    form = page.get_by_role("dialog", name="New opportunity")
    expect(form).to_be_visible()
    return form


def pick(form: Locator, label: str, option: str, typed: str = "") -> None:
    box = form.get_by_role("combobox", name=label)
    box.click()
    box.press_sequentially(typed)
    form.get_by_role("option", name=option).click()


def test_a_command_is_answered_where_only_its_author_sees_it(page: Page, desk: Desk) -> None:
    write(page, "/crm find <Acme> & friends")
    answer = page.locator(".message.ephemeral")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("You typed find <Acme> & friends.")
    assert desk.bot.last("command")["text"] == "find &lt;Acme&gt; &amp; friends"
    answer.get_by_role("button", name="Dismiss message").click()
    expect(answer).to_have_count(0)


def test_commands_are_completed_with_the_keyboard_alone(page: Page, desk: Desk) -> None:
    box = page.get_by_label("Message #sales")
    box.press_sequentially("/")
    hints = page.locator("#hints-main").get_by_role("option")
    expect(hints).to_have_text([re.compile("^/crm"), re.compile("^/deal")])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("/deal ")
    expect(hints).to_have_text([re.compile("Acme 120k close end of Dec")])
    page.keyboard.type("Acme 5k")
    page.keyboard.press("Enter")
    expect(page.locator(".ephemeral")).to_be_visible()
    assert (desk.bot.last("command")["command"], desk.bot.last("command")["text"]) == ("/deal", "Acme 5k")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("/deal Acme 5k")


def test_a_line_to_try_waits_for_enter_and_the_panel_stays_away_once_dismissed(
    page: Page, desk: Desk
) -> None:
    guide = page.get_by_role("region", name="Try this")
    guide.get_by_role("button", name="/crm deal Acme 120k").click()
    expect(page.get_by_label("Message #sales")).to_have_value("/crm deal Acme 120k close end of Dec")
    page.keyboard.press("Enter")
    expect(page.locator(".ephemeral")).to_be_visible()
    guide.get_by_role("button", name="Close", exact=True).click()
    expect(guide).to_be_hidden()
    page.reload()
    expect(page.locator(".ephemeral")).to_be_visible()
    expect(guide).to_be_hidden()
    page.get_by_role("button", name="Try this").click()
    expect(guide).to_be_visible()


def test_a_mention_chosen_from_the_list_arrives_as_a_mention(page: Page, desk: Desk) -> None:
    box = page.get_by_label("Message #sales")
    box.press_sequentially("/crm task @sa")
    page.keyboard.press("Enter")
    expect(box).to_have_value("/crm task @Sam Okafor ")
    page.keyboard.type("demo prep")
    page.keyboard.press("Enter")
    expect(page.locator(".ephemeral")).to_contain_text("@Sam Okafor")
    assert desk.bot.last("command")["text"] == "task <@U2SAM|sam> demo prep"


def test_an_unknown_command_and_one_in_a_thread_are_explained(page: Page, desk: Desk) -> None:
    write(page, "/nonsense")
    expect(page.locator(".notice")).to_contain_text("/nonsense is not a command here")
    write(page, "Hello")
    page.locator(".message:has-text('Hello')").hover()
    page.get_by_label("Reply in thread").click()
    write(page, "/crm help", where="thread")
    expect(page.locator(".thread .notice")).to_contain_text("/crm does not work in threads")
    assert "command" not in {each.get("type") for each in desk.bot.told}


def test_every_field_of_a_form_arrives_as_slack_sends_it(page: Page, desk: Desk) -> None:
    form = open_form(page)
    expect(form.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Acme annual licence")
    form.get_by_label("Amount").fill("120000.50")
    pick(form, "Stage", "Negotiation")
    pick(form, "City", "Shenzhen 深圳", typed="深")
    pick(form, "Customer", "华星科技", typed="华")
    pick(form, "Owner", "Sam Okafor", typed="sam")
    pick(form, "Helpers", "Mei Chen")
    pick(form, "Helpers", "Sam Okafor")
    form.get_by_role("button", name="Remove Mei Chen").click()
    pick(form, "Tags", "Qualified")
    pick(form, "Tags", "Proposal")
    page.keyboard.press("Escape")
    expect(form).to_be_visible()
    pick(form, "Channel", "#leads-华东")
    pick(form, "Conversation", "Mei Chen")
    form.get_by_label("Close date").fill("2026-12-24")
    form.get_by_label("Time").fill("15:30")
    form.get_by_label("Remind me").fill("2026-12-01T09:00")
    form.get_by_label("Renewal").check()
    form.get_by_label("Training").check()
    form.get_by_label("Support").check()
    form.get_by_label("Contact's e-mail").fill("li@huaxing.example")
    form.get_by_label("Web site").fill("https://huaxing.example")
    form.get_by_label("Note").fill("Two lines\nof note")
    form.get_by_role("button", name="Create").click()
    expect(form).to_have_count(0)
    values = desk.bot.last("view_submission")["view"]["state"]["values"]
    held = {
        block: next(v for k, v in entry["value"].items() if k != "type") for block, entry in values.items()
    }
    assert {k: v for k, v in held.items() if not isinstance(v, (dict, list))} == {
        "name": "Acme annual licence",
        "amount": "120000.50",
        "owner": "U2SAM",
        "channel": "C2LEADS",
        "talk": "U1MEI",
        "close_on": "2026-12-24",
        "at": "15:30",
        "remind": 1796086800,
        "mail": "li@huaxing.example",
        "site": "https://huaxing.example",
        "note": "Two lines\nof note",
    }
    assert held["team"] == ["U2SAM"]
    assert [held[block]["value"] for block in ("stage", "city", "customer", "kind")] == [
        "negotiation",
        "sz",
        "华星科技",
        "renewal",
    ]
    assert [option["value"] for option in held["extras"]] == ["training", "support"]
    assert [option["value"] for option in held["tags"]] == ["qualified", "proposal"]


def test_a_refused_form_keeps_what_was_typed_and_says_why_at_the_field(page: Page, desk: Desk) -> None:
    form = open_form(page)
    form.get_by_label("Note").fill("keep me")
    form.get_by_label("Amount").fill("a lot")
    form.get_by_role("button", name="Create").click()
    name, amount = form.get_by_label("Name", exact=True), form.get_by_label("Amount")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Please complete this required field.")
    expect(amount).to_have_accessible_description(re.compile("Please enter a valid number."))
    assert not [told for told in desk.bot.told if told["type"] == "view_submission"]
    name.fill("Acme")
    amount.fill("13")
    pick(form, "Customer", "Acme Industries", typed="ac")
    form.get_by_label("Renewal").check()
    form.get_by_role("button", name="Create").click()
    expect(amount).to_have_accessible_description(re.compile("13 brings bad luck. Try 14."))
    expect(amount).to_be_focused()
    expect(form.get_by_label("Note")).to_have_value("keep me")
    expect(form.get_by_role("combobox", name="Customer")).to_have_value("Acme Industries")
    amount.fill("14")
    form.get_by_role("button", name="Create").click()
    expect(form).to_have_count(0)


def test_a_stacked_form_gives_way_to_the_one_behind_with_its_fields(page: Page, desk: Desk) -> None:
    form = open_form(page)
    form.get_by_label("Name", exact=True).fill("Kept")
    form.get_by_role("button", name="Add a line").click()
    line = page.get_by_role("dialog", name="Add a line")
    expect(line.get_by_label("Product")).to_be_focused()
    page.keyboard.press("Escape")
    expect(line).to_have_count(0)
    expect(form.get_by_role("button", name="Add a line")).to_be_focused()
    expect(form.get_by_label("Name", exact=True)).to_have_value("Kept")
    values = desk.bot.last("block_actions")["view"]["state"]["values"]
    assert values["name"]["value"]["value"] == "Kept"
    page.keyboard.press("Escape")
    expect(page.get_by_label("Message #sales")).to_be_focused()
    page.keyboard.type("and on with the keyboard")
    expect(page.get_by_label("Message #sales")).to_have_value("and on with the keyboard")


def test_a_button_that_asks_is_pressed_only_after_yes(page: Page, desk: Desk) -> None:
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    page.get_by_role("button", name="Lost").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Lost")).to_be_focused()
    assert not [told for told in desk.bot.told if told["type"] == "block_actions"]
    page.get_by_role("button", name="Lost").click()
    with page.expect_response("**/do/press"):
        page.get_by_role("button", name="Mark lost").click()
    assert desk.bot.last("block_actions")["actions"][0]["action_id"] == "lost"


def test_what_one_person_changes_the_other_sees_without_reloading(
    page: Page, context: BrowserContext, desk: Desk
) -> None:
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    other = context.new_page()
    other.goto(f"{desk.url}/u/{desk.sam.id}/{desk.sales.id}")
    box = other.get_by_label("Message #sales")
    box.fill("half a sentence")
    select = page.get_by_role("combobox", name="Move to…")
    select.click()
    page.get_by_role("option", name="Negotiation").click()
    expect(other.locator(".message .fields")).to_contain_text("Negotiation")
    expect(box).to_have_value("half a sentence")
    page.bring_to_front()
    write(page, "Moved it, *finally*")
    expect(other.locator(".message", has_text="Moved it")).to_contain_text("Moved it, finally")


def test_what_comes_in_elsewhere_is_counted_and_announced(page: Page, desk: Desk) -> None:
    leads = desk.slack.channel("leads-华东")
    expect(page.get_by_role("link", name="leads-华东")).to_be_visible()
    desk.slack.say(desk.sam, leads, "A new lead: *Zenith*")
    card = page.locator(".news")
    expect(card).to_contain_text("Sam Okafor in #leads-华东")
    expect(card).to_contain_text("A new lead: Zenith")
    expect(page.get_by_role("link", name="leads-华东 1 unread")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) #sales"))
    card.click()
    expect(page.get_by_role("heading", name="leads-华东")).to_be_visible()
    expect(page).to_have_title(re.compile("^#leads"))


def test_the_clock_moves_forward_by_every_button(page: Page, desk: Desk) -> None:
    expect(page.locator(".clock-now time")).to_have_text("Mon, Nov 23, 09:30")
    page.get_by_role("button", name="To the next reminder").click()
    expect(page.locator(".clock-now time")).to_have_text("Tue, Nov 24, 09:30")
    expect(page.get_by_role("button", name="To the next reminder")).to_be_disabled()
    assert desk.clock.moment == NOW + timedelta(days=1)
    for label, shown in (
        ("One hour on", "Tue, Nov 24, 10:30"),
        ("Tomorrow 09:00", "Wed, Nov 25, 09:00"),
        ("Monday 09:00", "Mon, Nov 30, 09:00"),
    ):
        page.locator(".clock-now").click()
        page.get_by_role("button", name=label).click()
        expect(page.locator(".clock-now time")).to_have_text(shown)
    page.locator(".clock-now").click()
    page.get_by_label("To a date and time").fill("2026-12-01T08:15")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".clock-now time")).to_have_text("Tue, Dec 1, 08:15")


def test_changing_the_language_changes_the_person_and_the_page(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_label("发消息到 #sales")).to_be_visible()
    expect(page.get_by_text("一行建一个商机")).to_be_visible()
    assert desk.slack.user(desk.mei).locale == "zh-CN"
    assert desk.bot.last("event_callback")["event"]["type"] == "user_change"
    write(page, "/crm new")
    form = page.get_by_role("dialog", name="New opportunity")
    form.get_by_role("button", name="Create").click()
    expect(form.get_by_text("这一项必填。").first).to_be_visible()


def test_shortcuts_open_from_the_bolt_and_from_a_message(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="Shortcuts").press("Enter")
    expect(page.get_by_role("menuitem", name="New task")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Add a line").get_by_role("button", name="Cancel").click()
    assert desk.bot.last("shortcut")["callback_id"] == "task"
    desk.slack.say(desk.sam, desk.sales, "Call Zenith")
    message = page.locator(".message:has-text('Call Zenith')")
    message.hover()
    message.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Log as activity").click()
    expect(page.get_by_role("dialog", name="Add a line")).to_be_visible()
    told = desk.bot.last("message_action")
    assert (told["callback_id"], told["message"]["text"]) == ("log", "Call Zenith")


def test_replies_stand_in_a_thread_beside_the_channel(page: Page, desk: Desk) -> None:
    write(page, "Who has the Acme quote?")
    first = page.locator(".main .message", has_text="Acme quote")
    first.hover()
    first.get_by_label("Reply in thread").click()
    expect(page.locator("#say-thread")).to_be_focused()
    write(page, "I do.", where="thread")
    expect(page.locator(".thread .message")).to_have_count(2)
    expect(first.locator(".replies")).to_contain_text("1 reply")
    page.keyboard.press("Escape")
    expect(page.locator(".thread .message")).to_have_count(0)
    expect(page.get_by_label("Message #sales")).to_be_focused()


def test_the_home_tab_is_asked_for_and_drawn_when_it_opens(page: Page, desk: Desk) -> None:
    page.get_by_role("link", name="Dealdesk").click()
    expect(page.get_by_role("heading", name="Good morning, Mei")).to_be_visible()
    event = desk.bot.last("event_callback")["event"]
    assert (event["type"], event["tab"]) == ("app_home_opened", "home")
    page.get_by_role("button", name="More actions").click()
    with page.expect_response("**/do/press"):
        page.get_by_role("menuitem", name="Make a quote").click()
    told = desk.bot.last("block_actions")
    assert (told["container"]["type"], told["actions"][0]["selected_option"]["value"]) == ("view", "quote")


def test_a_long_channel_shows_its_newest_messages_and_earlier_ones_on_demand(page: Page, desk: Desk) -> None:
    for number in range(130):
        desk.slack.say(desk.sam, desk.sales, f"Line {number}")
    expect(page.locator(".message")).to_have_count(100)
    expect(page.get_by_text("Line 129")).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages (30)").click()
    expect(page.locator(".message")).to_have_count(130)
    expect(page.get_by_text("Line 30", exact=True)).to_be_in_viewport()


def test_a_silent_bot_is_told_of_never_a_blank(page: Page, desk: Desk) -> None:
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    desk.bot.silent.set()
    write(page, "/crm help")
    expect(page.locator(".notice")).to_contain_text("dispatch_failed")
    page.get_by_role("button", name="Won").click()
    expect(page.locator(".notice", has_text="Won")).to_contain_text("could not be reached")


def test_a_file_is_shown_with_its_words(page: Page, desk: Desk) -> None:
    picture = (
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    started = desk.bot.call(
        "files.getUploadURLExternal",
        filename="pipeline.png",
        length=len(picture) // 2,
        alt_txt="Open pipeline: $340k",
    )
    desk.bot.upload(started["upload_url"], bytes.fromhex(picture))
    desk.bot.call(
        "files.completeUploadExternal",
        files=[{"id": started["file_id"], "title": "Pipeline"}],
        channel_id=desk.sales.id,
    )
    image = page.get_by_role("img", name="Open pipeline: $340k")
    expect(image).to_have_js_property("naturalWidth", 1)


def test_a_phone_shows_everything_without_sideways_scrolling(chromium: Browser, desk: Desk) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 740}, has_touch=True)
    page = context.new_page()
    desk.slack.command(desk.mei, desk.sales, "/crm", "card")
    page.goto(f"{desk.url}/u/{desk.mei.id}/{desk.sales.id}")
    expect(page.get_by_role("heading", name="Acme annual licence")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.get_by_role("button", name="Channels and apps").click()
    page.get_by_role("link", name="leads-华东").click()
    expect(page.get_by_role("heading", name="leads-华东")).to_be_visible()
    expect(page.get_by_role("link", name="sales")).to_be_hidden()
    form = open_form(page)
    assert (form.bounding_box() or {})["width"] == 375
    shot(page, "phone-form")
    context.close()


def test_the_page_brings_the_fonts_that_a_fresh_machine_lacks(page: Page, desk: Desk) -> None:
    sheets = page.evaluate("Array.from(document.querySelectorAll('link[rel=stylesheet]'), link => link.href)")
    css = "".join(page.request.get(sheet).text() for sheet in sheets)
    fonts = set(re.findall(r'url\("(/[^"]+)"\)', css))
    assert len(fonts) == 3
    assert all(page.request.get(desk.url + font).ok for font in fonts)
    faces = (
        "Array.from(await Promise.all(Array.from(document.fonts, face => face.load())), face => face.status)"
    )
    assert set(page.evaluate(f"async () => {faces}")) == {"loaded"}
