"""Two web processes on one PostgreSQL: what Slack delivers three times at once, and late, is done once."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.playground.slack import Delivery, Message, PretendSlack
from bot.playground.slack.doors import Doors
from tests.processes.conftest import Town
from tests.support.processes import Process, eventually, exported, running, shell, slack_environment

TIMES = 3


class ThriceAtOnce(Doors):
    """Slack's door on its worst day: each delivery goes out three times at one moment, to all processes."""

    def __init__(self, doors: Doors, addresses: list[str]) -> None:
        self.__dict__.update(doors.__dict__)
        self._ways = [_door_to(doors, addresses[number % len(addresses)]) for number in range(TIMES)]
        self._pool = ThreadPoolExecutor(TIMES)
        self.sent: list[Delivery] = []
        self.differing: list[list[str]] = []

    def deliver(self, delivery: Delivery) -> Delivery:
        """The first one is what people see; the answers of all must be alike."""
        each = [delivery, *(delivery.again(number) for number in range(1, TIMES))]
        list(self._pool.map(lambda way, one: way.deliver(one), self._ways, each))
        self.sent.append(delivery)
        self._compare(each)
        return delivery

    def deliver_all_again(self) -> None:
        """Everything so far once more, late, but refused forms, which claimed nothing."""
        for number, first in enumerate(each for each in self.sent if not each.errors):
            self._compare([first, self._ways[number % len(self._ways)].deliver(first.again(3))])

    def _compare(self, each: list[Delivery]) -> None:
        if len({(one.status, one.body, one.error) for one in each}) > 1:
            self.differing.append([f"{each[0].kind} {one.status} {one.error} {one.body}" for one in each])


def _door_to(doors: Doors, address: str) -> Doors:
    door = Doors(
        doors._journal, doors.sockets, signing_secret=doors.signing_secret, ack_seconds=doors.ack_seconds
    )
    door.bot_url = address
    return door


class Twins:
    """Two processes, their database, and the town whose Slack tells them everything three times."""

    def __init__(self, town: Town, processes: list[Process], database_url: str, folder: Path) -> None:
        self.town, self.slack, self.database_url, self.folder = town, town.slack, database_url, folder
        self.processes = processes
        self.door = ThriceAtOnce(town.slack.doors, [process.url for process in processes])
        town.slack.doors = self.door
        self.records: dict[str, list[dict[str, Any]]] = {}
        self.counts: dict[str, int] = {}

    def look(self) -> None:
        """Keep what there is now: the tests of the module add to it, in any order."""
        for kind in ("customers", "opportunities", "tasks"):
            self.records[kind] = exported(self.folder, kind, self.database_url)
        for table in ("customers", "opportunities", "tasks", "activities", "quotes"):
            self.counts[table] = self.count(table)

    def crm(self, text: str, command: str = "/crm") -> Delivery:
        """Ann types in #sales."""
        return self.slack.command(self.town.ann, self.town.sales, command, text)

    def said(self, words: str) -> Message:
        """The message for Ann alone that holds the words."""
        return next(reversed(eventually(lambda: [m for m in self._said() if words in m.seen])))

    def form(self) -> None:
        """Wait until a form stands before Ann."""
        eventually(lambda: self.slack.modal(self.town.ann))

    def count(self, table: str) -> int:
        """How many rows a table has, deleted ones left out."""
        with psycopg.connect(self.database_url) as connection:
            found = connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL").fetchone()
        assert found
        return int(found[0])

    def _said(self) -> list[Message]:
        return self.slack.ephemerals(self.town.ann)


@pytest.fixture(scope="module")
def twins(town: Town, make_postgres: Callable[[], str], folder: Path) -> Iterator[Twins]:
    """Both are ready; two products are for sale."""
    database_url = make_postgres()
    products = folder / "products.csv"
    products.write_text("name,price,currency\nPro,240,USD\nSupport,60,USD\n")
    made = shell(folder, "import", "products", str(products), DATABASE_URL=database_url)
    assert made.returncode == 0, made.stderr
    variables = slack_environment(town.slack, database_url)
    with ExitStack() as both:
        processes = [both.enter_context(running("web", folder, variables)) for _ in range(2)]
        yield Twins(town, processes, database_url, folder)


