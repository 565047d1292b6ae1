"""Exchange rates through the whole bot: entered by admins, used for one total, taken back."""

from tests.support.office import Office


def test_an_admin_enters_a_rate_and_the_pipeline_has_one_total(office: Office) -> None:
    office.crm(office.ada, "day")
    office.crm(office.ann, "deal Acme 100k 2026-12-15")
    assert "还没有 CNY 兑 USD 的汇率" in office.crm(office.lilei, "商机 华星 70万人民币 12月底").text
    assert "No exchange rate" in str(office.crm(office.ann, "pipeline").message.blocks)
    refused = office.crm(office.ann, "rate USD CNY 7").text
    assert "admin" in refused.lower()
    kept = office.crm(office.ada, "rate 1 USD = 7 CNY")
    assert "1 USD = 7 CNY" in kept.text
    assert "In USD: $200K, at 1 USD = 7 CNY (Mon, Nov 23)." in str(
        office.crm(office.ann, "pipeline").message.blocks
    )
    assert "exchange rate" not in office.crm(office.ann, "deal Cyan 5k CNY").text
    office.press(office.ada, kept, "Undo")
    assert "`/crm rate CNY USD 1.12`" in office.crm(office.ann, "deal Dune 5k CNY").text
    assert "No exchange rate" in str(office.crm(office.ann, "pipeline").message.blocks)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(office: Office) -> None:
    listing = office.crm(office.ada, "汇率")
    assert "No rate yet" in listing.text
    office.press(office.ada, listing, "Enter a rate")
    refused = office.submit(office.ada, {"base": "usd", "value": "abc", "quote": "CNY"})
    assert list(refused.errors) == ["value"]
    assert list(office.submit(office.ada, {"value": "7.1", "quote": "usd"}).errors) == ["quote"]
    assert list(office.submit(office.ada, {"quote": "XYZ"}).errors) == ["quote"]
    office.submit(office.ada, {"quote": "cny", "on": "2026-11-01"})
    assert "1 USD = 7.1 CNY · Sun, Nov 1, 2026" in office.said(office.ada).text


def test_what_is_no_rate_is_answered_with_an_example(office: Office) -> None:
    assert "/crm rate USD CNY 7.12" in office.crm(office.ada, "rate dollars").text
    assert "/crm 汇率" in office.crm(office.lilei, "汇率 美元 -3").text
