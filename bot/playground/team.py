"""The demo's sales team: people, customers, and two quarters of history, made by a seeded generator."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.classes import ACTIVE
from bot.domain.money import Money
from bot.domain.names import name_key
from bot.domain.periods import quarter_of
from bot.domain.roles import Role
from bot.jobs.daily import ROUTINES
from bot.playground import names
from bot.playground.channels import Channels, pass_a_partner
from bot.playground.errands import seed_errands
from bot.playground.judged import seed_judgements
from bot.playground.pipelines import seed_renewals
from bot.playground.profiles import Profiles
from bot.playground.stakes import seed_stakes
from bot.playground.together import seed_collaboration
from bot.playground.twins import seed_twins
from bot.playground.voices import seed_scores
from bot.services.classes import classify_all
from bot.services.mornings import plan_days
from bot.services.sales_channels import channel_of
from bot.store import Session, Store
from bot.store.classes import first_purchases
from bot.store.models import (
    Activity,
    Contact,
    Customer,
    Opportunity,
    Person,
    Product,
    Quota,
    Stage,
    StageChange,
    Task,
    Team,
)
from bot.store.pipelines import list_stages
from bot.store.routines import take_run
from bot.store.workspaces import workspace_of_team, workspace_settings

SEED = 20
HISTORY_DAYS = 190
OPPORTUNITIES = 150
DAYS_IN_STAGE = 14
"""The mean of the days that an opportunity of the demo stays in one stage."""


@dataclass(frozen=True)
class Member:
    """Somebody of the demo's team; without a Slack id a colleague who is not in this Slack."""

    name: str
    role: Role
    locale: str
    zone: str
    slack_user_id: str | None = None


def seed_team(
    store: Store, slack_team_id: str, name: str, members: tuple[Member, ...], now: datetime
) -> None:
    """Fill an empty database with the team and its history. The same arguments make the same rows."""
    with store.everywhere() as session:
        workspace = workspace_of_team(session, slack_team_id, name=name, now=now)
    with store.transaction(Actor(workspace.id), now=now, how="demo") as session:
        _Maker(session, now).make(members)


