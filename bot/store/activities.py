"""Activities: found by id, listed by when they happened."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from bot.domain.errors import Refusal
from bot.store.models import Activity, ActivityFile


class UnknownActivity(Refusal):
    """No such activity: deleted, undone, or never there."""

    message = "This record is no longer here; it was deleted or undone."


def _whole() -> Select[Activity]:
    return select(Activity).options(
        joinedload(Activity.person),
        joinedload(Activity.customer),
        joinedload(Activity.contact),
        joinedload(Activity.opportunity),
        selectinload(Activity.files),
    )


def access_activity(session: Session, activity_id: int) -> Activity:
    """The activity with what its card shows, or UnknownActivity."""
    wanted = _whole().where(Activity.id == activity_id).execution_options(populate_existing=True)
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownActivity
    return found


def find_activity_from(session: Session, slack_message: str) -> Activity | None:
    """The activity that keeps a Slack message (`CHANNEL:TS`)."""
    wanted = _whole().where(Activity.slack_message == slack_message)
    return session.scalars(wanted.order_by(Activity.id).limit(1)).one_or_none()


def list_activities(
    session: Session, *, customer_id: int | None = None, opportunity_id: int | None = None, limit: int = 10
) -> Sequence[Activity]:
    """What happened with a customer or around an opportunity and who did it, the latest first."""
    wanted = select(Activity).options(joinedload(Activity.person))
    if customer_id is not None:
        wanted = wanted.where(Activity.customer_id == customer_id)
    if opportunity_id is not None:
        wanted = wanted.where(Activity.opportunity_id == opportunity_id)
    return session.scalars(
        wanted.order_by(Activity.happened_at.desc(), Activity.id.desc()).limit(limit)
    ).all()


def list_files_of(session: Session, opportunity_id: int, *, limit: int) -> Sequence[ActivityFile]:
    """The files that what happened around an opportunity brought, with who kept each; the latest first."""
    wanted = (
        select(ActivityFile)
        .join(ActivityFile.activity)
        .options(contains_eager(ActivityFile.activity).joinedload(Activity.person))
        .where(Activity.opportunity_id == opportunity_id, Activity.deleted_at.is_(None))
        .order_by(Activity.happened_at.desc(), ActivityFile.id.desc())
    )
    return session.scalars(wanted.limit(limit)).all()


def count_files_of(session: Session, opportunity_id: int) -> int:
    """How many there are."""
    wanted = select(func.count(ActivityFile.id)).join(ActivityFile.activity)
    wanted = wanted.where(Activity.opportunity_id == opportunity_id, Activity.deleted_at.is_(None))
    return session.scalar(wanted) or 0


def list_needs(session: Session, customer_id: int, *, limit: int = 10) -> Sequence[Activity]:
    """Activities in which a need of the customer was heard, the latest first."""
    wanted = select(Activity).where(Activity.customer_id == customer_id, Activity.needs.is_not(None))
    return session.scalars(
        wanted.order_by(Activity.happened_at.desc(), Activity.id.desc()).limit(limit)
    ).all()


def list_feedback(
    session: Session, opportunity_id: int, customer_id: int | None, *, limit: int = 4
) -> Sequence[Activity]:
    """What customers and the market told about an opportunity, or at its customer about no other one; the
    latest first.
    """
    about = Activity.opportunity_id == opportunity_id
    if customer_id is not None:
        of_customer = (Activity.customer_id == customer_id) & Activity.opportunity_id.is_(None)
        about = about | of_customer
    wanted = _whole().where(about, Activity.tells.is_not(None))
    return session.scalars(
        wanted.order_by(Activity.happened_at.desc(), Activity.id.desc()).limit(limit)
    ).all()
