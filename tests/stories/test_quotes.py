"""Quotes through the whole bot: by line, by form, to the customer's answer."""

import pytest

from bot.domain.actors import Actor
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.store import models
from tests.support.office import Office


@pytest.fixture
def shop(office: Office) -> Office:
    """The office with two products to sell."""
    office.crm(office.ann, "help")
    with office.store.transaction(Actor(1), now=office.clock(), how="test") as session:
        for name, price in (("Pro", 240), ("Support", 60)):
            price_minor = Money.of(price, "USD").minor
            session.add(
                models.Product(name=name, name_key=name_key(name), price_minor=price_minor, currency="USD")
            )
    return office


def test_the_number_of_an_opportunity_stands_for_its_customer(shop: Office) -> None:
    shop.crm(shop.ann, "deal Acme 120k")
    shop.crm(shop.ann, "deal Acme 30k close Dec 1, 2026")
    assert "$12,000" in shop.crm(shop.ann, "quote OPP-2 50 x Pro").text
    assert "$12,000" in shop.crm(shop.ann, "quote OPP-2").text
    with shop.store.everywhere(writes=False) as session:
        assert [each.opportunity_id for each in session.query(models.Quote)] == [2]
        assert [each.name for each in session.query(models.Customer)] == ["Acme"]


def test_one_line_makes_a_quote_with_its_sum(shop: Office) -> None:
    answer = shop.crm(shop.ann, "quote Acme 50 x Pro, 10 x Support, 8% off, valid 30 days")
    assert "$11,592" in answer.text
    assert "Wed, Dec 23, 2026" in answer.text
    assert "$12,600" in shop.crm(shop.bo, "quote Acme 50 Pro 10 Support").text
    shop.press(shop.ann, answer, "Accepted")
    assert "Accepted" in shop.said(shop.ann).text


def test_the_form_reads_lines_as_people_say_them_and_keeps_what_it_refuses(shop: Office) -> None:
    shop.crm(shop.lilei, "报价")
    refused = shop.submit(shop.lilei, {"customer": ("华星", "新客户：华星"), "lines": "50 x Pro\n3 x 火箭"})
    assert "火箭" in refused.errors["lines"]
    shop.submit(shop.lilei, {"lines": "50 x Pro\n2 x Support at 50", "discount_percent": "10"})
    assert "US$10,890" in shop.said(shop.lilei).text


def test_a_discount_that_nobody_can_give_is_refused_beside_its_field(shop: Office) -> None:
    shop.crm(shop.ann, "quote Acme 50 x Pro, 120% off")
    modal = shop.slack.modal(shop.ann)
    assert "between 0 and 100 percent; 120% off is not" in str(modal.blocks)
    assert "50 x Pro" in str(modal.blocks)
    assert "120% off" in shop.submit(shop.ann).errors["discount_percent"]
    shop.submit(shop.ann, {"discount_percent": "", "lines": "1 x Pro 120% off"}).errors["lines"].index("120%")
    shop.submit(shop.ann, {"discount_percent": "12", "lines": "1 x Pro"})
    assert "$211.20" in shop.said(shop.ann).text
    shop.crm(shop.lilei, "报价 华星 50 x Pro 打0折")
    assert "打0折" in str(shop.slack.modal(shop.lilei).blocks)


def test_a_discount_that_hardly_anybody_gives_is_asked(shop: Office) -> None:
    asked = shop.crm(shop.lilei, "报价 Acme 50 x Pro 12折")
    shop.press(shop.lilei, asked, "优惠 88%")
    assert "US$1,440" in shop.said(shop.lilei).text


def test_an_answered_quote_is_not_edited(shop: Office) -> None:
    answer = shop.crm(shop.ann, "quote Acme 1 x Pro")
    shop.press(shop.ann, answer, "Edit")
    shop.press(shop.ann, answer, "Declined")
    assert "answered already" in next(iter(shop.submit(shop.ann, {"lines": "2 x Pro"}).errors.values()))


def test_two_who_edit_one_quote_see_both_and_lose_nothing(shop: Office) -> None:
    answer = shop.crm(shop.ann, "quote Acme 50 x Pro")
    shop.press(shop.ann, answer, "Edit")
    shop.press(shop.ada, shop.crm(shop.ada, "quote Acme"), "Edit")
    shop.submit(shop.ada, {"lines": "60 x Pro"})
    shop.submit(shop.ann, {"lines": "70 x Pro"})
    assert "60 x Pro" in str(shop.slack.modal(shop.ann).blocks)
    assert "$14,400" in shop.crm(shop.bo, "quote Acme").text
    shop.submit(shop.ann)
    assert "$16,800" in shop.crm(shop.bo, "quote Acme").text


def test_a_quote_made_for_an_opportunity_leaves_it_where_another_customer_is_chosen(shop: Office) -> None:
    shop.press(shop.ann, shop.crm(shop.ann, "deal Acme 120k"), "Quote")
    shop.crm(shop.ann, "customer Borg")
    shop.submit(shop.ann, {"customer": ("Borg", "Borg"), "lines": "1 x Pro"})
    assert "For Acme" not in str(shop.said(shop.ann).blocks)
    assert "Borg" in shop.said(shop.ann).text
