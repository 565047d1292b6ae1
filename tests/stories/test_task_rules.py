"""Rules for tasks through the whole bot: what stages plan, and what managers hear of what is overdue."""

import pytest

from bot.jobs import Worker
from tests.support.office import Office


@pytest.fixture
def worker(office: Office, worker: Worker) -> Worker:
    """The office's worker; Mia leads Bo, in English."""
    for person in (office.ada, office.mia, office.bo):
        office.crm(person, "day")
    office.press(office.ada, office.crm(office.ada, "team Bo"), "Edit")
    office.submit(office.ada, {"role": "rep", "manager": ("Mia", "Mia Moss")})
    return worker


def test_a_stage_plans_tasks_that_go_with_the_moves_undo(office: Office, worker: Worker) -> None:
    assert "No stage plans anything yet" in office.crm(office.ada, "task rules").text
    assert "Ada Admin" in office.crm(office.bo, "task template Proposal: send references in 2 days").text
    ruled = office.crm(office.ada, "task template Proposal: send references in 2 days")
    assert "*Proposal* → send references" in str(ruled.message.blocks)
    assert "in 2 days" in ruled.text
    office.crm(office.ada, "任务 模板 方案：审阅报价 当天 由经理")
    office.crm(office.bo, "deal Acme 120k")
    moved = office.crm(office.bo, "stage Acme proposal")
    assert "2 tasks planned" in moved.text
    assert "• send references · Bo Berg · Due Wed, Nov 25, 2026" in moved.text
    assert "• 审阅报价 · Mia Moss · Due Mon, Nov 23, 2026" in moved.text
    assert "send references" in office.crm(office.bo, "task mine").text
    office.press(office.bo, moved, "Undo")
    assert "send references" not in office.crm(office.bo, "task mine").text
    office.press(office.ada, office.crm(office.ada, "settings"), "Task rules")
    rules = office.said(office.ada)
    about = next(b["accessory"]["value"] for b in rules.blocks if "send references" in str(b))
    office.press(office.ada, rules, "task_rules.edit", about)
    assert list(office.submit(office.ada, {"after_days": "x"}).errors) == ["after_days"]
    office.submit(office.ada, {"after_days": "3", "whose": "person", "person": office.ann})
    assert "in 3 days · Ann Lee" in office.said(office.ada).text


def test_a_manager_hears_once_of_what_is_overdue_for_working_days(office: Office, worker: Worker) -> None:
    assert "overdue for 2 working days" in office.crm(office.ada, "task escalate after 2 working days").text
    office.crm(office.bo, "task send the offer 2026-11-26")
    for _day in range(4):
        office.pass_time(days=1)
        worker.tick()
    assert office.slack.dm(office.mia) == []
    for _day in range(4):
        office.pass_time(days=1)
        worker.tick()
    (told,) = office.slack.dm(office.mia)
    assert "1 task of your people is overdue" in told.text
    office.press(office.mia, told, "Hand over…")
    office.submit(office.mia, {"person": office.ann, "words": "Bo is away"})
    assert "Ann Lee has it now" in office.said(office.mia).text
    assert "hear nothing of overdue tasks" in office.crm(office.ada, "task escalate off").text
    assert "escalate Acme issue" in office.crm(office.ada, "task escalate Acme issue Fri").text
