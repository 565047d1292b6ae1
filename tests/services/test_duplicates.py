"""Laws of probable duplicates: shown the surest first, told once."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.duplicates import Kind, Reason
from bot.domain.roles import Role
from bot.services.duplicates import close_records, described, part_records
from bot.services.likely_pairs import likely_pairs, tell_admins
from bot.store.models import Contact, Lead, Notice
from bot.store.transfers import everything_of
from bot.views.duplicates import asking
from tests.support.factories import Factory


def test_admins_are_told_of_new_pairs_once(factory: Factory, now: datetime) -> None:
    ada = factory.actor("Ada", Role.ADMIN)
    factory.actor("Ann")
    first, second = factory.customer("华星科技"), factory.customer("Huaxing Technology")

    def told(at: datetime) -> int:
        with factory.store.transaction(factory.shell, now=at, how="clock") as session:
            tell_admins(session, at, None)
            return len(everything_of(session, Notice))

    assert [told(now), told(now + timedelta(days=1))] == [1, 1]
    other = factory.customer("北京银行", phone="010 8888 1234")
    same = factory.customer("Zenith", phone="(010) 88881234")
    assert told(now + timedelta(days=2)) == 2
    with factory.store.transaction(ada, now=now, how="test") as session:
        pairs = likely_pairs(session, ada, Kind.CUSTOMERS, limit=5)
        assert [(one.id, close.record.id) for one, close in pairs] == [
            (first.id, second.id),
            (other.id, same.id),
        ]
        part_records(session, Kind.CUSTOMERS, second.id, [first.id])
        assert len(likely_pairs(session, ada, Kind.CUSTOMERS, limit=5)) == 1


def test_a_contact_is_close_by_phone_or_mail_and_by_name_at_one_customer_only(factory: Factory) -> None:
    ann = factory.actor("Ann")
    acme, globex = factory.customer("Acme"), factory.customer("Globex")
    factory.add(Contact(customer_id=acme.id, name="李娜", phone="+86 138 0000 1234", email="lina@acme.com"))

    def why(name: str, **known: Any) -> set[Reason]:
        with factory.store.reading(factory.workspace_id) as session:
            close = close_records(session, ann, Kind.CONTACTS, described(name, **known))
            return {reason for each in close for reason in each.reasons}

    assert why("Na Li", customer_id=acme.id) == {Reason.NAME}
    assert why("Li Na", customer_id=globex.id) == set()
    assert why("丽娜", customer_id=acme.id) == set()
    assert why("Li Na", mails=["li.na@acme.com"]) == {Reason.NAME, Reason.MAIL}
    assert why("Bob", mails=["bob@acme.com"]) == set()
    assert why("Bob", phones=["13800001234"]) == {Reason.PHONE}
    assert why("Bob", mails=["LINA@acme.com"]) == {Reason.ADDRESS}


def test_a_lead_is_close_by_company_phone_mail_and_domain(factory: Factory) -> None:
    ann = factory.actor("Ann")
    factory.add(Lead(name="北京华星科技有限公司", phone="010 8888 1234", email="li@huaxing.cn"))
    with factory.store.reading(factory.workspace_id) as session:
        for name, phone, mail, reason in (
            ("Beijing Huaxing Technology", None, None, Reason.NAME),
            ("Zenith", "(010)88881234", None, Reason.PHONE),
            ("Zenith", None, "li@huaxing.cn", Reason.ADDRESS),
            ("Zenith", None, "bob@huaxing.cn", Reason.MAIL),
        ):
            close = close_records(session, ann, Kind.LEADS, described(name, phones=[phone], mails=[mail]))
            assert [each.reasons for each in close] == [(reason,)]


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_of_a_record_that_one_may_not_see_only_owner_and_reason_are_told(
    sqlite_factory: Factory, locale: str
) -> None:
    factory = sqlite_factory
    ann, bo = factory.actor("Ann"), factory.actor("Bo Berg")
    hidden = factory.customer("Globex Secret", owner_id=bo.person_id, phone="010 8888 1234", tags=["merger"])
    factory.customer("Globex Seen", owner_id=ann.person_id, phone="010 8888 1234")
    factory.add(Contact(customer_id=hidden.id, name="Hank Secret", title="CFO", phone="010 8888 1234"))
    factory.add(Lead(name="Hush Secret", contact_name="Hugo", phone="010 8888 1234", owner_id=bo.person_id))

    def is_open(actor: Actor, record: Any) -> bool:
        return "Secret" not in record.name

    for kind in Kind:
        wanted = described("Quux", phones=["(010)88881234"])
        with factory.store.reading(factory.workspace_id) as session:
            close = close_records(session, ann, kind, wanted, sees=is_open)
            form = {"type": "modal", "callback_id": "any", "blocks": []}
            asked = json.dumps(asking(form, kind, close, locale), ensure_ascii=False)
        for secret in ("Secret", "Hugo", "CFO", "8888", "merger"):
            assert secret not in asked, kind
        assert "Bo Berg" in asked
        uses = [each for each in close if each.is_seen]
        assert [each.record.name for each in uses] == (["Globex Seen"] if kind is Kind.CUSTOMERS else [])
        choices = json.loads(asked)["blocks"][-1]["element"]["options"]
        assert [each["value"] for each in choices] == [
            *(str(each.record.id) for each in uses),
            "new",
            "apart",
        ]
