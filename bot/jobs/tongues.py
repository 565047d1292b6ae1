"""The language of what is said into a channel: of whoever it is about, since a channel itself has none."""

from bot.domain.notices import NoticeKind
from bot.store import Session
from bot.store.models import DealRoom, Notice, Opportunity, Person
from bot.store.notices import access_notice
from bot.store.opportunities import access_opportunity
from bot.store.people import access_person
from bot.store.rooms import access_room

_ABOUT_AN_OWNER = (NoticeKind.ROOM_CARD, NoticeKind.WIN)


def spoken_for(session: Session, notice: Notice) -> Person | None:
    """Whose language and clock a notice to a channel takes: who shared a card, else the opportunity's owner.

    None where it is about no opportunity, or where its owner is not in Slack: the workspace's are taken then.
    """
    if notice.subject == Notice.__tablename__ and notice.subject_id:
        return spoken_for(session, access_notice(session, notice.subject_id))
    if notice.kind == NoticeKind.SHARED_CARD and notice.payload.get("by"):
        person = access_person(session, int(notice.payload["by"]))
        return person if person.slack_user_id else None
    if notice.subject == DealRoom.__tablename__:
        opportunity_id = access_room(session, notice.subject_id or 0).opportunity_id
    elif notice.subject == Opportunity.__tablename__ and notice.kind in _ABOUT_AN_OWNER:
        opportunity_id = notice.subject_id or 0
    else:
        return None
    owner = access_opportunity(session, opportunity_id).owner
    return owner if owner and owner.slack_user_id else None