class _Maker:
    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now, self.today = session, now, now.date()
        self.random = random.Random(SEED)
        self.profiles = Profiles(session)

    def make(self, members: tuple[Member, ...]) -> None:
        settings = workspace_settings(self.session)
        settings.zone = members[0].zone
        sellers = self._people(members)
        products = self._products()
        self.channels = Channels(self.session, sellers, self._days_ago(420))
        customers = self._customers(sellers)
        self.session.flush()
        stages = list_stages(self.session)
        for _ in range(OPPORTUNITIES):
            customer = self.random.choice(customers)
            self._opportunity(customer, self._person(sellers, customer), stages, products)
        seed_judgements(self.session, self.now)
        self._classes()
        self._quotas(sellers)
        pass_a_partner(self.session, customers, self.now)
        seed_collaboration(self.session, sellers)
        seed_errands(self.session, sellers, self.now)
        seed_scores(self.session, customers, products, sellers, self.now)
        seed_twins(self.session, customers)
        seed_renewals(self.session, sellers, self.now)
        seed_stakes(self.session, sellers, self.now)

    def _people(self, members: tuple[Member, ...]) -> list[Person]:
        team = Team(name="Sales")
        self.session.add(team)
        self.session.flush()
        people = [
            Person(
                name=member.name,
                role=member.role,
                locale=member.locale,
                zone=member.zone,
                slack_user_id=member.slack_user_id,
                team_id=team.id,
                day_hour=9 if member.slack_user_id and member.role == Role.REP else None,
            )
            for member in members
        ]
        self.session.add_all(people)
        self.session.flush()
        manager = next(person for person in people if person.role == Role.MANAGER)
        sellers = [person for person in people if person.role == Role.REP]
        for seller in sellers:
            seller.manager_id = manager.id
        return sellers

    def _products(self) -> list[Product]:
        products = [
            Product(
                name=name, name_key=name_key(name), price_minor=Money.of(price, "USD").minor, currency="USD"
            )
            for name, price in names.PRODUCTS
        ]
        self.session.add_all(products)
        return products

    def _customers(self, sellers: list[Person]) -> list[Customer]:
        customers = []
        for name, industry in names.COMPANIES:
            language = _language(name)
            able = [seller for seller in sellers if _language(seller.locale) == language]
            customer = Customer(
                name=name,
                name_key=name_key(name),
                industry=industry,
                kind="prospect",
                **self.channels.of(name),
                owner_id=self.random.choice(able).id,
                created_at=self._days_ago(self.random.randint(150, 400)),
            )
            customers.append(customer)
        self.profiles.describe(customers, _language)
        self.session.add_all(customers)
        self.session.flush()
        for customer in customers:
            known = [each for each in names.CONTACTS if _language(each[0]) == _language(customer.name)]
            chosen = self.random.sample(known, k=self.random.randint(1, 2))
            for number, (name, title) in enumerate(chosen):
                contact = Contact(customer_id=customer.id, name=name, title=title)
                contact.created_at = customer.created_at
                self.profiles.introduce(contact, number, _language(customer.name))
                self.session.add(contact)
        return customers

    def _person(self, sellers: list[Person], customer: Customer) -> Person:
        return next(seller for seller in sellers if seller.id == customer.owner_id)

    def _opportunity(
        self, customer: Customer, owner: Person, stages: list[Stage], products: list[Product]
    ) -> None:
        language = _language(customer.name)
        opened = self.today - timedelta(days=self.random.randint(1, HISTORY_DAYS))
        moves, final = self._moves(opened, stages)
        amount = Money.of(round(self.random.lognormvariate(10.2, 0.8) / 100) * 100, "USD")
        ended = None if final.is_open else moves[-1][1]
        product = self.random.choice(products)
        offer = (
            self.profiles.offer(product, products, amount) if len(moves) > 2 and not final.is_lost else None
        )
        amount = offer.total if offer else amount
        opportunity = Opportunity(
            name=self.random.choice(names.NEEDS[language]),
            customer_id=customer.id,
            owner_id=owner.id,
            stage_id=final.id,
            product_id=product.id,
            amount_minor=amount.minor,
            currency=amount.currency,
            source=self.random.choice(names.SOURCES),
            opened_on=opened,
            close_on=ended or self.today + timedelta(days=self.random.randint(3, 110)),
            closed_on=ended,
            closed_at=self._at(ended, 17) if ended else None,
            competitor=self.random.choice((None, None, *names.COMPETITORS)),
            loss_reason=self.random.choice(names.LOSSES[language]) if final.is_lost else None,
            created_at=self._at(opened, 9),
            **channel_of(customer),
        )
        self.session.add(opportunity)
        self.session.flush()
        before = None
        for stage, day in moves:
            self.session.add(
                StageChange(
                    opportunity_id=opportunity.id,
                    from_stage_id=before,
                    to_stage_id=stage.id,
                    at=self._at(day, 10),
                    person_id=owner.id,
                    created_at=self._at(day, 10),
                )
            )
            before = stage.id
        if offer:
            state = "accepted" if final.is_won else "sent"
            self.profiles.quote(opportunity, offer, state, self._at(moves[2][1], 15))
        self._touches(opportunity, customer, owner, opened, ended, language)

    def _moves(self, opened: date, stages: list[Stage]) -> tuple[list[tuple[Stage, date]], Stage]:
        """The stages that it went through, each with its day, none after today."""
        path = [stage for stage in stages if stage.is_open]
        won = next(stage for stage in stages if stage.is_won)
        lost = next(stage for stage in stages if stage.is_lost)
        moves, day = [(path[0], opened)], opened
        for following in [*path[1:], won]:
            day += timedelta(days=1 + round(self.random.expovariate(1 / DAYS_IN_STAGE)))
            if day > self.today:
                break
            moves.append((lost if self.random.random() < 0.17 else following, day))
            if moves[-1][0].is_lost:
                break
        return moves, moves[-1][0]

    def _touches(
        self,
        opportunity: Opportunity,
        customer: Customer,
        owner: Person,
        opened: date,
        ended: date | None,
        language: str,
    ) -> None:
        last = ended or self.today
        for _ in range(self.random.randint(1, 5)):
            day = opened + timedelta(days=self.random.randint(0, max((last - opened).days, 0)))
            moment = min(self._at(day, self.random.randint(9, 17)), self.now)
            self.session.add(
                Activity(
                    kind=self.random.choice(("call", "call", "visit", "meeting", "email")),
                    happened_at=moment,
                    text=self.random.choice(names.CALLS[language]),
                    person_id=owner.id,
                    customer_id=customer.id,
                    opportunity_id=opportunity.id,
                    created_at=moment,
                )
            )
        if ended is None and self.random.random() < 0.3:
            due = self.today + timedelta(days=self.random.randint(-2, 9))
            self.session.add(
                Task(
                    text=self.random.choice(names.TASKS[language]),
                    assignee_id=owner.id,
                    creator_id=owner.id,
                    due_on=due,
                    created_at=self._days_ago(3),
                    customer_id=customer.id,
                    opportunity_id=opportunity.id,
                )
            )

    def _classes(self) -> None:
        """Class the customers, each on the day of its first purchase. Today's routines have run: the next
        mornings are planned.
        """
        self.session.flush()
        bought = sorted(first_purchases(self.session).items(), key=lambda each: (each[1], each[0]))
        info = self.session.info
        for customer_id, on in bought:
            info.update(now=self._at(on, 17), how="clock")
            customer = self.session.get_one(Customer, customer_id)
            customer.kind = ACTIVE
            self.session.flush()
        info.update(now=self._days_ago(9))
        classify_all(self.session, self.now)
        info.update(now=self.now, how="demo")
        for routine in ROUTINES:
            take_run(self.session, routine.name, self.today)
        plan_days(self.session, self.now, None)

    def _quotas(self, sellers: list[Person]) -> None:
        this = quarter_of(self.today)
        for seller in sellers:
            self.session.add(
                Quota(
                    person_id=seller.id,
                    starts_on=this.start,
                    ends_on=this.end,
                    amount_minor=Money.of(self.random.choice((200_000, 240_000, 280_000)), "USD").minor,
                    currency="USD",
                )
            )

    def _days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), tzinfo=ZoneInfo("UTC")).astimezone(UTC)


def _language(text: str) -> str:
    return (
        "zh"
        if text.startswith("zh") or any("\u4e00" <= character <= "\u9fff" for character in text)
        else "en"
    )
