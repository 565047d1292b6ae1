"""Fields that admins define, through the whole bot."""

from typing import Any

from tests.support.office import Office


def _seen(office: Office, person: Any) -> str:
    return str(office.slack.modal(person).blocks)


def test_an_admin_defines_fields_and_everybody_fills_them_by_line_and_form(office: Office) -> None:
    assert "Only an admin" in office.crm(office.ann, "customer field Drink: text").text
    office.crm(office.ada, "customer field Drink: choice tea, coffee")
    office.crm(office.ada, "客户 字段 合同到期：日期")
    office.press(office.ada, office.crm(office.ada, "settings"), "Customer fields")
    office.press(office.ada, office.said(office.ada), "New field")
    one = {"name": "Seats", "field_kind": "choice", "choices": "one"}
    assert "at least two" in office.submit(office.ada, one).errors["choices"]
    office.submit(office.ada, {"field_kind": "number"})
    assert "Seats" in str(office.said(office.ada).blocks)

    office.crm(office.ann, "customer Acme Drink: Tea; Seats: 1,200; 合同到期: 2027-03-31")
    assert "is not a number" in office.crm(office.ann, "customer Acme seats: many").text
    assert "tea, coffee" in office.crm(office.ann, "customer Acme drink: beer").text
    office.crm(office.lilei, "客户 全景 Acme")
    for part in ("Drink", "tea", "1200", "2027年3月31日"):
        assert part in _seen(office, office.lilei)


def test_two_who_fill_different_fields_lose_nothing_and_of_one_field_both_see_both(office: Office) -> None:
    for name in ("Drink", "Sport"):
        office.crm(office.ada, f"customer field {name}: text")
    office.crm(office.ann, "customer Acme Drink: tea")
    for person in (office.ann, office.ada):
        office.crm(person, "customer 360 Acme")
        office.press(person, None, "Edit profile")
    office.submit(office.ada, {"Drink": "coffee", "Sport": "golf"})
    office.submit(office.ann, {"Drink": "water"})
    assert "Now: coffee" in _seen(office, office.ann)
    office.submit(office.ann)
    office.crm(office.bo, "customer 360 Acme")
    assert "water" in _seen(office, office.bo)
    assert "golf" in _seen(office, office.bo)
    office.press(office.bo, None, "Timeline")
    assert "Drink: coffee → water" in _seen(office, office.bo)


def test_a_deleted_field_comes_back_with_its_values(office: Office) -> None:
    office.crm(office.ada, "customer field Drink: text")
    office.crm(office.ann, "customer Acme Drink: oolong")
    office.press(office.ada, office.crm(office.ada, "customer fields"), "field.delete", "Drink")
    gone = office.said(office.ada)
    office.crm(office.bo, "customer 360 Acme")
    assert "oolong" not in _seen(office, office.bo)
    office.press(office.ada, gone, "Undo")
    office.crm(office.bo, "customer 360 Acme")
    assert "oolong" in _seen(office, office.bo)


def test_opportunities_have_fields_of_their_own_in_line_form_and_card(office: Office) -> None:
    office.crm(office.ada, "deal field Go-live: date")
    listing = office.crm(office.ada, "商机 字段 轮次：选项 一轮、二轮")
    assert "Go-live" in listing.text
    assert "None yet" in str(office.crm(office.ada, "customer fields").message.blocks)
    card = office.crm(office.ann, "deal Acme 120k close 2026-12-20 Go-live: 2027-03-01; 轮次: 一轮")
    assert "$120,000" in card.text
    shown = str(office.crm(office.lilei, "商机 Acme").message.blocks)
    assert "2027年3月1日" in shown
    assert "一轮" in shown
    filled = office.crm(office.ann, "deal OPP-1 轮次: 二轮")
    assert "二轮" in str(filled.message.blocks)
    assert "is no choice" in office.crm(office.ann, "deal Acme 轮次: 三轮").text
    for person in (office.ann, office.ada):
        office.more(person, office.crm(person, "deal OPP-1"), "Edit")
    office.submit(office.ada, {"轮次": "一轮"})
    office.submit(office.ann, {"Go-live": "2027-04-01", "amount": "130k"})
    both = str(office.said(office.ann).blocks)
    assert "Apr 1, 2027" in both
    assert "一轮" in both  # what only the other changed stays
    office.press(office.ann, filled, "Undo")
    assert "has changed this since" in office.said(office.ann).text
    office.crm(office.ann, "deal")
    office.submit(office.ann, {"customer": ("Zenith", "New customer: Zenith"), "轮次": "二轮"})
    assert "二轮" in str(office.crm(office.ann, "deal Zenith").message.blocks)


def test_leads_and_contacts_have_fields_of_their_own_that_a_convert_takes_along(office: Office) -> None:
    office.crm(office.ada, "lead field Seats: number")
    office.crm(office.ada, "线索 字段 现用系统：文本")
    for owner in ("customer", "contact"):
        office.crm(office.ada, f"{owner} field 现用系统: text")
    listing = office.crm(office.ada, "deal field Seats: number")
    office.press(office.ada, listing, "Fields of leads")
    assert "/crm lead Blue Ocean Seats: …" in str(office.said(office.ada).blocks)

    kept = office.crm(office.ann, "lead Blue Ocean contact Li Na via website Seats: 1,200; 现用系统: 用友")
    for part in ("1200", "用友", "Li Na"):
        assert part in str(kept.message.blocks)
    assert "is not a number" in office.crm(office.ann, "lead Blue Ocean seats: many").text
    for person in (office.ann, office.ada):
        office.press(person, office.crm(person, "lead Blue Ocean"), "Edit")
    office.submit(office.ada, {"Seats": "900", "Region": "North"})
    office.submit(office.ann, {"Seats": "800", "现用系统": "金蝶"})
    assert "Now: 900" in _seen(office, office.ann)
    office.submit(office.ann)
    assert "800" in str(office.said(office.ann).blocks)
    assert "North" in str(office.said(office.ann).blocks)

    office.press(office.ann, office.said(office.ann), "Convert")
    converted = office.said(office.ann)
    assert "800" in str(office.crm(office.ann, "deal Blue Ocean").message.blocks)
    assert "金蝶" in str(office.crm(office.lilei, "联系人 Li Na").message.blocks)
    office.crm(office.ann, "customer 360 Blue Ocean")
    assert "金蝶" in _seen(office, office.ann)
    office.press(office.ann, converted, "Undo")
    assert "no opportunity" in office.crm(office.ann, "deal Blue Ocean").text

    office.crm(office.ann, "customer Acme")
    assert "SAP" in str(office.crm(office.ann, "contact Acme Tom Baker 现用系统: SAP").message.blocks)
    asked = office.crm(office.ann, "contact Jo Lee at Acmee 现用系统: Odoo; role: user")
    office.press(office.ann, asked, "Acme")
    assert "Odoo" in str(office.said(office.ann).blocks)
    assert "User" in str(office.said(office.ann).blocks)
    office.press(office.ann, office.crm(office.ann, "contact Tom Baker"), "Edit")
    office.submit(office.ann, {"现用系统": "Oracle"})
    changed = office.said(office.ann)
    assert "Oracle" in str(changed.blocks)
    office.press(office.ann, changed, "Undo")
    assert "SAP" in str(office.crm(office.ann, "contact Tom Baker").message.blocks)
    office.crm(office.lilei, "线索")
    office.submit(office.lilei, {"name": "Red Sea", "Seats": "5"})
    assert "5" in str(office.said(office.lilei).blocks)
