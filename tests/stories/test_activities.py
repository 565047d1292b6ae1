"""Activities through the whole bot: a line, a form, a message; with what follows from them."""

from bot.store.models import Activity, Customer, Task
from tests.payloads.validator import problems_of_message, problems_of_view
from tests.support.office import Office


def test_one_line_logs_a_call_and_plans_the_next_step_in_one_go(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    answer = office.crm(office.ann, "log Acme call: wants 50 seats, follow up Fri 3pm")
    assert "wants 50 seats" in answer.text
    assert "Follow up with Acme" in answer.text
    assert "Fri, Nov 27, 2026, 3:00 PM" in answer.text
    assert problems_of_message({"text": answer.message.text, "blocks": answer.message.blocks}) == []
    office.press(office.ann, answer, "Undo")
    assert "Nothing to do" in office.crm(office.ann, "task mine").text


def test_a_line_says_when_it_happened(office: Office) -> None:
    answer = office.crm(office.ann, "log Acme call yesterday: wants 50 seats")
    assert "Sun, Nov 22, 2026, 12:00 PM" in answer.text
    assert "wants 50 seats" in answer.text
    assert "Call · Acme" in office.crm(office.ann, "call Acme: no answer").text


def test_a_chinese_line_does_the_same(office: Office) -> None:
    office.crm(office.lilei, "商机 华星 12万")
    answer = office.crm(office.lilei, "跟进 华星 电话：要50个账号，周五下午3点跟进")
    assert "要50个账号" in answer.text
    assert "跟进华星" in answer.text
    assert "2026年11月27日周五 15:00" in answer.text


def test_the_number_of_an_opportunity_stands_for_it_in_a_line(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "deal Acme 30k close Dec 1, 2026")
    said = [
        office.crm(office.ann, "log OPP-2 call: wants 50 seats, follow up Fri 3pm"),
        office.crm(office.ann, "task OPP-2 send the contract tomorrow"),
        office.crm(office.lilei, "记 OPP-2 电话：要50套"),
        office.crm(office.lilei, "任务 OPP-2 明天下午3点发合同"),
    ]
    assert all("Acme" in each.text and "New customer" not in each.text for each in said)
    words = ("wants 50 seats", "send the contract", "要50套", "发合同")
    assert all(word in each.text for word, each in zip(words, said, strict=True))
    with office.store.everywhere(writes=False) as session:
        assert [each.name for each in session.query(Customer)] == ["Acme"]
        assert {each.opportunity_id for each in session.query(Task)} == {2}
        assert {each.opportunity_id for each in session.query(Activity)} == {2}


def test_what_is_missing_opens_the_form_with_what_was_said(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "log Acme")
    form = office.slack.modal(office.ann)
    assert "Acme" in str(form.blocks)
    assert problems_of_view(form.body, "modal") == []
    office.submit(
        office.ann,
        {"kind": "Visit", "text": "met the buyer", "next_step": "send the offer", "due": "tomorrow"},
    )
    said = office.said(office.ann)
    assert "Visit · Acme" in said.text
    assert "send the offer" in said.text


def test_a_message_is_logged_with_its_author_time_and_link(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    message = office.slack.say(
        office.bo, office.sales, "Acme wants <the> *big* plan & <@" + office.ann.id + ">"
    ).message
    office.pass_time(hours=3)
    office.slack.message_shortcut(office.ann, message, "activity.from_message")
    office.bot.effects.settle()
    office.submit(office.ann, {})  # Acme is named in the message
    said = office.said(office.ann)
    assert "Bo Berg" in str(said.blocks)
    assert "Mon, Nov 23, 2026, 9:00 AM" in str(said.blocks)
    assert f"/archives/{office.sales.id}/p{message.ts.replace('.', '')}" in str(said.blocks)
    assert "&lt;the&gt;" in said.text


def test_a_message_becomes_a_task(office: Office) -> None:
    office.crm(office.ann, "customer 北辰医疗器械有限公司")
    message = office.slack.say(office.bo, office.sales, "please send 北辰医疗 the brochure").message
    office.slack.message_shortcut(office.ann, message, "task.from_message")
    office.bot.effects.settle()
    office.submit(office.ann, {"due": "Fri"})
    mine = office.crm(office.ann, "task mine").text
    assert "please send 北辰医疗 the brochure" in mine
    assert "北辰医疗器械有限公司" in mine


def test_an_edit_of_an_activity_is_its_authors(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    answer = office.crm(office.ann, "log Acme call: wants 50 seats")
    office.press(office.bo, answer, "Edit")
    refused = office.submit(office.bo, {"text": "wants 5 seats"})
    assert "Ann Lee" in str(refused.errors)
    office.press(office.ann, answer, "Edit")
    office.submit(office.ann, {"text": "wants 60 seats"})
    assert "wants 60 seats" in office.said(office.ann).text


def test_a_visit_keeps_who_was_there_how_long_what_they_need_and_its_files(office: Office) -> None:
    office.crm(office.ann, "customer Acme, contact Jane Roe jane@acme.example")
    answer = office.crm(
        office.ann, "log Acme visit for 1.5 h: saw the plant, need: night shifts, outcome: wants an offer"
    )
    for words in ("90 minutes", "night shifts", "wants an offer", "saw the plant"):
        assert words in str(answer.message.blocks)
    note = office.slack.say(office.bo, office.sales, "photos", files=[("plant <1>.png", b"png")]).message
    office.slack.message_shortcut(office.ann, note, "activity.from_message")
    office.bot.effects.settle()
    fields = {
        "customer": "Acme",
        "contact": ("Jane", "Jane Roe · Acme"),
        "people": "Tom",
        "direction": "in",
        "kind": "visit",
    }
    assert office.submit(office.ann, fields | {"duration_min": "ages", "needs": "a ramp"}).errors
    office.submit(office.ann, {"duration_min": "30"})
    said = str(office.said(office.ann).blocks)
    for words in ("Jane Roe, Tom", "30 minutes", "They came to us", "plant &lt;1&gt;.png>", "a ramp"):
        assert words in said
    card = str(office.crm(office.lilei, "客户 Acme").message.blocks)
    assert "客户需求" in card
    assert card.index("a ramp") < card.index("night shifts")
    office.press(office.ann, office.said(office.ann), "Edit")
    office.submit(office.ann, {"contact": None, "outcome": "agreed"})
    edited = str(office.said(office.ann).blocks)
    assert "Bo Berg" in edited
    assert "Jane Roe" not in edited


def test_a_chinese_line_keeps_the_same(office: Office) -> None:
    office.crm(office.lilei, "商机 华星 12万")
    answer = office.crm(office.lilei, "跟进 华星 来电 聊了半小时 要50套 需求：单点登录；结果：要报价")
    for words in ("30分钟", "单点登录", "要报价", "客户主动联系", "电话"):
        assert words in str(answer.message.blocks)


def test_a_number_on_a_card_starts_a_call_that_is_logged(office: Office) -> None:
    made = office.crm(office.ann, "customer Acme, contact Jane Roe jane@acme.example +1 415 555 0134")
    office.press(office.ann, made, "contact.show")
    card = office.said(office.ann)
    assert "<tel:+14155550134|" in str(card.blocks)
    assert "<mailto:jane@acme.example|jane@acme.example>" in str(card.blocks)
    office.press(office.ann, card, "Call")
    assert "<tel:+14155550134|" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"text": "no answer"})
    said = str(office.said(office.ann).blocks)
    for words in ("Call · Acme", "Jane Roe", "no answer", "We went to them"):
        assert words in said
