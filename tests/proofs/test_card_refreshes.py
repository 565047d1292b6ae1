"""Over the whole bot: a hundred changes in a minute are at most five edits of a card, the last true."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import Worker
from bot.store.clock import clock_of
from tests.support.office import Office

CHANGES = 100


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    opened = Office(sqlite_url, datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    yield opened
    opened.close()


def test_a_hundred_changes_in_a_minute_edit_a_card_five_times_at_most_and_the_last_is_true(
    office: Office,
) -> None:
    bot = office.bot
    worker = Worker(
        bot.store,
        bot.clock,
        lambda slack_team_id: bot.tokens.client(slack_team_id, timeout_s=5),
        bot.environment,
        machine=clock_of(bot.store),
        pace=timedelta(0),
    )
    office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, office.crm(office.ann, "collaborators OPP-1"), "Share into a channel")
    office.submit(office.ann, {"share_into": office.sales.id})
    worker.tick()
    (card,) = [each for each in office.sales.messages if "shared this" in each.seen]
    before = len(office.slack.calls())
    stages = ("Discovery", "Proposal", "Negotiation", "Qualification")
    for number in range(CHANGES):
        office.crm(office.ann, f"stage OPP-1 {stages[number % len(stages)]}")
        office.pass_time(milliseconds=600)
        if number % 5 == 4:
            worker.tick()
    office.pass_time(minutes=1)
    worker.tick()
    worker.stop()
    edits = [call for call in office.slack.calls()[before:] if call.method == "chat.update"]
    # The clock runs on while the bot works, so on a slow machine the changes take longer than a minute.
    minute = timedelta(minutes=1)
    assert edits
    assert max(sum(each.at <= other.at < each.at + minute for other in edits) for each in edits) <= 5
    assert stages[(CHANGES - 1) % len(stages)] in card.seen
