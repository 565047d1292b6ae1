"""What can be read in two ways is asked with buttons; the answer is obeyed, whenever and however often it
comes, and nothing else of the line is lost."""

from typing import Any

from tests.support.office import Office


def press_twice(office: Office, user: Any, where: Any, name: str) -> None:
    """Two presses before the question is gone: two deliveries with triggers of their own."""
    first = office.press(user, where, name)
    second = first.again()
    second.payload["trigger_id"] = second.payload["trigger_id"] + "2"
    office.slack.redeliver(second)
    office.bot.effects.settle()


def test_two_near_customers_are_asked_and_a_late_answer_pressed_twice_opens_one_opportunity(
    office: Office,
) -> None:
    office.crm(office.ann, "customer Acme Labs")
    office.press(office.ann, office.crm(office.ann, "customer Acme Tools"), "New: Acme Tools")
    asked = office.crm(office.ann, "deal Acm 120k in 10 days via referral vs Zoho 60%")
    assert all(name in str(asked.ack) for name in ("Acme Labs", "Acme Tools", "New: Acm")), asked.ack
    office.pass_time(days=2)
    press_twice(office, office.ann, asked, "Acme Tools")
    answer = office.said(office.ann)
    assert answer.blocks[0]["text"]["text"] == "✅ Opportunity opened."
    for words in ("$120,000", "Thu, Dec 3, 2026", "referral", "Zoho", "60%", "Undo", "More"):
        assert words in str(answer.blocks), words
    assert "can be read" not in "".join(each.text for each in office.slack.ephemerals(office.ann))
    assert str(office.crm(office.ann, "find Acme Tools").ack).count("opportunity.show") == 1


def test_a_day_and_an_amount_with_two_readings_are_asked_one_after_the_other(office: Office) -> None:
    asked = office.crm(office.ann, "deal Globex $20k or $30k 12/11 annual licence")
    office.press(office.ann, asked, "$30,000" if "$30,000" in str(asked.ack) else "Fri, Dec 11, 2026")
    still = office.said(office.ann)
    office.press(office.ann, still, "$30,000" if "$30,000" in str(still.blocks) else "Fri, Dec 11, 2026")
    answer = str(office.said(office.ann).blocks)
    for words in ("annual licence", "$30,000", "Fri, Dec 11, 2026", "Undo"):
        assert words in answer, words


def test_an_hour_is_asked_in_chinese_and_the_answer_keeps_customer_and_words(office: Office) -> None:
    office.crm(office.lilei, "客户 华星")
    asked = office.crm(office.lilei, "任务 华星 周五5点 演示新版本")
    press_twice(office, office.lilei, asked, "2026年11月27日周五 17:00（CST）")
    answer = str(office.said(office.lilei).blocks)
    for words in ("演示新版本", "关于 华星", "2026年11月27日周五 17:00（CST）", "编辑", "撤销"):
        assert words in answer, words
    assert "1 个未完成任务" in office.crm(office.lilei, "任务 我的").text


def test_a_name_by_sound_is_asked_and_what_was_typed_behind_it_becomes_the_name(office: Office) -> None:
    office.crm(office.lilei, "客户 华星科技有限公司")
    for typed in ("huaxing", "hxkj", "华兴科技"):
        assert "华星科技有限公司" in str(office.crm(office.lilei, f"商机 {typed} 12万").ack), typed
    asked = office.crm(office.lilei, "商机 华星科技续约 12万 联系人王总")
    office.press(office.lilei, asked, "华星科技有限公司")
    answer = str(office.said(office.lilei).blocks)
    for words in ("华星科技有限公司 · 续约", "120,000", "王总"):
        assert words in answer, words


def test_which_of_two_opportunities_moves_is_asked_and_the_stage_is_kept(office: Office) -> None:
    office.crm(office.ann, "deal Acme 10k pilot")
    office.crm(office.ann, "deal Acme 90k rollout")
    asked = office.crm(office.ann, "stage Acme negotiation")
    office.press(office.ann, asked, "rollout · $90,000 · Qualification")
    answer = office.said(office.ann)
    assert "Moved to *Negotiation*" in str(answer.blocks)
    assert "rollout" in str(answer.blocks)
