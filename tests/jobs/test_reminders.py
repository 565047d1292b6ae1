"""Laws of reminders: at the moment, to the assignee, of what is true then, and never about what is over."""

from datetime import timedelta

import pytest

from bot.domain.notices import NoticeState
from tests.jobs.conftest import Bench
from tests.payloads.validator import problems_of_message

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_a_task_reminds_its_assignee_once_at_its_moment_with_its_next_actions(both_bench: Bench) -> None:
    bench = both_bench
    bench.task("Call *Acme* <about> 50 & seats", due_in=HOUR)
    worker = bench.worker()
    worker.tick()
    assert bench.texts() == []
    bench.later(hours=1)
    worker.tick()
    worker.tick()
    (message,) = bench.slack.dm(bench.ann.slack_user_id or "")
    assert "Call *Acme* &lt;about&gt; 50 &amp; seats" in message.text
    (buttons,) = (block["elements"] for block in message.blocks if block["type"] == "actions")
    assert [(each["text"]["text"], each["action_id"]) for each in buttons] == [
        ("Done", "task.done"),
        ("In 1 hour", "task.snooze_hour"),
        ("This afternoon, 2:00 PM", "task.snooze"),
        ("Tomorrow, 9:00 AM", "task.snooze#2"),
        ("Reschedule", "task.reschedule"),
    ]
    notice = bench.notices()[0]
    assert message.metadata == {
        "event_type": "dealdesk_notice",
        "event_payload": {"notice": notice.id, "key": notice.dedupe_key},
    }
    assert (notice.state, notice.message_ts, notice.slack_channel) == ("sent", message.ts, message.channel)
    (call,) = bench.slack.calls("chat.postMessage")
    assert call.args["channel"] == bench.ann.slack_user_id
    body = {"text": message.text, "blocks": message.blocks, "metadata": message.metadata}
    assert problems_of_message(body) == []


def test_a_reader_is_reminded_in_their_language_and_zone(bench: Bench) -> None:
    li = bench.person("Li", locale="zh-CN", zone="Asia/Shanghai")
    bench.task("给华星打电话", to=li)
    bench.worker().tick()
    (text,) = bench.texts(li)
    assert text.startswith("⏰ 给华星打电话\n")
    assert "17:00" in text
    assert "截止" in text


@pytest.mark.parametrize("change", ["done", "deleted", "moved", "given away"])
def test_a_reminder_whose_task_is_over_says_nothing(bench: Bench, change: str) -> None:
    ben = bench.person("Ben")
    task = bench.task(due_in=HOUR)
    match change:
        case "done":
            bench.change(task, state="done", done_at=bench.now)
        case "deleted":
            bench.change(task, deleted_at=bench.now)
        case "moved":
            bench.change(task, due_at=bench.now + 2 * HOUR)
        case "given away":
            bench.change(task, assignee_id=ben.person_id)
    bench.later(hours=1)
    worker = bench.worker()
    worker.tick()
    assert bench.texts() == []
    assert bench.notices()[0].state == NoticeState.CANCELLED
    bench.later(hours=1)
    worker.tick()
    assert (len(bench.texts()), len(bench.texts(ben))) == {
        "moved": (1, 0),
        "given away": (0, 1),
    }.get(change, (0, 0))


def test_reminders_late_after_downtime_all_come_in_order_and_say_so(bench: Bench) -> None:
    for minutes in (30, 10, 20):
        bench.task(f"Task {minutes}", due_in=minutes * MINUTE)
    bench.later(days=3)
    bench.worker().tick()
    texts = bench.texts()
    assert [text.split("\n")[0] for text in texts] == ["⏰ Task 10", "⏰ Task 20", "⏰ Task 30"]
    assert all("Late: this was due Mon, Nov 23, 2026" in text for text in texts)


def test_more_reminders_an_hour_than_wanted_come_as_one_message_that_names_each(both_bench: Bench) -> None:
    bench = both_bench
    for number in range(5):
        bench.task(f"Task {number}", due_in=number * MINUTE)
    done = bench.task("Task done")
    bench.change(done, state="done")
    bench.task("Tomorrow's", due_in=24 * HOUR)
    worker = bench.worker()
    worker.tick()
    (message,) = bench.slack.dm(bench.ann.slack_user_id or "")
    assert message.text.startswith("⏰ You have 5 tasks due\n")
    assert all(f"Task {number}" in message.text for number in range(5))
    assert problems_of_message({"text": message.text, "blocks": message.blocks}) == []
    assert bench.states() == [NoticeState.SENT] * 5 + [NoticeState.CANCELLED, NoticeState.PENDING]
    bench.later(minutes=10)
    worker.tick()
    assert len(bench.texts()) == 1


def test_outdated_reminders_do_not_count_towards_one_message(bench: Bench) -> None:
    keep = bench.task("Keep", due_in=30 * MINUTE)
    for number in range(4):
        bench.change(bench.task(f"Task {number}"), state="done")
    worker = bench.worker()
    worker.tick()
    assert bench.texts() == [], "what is due in half an hour is not said now"
    bench.later(minutes=30)
    worker.tick()
    assert [text.split("\n")[0] for text in bench.texts()] == [f"⏰ {keep.text}"]


def test_a_hundred_reminders_fit_into_a_message_that_slack_takes(bench: Bench) -> None:
    for number in range(100):
        bench.task(f"Task {number} " + "长" * 300)
    bench.worker().tick()
    (message,) = bench.slack.dm(bench.ann.slack_user_id or "")
    assert "Task 99" in message.seen
    assert bench.slack.refusals() == []


def test_the_assignee_is_told_of_a_task_that_somebody_gives_them(bench: Bench) -> None:
    from bot.services.notices import tell_assignee

    ben = bench.person("Ben")
    task = bench.task("Send the offer", due_in=HOUR, to=ben)
    with bench.store.transaction(bench.ann, now=bench.now, how="test") as session:
        tell_assignee(session, task, bench.now)
    bench.worker().tick()
    (text,) = bench.texts(ben)
    assert text == "📌 Ann gave you a task: Send the offer"