@pytest.fixture(scope="module")
def told(twins: Twins) -> Twins:
    """A working day has been told three times at once, and then once more."""
    slack, ann = twins.slack, twins.town.ann
    twins.crm("customer Borg Industries")
    deal = twins.crm("deal Acme 120k close 2099-12-31")
    twins.crm("log Acme call: wants 50 seats")
    twins.crm("quote Acme 50 x Pro, 8% off")
    task = twins.crm("task send the offer 2099-11-25 15:00")
    slack.press(ann, task, "Done")
    undone = twins.crm("deal Globex 5k")
    slack.press(ann, undone, "Undo")
    twins.said("Undone")
    twins.crm("stage Acme negotiation")
    slack.press(ann, deal, "More")
    twins.form()
    slack.press(ann, None, "Edit")
    twins.form()
    slack.submit(ann, {"amount": "130k"})

    slack.shortcut(ann, "task.new")
    twins.form()
    refused = slack.submit(ann, {"text": "call the buyer", "due": "blue moon"})
    assert list(refused.errors) == ["due"]
    slack.submit(ann, {"due": "2099-12-04 15:00"})
    assert slack.modal(ann) is None

    message = slack.say(twins.town.bo, twins.town.sales, "please send the brochure").message
    slack.message_shortcut(ann, message, "task.from_message")
    twins.form()
    slack.submit(ann, {"due": "2099-12-05"})

    twins.crm("customer")
    twins.form()
    slack.submit(ann, {"name": "Initech"})
    eventually(lambda: slack.modal(ann) is None)
    twins.door.deliver_all_again()
    twins.look()
    return twins


def test_all_deliveries_of_one_get_the_same_acknowledgement_byte_for_byte(told: Twins) -> None:
    assert told.door.differing == []
    assert {delivery.status for delivery in told.door.sent} == {200}


def test_each_made_one_record(told: Twins) -> None:
    customers = Counter(row["name"] for row in told.records["customers"])
    assert customers == Counter(["Borg Industries", "Acme", "Initech"])
    [deal] = told.records["opportunities"]
    assert (deal["customer"], deal["amount"], deal["stage"]) == ("Acme", "130000.00", "Negotiation")
    tasks = {row["text"]: row["state"] for row in told.records["tasks"]}
    assert tasks == {"send the offer": "done", "call the buyer": "open", "please send the brochure": "open"}
    assert [told.counts[table] for table in ("tasks", "activities", "quotes")] == [3, 1, 1]


def test_what_was_undone_is_gone_however_often_either_was_told(told: Twins) -> None:
    assert (told.counts["opportunities"], told.counts["customers"]) == (1, 3)


def test_each_form_was_opened_once(told: Twins) -> None:
    opened = Counter(call.args["trigger_id"] for call in told.slack.calls("views.open"))
    assert set(opened.values()) == {1}


def test_an_accepted_form_sent_again_by_a_second_press_changes_nothing(told: Twins) -> None:
    accepted = next(
        each
        for each in reversed(told.door.sent)
        if each.kind == "view_submission" and each.payload["view"]["callback_id"] == "task.create"
    )
    before = told.count("tasks")
    pressed_again = accepted.again()
    pressed_again.payload = accepted.payload | {"trigger_id": "1.2.another"}
    answers = [told.door.deliver(pressed_again.again()).body for _ in range(2)]
    assert answers == [accepted.body, accepted.body]
    assert told.count("tasks") == before


def test_different_commands_at_the_same_moment_each_make_their_own(told: Twins) -> None:
    before = told.count("opportunities")
    payload = next(each for each in told.door.sent if each.kind == "command").payload
    names = ("Wayne", "Stark", "Tyrell", "Umbrella", "Hooli", "Vandelay", "Dunder", "Oscorp")
    commands = []
    for number, name in enumerate(names):
        own = {"text": f"deal {name} 10k", "trigger_id": f"7.{number}.own"}
        commands.append(Delivery("command", "slash_commands", payload | {"command": "/crm"} | own))
    with ThreadPoolExecutor(len(names)) as pool:
        doors = [_door_to(told.door, process.url) for process in told.processes] * len(names)
        answers = list(pool.map(lambda door, one: door.deliver(one), doors, commands))
    assert [each.body for each in answers if "OPP-" not in each.body] == []
    assert told.count("opportunities") == before + len(names)


def test_nothing_of_it_was_an_error(told: Twins) -> None:
    assert [line for process in told.processes for line in process.lines("error", "critical")] == []
    assert _unhealthy(told.slack) == []


def _unhealthy(slack: PretendSlack) -> list[Any]:
    return [refusal for refusal in slack.refusals() if not (isinstance(refusal, Delivery) and refusal.acked)]
