"""A reminder through the whole bot: it comes at its moment, and a press on it leaves what happened."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.app.working import build_worker
from tests.support.office import Office


class Reminded:
    """An office whose worker has sent everything that is due."""

    def __init__(self, office: Office) -> None:
        self.office, self.worker = office, build_worker(office.bot)

    def pass_time(self, **of: float) -> None:
        """Move the clock, and send."""
        self.office.pass_time(**of)
        self.worker.tick()

    def last(self, user: Any) -> Any:
        """The last direct message."""
        return self.office.slack.dm(user)[-1]

    def press(self, user: Any, name: str) -> Any:
        """Press a button of the last direct message; what stands there then."""
        self.office.press(user, self.last(user), name)
        return self.last(user)


@pytest.fixture
def reminded(office: Office) -> Iterator[Reminded]:
    """An office with Ann's task for one in the afternoon, reminded of."""
    found = Reminded(office)
    office.crm(office.ann, "task call Acme 2026-11-23 13:00")
    found.pass_time(hours=4)
    yield found
    found.worker.stop()


def test_done_on_a_reminder_replaces_it_and_undo_opens_the_task_again(reminded: Reminded) -> None:
    ann = reminded.office.ann
    assert "call Acme" in reminded.last(ann).text
    done = reminded.press(ann, "Done")
    assert "Done: *call Acme*" in done.text
    assert len(reminded.office.slack.dm(ann)) == 1
    reminded.press(ann, "Undo")
    assert "call Acme" in reminded.office.crm(ann, "task mine").text


def test_a_snoozed_task_reminds_again_in_an_hour(reminded: Reminded) -> None:
    ann = reminded.office.ann
    assert "2:00 PM" in str(reminded.press(ann, "In 1 hour").blocks)
    reminded.pass_time(minutes=59)
    assert len(reminded.office.slack.dm(ann)) == 1
    reminded.pass_time(minutes=1)
    assert "call Acme" in reminded.last(ann).text
    assert len(reminded.office.slack.dm(ann)) == 2


def test_a_reminder_is_rescheduled_by_what_one_types(reminded: Reminded) -> None:
    ann, office = reminded.office.ann, reminded.office
    office.press(ann, reminded.last(ann), "Reschedule")
    assert list(office.submit(ann, {"due": "yesterday"}).errors) == ["due"]
    office.submit(ann, {"due": "Wed 10:30am"})
    assert "Wed, Nov 25, 2026, 10:30 AM" in str(reminded.last(ann).blocks)
    assert len(office.slack.dm(ann)) == 1


def test_a_task_that_is_done_reminds_nobody_and_one_handed_over_tells_its_assignee(office: Office) -> None:
    found = Reminded(office)
    office.press(office.ann, office.crm(office.ann, "task call Acme 2026-11-23 13:00"), "Done")
    office.crm(office.ann, "task @bo demo prep 2026-11-23 13:00")
    found.worker.tick()
    assert "Ann Lee gave you a task" in found.last(office.bo).text
    found.pass_time(hours=5)
    assert office.slack.dm(office.ann) == []
    assert len(office.slack.dm(office.bo)) == 2
    found.worker.stop()


def test_one_of_many_tasks_in_one_reminder_is_done_and_the_others_stay(office: Office) -> None:
    found = Reminded(office)
    for number in range(11):
        office.crm(office.ann, f"task errand{number} 2026-11-23 13:00")
    found.pass_time(hours=4)
    reminder = found.last(office.ann)
    about = next(b["accessory"]["value"] for b in reminder.blocks if "errand7" in str(b))
    office.press(office.ann, reminder, "task.done", about)
    done = str(found.last(office.ann).blocks)
    assert "✅ ~errand7~" in done
    assert "errand10" in done
    assert len(office.slack.dm(office.ann)) == 1
    office.press(office.ann, found.last(office.ann), "Reopen")
    assert "~errand7~" not in str(found.last(office.ann).blocks)
    found.worker.stop()


def test_what_makes_sense_now_is_offered_for_putting_a_reminder_off(office: Office) -> None:
    found = Reminded(office)
    office.crm(office.ann, "task call Acme 2026-11-27 10:00")
    found.pass_time(days=4, hours=1)
    blocks = found.last(office.ann).blocks
    row = next(block for block in blocks if block["type"] == "actions")["elements"]
    assert [each["text"]["text"] for each in row] == [
        "Done", "In 1 hour", "This afternoon, 2:00 PM", "Tomorrow, 9:00 AM", "Mon, 9:00 AM", "Reschedule",
    ]  # fmt: skip
    assert "Mon, Nov 30, 2026, 9:00 AM" in str(found.press(office.ann, "Mon, 9:00 AM").blocks)
    found.worker.stop()


def test_an_important_reminder_comes_once_more_where_nobody_reacts(office: Office) -> None:
    found = Reminded(office)
    office.crm(office.ann, "task !call Acme 2026-11-23 13:00")
    card = office.crm(office.ann, "task call Birch 2026-11-23 15:00")
    office.press(office.ann, card, "Important")
    found.pass_time(hours=4)
    assert "❗ call Acme" in found.last(office.ann).text
    found.pass_time(minutes=29)
    assert len(office.slack.dm(office.ann)) == 1
    found.pass_time(minutes=1)
    assert "again, since it is important" in found.last(office.ann).text
    office.press(office.ann, found.last(office.ann), "Done")
    found.pass_time(minutes=90)
    assert "❗ call Birch" in found.last(office.ann).text
    assert "Seen" in found.press(office.ann, "Got it").text
    found.pass_time(hours=4)
    assert len(office.slack.dm(office.ann)) == 3
    found.worker.stop()
