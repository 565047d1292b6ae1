"""Who and what a file names: found however it is spelled, made where it is unknown, noted either way."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from bot.domain.duplicates import Kind
from bot.domain.names import name_key
from bot.domain.roles import Role
from bot.domain.stages import StageKind
from bot.i18n import N_
from bot.services.duplicates import described
from bot.services.imports.refusals import PersonUnknown, SeveralPeople
from bot.services.imports.report import Report
from bot.services.imports.similar import SIMILAR, Similar
from bot.services.imports.stages import Pipelines
from bot.services.imports.words import folded as folded_word
from bot.services.imports.words import meanings, same_name
from bot.store import Session
from bot.store.models import Customer, Person, Product, Settings
from bot.store.transfers import add_all, everything_of, with_name_keys

MATCHED = N_(
    "{count} name matched to a known spelling: {names}|{count} names matched to a known spelling: {names}"
)
_LIKE = 88
"""From this score (0 to 100) on two names are so alike that somebody should look."""
_SLACK_ID = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$|@?([UW](?=[A-Z]*\d)[A-Z0-9]{2,})$")
"""A mention, or letters and digits; capitals alone may be somebody's name."""
_CAPITALS = re.compile(r"@?([UW][A-Z]{2,})$")


Entity = TypeVar("Entity", Customer, Product)


class Names(Generic[Entity]):
    """Customers or products of the workspace, by name."""

    def __init__(self, entities: Iterable[Entity], report: Report) -> None:
        self._exact: dict[str, Entity] = {}
        self._keys: dict[str, list[Entity]] = defaultdict(list)
        self._known: set[int] = set()
        self._report = report
        for entity in entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Know one more."""
        if id(entity) not in self._known:
            self._known.add(id(entity))
            self._exact.setdefault(same_name(entity.name), entity)
            self._keys[entity.name_key].append(entity)

    def find(self, name: str) -> Entity | None:
        """The one of this very name, else the only one that has it but for spelling (which is noted)."""
        exact = self._exact.get(same_name(name))
        if exact is not None:
            return exact
        alike = self._keys.get(name_key(name), [])
        if len(alike) != 1:
            return None
        self._report.note(MATCHED, f"{name} → {alike[0].name}")
        return alike[0]

    def alike(self, name: str) -> list[Entity]:
        """All that have this very name but for spelling, that of the very spelling first."""
        found = self._keys.get(name_key(name), [])
        return sorted(found, key=lambda entity: same_name(entity.name) != same_name(name))

    def note_similar(self, name: str) -> None:
        """Note known names that are very like a new one, but not the same."""
        key = name_key(name)
        for known in sorted(each for each in self._keys if each[:2] == key[:2]):
            if known != key and fuzz.ratio(known, key) >= _LIKE:
                self._report.note(SIMILAR, f"{name} ~ {self._keys[known][0].name}")


class Known:
    """Everything that rows name. `meet_…` makes what is missing, in one flush; the rest only looks up."""

    def __init__(self, session: Session, settings: Settings, report: Report) -> None:
        self.session, self.settings, self.report = session, settings, report
        self.customers: Names[Customer] = Names([], report)
        """Those that the file names, once they were met: there may be a million others."""
        self.similar = Similar(session, Kind.CUSTOMERS, report)
        self._sought: set[str] = set()
        self.products: Names[Product] = Names(everything_of(session, Product), report)
        self.people: dict[str, list[Person]] = defaultdict(list)
        self._slack: dict[str, Person] = {}
        for person in everything_of(session, Person):
            self._know(person)
        self.pipelines = Pipelines(session, report)

    def _know(self, person: Person) -> None:
        self.people[same_name(person.name)].append(person)
        if person.slack_user_id:
            self._slack[person.slack_user_id] = person

    def new_person(self, name: str, **values: str | None) -> Person:
        """A person still to be kept, but known at once; without more, of the workspace's locale and zone."""
        given = {key: value for key, value in values.items() if value}
        person = Person(name=name, **({"locale": self.settings.locale, "zone": self.settings.zone} | given))
        self._know(person)
        return person

    def meet_people(self, names: Iterable[str | None], *, role: Role = Role.REP) -> None:
        """Know everybody named: those who are unknown are made, with the role."""
        new: list[Person] = []
        for name in dict.fromkeys(filter(None, names)):
            if self.find_people(name):
                continue
            slack_user_id = _slack_id(name)
            new.append(self.new_person(slack_user_id or name, role=role, slack_user_id=slack_user_id))
            self.report.count_made("people")
        add_all(self.session, new)

    def meet_slack_people(self, names: Iterable[str | None]) -> None:
        """Know everybody whose Slack id is given; a name that nobody has stays unknown.

        Where only a known person or a Slack id may stand, capitals alone that nobody is called are an id.
        """
        unknown = [name for name in names if name and not self.find_people(name)]
        ids = (_slack_id(name) or ((found := _CAPITALS.match(name)) and found[1]) for name in unknown)
        self.meet_people(f"<@{slack_user_id}>" for slack_user_id in ids if slack_user_id)

    def find_people(self, name: str) -> list[Person]:
        """Everybody who has the Slack id or the name."""
        known = self._slack.get(_slack_id(name) or name.removeprefix("@"))
        return [known] if known else self.people.get(same_name(name.removeprefix("@")), [])

    def person_id(self, name: str | None) -> int | None:
        """Who has the name or Slack id. Raises PersonUnknown or SeveralPeople."""
        if name is None:
            return None
        found = self.find_people(name)
        if not found:
            raise PersonUnknown(name=name)
        if len(found) > 1:
            raise SeveralPeople(name=name, count=len(found))
        return found[0].id

    def seek_customers(self, names: Iterable[str | None]) -> None:
        """Know those customers of these names that there are."""
        keys = {name_key(name) for name in names if name} - self._sought
        self._sought |= keys
        for customer in with_name_keys(self.session, Customer, keys):
            self.customers.add(customer)

    def meet_customers(self, names: Iterable[str | None]) -> dict[str, Customer]:
        """Every customer named, by the name as it is written."""
        met, new = {}, []
        wanted = list(dict.fromkeys(filter(None, names)))
        self.seek_customers(wanted)
        for name in wanted:
            found = self.customers.find(name)
            if found is None:
                self.similar.expect(name, described(name))
                found = Customer(name=name, name_key=name_key(name))
                new.append(found)
                self.customers.add(found)
                self.report.count_made("customers")
            met[name] = found
        self.similar.note()
        add_all(self.session, new)
        return met

    def meet_products(self, names: Iterable[str | None]) -> dict[str, Product]:
        """Every product named, by the name as it is written; a new one has no price."""
        met, new = {}, []
        for name in dict.fromkeys(filter(None, names)):
            found = self.products.find(name)
            if found is None:
                self.products.note_similar(name)
                found = Product(name=name, name_key=name_key(name), currency=self.settings.currency)
                new.append(found)
                self.products.add(found)
                self.report.count_made("products")
            met[name] = found
        add_all(self.session, new)
        return met


def _slack_id(name: str) -> str | None:
    found = _SLACK_ID.match(name)
    return (found[1] or found[2]) if found else None


def end_meant(stage_name: str) -> StageKind | None:
    """WON or LOST where a stage's name plainly says so."""
    meaning = meanings("outcome").get(folded_word(stage_name))
    return StageKind(meaning) if meaning in (StageKind.WON, StageKind.LOST) else None
