"""Customers, their contacts and the search through the whole bot."""

from tests.support.office import Office


def test_one_line_makes_a_customer_with_a_contact_and_the_name_alone_shows_it(office: Office) -> None:
    made = office.crm(office.ann, "customer Acme contact Li Na 13800000000 li@acme.com")
    assert "Customer created" in made.text
    shown = office.crm(office.bo, "customer acme")
    assert "Customer created" not in shown.text
    assert "Li Na" in str(shown.body)
    assert "13800000000" in str(shown.body)
    assert "Ann Lee" in shown.text


def test_more_words_about_a_known_customer_change_it_and_undo_takes_them_back(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    changed = office.crm(office.ann, "customer Acme contact Li Na 13800000000")
    assert "Contact added: Li Na" in changed.text
    office.press(office.ann, changed, "Undo")
    assert "No contact yet" in str(office.crm(office.ann, "customer Acme").body)


def test_a_near_name_is_asked_about_and_the_answer_may_be_a_new_customer(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    asked = office.crm(office.ann, "customer Acme Robotics")
    assert "no customer “Acme Robotics”" in asked.text
    office.press(office.ann, asked, "New: Acme Robotics")
    assert "Customer created" in office.said(office.ann).text
    assert "Acme Robotics" in office.crm(office.bo, "customer Acme Robotics").text


def test_what_fits_no_field_opens_the_form_with_the_sentence_beside_it(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    office.press(office.ann, office.crm(office.ann, "customer Acme prefers tea"), "Acme")
    assert "“prefers tea” fits no field" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    assert "prefers tea" in str(office.said(office.ann).blocks)


def test_the_form_keeps_what_it_refuses_and_a_second_customer_of_the_name_is_not_made(office: Office) -> None:
    office.crm(office.lilei, "客户")
    filled = {"name": "华星", "contact_name": "李娜", "contact_email": "li.na@"}
    assert "邮箱" in office.submit(office.lilei, filled).errors["contact_email"]
    assert not office.submit(office.lilei, {"contact_email": "li.na@huaxing.cn"}).errors
    assert "客户已新建" in office.said(office.lilei).text
    office.crm(office.ann, "customer")
    assert not office.submit(office.ann, {"name": "华星有限公司"}).errors
    asked = office.slack.modal(office.ann)
    assert asked is not None
    assert "华星* · 李雷" in str(asked.blocks)
    office.submit(office.ann, {"existing": "1"})
    assert "华星 · Prospect · 李雷" in office.said(office.ann).text


def test_two_edits_of_one_version_show_both_values_and_only_those_who_may_edit(office: Office) -> None:
    made = office.crm(office.ann, "customer Acme")
    office.press(office.ann, made, "Edit")
    office.press(office.ada, office.crm(office.ada, "customer Acme"), "Edit")
    office.submit(office.ada, {"industry": "Chemicals", "region": "North"})
    office.submit(office.ann, {"industry": "Software"})
    assert "Chemicals" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    kept = str(office.crm(office.bo, "customer Acme").body)
    assert "Software" in kept
    assert "North" in kept
    office.press(office.bo, office.crm(office.bo, "customer Acme"), "Edit")
    assert "Ann Lee" in office.submit(office.bo, {"industry": "Banking"}).errors["name"]


def test_the_card_shows_what_is_around_the_customer(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "log Acme call: wants 50 seats")
    office.crm(office.ann, "task Acme demo prep 2026-11-25 15:00")
    card = office.crm(office.bo, "customer Acme")
    for part in ("$120,000", "wants 50 seats", "demo prep", "1 open opportunity"):
        assert part in str(card.body)


def test_a_contact_is_added_by_line_found_by_name_and_asked_for_without_a_customer(office: Office) -> None:
    office.crm(office.lilei, "客户 华星")
    assert "联系人已添加" in office.crm(office.lilei, "联系人 华星 李娜 13800000000").text
    assert "华星" in office.crm(office.ann, "contact 李娜").text
    assert office.crm(office.ann, "contact Tom Baker").body == ""
    assert "At which customer is Tom Baker" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"customer": ("华星", "华星"), "title": "CTO"})
    assert "CTO" in office.said(office.ann).text


def test_find_looks_through_names_and_numbers_and_offers_to_make_what_is_not_there(office: Office) -> None:
    office.crm(office.ann, "customer 北京华星科技 contact Li Na 138-0000-1234")
    office.crm(office.ann, "lead 华星物流 via website")
    found = office.crm(office.bo, "find 华星")
    assert "北京华星科技" in found.text
    assert "华星物流" in found.text
    assert "Li Na" in office.crm(office.bo, "find 00001234").text
    assert "Li Na" in office.crm(office.bo, "find li n").text
    for typed in ("hxkj", "huaxing", "xingkeji", "li na"):
        assert "北京华星科技" in office.crm(office.lilei, f"查找 {typed}").text
    assert "🔎 Li Na 138-0000-1234" in office.crm(office.bo, "find 01234").text
    assert "同事" in office.crm(office.lilei, "查找 bo b").text
    office.press(office.bo, office.crm(office.bo, "find Zenith"), "New customer")
    office.submit(office.bo)
    assert "Zenith" in office.said(office.bo).text


def test_a_slip_of_the_pen_is_asked_about_and_a_new_name_may_be_longer(office: Office) -> None:
    office.crm(office.ann, "customer Blueprint Inc")
    asked = office.crm(office.ann, "deal Blue Sky 10k")
    office.press(office.ann, asked, "New: Blue Sky")
    assert "New customer: Blue Sky" in str(office.said(office.ann).blocks)
    assert "Blueprint" in office.crm(office.ann, "deal Bluepritn 10k").text


def test_labelled_words_of_a_line_become_fields(office: Office) -> None:
    line = "客户 华星 行业 软件 地区 华南 网址 huaxing.cn 联系人 李娜 职务 采购经理 电话13800000000"
    made = office.crm(office.lilei, line).text
    for part in ("软件", "华南", "huaxing.cn", "李娜", "采购经理", "13800000000"):
        assert part in made
    office.crm(office.lilei, "客户 华星 行业 教育")
    assert "教育" in office.crm(office.lilei, "客户 华星").text


def test_what_follows_a_label_fills_the_profile_and_a_form_of_its_own_changes_it(office: Office) -> None:
    office.crm(office.ann, "customer Acme Holding")
    made = office.crm(office.ann, "customer Acme tags: vip, 2027; size: 200 people; also called: 艾克美")
    office.press(office.ann, made, "New: Acme")
    assert "艾克美" in str(office.said(office.ann).blocks)
    card = office.crm(office.ann, "customer Acme tags: key account, -2027; parent: Acme Holding")
    assert "🏷️ vip  🏷️ key account" in card.text
    for person in (office.ann, office.ada):
        office.crm(person, "客户 全景 Acme")
        office.press(person, None, "customer.details")
    office.submit(office.ada, {"tax_id": "DE 123", "addresses": "1 Main St\n2 Side St"})
    office.submit(office.ann, {"tax_id": "DE 999"})
    assert "Now: DE 123" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    office.crm(office.lilei, "客户 华星 标签：重点；规模：300人 税号：9144")
    assert "重点" in office.crm(office.lilei, "客户 华星").text
    office.crm(office.ann, "customer 360 Acme Holding")
    office.press(office.ann, None, "Edit profile")
    assert "belongs to" in office.submit(office.ann, {"parent": ("Acme", "Acme")}).errors["parent"]


def test_a_contact_has_a_role_in_the_decision_a_birthday_and_preferences(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    line = "contact Acme Li Na title CTO role: decision maker; birthday: 5 May; likes: green tea"
    made = office.crm(office.ann, line)
    for part in ("Decision maker", "May 5", "green tea", "CTO"):
        assert part in made.text
    assert "决策人" in office.crm(office.lilei, "客户 Acme").text
    assert "no role that I know" in office.crm(office.ann, "contact Acme Bo Ek role: king").text
    office.press(office.ann, made, "Edit")
    assert "not a birthday" in office.submit(office.ann, {"birthday": "soon"}).errors["birthday"]
    office.submit(office.ann, {"birthday": "1985-06-07", "decision_role": "blocker"})
    assert "June 7, 1985" in str(office.said(office.ann).blocks)


def test_a_question_that_no_button_can_hold_is_said_in_words(office: Office) -> None:
    office.crm(office.ann, "customer Northwind Trading")
    answer = office.crm(office.ann, "log Northwnd Trading call: " + "they want fifty seats, " * 120)
    assert "too long" in answer.text
