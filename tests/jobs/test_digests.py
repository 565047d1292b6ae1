"""Laws of digests: at their local hour, once, with figures and chart, in the channel's language."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from bot.domain.money import Money
from bot.domain.notices import NoticeState
from bot.language import Recurrence
from bot.services.measures import record_measure
from bot.services.schedules import DigestKind, run_schedule_now, subscribe_digest
from bot.store.models import Activity, Opportunity, Schedule
from tests.jobs.conftest import Bench
from tests.payloads.validator import problems_of_call, problems_of_message

MONDAY = Recurrence("weekly", time(9, 0), 0, text="every Monday 9:00")
NEXT_MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""9:00 in Shanghai."""
CHARTED = (DigestKind.FORECAST, DigestKind.PERFORMANCE)
"""With a chart right behind; the other reports come alone."""


def sell(bench: Bench) -> None:
    factory = bench.factory
    owner = {"owner_id": bench.ann.person_id, "opened_on": date(2026, 9, 1)}
    factory.opportunity("Acme", amount=Money.of(120_000, "USD"), close_on=date(2026, 12, 15), **owner)
    factory.opportunity(
        "Beta", stage="Proposal", amount=Money.of(50_000, "USD"), close_on=date(2027, 1, 20), **owner
    )
    factory.opportunity("No amount", stage="Discovery", **owner)
    for day, stage in ((date(2026, 11, 25), "Won"), (date(2026, 11, 26), "Lost"), (date(2026, 10, 5), "Won")):
        closed = {"closed_on": day, "closed_at": datetime.combine(day, time(12), UTC)}
        factory.opportunity(f"Closed {day}", stage=stage, amount=Money.of(80_000, "USD"), **owner, **closed)
    factory.add(
        Activity(
            kind="call", text="Hi", person_id=bench.ann.person_id, happened_at=NEXT_MONDAY - timedelta(days=3)
        )
    )


def subscribe(bench: Bench, kind: DigestKind, *, locale: str = "en-US") -> Schedule:
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        return subscribe_digest(
            session,
            bench.ann,
            kind=kind,
            recipient=bench.sales.id,
            recurrence=MONDAY,
            zone="Asia/Shanghai",
            locale=locale,
            now=bench.now,
        )


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
@pytest.mark.parametrize("kind", CHARTED)
def test_a_digest_comes_with_its_figures_and_its_chart_right_behind(
    bench: Bench, kind: DigestKind, locale: str
) -> None:
    sell(bench)
    subscribe(bench, kind, locale=locale)
    worker = bench.worker()
    worker.tick()
    assert bench.slack.messages(bench.sales) == []
    bench.now = NEXT_MONDAY
    worker.tick()
    worker.tick()
    digest, chart = bench.slack.messages(bench.sales)
    expected = {
        (DigestKind.FORECAST, "en-US"): ["Sales forecast Q4 2026", "Won so far: $160,000", "Proposal", "Ann"],
        (DigestKind.FORECAST, "zh-CN"): ["2026年第4季度", "已赢单", "US$160,000", "方案报价"],
        (DigestKind.PERFORMANCE, "en-US"): [
            "Nov 23 – 29, 2026",
            "$80,000 in 1 sale",
            "• Ann: won $80,000 (1)",
        ],
        (DigestKind.PERFORMANCE, "zh-CN"): ["11月23日", "US$80,000", "Ann"],
    }[(kind, locale)]
    everything = digest.text + digest.seen
    missing = [words for words in expected if words not in everything]
    assert missing in ([], ["Ann"]), everything
    assert digest.metadata is not None
    body = {"text": digest.text, "blocks": digest.blocks, "metadata": digest.metadata}
    assert problems_of_message(body) == []
    (file,) = chart.files
    assert file.content.startswith(b"\x89PNG")
    assert file.alt_text
    assert [problems_of_call(call.method, call.args) for call in bench.slack.calls()] == [
        [] for _ in bench.slack.calls()
    ]
    assert bench.slack.refusals() == []
    assert bench.states() == [NoticeState.SENT] * 2


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_other_report_comes_alone_in_the_language_of_its_schedule(bench: Bench, locale: str) -> None:
    others = [kind for kind in DigestKind if kind not in CHARTED]
    sell(bench)
    for kind in others:
        subscribe(bench, kind, locale=locale)
    bench.now = NEXT_MONDAY
    bench.worker().tick()
    messages = bench.slack.messages(bench.sales)
    assert len({message.text for message in messages}) == len(others)
    for message in messages:
        body = {"text": message.text, "blocks": message.blocks, "metadata": message.metadata}
        assert problems_of_message(body) == []
        assert any("\u3400" <= letter <= "\u9fff" for letter in message.seen) == (locale == "zh-CN"), (
            message.seen
        )
    assert bench.slack.refusals() == []
    assert bench.states() == [NoticeState.SENT] * len(others)


