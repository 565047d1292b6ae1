"""A stage that somebody guards: asked, approved, declined, outdated, withdrawn; the absent stood in for."""

from bot.jobs import Worker
from tests.support.office import Office


def _guarded(office: Office) -> None:
    """Ann's opportunity is in Qualification; Mia guards Negotiation, Bo stands below Mia."""
    office.crm(office.mia, "help")
    for person in (office.ann, office.bo):
        office.crm(person, "help")
    office.press(office.ada, office.crm(office.ada, "pipelines Sales"), ("stage-4", "stage.change"), "Edit")
    office.submit(office.ada, {"approver": office.mia.id})
    assert "Mia Moss approves" in office.said(office.ada).text
    office.crm(office.ann, "deal Acme 120k")


def test_it_moves_when_the_approver_says_yes_and_who_asked_is_told(office: Office, worker: Worker) -> None:
    _guarded(office)
    asked = office.crm(office.ann, "stage OPP-1 negotiation")
    assert "Asked Mia Moss" in asked.text
    assert "Qualification" in asked.text
    worker.tick()
    question = office.slack.dm(office.mia)[-1]
    assert "Ann Lee asks for your approval" in question.text
    assert "waits for Mia Moss" in str(office.crm(office.ann, "deal OPP-1").message.blocks)
    assert "decides. You can withdraw" in office.crm(office.ann, "approvals OPP-1 yes").text
    assert "is asked to decide" in office.crm(office.bo, "approvals OPP-1 yes").text
    office.press(office.mia, question, "Approve")
    assert "Negotiation" in office.crm(office.bo, "deal OPP-1").text
    worker.tick()
    assert "Mia Moss has approved" in office.slack.dm(office.ann)[-1].text
    office.pass_time(days=2)
    worker.tick()
    assert not any("Still waiting" in each.text for each in office.slack.dm(office.mia))


def test_a_no_has_a_reason_and_a_change_or_a_withdrawal_kills_the_request(
    office: Office, worker: Worker
) -> None:
    _guarded(office)
    office.crm(office.ann, "stage OPP-1 negotiation")
    worker.tick()
    question = office.slack.dm(office.mia)[-1]
    office.press(office.mia, question, "Decline request…")
    office.submit(office.mia, {"reason": "Too early"})
    worker.tick()
    told = office.slack.dm(office.ann)[-1]
    assert "has declined" in told.text
    assert "Too early" in told.text
    again = office.crm(office.ann, "stage OPP-1 negotiation")
    office.more(office.ann, again, "Edit")
    office.submit(office.ann, {"amount": "200k"})
    assert "Nothing about OPP-1" in office.crm(office.mia, "审批 OPP-1 同意").text
    worker.tick()
    assert "so your request for *Negotiation* has ended" in office.slack.dm(office.ann)[-1].text
    asked = office.crm(office.ann, "stage OPP-1 negotiation")
    office.press(office.ann, asked, "Withdraw")
    assert "Nothing about OPP-1" in office.crm(office.mia, "approvals OPP-1 yes").text
    worker.tick()
    assert "Qualification" in office.crm(office.ann, "deal OPP-1").text


def test_the_approver_moves_at_once_and_whoever_is_away_is_stood_in_for(
    office: Office, worker: Worker
) -> None:
    _guarded(office)
    office.crm(office.mia, "deal Borg 10k")
    assert "Moved to *Negotiation*" in office.crm(office.mia, "stage OPP-2 negotiation").text
    office.crm(office.mia, "lead away until 2026-12-31")
    assert "Asked Ada Admin" in office.crm(office.ann, "stage OPP-1 negotiation").text
    worker.tick()
    question = office.slack.dm(office.ada)[-1]
    office.press(office.ada, question, "Approve")
    assert "Negotiation" in office.crm(office.ann, "deal OPP-1").text
    office.crm(office.ada, "deal Cyan 5k")
    assert "Moved to *Negotiation*" in office.crm(office.ada, "stage OPP-3 negotiation").text
    assert "must approve" in office.crm(office.ann, "deal Dora 5k stage negotiation").text
