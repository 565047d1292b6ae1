"""Mornings through the whole bot: one message a working day, counted down in place, at the hour one wants."""

from bot.jobs import Worker
from tests.support.office import Office


def _mornings(office: Office, who: object) -> list[str]:
    return [message.text for message in office.slack.dm(who) if message.text.startswith("☀️")]


def test_the_day_comes_once_in_the_morning_of_working_days_and_counts_down(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "task Acme send references 2026-11-24")
    for who in (office.ann, office.bo):
        office.press(who, office.crm(who, "day 9:00"), "Send it at 9:00 AM")
    worker.tick()
    assert _mornings(office, office.ann) == []
    office.pass_time(days=1)
    worker.tick()
    worker.tick()
    (sent,) = [each for each in office.slack.dm(office.ann) if each.text.startswith("☀️")]
    assert "send references" in sent.text
    assert _mornings(office, office.bo) == []
    office.press(office.ann, sent, "Done")
    assert "Done: *Acme send references*" in str(office.slack.dm(office.ann)[-1].blocks)
    assert "Comes on working days at 9:00 AM" in str(office.slack.dm(office.ann)[-1].blocks)
    office.crm(office.ann, "task Acme call back 2026-12-01")
    for _ in range(6):
        office.pass_time(days=1)
        worker.tick()
    assert len(_mornings(office, office.ann)) == 4


def test_after_downtime_the_mornings_that_are_over_say_nothing_and_todays_comes_late(
    office: Office, worker: Worker
) -> None:
    office.crm(office.ann, "task !send references 2026-11-24")
    office.press(office.ann, office.crm(office.ann, "day 9:00"), "Send it at 9:00 AM")
    worker.tick()
    office.pass_time(days=3, hours=2)
    worker.tick()
    worker.tick()
    (morning,) = _mornings(office, office.ann)
    assert "send references" in morning


def test_everybody_chooses_the_hour_or_has_none(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "task Acme call 2026-11-30")
    office.press(office.ann, office.crm(office.ann, "day 15:00"), "Send it at 3:00 PM")
    assert "at 3:00 PM" in str(office.said(office.ann).blocks)
    office.pass_time(hours=6, minutes=1)
    worker.tick()
    assert len(_mornings(office, office.ann)) == 1
    office.press(office.ann, office.crm(office.ann, "day off"), "Stop")
    office.pass_time(days=1)
    worker.tick()
    assert len(_mornings(office, office.ann)) == 1
    assert "no hour" in office.crm(office.ann, "day sometime").text
    assert "15:00" in str(office.crm(office.lilei, "今天 下午3点").message.blocks)


def test_what_is_due_when_the_day_comes_is_said_in_it_and_not_twice(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "task send references 2026-11-24 09:00")
    office.crm(office.ann, "task call back 2026-11-24 09:30")
    office.press(office.ann, office.crm(office.ann, "day 9:00"), "Send it at 9:00 AM")
    worker.tick()
    office.pass_time(days=1)
    worker.tick()
    worker.tick()
    (sent,) = office.slack.dm(office.ann)
    assert "send references" in sent.text
    office.pass_time(minutes=30)
    worker.tick()
    assert office.slack.dm(office.ann)[-1].text.startswith("⏰ call back")
    assert len(office.slack.dm(office.ann)) == 2


def test_the_first_reminder_offers_the_day_and_stays(office: Office, worker: Worker) -> None:
    office.crm(office.ann, "task call Acme 2026-11-23 10:00")
    office.crm(office.ann, "task call Birch 2026-11-23 11:00")
    office.pass_time(hours=1)
    worker.tick()
    (first,) = office.slack.dm(office.ann)
    office.press(office.ann, first, "Send it at 9:00 AM")
    assert "at 9:00 AM" in office.said(office.ann).text
    assert office.slack.dm(office.ann)[0].text.startswith("⏰ call Acme")
    office.pass_time(hours=1)
    worker.tick()
    assert "day.hour" not in str(office.slack.dm(office.ann)[-1].blocks)


def test_the_day_names_what_needs_a_look_and_lets_it_rest(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k close 2026-12-01")
    office.pass_time(days=10)
    day = office.crm(office.ann, "day").message
    assert "👀 1 past its close date" in day.text
    row = next(block for block in day.blocks if "signal.pause" in str(block))
    assert [each["text"]["text"] for each in row["elements"]] == ["Log", "Task", "Pause", "Show"]
    office.press(office.ann, day, "signal.pause")
    office.submit(office.ann, {"until": "2026-12-20", "why": "their budget comes in January"})
    assert "👀" not in office.crm(office.ann, "day").text
