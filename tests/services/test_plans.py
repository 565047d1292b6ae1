"""Laws of quotas: one a person and period, set by themselves, those above them and admins."""

from datetime import date, datetime

import pytest

from bot.domain.actors import Actor, AdminsOnly, NotAllowed
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.periods import quarter_of
from bot.domain.roles import Role
from bot.services.plans import NoQuotaToRemove, QuotaInOtherCurrency, QuotaNotPositive, set_quota
from bot.store.plans import quotas_in
from tests.support.factories import Factory

QUARTER = quarter_of(date(2026, 11, 23))
TARGET = Money.of(500_000, "USD")


def set_by(factory: Factory, actor: Actor, now: datetime, amount: Money | None, person: Actor | None) -> None:
    """Set one quota in a transaction of its own."""
    with factory.store.transaction(actor, now=now, how="test") as session:
        set_quota(
            session,
            actor,
            period=QUARTER,
            amount=amount,
            now=now,
            person_id=person.person_id if person else None,
        )


def amounts(factory: Factory) -> list[Money]:
    """The quotas of the quarter."""
    with factory.store.reading(factory.workspace_id) as session:
        return [quota.amount for quota in quotas_in(session, QUARTER)]


def test_a_quota_set_again_replaces_the_first_and_an_empty_one_takes_it_away(
    factory: Factory, now: datetime
) -> None:
    ann = factory.actor("Ann")
    set_by(factory, ann, now, TARGET, ann)
    set_by(factory, ann, now, Money.of(600_000, "USD"), ann)
    assert amounts(factory) == [Money.of(600_000, "USD")]
    set_by(factory, ann, now, None, ann)
    assert amounts(factory) == []
    with pytest.raises(NoQuotaToRemove):
        set_by(factory, ann, now, None, ann)


def test_only_those_above_and_admins_set_anothers_quota(sqlite_factory: Factory, now: datetime) -> None:
    mia = sqlite_factory.actor("Mia", Role.MANAGER)
    ann = sqlite_factory.actor("Ann", manager_id=mia.person_id)
    bo, ada = sqlite_factory.actor("Bo"), sqlite_factory.actor("Ada", Role.ADMIN)
    with pytest.raises(NotAllowed):
        set_by(sqlite_factory, bo, now, TARGET, ann)
    with pytest.raises(AdminsOnly):
        set_by(sqlite_factory, mia, now, TARGET, None)
    for actor, person in ((mia, ann), (ada, bo), (ada, None)):
        set_by(sqlite_factory, actor, now, TARGET, person)
    assert len(amounts(sqlite_factory)) == 3


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [(Money(0, "USD"), QuotaNotPositive), (Money.of(500_000, "CNY"), QuotaInOtherCurrency)],
)
def test_a_quota_of_nothing_or_in_another_currency_is_refused_at_its_field(
    sqlite_factory: Factory, now: datetime, amount: Money, refusal: type[Refusal]
) -> None:
    ann = sqlite_factory.actor("Ann")
    with pytest.raises(refusal) as refused:
        set_by(sqlite_factory, ann, now, amount, ann)
    assert refused.value.field == "amount"
