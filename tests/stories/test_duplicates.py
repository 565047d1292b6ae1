"""Duplicates through the whole bot: asked about before saving, and nothing typed is lost."""

from typing import Any

from tests.support.office import Office


def test_a_customer_in_the_other_language_is_asked_about_in_the_form_and_used(office: Office) -> None:
    office.crm(office.ann, "customer 北京华星科技有限公司")
    office.crm(office.ann, "customer")
    asked = office.submit(
        office.ann,
        {
            "name": "Beijing Huaxing Technology",
            "region": "North",
            "contact_name": "Li Na",
            "phone": "010-88881234",
        },
    )
    assert not asked.errors
    form = office.slack.modal(office.ann)
    assert "probably here already" in str(form.blocks)
    assert "北京华星科技有限公司" in str(form.blocks)
    used = next(
        choice
        for block in form.blocks
        if block.get("block_id") == "existing"
        for choice in block["element"]["options"]
        if "北京" in choice["text"]["text"]
    )
    office.submit(office.ann, {"existing": used["value"]})
    card = office.said(office.ann)
    assert all(
        part in str(card.blocks) for part in ("北京华星科技有限公司", "North", "Li Na", "010-88881234")
    )
    assert "Huaxing" not in office.crm(office.bo, "find Huaxing").text.replace("“Huaxing”", "")


def test_create_anyway_makes_it_and_the_owner_of_the_other_is_named(office: Office) -> None:
    office.crm(office.lilei, "客户 华为技术有限公司")
    office.crm(office.lilei, "客户")
    office.submit(office.lilei, {"name": "Huawei"})
    form = office.slack.modal(office.lilei)
    assert all(part in str(form.blocks) for part in ("可能已有", "华为技术有限公司", "李雷", "名称相近"))
    office.submit(office.lilei, {"existing": "new"})
    assert "客户已新建" in office.said(office.lilei).text
    line = office.crm(office.ann, "customer 华为科技")
    assert "Do you mean one of these" in line.text


def test_the_same_phone_or_mail_domain_is_asked_about_and_a_free_provider_is_not(office: Office) -> None:
    office.crm(office.ann, "customer Acme contact Li Na 13800001234 li@acme.com")
    office.crm(office.bo, "customer")
    office.submit(office.bo, {"name": "Zenith", "contact_name": "Bob", "contact_email": "bob@acme.com"})
    assert "same mail domain" in str(office.slack.modal(office.bo).blocks)
    office.submit(
        office.bo, {"contact_email": "bob@gmail.com", "contact_phone": "138 0000 1234", "existing": "new"}
    )
    assert "Customer created" in office.said(office.bo).text


def test_two_customers_become_one_by_a_preview_and_undo_parts_them_again(office: Office) -> None:
    office.crm(office.ann, "deal 北京华星科技有限公司 120k")
    office.crm(office.ann, "customer 北京华星科技有限公司 contact Li Na 13800001234")
    office.crm(office.ann, "customer")
    office.submit(office.ann, {"name": "Huaxing Technology", "industry": "Software"})
    office.submit(office.ann, {"existing": "new"})
    pairs = office.crm(office.ann, "customer duplicates")
    assert "1 pair is probably one customer" in pairs.text
    office.crm(office.ann, "customer merge Huaxing Technology with 北京华星科技有限公司")
    form = office.slack.modal(office.ann)
    assert "1 opportunity" in str(form.blocks)
    office.submit(office.ann, {"name": "loser"})
    merged = office.said(office.ann)
    assert all(part in str(merged.blocks) for part in ("Merged", "$120,000", "Li Na", "Software"))
    assert "No two customers" in office.crm(office.ann, "customer duplicates").text
    found = office.crm(office.bo, "find Huaxing Technology")
    assert "北京华星科技有限公司" in found.text
    office.press(office.ann, merged, "Undo")
    assert "1 pair" in office.crm(office.ann, "customer duplicates").text
    assert "1 对客户" in office.crm(office.lilei, "客户 疑似重复").text


