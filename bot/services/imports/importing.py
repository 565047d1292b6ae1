"""One file brought in: all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.i18n import N_
from bot.services.imports.batch import SHEETS_LEFT, Batch
from bot.services.imports.changes import import_changes
from bot.services.imports.customers import import_contacts, import_customers, import_leads, import_products
from bot.services.imports.known import Known
from bot.services.imports.opportunities import import_opportunities
from bot.services.imports.own_fields import OwnFields
from bot.services.imports.people import import_people, import_quotas
from bot.services.imports.rates import import_rates
from bot.services.imports.ratings import import_ratings
from bot.services.imports.report import Report, RowsRefused
from bot.services.imports.rows import Failure
from bot.services.imports.work import import_activities, import_tasks
from bot.services.winning import learn_what_wins
from bot.store import Session
from bot.store.models import Workspace
from bot.store.transfers import has_amounts
from bot.store.workspaces import workspace_settings

CURRENCY_TAKEN = N_("The workspace counts in {names} now, the currency of the first amount")


_TEACH = ("opportunities", "changes", "activities")
"""What these bring is learned from at once, not in the night that follows."""


class _Importer(Protocol):
    def __call__(
        self, known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
    ) -> None: ...


_IMPORTERS: dict[str, _Importer] = {
    "customers": import_customers,
    "contacts": import_contacts,
    "leads": import_leads,
    "opportunities": import_opportunities,
    "activities": import_activities,
    "tasks": import_tasks,
    "ratings": import_ratings,
    "products": import_products,
    "quotas": import_quotas,
    "people": import_people,
    "changes": import_changes,
    "rates": import_rates,
}

IMPORTED_KINDS = tuple(_IMPORTERS)
"""The kinds that can be imported."""


def import_batch(
    session: Session, workspace: Workspace, batch: Batch, *, now: datetime, step: Callable[[], None]
) -> Report:
    """Bring in what was read. `step` is called for each row.

    Raises RowsRefused, which lists every row that cannot be imported with its reason; the caller's
    transaction then keeps nothing.
    """
    report = Report(batch.kind, OwnFields(session, batch.kind).named(batch.columns))
    for sheet in batch.unread_sheets:
        report.note(SHEETS_LEFT, sheet)
    _take_currency(session, workspace, batch, report)
    known = Known(session, workspace_settings(session), report)
    failures = list(batch.failures)
    _IMPORTERS[batch.kind](known, batch, failures, now=now, step=step)
    if failures:
        raise RowsRefused(failures)
    session.flush()
    if batch.kind in _TEACH:
        learn_what_wins(session, now)
    return report


def _take_currency(session: Session, workspace: Workspace, batch: Batch, report: Report) -> None:
    """A workspace that the shell made and that has no amount yet takes the currency of the first one."""
    settings = workspace_settings(session)
    if (
        settings.currency == batch.cells.currency
        or workspace.slack_team_id is not None
        or has_amounts(session)
    ):
        return
    settings.currency = batch.cells.currency
    report.note(CURRENCY_TAKEN, settings.currency)
