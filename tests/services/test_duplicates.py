"""Laws of probable duplicates: shown the surest first, told once."""

from datetime import datetime, timedelta

from bot.domain.roles import Role
from bot.services.duplicates import likely_pairs, tell_admins
from bot.store.models import Notice
from bot.store.transfers import everything_of
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
        assert [(one.id, close.customer.id) for one, close in likely_pairs(session, ada, limit=5)] == [
            (first.id, second.id),
            (other.id, same.id),
        ]
