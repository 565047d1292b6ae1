"""Cards that stand in channels follow their opportunity, without a storm of edits."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.money import Money
from bot.domain.notices import NoticeKind, NoticeState
from bot.services.opportunities import edit_opportunity, open_opportunity
from bot.services.sharing import share_card
from bot.store.models import Notice
from bot.store.notices import settle
from tests.support.factories import Factory


def test_a_hundred_changes_in_a_minute_are_five_edits_at_most_and_one_comes_after_the_last(
    sqlite_factory: Factory, now: datetime
) -> None:
    ann, store = sqlite_factory.actor("Ann"), sqlite_factory.store
    with store.transaction(ann, now=now, how="command.deal") as session:
        opportunity = open_opportunity(session, ann, customer=None, name="Acme", now=now)
        share_card(session, ann, opportunity, slack_channel="C1", words=None, now=now)
        card = session.scalars(select(Notice).where(Notice.kind == NoticeKind.SHARED_CARD)).one()
        settle(session, [card.id], NoticeState.SENT, machine=now, slack_channel="C1", message_ts="1.1")
    edits, last_edit = 0, now
    for number in range(1, 101):
        moment = now + timedelta(seconds=number * 0.6)
        with store.transaction(ann, now=moment, how="view.opportunity.edit") as session:
            amount = Money(number * 100, "USD")
            edit_opportunity(session, ann, opportunity.id, {"amount": amount}, now=moment)
        for at in (moment, now + timedelta(minutes=2)) if number == 100 else (moment,):
            with store.transaction(ann, now=at, how="clock") as session:
                due = session.scalars(
                    select(Notice.id).where(
                        Notice.kind == NoticeKind.CARD_REFRESH,
                        Notice.settled_at.is_(None),
                        Notice.due_at <= at,
                    )
                ).all()
                settle(session, due, NoticeState.SENT, machine=at)
            edits, last_edit = edits + len(due), at if due else last_edit
    assert 1 <= edits <= 5
    assert last_edit > moment
