"""Mornings through the whole bot: one message a working day, counted down in place, at the hour one wants."""

from collections.abc import Iterator

import pytest

from bot.app.working import build_worker
from bot.jobs import Worker
from tests.support.office import Office


@pytest.fixture
def worker(office: Office) -> Iterator[Worker]:
    """The bot's own worker, ticked by the test."""
    built = build_worker(office.bot)
    yield built
    built.stop()


def _mornings(office: Office, who: object) -> list[str]:
    return [message.text for message in office.slack.dm(who) if message.text.startswith("☀️")]


def test_the_day_comes_once_in_the_morning_of_working_days_and_counts_down(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "task Acme send references 2026-11-24")
    for who in (office.ann, office.bo):
        office.press(who, office.crm(who, "day 9:00"), "Send it at 9:00 AM")
    worker.tick()
    assert _mornings(office, office.ann) == []
    office.pass_time(days=1)
    worker.tick()
    worker.tick()
    (sent,) = [each for each in office.slack.dm(office.ann) if each.text.startswith("☀️")]
    assert "send references" in sent.text
    assert _mornings(office, office.bo) == []
    office.press(office.ann, sent, "Done")
    assert "Done: *Acme send references*" in str(office.slack.dm(office.ann)[-1].blocks)
    office.crm(office.ann, "task Acme call back 2026-12-01")
    for _ in range(6):
        office.pass_time(days=1)
        worker.tick()
    assert len(_mornings(office, office.ann)) == 4


def test_everybody_chooses_the_hour_or_has_none(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "task Acme call 2026-11-30")
    office.press(office.ann, office.crm(office.ann, "day 15:00"), "Send it at 3:00 PM")
    assert "at 3:00 PM" in str(office.said(office.ann).blocks)
    office.pass_time(hours=6, minutes=1)
    worker.tick()
    assert len(_mornings(office, office.ann)) == 1
    office.press(office.ann, office.crm(office.ann, "day off"), "Stop")
    office.pass_time(days=1)
    worker.tick()
    assert len(_mornings(office, office.ann)) == 1
    assert "no hour" in office.crm(office.ann, "day sometime").text
    assert "15:00" in str(office.crm(office.lilei, "今天 下午3点").message.blocks)
