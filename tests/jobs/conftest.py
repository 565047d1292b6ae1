"""A worker, a pretend Slack over HTTP, and people in both."""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.config import Environment
from bot.domain.actors import Actor
from bot.domain.notices import NoticeState
from bot.jobs import Worker
from bot.playground.slack import PretendSlack, Team
from bot.services.notices import remind_of_task
from bot.store import Store
from bot.store.models import Notice, Task
from bot.store.notices import list_notices
from bot.store.workspaces import access_workspace
from tests.support.factories import Factory


class Bench:
    """A store, a clock that tests move, a pretend Slack with Ann in it, and workers between them."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now = store, now
        self.machine = datetime(2026, 1, 1, tzinfo=UTC)
        """The machine's clock, which leases and waits are measured by."""
        self.environment = Environment(
            dealdesk_lease_s=60,
            dealdesk_send_timeout_s=2,
            dealdesk_digest_above=3,
            dealdesk_messages_a_minute=10**6,
        )
        self.slack = PretendSlack(clock=lambda: self.now).start()
        self._workers: list[Worker] = []
        self._in_team(self.slack.team)

    def _in_team(self, team: Team) -> None:
        self.team, self.factory = team, Factory(self.store, self.now)
        with self.store.everywhere() as session:
            access_workspace(session, self.factory.workspace_id).slack_team_id = team.id
        self.ann = self.person("Ann")
        self.sales = self.slack.add_channel("sales", team=team)

    def elsewhere(self) -> "Bench":
        """The same Slack and store, seen from another workspace."""
        other = copy.copy(self)
        other._in_team(self.slack.add_team("Other", token="xoxb-other"))
        return other

    def person(self, name: str, *, locale: str = "en-US", zone: str = "UTC") -> Actor:
        user = self.slack.add_user(name.lower(), name, locale=locale, tz=zone, team=self.team)
        return self.factory.actor(name, slack_user_id=user.id, locale=locale, zone=zone)

    def client(self, team_id: str) -> WebClient:
        team = self.slack.state.teams[team_id]
        # The SDK's own retry handlers are on: the worker must not let them post twice.
        return WebClient(token=team.token, base_url=self.slack.api_url, timeout=30)

    def worker(self, environment: Environment | None = None) -> Worker:
        worker = Worker(
            self.store,
            lambda: self.now,
            self.client,
            environment or self.environment,
            machine=lambda: self.machine,
            pace=timedelta(0),
        )
        self._workers.append(worker)
        return worker

    def task(
        self, text: str = "Call Acme", *, due_in: timedelta = timedelta(0), to: Actor | None = None
    ) -> Task:
        to = to or self.ann
        due_at = self.now + due_in
        values = {"due_at": due_at, "due_on": due_at.date()}
        task = Task(text=text, assignee_id=to.person_id, creator_id=self.ann.person_id, **values)
        with self.store.transaction(self.ann, now=self.now, how="test") as session:
            session.add(task)
            remind_of_task(session, task, self.now)
        return task

    def change(self, task: Task, **values: object) -> None:
        with self.store.transaction(self.ann, now=self.now, how="test") as session:
            session.add(task)
            for key, value in values.items():
                setattr(task, key, value)
            remind_of_task(session, task, self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)
        self.machine += timedelta(**span)

    def notices(self) -> list[Notice]:
        with self.store.reading(self.factory.workspace_id) as session:
            return sorted(list_notices(session), key=lambda notice: notice.id)

    def states(self) -> list[NoticeState]:
        return [NoticeState(notice.state) for notice in self.notices()]

    def texts(self, to: Actor | None = None) -> list[str]:
        return [message.text for message in self.slack.dm((to or self.ann).slack_user_id or "")]

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()
        self.slack.stop()


@pytest.fixture
def bench(sqlite_store: Store, now: datetime) -> Iterator[Bench]:
    """On SQLite, where the engine does not matter."""
    made = Bench(sqlite_store, now)
    yield made
    made.close()


@pytest.fixture
def both_bench(store: Store, now: datetime) -> Iterator[Bench]:
    """On each engine in turn."""
    made = Bench(store, now)
    yield made
    made.close()
