"""The law of the ledger: whatever happens to opportunities, it says what reading all of them says."""

import random
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, text, update

from bot.domain.money import Money
from bot.domain.periods import Period
from bot.domain.pipeline import EVERYTHING, PipelineFilter
from bot.store import Session, lookbacks, open_ledger
from bot.store.figures import stage_rows
from bot.store.lookbacks import open_sums, scanned_sums
from bot.store.models import Opportunity
from bot.store.opportunities import list_open_opportunities
from tests.support.factories import Factory

TODAY = date(2026, 11, 23)
FILTERS = (
    EVERYTHING,
    PipelineFilter(period=Period(date(2026, 11, 1), date(2026, 12, 10))),
    PipelineFilter(source="Referral"),
    PipelineFilter(competitor="zoho", period=Period(date(2026, 11, 1), date(2027, 1, 1))),
    PipelineFilter(competitor="Öhm"),
    PipelineFilter(sales_channel="direct"),
    PipelineFilter(product_id=1),
    PipelineFilter(source="REFERRAL", product_id=1),
    PipelineFilter(source="website", competitor="Zoho", period=Period(date(2026, 11, 1), date(2026, 12, 10))),
    PipelineFilter(sales_channel="direct", product_id=1),
    PipelineFilter(source="referral", product_id=1, sales_channel="direct"),
    PipelineFilter(source="1:w", competitor="Zoho", product_id=1),
    PipelineFilter(
        source="referral",
        competitor="zoho",
        product_id=1,
        sales_channel="direct",
        period=Period(date(2026, 11, 1), date(2026, 12, 10)),
    ),
)


def _open_stages(session: Session) -> list[int]:
    return [stage.id for stage in stage_rows(session).values() if stage.is_open]


def _agrees(session: Session) -> None:
    for only in FILTERS:
        assert open_ledger.answers(only)
        stages = _open_stages(session)
        seen = open_sums(session, stages, today=TODAY, only=only)
        assert seen == scanned_sums(session, stages, today=TODAY, only=only)


def test_the_ledger_says_what_a_full_scan_says_after_any_change_and_when_rows_are_made_one(
    factory: Factory, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_ledger, "MANY", 60)
    chance, stages = random.Random(7), factory.stages()
    factory.product()
    assert not open_ledger.answers(PipelineFilter(owner_ids=(1,)))
    kept: list[int] = []

    def values() -> dict[str, object]:
        return {
            "stage_id": chance.choice(stages).id,
            "amount_minor": chance.choice((None, 0, chance.randrange(10**9))),
            "currency": chance.choice(("USD", "USD", "CNY")),
            "close_on": chance.choice((None, TODAY + timedelta(days=chance.randint(-30, 60)))),
            "source": chance.choice((None, "referral", "Referral", "website", "1:w")),
            "competitor": chance.choice((None, "Zoho", "Öhm")),
            "sales_channel": chance.choice((None, "direct", "ecommerce")),
            "product_id": chance.choice((None, 1)),
            "deleted_at": chance.choice((None, None, None, now)),
        }

    for step in range(40):
        with factory.store.transaction(factory.shell, now=now, how="test") as session:
            made = Opportunity(name=f"Deal {step}", **values())
            session.add(made)
            session.flush()
            kept.append(made.id)
            for which in chance.sample(kept, min(3, len(kept))):
                found = session.get(Opportunity, which, execution_options={"include_deleted": True})
                for field, value in values().items():
                    setattr(found, field, value)
                session.flush()
            if step % 9 == 4:
                session.execute(
                    update(Opportunity).where(Opportunity.id == kept[0]).values(amount_minor=step)
                )
            if step % 9 == 7:
                session.execute(delete(Opportunity).where(Opportunity.id == kept.pop(0)))
        with factory.store.reading(factory.workspace_id) as session:
            _agrees(session)
        if step % 10 == 9:
            with factory.store.everywhere() as session:
                assert open_ledger.compact(session)
                assert not open_ledger.compact(session)
            with factory.store.reading(factory.workspace_id) as session:
                _agrees(session)
    with factory.store.everywhere() as session:
        session.execute(text("DELETE FROM open_ledger"))
        open_ledger.rebuild(session)
    with factory.store.reading(factory.workspace_id) as session:
        _agrees(session)
        for only in (EVERYTHING, PipelineFilter(competitor="Öhm")):
            assert open_sums(session, _open_stages(session), today=TODAY, only=only)


def test_what_opportunities_name_is_known_as_the_latest_write_it_and_older_ones_too(
    factory: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = factory.stages()[0]
    for source in ("Trade Fair", "Website", "referral", "Referral", None, "Referral"):
        factory.add(Opportunity(name="Deal", stage_id=stage.id, currency="USD", source=source))
    monkeypatch.setattr(lookbacks, "_LATEST", 4)
    with factory.store.reading(factory.workspace_id) as session:
        assert lookbacks.said_values(session, "source") == ["Referral", "referral", "trade fair", "website"]
        assert lookbacks.said_values(session, "competitor") == []


def test_an_opportunity_taken_back_with_its_transaction_leaves_no_trace(
    sqlite_factory: Factory, now: datetime
) -> None:
    def fails() -> None:
        with sqlite_factory.store.transaction(sqlite_factory.shell, now=now, how="test") as session:
            session.add(Opportunity(name="Acme", stage_id=sqlite_factory.stages()[0].id, currency="USD"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    sqlite_factory.opportunity(amount=Money(100, "USD"))
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        (only,) = open_sums(session, _open_stages(session), today=TODAY, only=EVERYTHING)
    assert (only.count, only.minor) == (1, 100)


def test_ones_own_are_listed_by_planned_day_a_page_at_a_time(factory: Factory) -> None:
    ann = factory.actor("Ann")
    stage = next(each for each in factory.stages() if each.is_open)
    days = [None, TODAY + timedelta(days=3), TODAY, None, TODAY - timedelta(days=2), TODAY]
    for number, day in enumerate(days):
        factory.add(
            Opportunity(
                name=f"Deal {number}",
                stage_id=stage.id,
                currency="USD",
                close_on=day,
                owner_id=ann.person_id,
            )
        )
    factory.opportunity()
    with factory.store.reading(factory.workspace_id) as session:
        pages = [
            list_open_opportunities(session, owner_id=ann.person_id, limit=4, offset=at) for at in (0, 4)
        ]
    assert [[each.name[-1] for each in page] for page in pages] == [["4", "2", "5", "1"], ["0", "3"]]
