"""Leads through the whole bot: kept by line, claimed, converted, given up."""

from tests.support.office import Office


def test_one_line_keeps_a_lead_and_one_press_converts_it(office: Office) -> None:
    kept = office.crm(office.ann, "lead Blue Ocean via website contact Tom Baker tom@ocean.com")
    assert "Lead kept" in kept.text
    office.press(office.ann, kept, "Convert")
    opened = office.said(office.ann)
    assert "Blue Ocean" in opened.text
    assert "website" in str(opened.blocks)
    assert "Tom Baker" in str(office.crm(office.bo, "customer Blue Ocean").body)
    office.press(office.ann, opened, "Undo")
    assert "Convert" in str(office.crm(office.ann, "lead Blue Ocean").body)
    assert "no opportunity" in office.crm(office.ann, "deal Blue Ocean").text


def test_a_lead_of_nobody_goes_to_the_first_who_claims_it(office: Office) -> None:
    office.crm(office.lilei, "线索")
    office.submit(office.lilei, {"name": "蓝海科技", "owner": None})
    pool = office.crm(office.ann, "lead pool")
    late = office.crm(office.bo, "lead pool")
    office.press(office.ann, pool, "Claim")
    assert "yours" in office.said(office.ann).text
    office.press(office.bo, late, "Claim")
    assert "Ann Lee" in office.said(office.bo).text


def test_giving_a_lead_up_asks_for_the_reason_and_takes_it_off_the_list(office: Office) -> None:
    kept = office.crm(office.ann, "lead Blue Ocean")
    office.press(office.ann, kept, "Disqualify")
    assert office.submit(office.ann, {"reason": " "}).errors
    office.submit(office.ann, {"reason": "no budget"})
    assert "no budget" in str(office.said(office.ann).blocks)
    assert "No open leads" in office.crm(office.ann, "lead list").text


def test_a_message_becomes_a_lead_with_what_it_says_of_its_writer(office: Office) -> None:
    said = "你好，我是东湖精密有限公司的周敏，电话13900001234 <mailto:min@donghu.cn|min@donghu.cn>"
    message = office.slack.say(office.bo, office.sales, said).message
    office.slack.message_shortcut(office.lilei, message, "lead.from_message")
    office.bot.effects.settle()
    office.submit(office.lilei, {"source": "社群"})
    kept = office.said(office.lilei)
    for words in ("东湖精密有限公司", "周敏", "<tel:13900001234|", "<mailto:min@donghu.cn|", "/archives/"):
        assert words in str(kept.blocks)