def test_a_digest_of_an_empty_workspace_is_said_without_a_chart(bench: Bench) -> None:
    for kind in DigestKind:
        subscribe(bench, kind)
    bench.now = NEXT_MONDAY
    bench.worker().tick()
    texts = [message.seen for message in bench.slack.messages(bench.sales)]
    assert ["Nothing is open." in texts[0], "Nothing was won" in texts[1]] == [True, True]
    assert all(texts)
    assert sorted(bench.states()) == ["cancelled"] * len(CHARTED) + ["sent"] * len(DigestKind)


def test_a_digest_after_downtime_comes_once_and_says_that_it_is_late(bench: Bench) -> None:
    subscribe(bench, DigestKind.PERFORMANCE)
    bench.now = NEXT_MONDAY + timedelta(days=15)
    worker = bench.worker()
    worker.tick()
    worker.tick()
    (digest,) = bench.slack.messages(bench.sales)
    assert "Late: this was due Mon, Dec 14, 2026, 9:00 AM" in digest.seen
    assert "Dec 7 – 13, 2026" in digest.seen


def test_a_chart_that_slack_does_not_take_leaves_the_figures_standing(bench: Bench) -> None:
    sell(bench)
    bench.slack.team.scopes = frozenset(["chat:write", "channels:history"])
    schedule = subscribe(bench, DigestKind.FORECAST)
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        run_schedule_now(session, bench.ann, schedule.id, now=bench.now)
    bench.worker().tick()
    (digest,) = bench.slack.messages(bench.sales)
    assert "$120K" in digest.seen
    assert [notice.error for notice in bench.notices()] == [None, "missing_scope"]
    assert bench.states() == [NoticeState.SENT, NoticeState.CANCELLED]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.completeUploadExternal", {"drop_after_accept": True}),
        ("files.completeUploadExternal", {"status": 500}),
        ("files.getUploadURLExternal", {"drop_before_accept": True}),
    ],
)
def test_a_chart_is_shared_once_whatever_happens_to_its_upload(
    bench: Bench, method: str, fault: dict[str, object]
) -> None:
    sell(bench)
    subscribe(bench, DigestKind.FORECAST)
    bench.slack.faults.add(method, **fault)  # type: ignore[arg-type]
    bench.now = NEXT_MONDAY
    worker = bench.worker()
    for _ in range(3):
        worker.tick()
        bench.machine += timedelta(seconds=5)
    assert sum(len(message.files) for message in bench.slack.messages(bench.sales)) == 1
    assert bench.states() == [NoticeState.SENT] * 2


def test_a_digest_to_a_person_comes_as_a_direct_message_with_its_chart(bench: Bench) -> None:
    sell(bench)
    schedule = subscribe(bench, DigestKind.FORECAST)
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        session.add(schedule)
        schedule.slack_channel = f"person:{bench.ann.person_id}"
    bench.now = NEXT_MONDAY
    bench.worker().tick()
    digest, chart = bench.slack.dm(bench.ann.slack_user_id or "")
    assert "Sales forecast" in digest.text
    assert chart.files


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_measure_is_measured_again_on_its_day_and_its_owner_told(bench: Bench, locale: str) -> None:
    owner = bench.person("Li", locale=locale)
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        record_measure(
            session,
            bench.ann,
            cause="Demos come late",
            action="Book them in the first call",
            owner_id=owner.person_id,
            metric="won_amount",
            value=Decimal("10000.00"),
            days=30,
            review_on=date(2026, 12, 1),
            now=bench.now,
            currency="USD",
        )
    sell(bench)
    bench.now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    bench.worker().tick()
    told = bench.texts(owner)[-1]
    assert "$10,000 → " in told
    assert "$80,000" in told
    assert bench.slack.refusals() == []


def test_a_summary_tells_a_real_change_from_chance(bench: Bench) -> None:
    owner = {"owner_id": bench.ann.person_id, "opened_on": date(2026, 9, 1)}
    with bench.store.transaction(bench.factory.shell, now=bench.now, how="test") as session:
        won = next(stage for stage in bench.factory.stages() if stage.is_won)
        session.add_all(
            Opportunity(name=f"Sale {day} {number}", stage_id=won.id, currency="USD", closed_on=day, **owner)
            for day, count in ((date(2026, 11, 18), 2), (date(2026, 11, 25), 30))
            for number in range(count)
        )
    subscribe(bench, DigestKind.PERFORMANCE)
    bench.now = NEXT_MONDAY
    bench.worker().tick()
    assert "More than chance: Sales won" in bench.slack.messages(bench.sales)[0].text


def test_a_schedule_that_cannot_run_does_not_stop_the_others(bench: Bench) -> None:
    subscribe(bench, DigestKind.FORECAST)
    broken = {"kind": "forecast", "slack_channel": bench.sales.id, "freq": "daily", "local_time": "09:00"}
    bench.factory.add(Schedule(**broken, zone="Nowhere/Gone", locale="en-US", next_at=bench.now))
    bench.now = NEXT_MONDAY
    worker = bench.worker()
    worker.tick()
    assert "Sales forecast" in bench.slack.messages(bench.sales)[0].text
