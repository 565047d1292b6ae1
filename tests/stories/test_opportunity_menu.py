"""More on an opportunity's card, and its files, through the whole bot."""

from tests.support.office import Office


def _buttons(card: object) -> list[str]:
    rows = [block for block in getattr(card, "blocks", []) if block["type"] == "actions"]
    return [element["text"]["text"] for element in rows[-1]["elements"]]


def test_a_card_has_five_buttons_and_everything_else_behind_more(office: Office) -> None:
    made = office.crm(office.ann, "deal Acme 120k")
    card = office.crm(office.ann, "deal OPP-1")
    assert _buttons(card.message) == ["Stage", "Log", "Task", "Quote", "More"]
    assert _buttons(made.message) == ["Stage", "Log", "Task", "Quote", "More", "Undo"]
    chinese = office.crm(office.lilei, "商机 OPP-1")
    assert _buttons(chinese.message)[-1] == "更多"
    office.press(office.lilei, chinese, "更多")
    assert "作战室" in office.slack.modal(office.lilei).text
    menu = ["Edit", "Products", "Who is involved", "Evaluate", "Strategy", "Forecast category", "Files"]
    menu += ["Private notes", "Team", "Deal room", "Pause…", "Customer", "Share"]
    for name in menu:
        office.more(office.ann, card, name)
        assert office.slack.modal(office.ann) is not None, name
    office.more(office.ann, card, "Team")
    office.press(office.ann, None, "Add a colleague")
    office.submit(office.ann, {"person": office.bo})
    assert "Bo Berg" in office.said(office.ann).text
    office.more(office.ann, card, "Pause…")
    office.submit(office.ann, {"until": "2026-12-10", "why": "budget freeze"})
    office.more(office.ann, office.said(office.ann), "Watch again")
    assert "watched again" in office.slack.modal(office.ann).text
    won = office.crm(office.ann, "stage OPP-1 won 120k")
    assert _buttons(won.message) == ["Stage", "More", "Undo"]


def test_files_are_attached_by_form_log_or_message_and_open_from_the_card(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    plan = office.slack.upload(office.ann, "plan <v2>.pdf", b"%PDF")
    office.more(office.ann, office.crm(office.ann, "deal OPP-1"), "Files")
    assert "No file yet" in office.slack.modal(office.ann).text
    office.press(office.ann, None, "Attach files")
    office.submit(office.ann, {"files": [plan.payload()], "text": "their network plan"})
    attached = office.said(office.ann)
    assert "their network plan" in attached.text
    assert f"<{plan.payload()['permalink']}|plan &lt;v2&gt;.pdf>" in attached.text
    assert "plan &lt;v2&gt;.pdf" in str(office.crm(office.bo, "deal Acme").ack)
    office.press(office.ann, office.crm(office.ann, "deal Acme"), "Log")
    photo = office.slack.upload(office.ann, "rack.png", b"png")
    office.submit(office.ann, {"kind": "visit", "text": "site visit", "files": [photo.payload()]})
    said = office.slack.say(office.bo, office.sales, "the minutes", files=[("minutes.docx", b"doc")])
    office.slack.message_shortcut(office.bo, said.message, "activity.from_message")
    office.bot.effects.settle()
    acme = {"text": {"type": "plain_text", "text": "Acme"}, "value": "1"}
    office.submit(office.bo, {"opportunity": acme})
    listed = office.crm(office.lilei, "附件 Acme").text
    assert [name in listed for name in ("plan", "rack.png", "minutes.docx")] == [True, True, True]
    office.press(office.ann, attached, "Undo")
    assert "plan" not in office.crm(office.ann, "files OPP-1").text
