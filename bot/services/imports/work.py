"""What is done and to be done: activities and tasks, with the customer and opportunity they are about."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.errors import Refusal
from bot.domain.priorities import Priority
from bot.i18n import N_
from bot.services.imports.batch import Batch
from bot.services.imports.known import Known
from bot.services.imports.matching import Records, Written, fill, without_repeats
from bot.services.imports.rows import Failure, Record
from bot.services.imports.words import same_name
from bot.services.notices import remind_of_task
from bot.store.models import Activity, Opportunity, Task
from bot.store.transfers import everything_of

NO_SUCH_OPPORTUNITY = N_(
    "{count} opportunity named is unknown or not the only one of its name, and was left out: {names}|"
    "{count} opportunities named are unknown or not the only ones of their name, and were left out: {names}"
)


def import_activities(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update activities, with their own moment and author."""
    records = without_repeats(batch.records, failures, known.report)
    known.meet_people(record.get("person") for record in records)
    customers = known.meet_customers(record.get("customer") for record in records)
    opportunities = _Opportunities(known)
    here = Records(known.session, Activity, records, _activity_key)
    written = Written(known.session, known.report)
    for record in records:
        step()
        happened_at = batch.start_of(record.values["happened_at"])
        customer = customers.get(record.values.get("customer", ""))
        kind, text = record.get("kind") or "note", record.values["text"]
        activity = here.of(record, (kind, text, customer.id if customer else None, happened_at))
        is_new = activity is None
        try:
            person_id = known.person_id(record.get("person"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        opportunity = opportunities.of(record, customer.id if customer else None)
        activity = activity or Activity(text=text, kind=kind, happened_at=happened_at)
        fill(
            activity,
            {"text": text, "kind": record.get("kind"), "happened_at": happened_at, "person_id": person_id},
        )
        fill(activity, {"external_id": record.get("external_id"), **_about(opportunity, customer)})
        written.take(activity, is_new=is_new)
    written.keep()


def _activity_key(activity: Any) -> tuple[Any, ...]:
    return activity.kind, activity.text, activity.customer_id, activity.happened_at


def import_tasks(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update tasks. Open ones that are due at a moment remind their assignee then."""
    records = without_repeats(batch.records, failures, known.report)
    known.meet_slack_people(record.get("assignee") for record in records)
    customers = known.meet_customers(record.get("customer") for record in records)
    opportunities = _Opportunities(known)
    here = Records(known.session, Task, records, _task_key)
    written, tasks = Written(known.session, known.report), []
    for record in records:
        step()
        try:
            assignee_id = known.person_id(record.get("assignee"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        due = record.get("due")
        due_at = due if isinstance(due, datetime) else None
        due_on = due_at.astimezone(batch.cells.zone).date() if due_at else due
        task = here.of(record, (record.values["text"], assignee_id, due_on, due_at))
        is_new = task is None
        customer = customers.get(record.values.get("customer", ""))
        opportunity = opportunities.of(record, customer.id if customer else None)
        task = task or Task(text=record.values["text"])
        fill(task, {name: record.get(name) for name in ("text", "state", "external_id")})
        fill(task, {"assignee_id": assignee_id, "due_on": due_on, **_about(opportunity, customer)})
        if said := record.get("priority"):
            task.priority = Priority[said.upper()]
        if due is not None and task.due_at != due_at:
            task.due_at = due_at
        written.take(task, is_new=is_new)
        tasks.append(task)
    written.keep()
    for task in tasks:
        remind_of_task(known.session, task, now)


def _task_key(task: Any) -> tuple[Any, ...]:
    return task.text, task.assignee_id, task.due_on, task.due_at


def _about(opportunity: Opportunity | None, customer: Any) -> dict[str, int | None]:
    customer_id = customer.id if customer else opportunity.customer_id if opportunity else None
    return {"customer_id": customer_id, "opportunity_id": opportunity.id if opportunity else None}


class _Opportunities:
    """The opportunity that a row is about: by external id, else by a name that only one has."""

    def __init__(self, known: Known) -> None:
        self._report = known.report
        self._by_id: dict[str, Opportunity] = {}
        self._named: dict[str, list[Opportunity]] = defaultdict(list)
        for opportunity in everything_of(known.session, Opportunity):
            if opportunity.external_id:
                self._by_id.setdefault(opportunity.external_id, opportunity)
            self._named[same_name(opportunity.name)].append(opportunity)

    def of(self, record: Record, customer_id: int | None) -> Opportunity | None:
        """None where the row names none, and (which is noted) where the name fits none or several."""
        external_id, name = record.get("opportunity_id"), record.get("opportunity")
        if external_id in self._by_id:
            return self._by_id[external_id]
        named = self._named.get(same_name(name), []) if name else []
        of_customer = [each for each in named if customer_id in (None, each.customer_id)]
        if len(of_customer) == 1:
            return of_customer[0]
        if external_id or name:
            self._report.note(NO_SUCH_OPPORTUNITY, external_id or name)
        return None
