"""People with their managers and teams, and their quotas."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.services.imports.batch import Batch
from bot.services.imports.known import Known
from bot.services.imports.matching import Written, fill
from bot.services.imports.refusals import CellMissing, PeriodBackwards, PeriodUnclear, ZoneUnknown
from bot.services.imports.rows import Failure, Record
from bot.store import Session
from bot.store.models import Person, Quota, Team
from bot.store.transfers import quotas_by_key, teams_by_name

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?$")
_QUARTER = re.compile(r"(\d{4})[-\s]*Q([1-4])$|Q([1-4])[-\s]*(\d{4})$", re.I)
_PERSON = ("name", "role", "email", "slack_user_id", "locale", "zone")


def import_people(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update people. Whoever is named as a manager becomes a person too, with the role manager."""
    teams = _Teams(known.session)
    given: set[int] = set()
    written, people = Written(known.session, known.report), list[tuple[Record, Person]]()
    for record in batch.records:
        step()
        zone = record.get("zone")
        if zone and zone not in available_timezones():
            failures.append(Failure(record.line, ZoneUnknown(typed=zone)))
            continue
        person = _person_of(known, record, given if batch.is_ours else set())
        is_new = person is None
        if person is None:
            person = known.new_person(record.values["name"], slack_user_id=record.get("slack_user_id"))
        fill(person, {name: record.get(name) for name in _PERSON})
        fill(person, {"team_id": teams.id_of(record.get("team"))})
        written.take(person, is_new=is_new)
        given.add(id(person))
        people.append((record, person))
    written.keep()
    _set_managers(known, people, failures)


def _person_of(known: Known, record: Record, taken: set[int]) -> Person | None:
    by_slack_id = known.find_people(record.get("slack_user_id") or "")
    if by_slack_id:
        return by_slack_id[0]
    email = record.get("email")
    for person in known.find_people(record.values["name"]):
        same_mail = not email or not person.email or person.email.casefold() == email.casefold()
        if (
            same_mail
            and id(person) not in taken
            and not (record.get("slack_user_id") and person.slack_user_id)
        ):
            return person
    return None


def _set_managers(known: Known, people: list[tuple[Record, Person]], failures: list[Failure]) -> None:
    known.meet_people((record.get("manager") for record, _ in people), role=Role.MANAGER)
    said = {id(person) for record, person in people if record.get("role")}
    for record, person in people:
        try:
            manager_id = known.person_id(record.get("manager"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        if manager_id is None or manager_id == person.id:
            continue
        fill(person, {"manager_id": manager_id})
        manager = known.find_people(record.values["manager"])[0]
        if manager.role == Role.REP and id(manager) not in said:
            manager.role = Role.MANAGER
    known.session.flush()


class _Teams:
    """Teams by name; an unknown one is made."""

    def __init__(self, session: Session) -> None:
        self._session, self._known = session, teams_by_name(session)

    def id_of(self, name: str | None) -> int | None:
        """The id of the team, None where none is named."""
        if name is None:
            return None
        team = self._known.get(name.casefold())
        if team is None:
            team = self._known[name.casefold()] = Team(name=name)
            self._session.add(team)
            self._session.flush()
        return team.id


def import_quotas(
    known: Known, batch: Batch, failures: list[Failure], *, now: datetime, step: Callable[[], None]
) -> None:
    """Make or update quotas: one for a period and a person, a team, or (where neither is named) everybody."""
    known.meet_people(record.get("person") for record in batch.records)
    teams, quotas = _Teams(known.session), quotas_by_key(known.session)
    written = Written(known.session, known.report)
    for record in batch.records:
        step()
        try:
            starts_on, ends_on = _period(record, known.settings.fiscal_start_month)
            person_id = known.person_id(record.get("person"))
        except Refusal as reason:
            failures.append(Failure(record.line, reason))
            continue
        key: tuple[Any, ...] = (person_id, teams.id_of(record.get("team")), starts_on, ends_on)
        quota, is_new = quotas.get(key), key not in quotas
        if quota is None:
            quota = quotas[key] = Quota(
                **dict(zip(("person_id", "team_id", "starts_on", "ends_on"), key, strict=True))
            )
        amount = record.values["amount"]
        fill(quota, {"amount_minor": amount.minor, "currency": amount.currency})
        written.take(quota, is_new=is_new)
    written.keep()


def _period(record: Record, fiscal_start_month: int) -> tuple[date, date]:
    """The period's first day, and the first day after it."""
    first, last, text = record.get("starts_on"), record.get("last_on"), (record.get("period") or "").strip()
    if first and last:
        if last < first:
            raise PeriodBackwards(first=first, last=last)
        return first, date.fromordinal(last.toordinal() + 1)
    if first or last:
        raise CellMissing(column="last_on" if first else "starts_on")
    if (found := _MONTH.match(text)) and 1 <= int(found[2]) <= 12:
        return _months(int(found[1]), int(found[2]), 1)
    # A fiscal quarter's year is named in two ways, so that only quarters of the calendar are plain.
    if (found := _QUARTER.match(text)) and fiscal_start_month == 1:
        return _months(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 3)
    raise PeriodUnclear


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1)