def test_a_merge_of_what_changed_meanwhile_shows_it_and_only_who_may_change_both_merges(
    office: Office,
) -> None:
    office.crm(office.ann, "customer Acme")
    office.crm(office.ann, "customer Globex")
    office.crm(office.ann, "customer merge Acme with Globex")
    office.crm(office.ada, "customer Acme contact Bob 13900000000")
    edit = office.crm(office.ada, "customer Acme")
    office.press(office.ada, edit, "customer.edit")
    office.submit(office.ada, {"region": "North"})
    office.submit(office.ann)
    assert "Somebody changed one of the two" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    assert "Merged" in office.said(office.ann).text
    office.crm(office.ann, "customer Initech")
    office.crm(office.bo, "customer merge Acme with Initech")
    office.submit(office.bo)
    assert "Initech" in office.crm(office.bo, "customer Initech").text


def chosen(form: Any, words: str) -> str:
    """The value of the choice of the question that has the words."""
    options = next(block for block in form.blocks if block.get("block_id") == "existing")["element"][
        "options"
    ]
    return str(next(each["value"] for each in options if words in each["text"]["text"]))


def test_a_contact_is_asked_about_by_line_and_form_used_merged_and_parted(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    office.crm(office.ann, "contact 李娜 at Acme 13800001234")
    office.crm(office.ann, "contact Li Na at Acme li.na@acme.com")
    form = office.slack.modal(office.ann)
    assert all(part in str(form.blocks) for part in ("probably here already", "李娜", "similar name"))
    office.submit(office.ann, {"existing": chosen(form, "李娜")})
    card = str(office.said(office.ann).blocks)
    assert all(part in card for part in ("李娜", "13800001234", "li.na@acme.com"))
    office.crm(office.lilei, "联系人")
    office.submit(office.lilei, {"customer": "Acme", "name": "Na Li", "phone": "+86 138-0000-1234"})
    asked = office.slack.modal(office.lilei)
    assert all(part in str(asked.blocks) for part in ("可能已有记录", "李娜", "电话相同"))
    office.submit(office.lilei, {"existing": "new"})
    assert "Na Li" in str(office.said(office.lilei).blocks)
    pairs = office.crm(office.ann, "contact duplicates")
    assert "1 pair is probably one contact" in pairs.text
    office.press(office.ann, pairs, "Merge…")
    assert "Phone" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"name": "loser"})
    merged = office.said(office.ann)
    assert all(part in str(merged.blocks) for part in ("Merged", "Na Li", "li.na@acme.com"))
    office.press(office.ann, merged, "Undo")
    again = office.crm(office.lilei, "联系人 查重")
    assert "1 对联系人" in again.text
    office.press(office.lilei, again, "不是同一个")
    noted = office.said(office.lilei)
    assert "没有发现疑似重复的联系人" in office.crm(office.lilei, "联系人 查重").text
    office.press(office.lilei, noted, "撤销")
    assert "1 对联系人" in office.crm(office.lilei, "联系人 查重").text


def test_leads_that_are_one_are_asked_about_merged_and_converted_into_the_customer_that_is_meant(
    office: Office,
) -> None:
    office.crm(office.ann, "lead 北京华星科技有限公司 李娜 13800001234")
    office.crm(office.ann, "lead Huaxing Technology via website")
    form = office.slack.modal(office.ann)
    assert "北京华星科技有限公司" in str(form.blocks)
    office.submit(office.ann, {"existing": "apart"})
    assert "Lead kept" in office.said(office.ann).text
    assert "No two open leads" in office.crm(office.ann, "lead duplicates").text
    card = office.crm(office.ann, "lead 北京华星科技有限公司")
    office.press(office.ann, card, "Merge…")
    office.submit(office.ann, {"lead": "Huaxing Technology"})
    assert "becomes part of" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    merged = office.said(office.ann)
    assert all(part in str(merged.blocks) for part in ("北京华星科技有限公司", "13800001234", "website"))
    office.crm(office.ann, "customer 华星科技")
    office.press(office.ann, merged, "Convert")
    assert "华星科技" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann, {"existing": chosen(office.slack.modal(office.ann), "华星科技")})
    assert "Customer: 华星科技" in str(office.said(office.ann).blocks)
