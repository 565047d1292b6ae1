"""What imports and exports read and write in bulk: whole kinds, few queries, however many rows."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session, joinedload

from bot.store.database import Store
from bot.store.models import (
    Activity,
    Change,
    Contact,
    Customer,
    Lead,
    Opportunity,
    Person,
    Product,
    Quota,
    Quote,
    Rating,
    Settings,
    Stage,
    StageChange,
    Task,
    Team,
    Workspace,
)
from bot.store.session import new_changeset
from bot.store.workspaces import shell_workspace

Entity = TypeVar("Entity")

_AT_ONCE = 500
"""So many values one query names: SQLite and PostgreSQL both bound them."""

_EXPORTED: dict[str, tuple[type[Any], tuple[Any, ...]]] = {
    "customers": (
        Customer,
        tuple(joinedload(each) for each in (Customer.owner, Customer.partner, Customer.parent)),
    ),
    "contacts": (Contact, (joinedload(Contact.customer),)),
    "leads": (Lead, (joinedload(Lead.owner),)),
    "opportunities": (
        Opportunity,
        (
            *map(
                joinedload,
                (Opportunity.customer, Opportunity.owner, Opportunity.partner, Opportunity.product),
            ),
            joinedload(Opportunity.stage).joinedload(Stage.pipeline),
        ),
    ),
    "activities": (
        Activity,
        (joinedload(Activity.customer), joinedload(Activity.person), joinedload(Activity.opportunity)),
    ),
    "ratings": (
        Rating,
        (joinedload(Rating.customer), joinedload(Rating.person), joinedload(Rating.product)),
    ),
    "tasks": (Task, (joinedload(Task.assignee), joinedload(Task.customer), joinedload(Task.opportunity))),
    "products": (Product, ()),
    "quotes": (Quote, (joinedload(Quote.customer), joinedload(Quote.opportunity))),
    "quotas": (Quota, (joinedload(Quota.person), joinedload(Quota.team))),
    "people": (Person, (joinedload(Person.manager), joinedload(Person.team))),
}

EXPORTED_KINDS = tuple(_EXPORTED)
"""The kinds that have rows to export."""


class _NothingIsKept(Exception):
    """Ends a dry run's transaction without keeping it."""


@contextmanager
def shell_transaction(
    store: Store, *, now: datetime, how: str, workspace_id: int | None = None, keep: bool = True
) -> Iterator[tuple[Session, Workspace]]:
    """One transaction of the shell in the workspace that it means, which is made in it where there is none.

    Rolled back on any exception, the new workspace included, and always where `keep` is false. Raises
    LookupError where `workspace_id` names none.
    """
    try:
        with store.everywhere() as session:
            workspace = shell_workspace(session, now=now, workspace_id=workspace_id)
            session.info.update(
                workspace_id=workspace.id, person_id=None, now=now, how=how, changeset=new_changeset()
            )
            yield session, workspace
            if not keep:
                raise _NothingIsKept
    except _NothingIsKept:
        pass


@dataclass(frozen=True)
class Local:
    """What a file leaves unsaid: the zone and the currency of the workspace that it comes into.

    `takes_currency` is true of a workspace that the shell made, or will make, as long as it has no amount: it
    counts in the currency of the first one that comes.
    """

    zone: tzinfo = UTC
    currency: str = "USD"
    takes_currency: bool = True


def local_of_shell(store: Store, workspace_id: int | None = None) -> Local:
    """The local terms of the workspace that the shell means, or those that a new one will have."""
    with store.everywhere(writes=False) as session:
        wanted = select(Settings, Workspace).join(Workspace, Workspace.id == Settings.workspace_id)
        if workspace_id is not None:
            wanted = wanted.where(Workspace.id == workspace_id)
        found = session.execute(wanted.order_by(Workspace.id).limit(1)).first()
        if found is None:
            return Local()
        settings, workspace = found
        session.info.update(workspace_id=workspace.id)
        takes = workspace.slack_team_id is None and not has_amounts(session)
        return Local(ZoneInfo(settings.zone), settings.currency, takes)


