"""Laws of what a message is about: one customer that it names, or none."""

from datetime import datetime

import pytest

from bot.domain.actors import Actor
from bot.services.contacts import make_contact
from bot.services.customers import edit_customer, make_customer
from bot.services.recognising import contact_named_in, customer_named_in
from bot.store.customers import access_customer
from tests.support.factories import Factory

CUSTOMERS = (
    "Lumen Health",
    "Lumen Rail",
    "Kestrel Energy Inc.",
    "北辰医疗器械有限公司",
    "青鸟传媒",
    "深圳华星科技有限公司",
    "华兴银行",
)


@pytest.fixture
def ann(sqlite_factory: Factory, now: datetime) -> Actor:
    ann = sqlite_factory.actor("Ann")
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        made = {name: make_customer(session, ann, name, now=now).id for name in CUSTOMERS}
        edit_customer(session, ann, made["Kestrel Energy Inc."], {"aliases": ["KE Group"]})
        make_contact(session, ann, customer_id=made["Lumen Health"], name="Tom Okafor")
        make_contact(session, ann, customer_id=made["北辰医疗器械有限公司"], name="王芳")
    return ann


@pytest.mark.parametrize(
    ("text", "customer", "contact"),
    [
        ("Met Tom Okafor of Lumen Health today, they want a second site", "Lumen Health", "Tom Okafor"),
        ("kestrel energy called about the renewal", "Kestrel Energy Inc.", None),
        ("call with KE Group tomorrow", "Kestrel Energy Inc.", None),
        ("Kestrel wants an offer", "Kestrel Energy Inc.", None),
        ("Lumen wants an offer", None, None),
        ("Lumen Health and Kestrel Energy share a site", None, None),
        ("we met somebody new today", None, None),
        ("刚和北辰医疗的王芳通了电话", "北辰医疗器械有限公司", "王芳"),
        ("青鸟那边想要报价", "青鸟传媒", None),
        ("华星要加 20 个席位", "深圳华星科技有限公司", None),
        ("今天和客户开了会", None, None),
        ("", None, None),
    ],
)
def test_a_customer_is_recognised_where_one_and_only_one_is_named(
    sqlite_factory: Factory, ann: Actor, now: datetime, text: str, customer: str | None, contact: str | None
) -> None:
    with sqlite_factory.store.transaction(ann, now=now, how="test") as session:
        found = customer_named_in(session, ann, text)
        assert (found.name if found else None) == customer
        person = contact_named_in(access_customer(session, found.id), text) if found else None
        assert (person.name if person else None) == contact
