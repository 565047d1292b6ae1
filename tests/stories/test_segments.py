"""Segments of customers through the whole bot."""

from typing import Any

from tests.support.office import Office


def _said(office: Office, person: Any) -> str:
    return str(office.said(person).blocks)


def test_a_segment_is_asked_for_in_a_line_saved_under_a_name_and_edited_in_a_form(office: Office) -> None:
    office.crm(office.ann, "customer Acme region South tags: vip; class: A")
    office.crm(office.ann, "customer Borg region North tags: vip; class: A")
    office.crm(office.lilei, "客户 华星 地区 华南 标签：重点；等级：B")
    asked = office.crm(office.ann, "customer segment class A, region South, tag vip")
    assert "1 customer" in asked.text
    assert "Acme" in asked.text
    assert "Borg" not in asked.text
    office.press(office.ann, asked, "Save as segment")
    office.submit(office.ann, {"name": "Key South"})
    assert "Segment saved" in _said(office, office.ann)

    made = office.crm(office.lilei, "客户 分群 华南重点：B级，地区华南，标签重点，30天未联系")
    assert "华星" in made.text
    assert "Key South" in office.crm(office.bo, "customer segments").text
    shown = office.crm(office.bo, "customer segment key south")
    office.press(office.bo, shown, "Edit")
    assert "Ann Lee" in next(iter(office.submit(office.bo, {"region": "North"}).errors.values()))
    for person in (office.ann, office.ada):
        office.press(person, office.crm(person, "customer segment Key South"), "Edit")
    office.submit(office.ada, {"region": "North"})
    office.submit(office.ann, {"region": "West"})
    assert "Now: North" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"region": ""})
    assert "2 customers" in _said(office, office.ann)
    office.press(office.ann, office.said(office.ann), "Delete")
    assert "Key South" not in office.crm(office.bo, "customer segments").text
    office.press(office.ann, office.said(office.ann), "Undo")
    assert "Key South" in office.crm(office.bo, "customer segments").text


def test_what_says_nothing_of_customers_is_named_and_nobody_is_a_sentence(office: Office) -> None:
    assert "“purple”" in office.crm(office.ann, "customer segment class A, purple").text
    assert "Nobody fits" in office.crm(office.ann, "customer segment mine, lapsed, no contact 30 days").text
    assert "already" in (
        office.crm(office.ann, "customer segment Mine: class A").text
        and office.crm(office.ann, "customer segment MINE: class B").text
    )
