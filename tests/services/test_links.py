"""Laws of links: two records of one person become one with all that either had, and come apart again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.actors import AdminsOnly
from bot.domain.money import Money
from bot.domain.notices import direct_to
from bot.domain.periods import quarter_of
from bot.domain.roles import Role
from bot.services.links import link_person, suggested_links
from bot.services.plans import set_quota
from bot.services.tasks import make_task
from bot.services.undo import undo
from bot.store import models
from bot.store.notices import list_notices
from bot.store.people import belongings, find_slack_person, list_people
from bot.store.plans import quotas_in
from tests.support.factories import Factory


class Book:
    """Bo spoke to the bot and began to work; his past came by an import, under his full name."""

    def __init__(self, factory: Factory, now: datetime, *, import_first: bool) -> None:
        self.factory, self.now = factory, now
        self.ada = factory.actor("Ada", Role.ADMIN)
        early = self._imported() if import_first else None
        self.bo = factory.actor("Bo", locale="zh-CN", zone="Asia/Shanghai")
        self.imported = early or self._imported()
        self.deal = factory.opportunity("Acme", owner_id=self.bo.person_id)
        self.old_deal = factory.opportunity("Old", owner_id=self.imported.id)
        with factory.store.transaction(self.bo, now=now, how="test") as session:
            self.task = make_task(session, self.bo, text="Call Acme", due=now + timedelta(hours=1), now=now)

    def _imported(self) -> models.Person:
        return self.factory.add(models.Person(name="Bo Berg", role=Role.MANAGER, email="bo@example.com"))

    def link(self, changeset: str = "linked") -> None:
        """Ada says who Bo Berg is."""
        with self.factory.store.transaction(
            self.ada, now=self.now, how="action.team.link", changeset=changeset
        ) as session:
            link_person(session, self.ada, self.imported.id, str(self.bo.slack_user_id), now=self.now)

    def undo(self, changeset: str) -> str:
        """Ada takes something back."""
        with self.factory.store.transaction(self.ada, now=self.now, how="action.undo") as session:
            return undo(session, self.ada, changeset, now=self.now).changeset

    def owners(self) -> list[int | None]:
        """Who has the new deal, the old one and the task."""
        with self.factory.store.reading(self.factory.workspace_id) as session:
            return [
                session.get_one(models.Opportunity, self.deal.id).owner_id,
                session.get_one(models.Opportunity, self.old_deal.id).owner_id,
                session.get_one(models.Task, self.task.id).assignee_id,
            ]

    def slack_person(self) -> models.Person | None:
        """Who Bo is now."""
        with self.factory.store.reading(self.factory.workspace_id) as session:
            return find_slack_person(session, str(self.bo.slack_user_id))


@pytest.fixture(params=[True, False], ids=["import first", "Slack first"])
def book(request: pytest.FixtureRequest, factory: Factory, now: datetime) -> Book:
    """Bo's two records, made in either order."""
    return Book(factory, now, import_first=request.param)


def test_a_link_brings_both_books_together_and_undo_and_redo_part_and_join_them(book: Book) -> None:
    before = book.owners()
    book.link()
    joined = book.slack_person()
    assert joined is not None
    assert (joined.id, joined.role, joined.locale, joined.zone) == (
        book.imported.id,
        Role.MANAGER,
        "zh-CN",
        "Asia/Shanghai",
    )
    assert book.owners() == [book.imported.id] * 3
    redo = book.undo("linked")
    parted = book.slack_person()
    assert parted is not None
    assert parted.id == book.bo.person_id
    assert book.owners() == before
    book.undo(redo)
    assert book.owners() == [book.imported.id] * 3


def test_a_reminder_follows_its_task_to_the_linked_person(sqlite_factory: Factory, now: datetime) -> None:
    book = Book(sqlite_factory, now, import_first=False)
    book.link()
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        assert direct_to(book.imported.id) in {each.recipient for each in list_notices(session)}