def exported(session: Session, kind: str) -> Sequence[Any]:
    """Every row of a kind by id, with what its export names."""
    model, options = _EXPORTED[kind]
    return session.scalars(select(model).options(*options).order_by(model.id)).unique().all()


def everything_of(session: Session, model: type[Entity], *, deleted: bool = False) -> Sequence[Entity]:
    """Every row of a table by id; those that were deleted too where asked."""
    wanted = select(model).order_by(inspect(model).primary_key[0])
    return session.scalars(wanted, execution_options={"include_deleted": deleted}).all()


def add_all(session: Session, entities: Sequence[Any]) -> None:
    """Add many new rows of one table, in few statements.

    SQLite returns the ids of rows inserted together in no certain order, so SQLAlchemy would insert them one
    by one. A transaction that writes is the only one there, and can number them itself.
    """
    if entities and session.get_bind().dialect.name == "sqlite":
        table = type(entities[0]).__table__
        last = session.connection().execute(select(func.max(table.c.id))).scalar() or 0
        for number, entity in enumerate(entities, start=last + 1):
            entity.id = number
    session.add_all(entities)
    session.flush()


def by_external_id(session: Session, model: type[Any], external_ids: Collection[str]) -> dict[str, Any]:
    """The rows that have these external ids; the first one where several have the same."""
    found: dict[str, Any] = {}
    wanted = sorted(set(external_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for row in session.scalars(select(model).where(model.external_id.in_(some)).order_by(model.id)):
            found.setdefault(row.external_id, row)
    return found


def with_name_keys(session: Session, model: type[Any], keys: Collection[str]) -> Iterator[Any]:
    """The rows whose names are these but for spelling, by id."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        yield from session.scalars(select(model).where(model.name_key.in_(some)).order_by(model.id))


def without_external_id(session: Session, model: type[Any]) -> Sequence[Any]:
    """The rows that have no external id, by id."""
    return session.scalars(select(model).where(model.external_id.is_(None)).order_by(model.id)).all()


def has_amounts(session: Session) -> bool:
    """True when any amount of money is kept in the workspace."""
    wanted = (
        select(Opportunity.id).where(Opportunity.amount_minor.is_not(None)),
        select(Product.id).where(Product.price_minor.is_not(None)),
        select(Quote.id),
        select(Quota.id),
    )
    return any(session.scalars(each.limit(1)).first() is not None for each in wanted)


def stage_moves(session: Session, opportunity_ids: Collection[int]) -> list[StageChange]:
    """Every recorded move of these opportunities, the earliest first."""
    found: list[StageChange] = []
    wanted = sorted(set(opportunity_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found += session.scalars(
            select(StageChange)
            .where(StageChange.opportunity_id.in_(some))
            .order_by(StageChange.at, StageChange.id)
        )
    return found


def imported_changes(
    session: Session, opportunity_ids: Collection[int]
) -> set[tuple[int, str, datetime, Any]]:
    """The changes of these opportunities that imports brought: (opportunity, column, moment, new value)."""
    found: set[tuple[int, str, datetime, Any]] = set()
    wanted = sorted(set(opportunity_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(Change.entity_id, Change.field, Change.at, Change.new).where(
                Change.entity == Opportunity.__tablename__,
                Change.how == "import",
                Change.field != "",
                Change.entity_id.in_(wanted[start : start + _AT_ONCE]),
            )
        )
        found.update((row.entity_id, row.field, row.at, row.new) for row in rows)
    return found


def quotas_by_key(session: Session) -> dict[tuple[Any, ...], Quota]:
    """Every quota by whose it is and its period."""
    return {
        (quota.person_id, quota.team_id, quota.starts_on, quota.ends_on): quota
        for quota in everything_of(session, Quota)
    }


def teams_by_name(session: Session) -> dict[str, Team]:
    """Every team by its name, folded."""
    return {team.name.casefold(): team for team in everything_of(session, Team)}
