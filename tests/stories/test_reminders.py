"""Reminders and digests through the whole bot: from a typed line to a message whose buttons work."""

from bot.jobs import Worker
from tests.support.office import Office


def test_a_typed_moment_reminds_its_assignee_whose_button_marks_it_done(
    office: Office, worker: Worker
) -> None:
    office.crm(office.bo, "task mine")
    office.crm(office.ann, "task @bo Acme demo prep 2026-11-25 15:00")
    worker.tick()
    assert "Ann Lee gave you a task" in office.slack.dm(office.bo)[-1].text
    office.pass_time(days=2, hours=6)
    worker.tick()
    reminder = office.slack.dm(office.bo)[-1]
    assert reminder.text.startswith("⏰ ")
    assert "demo prep" in reminder.text
    office.press(office.bo, reminder, "In 1 hour")
    office.pass_time(hours=1)
    worker.tick()
    again = office.slack.dm(office.bo)[-1]
    assert again.ts != reminder.ts
    office.press(office.bo, again, "Done")
    assert "Nothing to do" in office.crm(office.bo, "task mine").text
    assert office.slack.refusals() == []


def test_a_digest_asked_for_in_a_channel_comes_there_on_monday_with_its_chart(
    office: Office, worker: Worker
) -> None:
    office.crm(office.lilei, "商机 华星 12万 12月底")
    office.crm(office.lilei, "订阅 预测 每周一 9:00")
    office.pass_time(days=6, hours=16)
    worker.tick()
    digest, chart = office.slack.messages(office.sales)
    assert "2026年第4季度销售预测" in digest.text
    assert "华星" not in digest.text
    assert chart.files[0].content.startswith(b"\x89PNG")
    assert office.slack.refusals() == []
