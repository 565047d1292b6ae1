"""Who works on a record and who follows it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.errors import Refusal
from bot.store.models import Collaborator, Customer, Follow, Notice, Opportunity, Person

Record = Customer | Opportunity


class UnknownCollaborator(Refusal):
    """No such collaborator: removed or undone."""

    message = "They are no longer on this team; somebody removed them, or it was undone."


def _about(kind: type[Collaborator] | type[Follow], record: Record) -> ColumnElement[bool]:
    column = kind.customer_id if isinstance(record, Customer) else kind.opportunity_id
    return column == record.id


def list_collaborators(session: Session, record: Record) -> Sequence[Collaborator]:
    """Who works on a record, the first to join first."""
    wanted = select(Collaborator).where(_about(Collaborator, record))
    return session.scalars(wanted.options(joinedload(Collaborator.person)).order_by(Collaborator.id)).all()


def access_collaborator(session: Session, collaborator_id: int) -> Collaborator:
    """The collaborator with the person, or UnknownCollaborator."""
    wanted = select(Collaborator).where(Collaborator.id == collaborator_id)
    found = session.scalars(wanted.options(joinedload(Collaborator.person))).one_or_none()
    if found is None:
        raise UnknownCollaborator
    return found


def find_collaborator(session: Session, record: Record, person_id: int) -> Collaborator | None:
    """Whether somebody works on a record."""
    wanted = select(Collaborator).where(_about(Collaborator, record), Collaborator.person_id == person_id)
    return session.scalars(wanted.options(joinedload(Collaborator.person)).limit(1)).one_or_none()


def list_followers(session: Session, record: Record) -> Sequence[Person]:
    """Who follows a record, by name."""
    wanted = select(Person).join(Follow, Follow.person_id == Person.id).where(_about(Follow, record))
    return session.scalars(wanted.order_by(Person.name)).unique().all()


def find_follow(session: Session, record: Record, person_id: int) -> Follow | None:
    """Whether somebody follows a record."""
    wanted = select(Follow).where(_about(Follow, record), Follow.person_id == person_id)
    return session.scalars(wanted.limit(1)).one_or_none()


def follower_ids(session: Session, *, customer_id: int | None, opportunity_id: int | None) -> set[int]:
    """Who follows an opportunity or its customer."""
    about = []
    if customer_id is not None:
        about.append(Follow.customer_id == customer_id)
    if opportunity_id is not None:
        about.append(Follow.opportunity_id == opportunity_id)
    return set(session.scalars(select(Follow.person_id).where(or_(*about)))) if about else set()


def list_followed(session: Session, person_id: int, *, limit: int = 20) -> Sequence[Follow]:
    """What somebody follows, the latest first."""
    wanted = select(Follow).where(Follow.person_id == person_id, Follow.task_id.is_(None))
    return session.scalars(wanted.order_by(Follow.id.desc()).limit(limit)).all()


def has_waiting(session: Session, *, kind: str, recipient: str, subject: str, subject_id: int) -> bool:
    """Whether a notice of this kind about a record is still to be sent to somebody."""
    wanted = select(Notice.id).where(
        Notice.settled_at.is_(None),
        Notice.kind == kind,
        Notice.recipient == recipient,
        Notice.subject == subject,
        Notice.subject_id == subject_id,
        Notice.attempts == 0,
    )
    return session.scalars(wanted.limit(1)).first() is not None
