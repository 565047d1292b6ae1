"""Product lines of an opportunity through the whole bot: their sum is its amount."""

from typing import Any

from tests.support.office import Office


def _products(office: Office) -> None:
    office.press(office.ada, office.crm(office.ada, "settings"), "Products")
    for name, price in (("Pro", "100"), ("Team", "40")):
        office.press(office.ada, office.said(office.ada), "Add a product")
        office.submit(office.ada, {"name": name, "price": price})


def _fill(office: Office, user: Any, key: int, product: str, quantity: str, **more: str) -> None:
    typed = {f"line_product#{key}": product, f"line_quantity#{key}": quantity}
    office.slack.fill(user, typed | {f"line_{name}#{key}": value for name, value in more.items()})


def test_the_amount_is_the_sum_of_its_lines_until_a_typed_one_replaces_them(office: Office) -> None:
    _products(office)
    made = office.crm(office.ann, "deal Acme with 50 Pro at 90 close 2026-12-31")
    assert "$4,500" in made.text
    assert "50 × Pro @ $90 = $4,500" in str(made.message.blocks if made.message else made.text)
    office.crm(office.bo, "deal Borg with 5 Team at 30, 2 Pro at 10")
    split = office.crm(office.ann, "pipeline by product").ack["text"]
    assert "Pro: Open 2, Amount $4.5K" in split
    assert "Team: Open 1, Amount $150" in split
    assert "Amount $4.7K" in split
    assert "Bo Berg" in office.crm(office.lilei, "漏斗 按负责人").text
    office.more(office.ann, office.crm(office.ann, "deal OPP-1"), "Products")
    office.press(office.ann, None, "Add a line")
    _fill(office, office.ann, 2, "Team", "10", discount="10")
    office.press(office.ann, None, "Add a line")
    refused = office.submit(office.ann, {"line_quantity#1": "-3"})
    assert "cannot be sold" in refused.errors["line_quantity#1"]
    office.submit(office.ann, {"line_quantity#1": "60"})
    said = office.said(office.ann)
    assert "$5,760" in said.seen
    assert "10 × Team @ $40 −10% = $360" in said.seen
    office.more(office.ann, said, "Edit")
    office.submit(office.ann, {"amount": "6000"})
    form = office.slack.modal(office.ann)
    assert "the sum of the product lines, $5,760" in form.text
    office.submit(office.ann, {"amount": "5760"})
    assert "$5,760" in office.said(office.ann).seen
    office.crm(office.ann, "stage OPP-1 won")
    assert "10 × Team @ $40" in office.slack.modal(office.ann).text
    office.submit(office.ann, {"amount": "5500", "closed_on": "2026-11-23"})
    office.submit(office.ann, {"amount": "5500", "closed_on": "2026-11-23", "replace_lines": ["yes"]})
    won = office.said(office.ann)
    assert "$5,500" in won.seen
    assert "product lines" not in won.seen
    office.press(office.ann, won, "Undo")
    assert "10 × Team" in office.crm(office.ann, "deal OPP-1").text or "$5,760" in str(
        office.crm(office.ann, "deal OPP-1").ack
    )


def test_lines_are_set_in_one_line_removed_by_button_and_told_in_chinese(office: Office) -> None:
    _products(office)
    office.crm(office.lilei, "商机 华星 12万")
    told = office.crm(office.lilei, "明细 华星 50 x Pro 单价90；10 x Team")
    assert "2 行产品明细之和" in str(told.ack)
    assert "4,900" in str(told.ack)
    office.crm(office.lilei, "明细 华星")
    office.press(office.lilei, None, "删除这一行", block_of(office, 1))
    office.submit(office.lilei, {})
    assert "1 行产品明细之和" in office.said(office.lilei).seen
    assert "400" in office.said(office.lilei).seen


def block_of(office: Office, key: int) -> str:
    """The value of the button that removes a row."""
    return f'{{"key":{key}}}'
