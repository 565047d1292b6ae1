"""Everything about a customer in one modal, through the whole bot."""

from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.money import Money
from bot.store import models
from tests.support.office import Office


@pytest.fixture
def shop(office: Office) -> Office:
    """The office with a product to sell."""
    office.crm(office.ann, "help")
    price = Money.of(240, "USD")
    with office.store.transaction(Actor(1), now=office.clock(), how="test") as session:
        session.add(models.Product(name="Pro", name_key="pro", price_minor=price.minor, currency="USD"))
    return office


def _seen(office: Office, person: Any) -> str:
    return str(office.slack.modal(person).blocks)


def test_the_overview_shows_all_there_is_tab_by_tab_and_the_timeline_tells_who_and_how(
    office: Office,
) -> None:
    office.crm(office.ann, "customer Acme size: 200 people; aliases: 艾克美")
    office.crm(office.ann, "contact Acme Li Na role: decision maker; birthday: 5 May")
    office.crm(office.ann, "deal Acme 120k")
    assert "No next step planned" in str(office.crm(office.ann, "customer Acme").message.blocks)
    office.pass_time(hours=1)
    office.crm(office.ann, "log Acme call: wants 50 seats")
    office.crm(office.ann, "task Acme demo prep 2026-11-25 15:00")
    office.crm(office.ann, "quote Acme 50 x Pro, 8% off")
    office.pass_time(hours=1)
    office.crm(office.ann, "customer Acme industry Chemicals")
    office.press(office.ann, office.crm(office.ann, "customer Acme"), "Full view")
    assert "艾克美" in _seen(office, office.ann)
    office.press(office.ann, None, "Contacts")
    assert "Decision maker" in _seen(office, office.ann)
    assert "May 5" in _seen(office, office.ann)
    office.press(office.ann, None, "Opportunities")
    assert "1 open opportunity" in _seen(office, office.ann)
    office.press(office.ann, None, "Quotes and tasks")
    assert "demo prep" in _seen(office, office.ann)
    office.press(office.ann, None, "Purchases")
    assert "Nothing bought yet" in _seen(office, office.ann)
    office.press(office.ann, None, "Profile")
    office.press(office.ann, None, "Edit profile")
    office.submit(office.ann, {"legal_name": "Acme Labs Inc."})
    assert "Acme Labs Inc." in _seen(office, office.ann), "the full view shows at once what was saved in it"
    office.press(office.ann, None, "Timeline")
    told = _seen(office, office.ann)
    for part in (
        "wants 50 seats",
        "Opportunity opened",
        "demo prep",
        "Industry: Chemicals",
        "Li Na",
        "by command",
    ):
        assert part in told
    assert told.index("Industry: Chemicals") < told.index("wants 50 seats") < told.index("Opportunity opened")
    office.press(office.ann, None, "customer.timeline", "Activities")
    assert "wants 50 seats" in _seen(office, office.ann)
    assert "Opportunity opened" not in _seen(office, office.ann)


def test_what_was_won_is_in_the_purchase_history_with_the_lines_of_its_quote(shop: Office) -> None:
    office = shop
    office.crm(office.ann, "customer Acme")
    office.crm(office.ann, "deal Acme 12k")
    quote = office.crm(office.ann, "quote Acme 50 x Pro, 8% off")
    office.press(office.ann, quote, "Accepted")
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann)
    office.crm(office.lilei, "客户 全景 Acme")
    office.press(office.lilei, None, "购买记录")
    told = _seen(office, office.lilei)
    for part in ("50 × US$240", "US$11,040", "2026", "Pro"):
        assert part in told


def test_only_a_customer_that_is_there_has_an_overview_and_near_names_are_asked_about(office: Office) -> None:
    assert "no customer “Zenith”" in office.crm(office.ann, "customer 360 Zenith").text
    office.crm(office.ann, "customer North Star")
    office.crm(office.ann, "customer Northern")
    office.press(office.ann, office.crm(office.ann, "customer 360 north"), "Northern")
    assert "Northern" in _seen(office, office.ann)
