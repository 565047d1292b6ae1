"""Rows for tests: the least that is valid, with what the test is about named in its call."""

from datetime import datetime
from typing import Any, TypeVar

from bot.domain.actors import Actor
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.domain.roles import Role
from bot.store import Store, models
from bot.store.base import Base
from bot.store.workspaces import make_workspace

Entity = TypeVar("Entity", bound=Base)


class Factory:
    """Makes a workspace at once, and its rows on demand."""

    def __init__(self, store: Store, now: datetime, currency: str = "USD") -> None:
        self.store, self.now = store, now
        with store.everywhere() as session:
            workspace = make_workspace(session, name="Test", currency=currency, now=now)
        self.workspace_id = workspace.id
        self.shell = Actor(workspace.id)

    def add(self, entity: Entity) -> Entity:
        """Keep one entity and return it, detached."""
        with self.store.transaction(self.shell, now=self.now, how="test") as session:
            session.add(entity)
        return entity

    def actor(self, name: str = "Ann", role: Role = Role.REP, **values: Any) -> Actor:
        """A person, as the actor that services take."""
        values = {"slack_user_id": "U" + name.upper(), "locale": "en-US", "zone": "UTC"} | values
        person = self.add(models.Person(name=name, role=role, **values))
        return Actor(
            self.workspace_id, person.id, person.slack_user_id, name, role, person.locale, person.zone
        )

    def customer(self, name: str = "Acme", **values: Any) -> models.Customer:
        """A customer."""
        return self.add(models.Customer(name=name, name_key=name_key(name), **values))

    def product(self, name: str = "Pro", price: Money | None = None, **values: Any) -> models.Product:
        """A product, at 100 dollars where no price is named."""
        price = price or Money.of(100, "USD")
        values = {"price_minor": price.minor, "currency": price.currency} | values
        return self.add(models.Product(name=name, name_key=name_key(name), **values))

    def stages(self) -> list[models.Stage]:
        """The stages of the first pipeline, in order."""
        from bot.store.pipelines import list_stages

        with self.store.reading(self.workspace_id) as session:
            return list_stages(session)

    def opportunity(
        self, name: str = "Acme", *, stage: str = "Qualification", amount: Money | None = None, **values: Any
    ) -> models.Opportunity:
        """An opportunity in a stage that is named."""
        found = next(each for each in self.stages() if each.name == stage)
        values = {
            "currency": amount.currency if amount else "USD",
            "amount_minor": amount and amount.minor,
        } | values
        opportunity = self.add(models.Opportunity(name=name, stage_id=found.id, **values))
        self.add(models.StageChange(opportunity_id=opportunity.id, to_stage_id=found.id, at=self.now))
        return opportunity
