"""Duplicates through the whole bot: asked about before saving, and nothing typed is lost."""

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
