"""What people say to a task through the whole bot: yes, no, help, who else, what came of it, what next."""

import pytest

from bot.jobs import Worker
from tests.support.office import Office


@pytest.fixture
def worker(office: Office, worker: Worker) -> Worker:
    """The office's worker; Mia leads Bo."""
    for person in (office.ada, office.mia, office.bo, office.ann):
        office.crm(person, "day")
    office.press(office.ada, office.crm(office.ada, "team Bo"), "Edit")
    office.submit(office.ada, {"role": "rep", "manager": ("Mia", "Mia Moss")})
    return worker


def test_a_task_is_accepted_helped_with_handed_over_and_declined(office: Office, worker: Worker) -> None:
    slack = office.slack
    office.crm(office.ann, "task @bo offer for Acme Fri")
    worker.tick()
    office.press(office.bo, slack.dm(office.bo)[-1], "Accept")
    assert "You accepted it" in slack.dm(office.bo)[-1].text
    worker.tick()
    assert "Bo Berg accepted *offer for Acme*" in slack.dm(office.ann)[-1].text
    office.press(office.bo, slack.dm(office.bo)[-1], "More…")
    office.press(office.bo, slack.modal(office.bo), "Ask for help…")
    assert "What do you need from Mia Moss?" in str(slack.modal(office.bo).blocks)
    office.submit(office.bo, {"words": "they ask for 15% off"})
    worker.tick()
    asked = slack.dm(office.mia)[-1]
    assert "Bo Berg asks you for help with *offer for Acme*" in asked.text
    assert "15% off" in asked.text
    office.press(office.mia, asked, "Answer…")
    office.submit(office.mia, {"words": "up to 12%"})
    worker.tick()
    answered = slack.dm(office.bo)[-1]
    assert "Mia Moss answers" in answered.text
    slack.say(office.bo, answered.channel, "thank you", thread_ts=answered.ts)
    office.bot.effects.settle()
    assert "Kept with the task: thank you" in office.said(office.bo).text
    given = office.crm(office.mia, "task give offer for Acme to @lilei: you know them")
    assert "李雷 has it now" in given.text
    worker.tick()
    assert "Mia Moss 给你派了一项任务" in slack.dm(office.lilei)[-1].text
    assert "you know them" in slack.dm(office.lilei)[-1].text
    assert "Mia Moss handed *offer for Acme* over to 李雷" in slack.dm(office.ann)[-1].text
    office.press(office.lilei, slack.dm(office.lilei)[-1], "拒绝…")
    office.submit(office.lilei, {"words": "休假"})
    worker.tick()
    assert "李雷 declined *offer for Acme*. It is yours again." in slack.dm(office.ann)[-1].text
    assert "休假" in slack.dm(office.ann)[-1].text
    office.press(office.ann, office.crm(office.ann, "task mine"), "More…")
    office.press(office.ann, office.slack.modal(office.ann), "Done, and next…")
    office.submit(office.ann, {"outcome": "sent"})
    office.press(office.ann, office.said(office.ann), "Undo")
    office.press(office.ann, office.crm(office.ann, "task mine"), "More…")
    for words in ("15% off", "up to 12%", "thank you", "you know them", "休假"):
        assert words in slack.modal(office.ann).text


def test_done_says_what_came_of_it_and_what_follows_in_one_line(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "task Acme demo prep Thu")
    done = office.crm(office.ann, "task done demo: they want 50 seats; next: send quote Fri 3pm")
    assert "Done: *demo prep*" in done.text
    assert "they want 50 seats" in done.text
    assert "Fri, Nov 27, 2026, 3:00 PM" in done.text
    assert "About Acme" in str(done.message.blocks)
    office.press(office.ann, done, "Undo")
    mine = office.crm(office.ann, "task mine").text
    assert "demo prep" in mine
    assert "send quote" not in mine
    office.crm(office.lilei, "任务 拜访 华星 周五")
    done = office.crm(office.lilei, "任务 完成 拜访：要50套；下一步：周五下午3点发报价")
    assert "已完成：*拜访" in done.text
    assert "下一步" in done.text
    assert "done shopping" in office.crm(office.ann, "task done shopping for the fair Fri").text
