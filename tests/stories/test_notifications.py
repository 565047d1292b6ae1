"""Notifications through the whole bot: quiet hours, what one hears of, and absence with a stand-in."""

from bot.jobs import Worker
from tests.support.office import Office


def _told(office: Office, who: object) -> list[str]:
    return [message.text for message in office.slack.dm(who)]


def test_a_reminder_in_quiet_hours_comes_when_they_end_and_says_so(office: Office, worker: Worker) -> None:
    card = office.crm(office.ann, "quiet 10pm to 8am")
    assert "10:00 PM – 8:00 AM" in card.text
    office.crm(office.ann, "task call Acme 2026-11-23 23:30")
    office.crm(office.ann, "task write to Acme 2026-11-23 21:30")
    office.pass_time(hours=12, minutes=31)
    worker.tick()
    office.pass_time(hours=2)
    worker.tick()
    assert [text.splitlines()[0] for text in _told(office, office.ann)] == ["⏰ write to Acme"]
    office.pass_time(hours=8, minutes=29)
    worker.tick()
    last = office.slack.dm(office.ann)[-1]
    assert "call Acme" in last.text
    assert "kept until you could be disturbed" in str(last.blocks)
    assert len(_told(office, office.ann)) == 2


def test_quiet_hours_that_end_let_go_what_waited(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "quiet 12:00-14:00")
    office.crm(office.ann, "task call Acme 2026-11-23 12:30")
    office.pass_time(hours=3, minutes=40)
    worker.tick()
    assert _told(office, office.ann) == []
    assert "Quiet hours" in office.crm(office.ann, "quiet off").text
    worker.tick()
    assert len(_told(office, office.ann)) == 1


def test_while_one_is_away_reminders_go_to_the_stand_in_who_may_close_them(
    office: Office, worker: Worker
) -> None:
    office.crm(office.bo, "day")
    office.crm(office.ann, "task call Acme 2026-11-24 10:00")
    away = office.crm(office.ann, "away until 2026-11-25 @bo")
    assert "Your reminders go to Bo Berg" in away.text
    office.pass_time(days=1, hours=1)
    worker.tick()
    worker.tick()
    assert _told(office, office.ann) == []
    (reminder,) = office.slack.dm(office.bo)
    assert "call Acme" in reminder.text
    assert "for Ann Lee, who is away" in str(reminder.blocks)
    office.press(office.bo, reminder, "Done")
    assert "Done: *call Acme*" in office.slack.dm(office.bo)[-1].text


def test_without_a_stand_in_reminders_wait_for_the_first_day_back(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "task call Acme 2026-11-24 10:00")
    assert "Your reminders wait for you" in office.crm(office.ann, "away until Friday").text
    assert "。你的提醒会等你回来再发。" in office.crm(office.lilei, "请假 到周五").text
    assert "欢迎回来" in office.crm(office.lilei, "请假 回来").text
    office.pass_time(days=4, hours=10)
    worker.tick()
    assert _told(office, office.ann) == []
    office.pass_time(days=2, hours=14)
    worker.tick()
    assert len(_told(office, office.ann)) == 1


def test_nobody_hears_of_what_they_switched_off(office: Office, worker: Worker) -> None:
    office.crm(office.bo, "day")
    assert "You do not hear of: Tasks given to you" in office.crm(office.bo, "notifications tasks off").text
    office.crm(office.ann, "task @bo demo prep 2026-11-23 13:00")
    worker.tick()
    assert _told(office, office.bo) == []
    office.pass_time(hours=4)
    worker.tick()
    assert len(_told(office, office.bo)) == 1
    assert "leads off" in office.crm(office.bo, "notifications birds off").text


def test_everybody_says_above_how_many_an_hour_their_reminders_come_as_one(
    office: Office, worker: Worker
) -> None:
    assert "one message above 2 an hour" in office.crm(office.ann, "notifications above 2").text
    assert "每小时超过 2 条就合并成一条" in office.crm(office.lilei, "我的提醒 超过2条合并").text
    assert "特别多时合并成一条" in office.crm(office.lilei, "我的提醒 合并默认").text
    for minute in (0, 5, 10):
        for person in (office.ann, office.lilei):
            office.crm(person, f"task call Acme 2026-11-23 19:{minute:02}")
    office.pass_time(hours=11)
    worker.tick()
    assert len(_told(office, office.ann)) == 1
    assert "3 tasks due" in _told(office, office.ann)[0]
    assert len(_told(office, office.lilei)) == 3
    office.press(office.ann, office.crm(office.ann, "notifications").message, "notify.edit")
    wrong = office.submit(office.ann, {"digest_above": "many"})
    assert list(wrong.errors) == ["digest_above"]
    office.submit(office.ann, {"digest_above": ""})
    assert "one message when there are very many" in str(office.said(office.ann).blocks)


def test_the_form_says_it_all_in_chinese_and_undo_takes_it_back(office: Office) -> None:
    card = office.crm(office.lilei, "我的提醒").message
    assert "免打扰时段" in str(card.blocks)
    office.press(office.lilei, card, "notify.edit")
    wrong = office.submit(office.lilei, {"quiet_from": "22:00", "quiet_until": None})
    assert list(wrong.errors) == ["quiet_until"]
    office.submit(
        office.lilei, {"quiet_from": "22:00", "quiet_until": "07:30", "day_hour": "8", "heard": ["reminders"]}
    )
    said = office.said(office.lilei)
    assert "22:00 – 07:30" in str(said.blocks)
    assert "不通知你：派给我的任务" in str(said.blocks)
    office.press(office.lilei, said, "undo")
    assert "07:30" not in str(office.crm(office.lilei, "我的提醒").message.blocks)
    assert "22:00 – 08:00" in office.crm(office.lilei, "免打扰 晚上10点到早上8点").text