def test_the_higher_role_and_one_quota_a_period_stay(sqlite_factory: Factory, now: datetime) -> None:
    ada = sqlite_factory.actor("Ada", Role.ADMIN)
    imported = sqlite_factory.add(models.Person(name="Ada Admin", role=Role.REP))
    shell, quarter = sqlite_factory.shell, quarter_of(now.date())
    with sqlite_factory.store.transaction(shell, now=now, how="test") as session:
        for person_id, amount in ((ada.person_id, 100), (imported.id, 200)):
            money = Money.of(amount, "USD")
            set_quota(session, shell, period=quarter, amount=money, now=now, person_id=person_id)
    with sqlite_factory.store.transaction(ada, now=now, how="test") as session:
        person = link_person(session, ada, imported.id, str(ada.slack_user_id), now=now)
        assert person.role == Role.ADMIN
        assert [each.amount for each in quotas_in(session, quarter)] == [Money.of(200, "USD")]


def test_nobody_reports_to_themselves_after_a_link(sqlite_factory: Factory, now: datetime) -> None:
    ada, bo = sqlite_factory.actor("Ada", Role.ADMIN), sqlite_factory.actor("Bo")
    middle = sqlite_factory.actor("Mia", manager_id=bo.person_id)
    imported = sqlite_factory.add(models.Person(name="Bo Berg", manager_id=middle.person_id))
    with sqlite_factory.store.transaction(ada, now=now, how="test") as session:
        person = link_person(session, ada, imported.id, str(bo.slack_user_id), now=now)
        assert person.manager_id is None
        (mia,) = [each for each in list_people(session) if each.name == "Mia"]
        assert mia.manager_id == imported.id


def test_only_an_admin_links(sqlite_factory: Factory, now: datetime) -> None:
    bo = sqlite_factory.actor("Bo")
    imported = sqlite_factory.add(models.Person(name="Bo Berg"))
    with (
        pytest.raises(AdminsOnly),
        sqlite_factory.store.transaction(bo, now=now, how="test") as session,
    ):
        link_person(session, bo, imported.id, str(bo.slack_user_id), now=now)


def test_what_goes_along_is_counted_without_what_was_deleted(sqlite_factory: Factory, now: datetime) -> None:
    bo = sqlite_factory.actor("Bo")
    sqlite_factory.opportunity("Acme", owner_id=bo.person_id)
    sqlite_factory.opportunity("Gone", owner_id=bo.person_id, deleted_at=now)
    sqlite_factory.customer("Acme", owner_id=bo.person_id)
    sqlite_factory.actor("Cy", manager_id=bo.person_id)
    with sqlite_factory.store.reading(sqlite_factory.workspace_id) as session:
        found = belongings(session, bo.person_id or 0)
    assert (found.opportunities, found.customers, found.tasks, found.others) == (1, 1, 0, 1)


def _person(name: str, **values: Any) -> models.Person:
    return models.Person(name=name, **values)


@pytest.mark.parametrize(
    ("imported", "in_slack", "suggested"),
    [
        ({"name": "Bo Berg"}, [{"name": "bo berg"}], 0),
        ({"name": "Bo Berg", "email": "BO@x.com"}, [{"name": "B", "email": "bo@x.com"}], 0),
        ({"name": "Bo", "email": "bo@x.com"}, [{"name": "Bo"}, {"name": "B", "email": "bo@x.com"}], 1),
        ({"name": "Bo Berg"}, [{"name": "Bo Berg"}, {"name": "Bo Berg"}], None),
        ({"name": "Bo", "email": "bo@x.com"}, [{"name": "Bo", "email": "other@x.com"}], None),
        ({"name": "Bo Berg"}, [{"name": "Ann Lee"}], None),
    ],
)
def test_a_link_is_suggested_by_address_else_by_name_where_only_one_fits(
    imported: dict[str, Any], in_slack: list[dict[str, Any]], suggested: int | None
) -> None:
    people = [_person(slack_user_id=f"U{number}", **each) for number, each in enumerate(in_slack)]
    found = suggested_links([_person(**imported), *people])
    assert [slack_person for _imported, slack_person in found] == (
        [] if suggested is None else [people[suggested]]
    )
