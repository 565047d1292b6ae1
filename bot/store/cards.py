"""Cards of opportunities and tasks of many, where they stand: the notices that posted them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.domain.notices import NoticeKind, NoticeState
from bot.store.models import Approval, DealRoom, Notice, Opportunity, Workspace
from bot.store.session import MOST_TOUCHED

_CARDS = (NoticeKind.SHARED_CARD, NoticeKind.ROOM_CARD, NoticeKind.TEAM_TASK, NoticeKind.WIN)
_WITH_CARDS = ("customers", "leads", "opportunities", "quotes")
_MOST = 20
_BATCH = 500
"""Ids a query: SQLite takes a limited number of values."""


def list_posted_cards(session: Session, table: str, record_id: int) -> Sequence[Notice]:
    """The latest cards of a record where they were posted, with those that are just being sent."""
    wanted = select(Notice).where(
        Notice.subject == table,
        Notice.subject_id == record_id,
        Notice.kind.in_(_CARDS),
        or_(Notice.settled_at.is_(None), Notice.state == NoticeState.SENT),
    )
    return session.scalars(wanted.order_by(Notice.id.desc()).limit(_MOST)).all()


def list_cards_of_touched(session: Session) -> Sequence[Notice]:
    """The cards that stand in channels of whatever the transaction has changed so far.

    A query for each table, in no order: SQLite would walk through all notices to put them into one.
    """
    touched = session.info.get("touched") or set()
    cards = select(Notice).where(Notice.kind.in_((NoticeKind.SHARED_CARD, NoticeKind.ROOM_CARD)))
    found: list[Notice] = []
    for table in _WITH_CARDS:
        of_table = cards.where(Notice.subject == table)
        if len(touched) > MOST_TOUCHED:
            found += session.scalars(of_table)
            continue
        ids = sorted(record_id for name, record_id in touched if name == table)
        for start in range(0, len(ids), _BATCH):
            some = ids[start : start + _BATCH]
            found += session.scalars(of_table.where(Notice.subject_id.in_(some)))
    return [each for each in found if each.settled_at is None or each.state == NoticeState.SENT]


def opportunities_that_stand_somewhere(session: Session, ids: Sequence[int]) -> set[int]:
    """Those of the opportunities of which a card stands somewhere, that have a room, or wait for a yes."""
    table, found = Opportunity.__tablename__, set[int]()
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        found |= {
            *session.scalars(
                select(Notice.subject_id).where(
                    Notice.subject == table, Notice.kind.in_(_CARDS), Notice.subject_id.in_(some)
                )
            ),
            *session.scalars(select(DealRoom.opportunity_id).where(DealRoom.opportunity_id.in_(some))),
            *session.scalars(
                select(Approval.subject_id).where(Approval.subject == table, Approval.subject_id.in_(some))
            ),
        } - {None}
    return found


@dataclass(frozen=True)
class CardPlace:
    """Where in Slack an opportunity is to be seen; no channel where no card of it stands anywhere."""

    team: str | None
    channel: str | None = None
    ts: str | None = None


def place_of_card(session: Session, opportunity_id: int) -> CardPlace | None:
    """Where the card of an opportunity of any workspace stands: in its room, else where it was shared."""
    wanted = select(Workspace.slack_team_id).join(Opportunity, Opportunity.workspace_id == Workspace.id)
    found = session.execute(wanted.where(Opportunity.id == opportunity_id)).one_or_none()
    if found is None:
        return None
    posted = [
        each
        for each in list_posted_cards(session, Opportunity.__tablename__, opportunity_id)
        if each.message_ts and each.kind != NoticeKind.WIN
    ]
    posted.sort(key=lambda each: each.kind != NoticeKind.ROOM_CARD)
    if not posted:
        return CardPlace(found.slack_team_id)
    return CardPlace(found.slack_team_id, posted[0].slack_channel, posted[0].message_ts)


def waits_for_card(session: Session, kind: NoticeKind, card_id: int) -> bool:
    """Whether a notice of the kind about a card waits in nobody's hands: what it says is read when it goes.

    Until the transaction ends nobody takes it either.
    """
    wanted = select(Notice.id).where(
        Notice.subject == Notice.__tablename__,
        Notice.subject_id == card_id,
        Notice.kind == kind,
        Notice.settled_at.is_(None),
        Notice.leased_until.is_(None),
    )
    return session.scalars(wanted.order_by(Notice.id).limit(1).with_for_update()).first() is not None
