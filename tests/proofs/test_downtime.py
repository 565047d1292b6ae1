"""Proof: after 3 seconds, an hour or 3 days without a worker each reminder and each digest comes once."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.store.models import Schedule
from bot.views.reminders import LATE
from tests.jobs.conftest import Bench, bench, both_bench
from tests.proofs.sizes import seen, size

__all__ = ["bench", "both_bench"]

REMINDERS = size("PROOF_REMINDERS", 12)


@pytest.mark.parametrize("down", [timedelta(seconds=3), timedelta(hours=1), timedelta(days=3)], ids=str)
def test_what_fell_due_while_nobody_worked_is_said_once_and_told_late(
    both_bench: Bench, down: timedelta
) -> None:
    bench = both_bench
    people = [bench.person(f"P{number}") for number in range(REMINDERS)]
    for number, person in enumerate(people):
        bench.task(f"Task {number}", due_in=down * (number + 1) / (REMINDERS + 1), to=person)
    daily = Schedule(
        kind="performance", slack_channel=bench.sales.id, freq="daily", zone="UTC", locale="en-US",
        local_time=f"{bench.now + down / 2:%H:%M}", creator_id=bench.ann.person_id,
        next_at=bench.now + down / 2 if down < timedelta(days=1) else bench.now + timedelta(hours=2),
    )  # fmt: skip
    bench.factory.add(daily)
    bench.later(seconds=down.total_seconds())
    for _ in range(3):
        bench.worker().tick()
        bench.later(seconds=1)
    reminders = {person.name: bench.texts(person) for person in people}
    assert Counter(len(texts) for texts in reminders.values()) == {1: REMINDERS}
    late = [name for name, (text,) in reminders.items() if "Late" in text]
    waited = [down * (REMINDERS - number) / (REMINDERS + 1) for number in range(REMINDERS)]
    # The clock stood still while they were sent, but for the second after each tick.
    assert len(late) == sum(each >= LATE for each in waited)
    digests = [message for message in bench.slack.messages(bench.sales) if not message.files]
    assert len(digests) == 1
    engine = bench.store.engine.dialect.name
    seen(
        "downtime", engine=engine, down=down, reminders=REMINDERS, sent_once=len(reminders),
        told_late=len(late), digests=len(digests),
    )  # fmt: skip
