"""Parts, order and watchers of tasks through the whole bot: typed in a line or a form, ticked in place."""

from bot.jobs import Worker
from tests.payloads.validator import problems_of_view
from tests.support.office import Office


def test_parts_are_ticked_in_place_and_watchers_hear_when_it_is_done(office: Office, worker: Worker) -> None:
    made = office.crm(office.ann, "task demo for Acme Fri; cc @mia; checklist: slides, account, agenda")
    assert "☑️ 0/3" in str(made.message.blocks)
    office.press(office.ann, made, "More…")
    assert "Watched by Mia Moss" in office.slack.modal(office.ann).text
    office.press(office.ann, office.slack.modal(office.ann), "task.tick#0", ["slides", "agenda"])
    assert "☑️ 2/3" in office.slack.modal(office.ann).text
    office.press(office.ann, made, "Edit")
    office.submit(office.ann, {"checklist": "agenda\nrehearsal"})
    assert "☑️ 1/2" in str(office.said(office.ann).blocks)
    office.press(office.ann, office.said(office.ann), "Done")
    worker.tick()
    heard = office.slack.dm(office.mia)[-1]
    assert "Ann Lee has done *demo for Acme*" in heard.text
    office.press(office.mia, office.crm(office.mia, "任务 回访 下周一；清单：电话、邮件"), "More…")
    office.press(office.mia, office.slack.modal(office.mia), "Watch")
    assert "Watched by Mia Moss" in office.slack.modal(office.mia).text
    office.press(office.mia, office.slack.modal(office.mia), "Unwatch")
    assert "Watched by" not in office.slack.modal(office.mia).text
    watched = office.crm(office.ann, "任务 准备合同 下周三；关注 @mia")
    assert "准备合同" in watched.text
    assert "关注" not in watched.text.split("\n")[0]
    assert "Mia" not in watched.text  # who watches is not given it


def test_an_earlier_reminder_comes_too_until_the_moment_is_moved(office: Office, worker: Worker) -> None:
    made = office.crm(office.ann, "task call Acme 2026-11-23 13:00; remind me 1 hour before")
    assert "*call Acme*" in str(made.message.blocks)
    office.crm(office.mia, "任务 回访 2026-11-23 14:00；提前30分钟提醒")
    office.press(office.ann, made, "Edit")
    assert "1h" in str(office.slack.modal(office.ann).blocks)
    refused = office.submit(office.ann, {"remind": "a while"})
    assert list(refused.errors) == ["remind"]
    office.submit(office.ann, {"remind": "2 hours"})
    for _hour in range(4):
        office.pass_time(hours=1)
        worker.tick()
    assert [message.text.count("call Acme") for message in office.slack.dm(office.ann)] == [1, 1]
    assert "Due" in office.slack.dm(office.ann)[0].text
    assert "Late" not in office.slack.dm(office.ann)[0].text


def test_a_task_that_waits_reminds_nobody_until_the_first_is_done(office: Office, worker: Worker) -> None:
    first = office.crm(office.ann, "task @bo write the offer 2026-11-23 11:00")
    waiting = office.crm(office.ann, "task send the offer 2026-11-23 12:00; after write the offer")
    assert "waits for “write the offer”" in str(waiting.message.blocks)
    assert "A reminder comes once “write the offer” is closed." in str(waiting.message.blocks)
    office.press(office.ann, first, "Edit")
    office.press(office.ann, office.slack.modal(office.ann), "More…")
    refused = office.submit(office.ann, {"after": ("send", "send the offer")})
    assert "comes after this task already" in str(refused.errors)
    office.pass_time(hours=4)
    worker.tick()
    assert [message.text for message in office.slack.dm(office.ann) if "send the offer" in message.text] == []
    office.press(office.bo, office.crm(office.bo, "task mine"), "Done")
    worker.tick()
    said = " ".join(message.text for message in office.slack.dm(office.ann))
    assert "⏰ send the offer" in said
    assert "*send the offer* can begin: write the offer is closed" in said


def test_priorities_are_said_in_lines_and_forms_shown_everywhere_and_sort_a_day(office: Office) -> None:
    low = office.crm(office.ann, "task low: tidy the notes 2026-11-24")
    assert "🔽 *tidy the notes*" in str(low.message.blocks)
    office.crm(office.ann, "task send the list 2026-11-24")
    office.crm(office.ann, "task !call Acme 2026-11-24")
    listed = str(office.crm(office.ann, "task mine").message.blocks)
    assert (
        listed.index("❗ *call Acme*") < listed.index("*send the list*") < listed.index("🔽 *tidy the notes*")
    )
    assert "🔽" in str(office.crm(office.ann, "week").message.blocks)
    office.crm(office.ann, "task low call Acme")
    assert "🔽 *call Acme*" in str(office.crm(office.ann, "task mine").message.blocks)
    office.press(office.ann, low, "More…")
    view = office.slack.modal(office.ann)
    assert problems_of_view(view.body, "modal") == []
    office.press(office.ann, view, "task.priority", "high")
    assert "❗ *tidy the notes*" in str(office.slack.modal(office.ann).body)

    given = office.crm(office.ann, "task @lilei !prepare the demo Fri")
    assert "❗ *prepare the demo*" in str(given.message.blocks)
    assert "❗ *read it*" in str(office.crm(office.ann, "task everyone: urgent: read it").message.blocks)

    card = office.crm(office.lilei, "任务 不急：整理名片 周五").message
    assert "🔽" in card.text
    office.press(office.lilei, card, "编辑")
    assert "优先级" in str(office.slack.modal(office.lilei).body)
    office.submit(office.lilei, {"priority": "high"})
    assert "❗ *整理名片*" in str(office.said(office.lilei).blocks)
    office.press(office.lilei, office.said(office.lilei), "撤销")
    assert "🔽 *整理名片*" in str(office.crm(office.lilei, "任务 我的").message.blocks)
