"""Hand-overs through the whole bot: counted, confirmed, told to both, and taken back."""

from bot.jobs import Worker
from tests.support.office import Office


def _bo_has_a_book(office: Office) -> None:
    office.crm(office.ada, "help")
    office.crm(office.bo, "deal Acme 120k")
    office.crm(office.bo, "deal Borg 40k")
    office.crm(office.bo, "stage Borg lost price")
    office.crm(office.bo, "customer Acme region North")
    office.crm(office.bo, "lead Blue Ocean")
    office.crm(office.bo, "task Acme demo prep 2026-11-25 15:00")


def test_a_book_is_counted_confirmed_told_to_both_and_taken_back(office: Office, worker: Worker) -> None:
    _bo_has_a_book(office)
    office.crm(office.ada, "handover @bo to @ann")
    counted = office.slack.modal(office.ada).text
    for line in ("2 customers", "2 opportunities", "1 open lead", "1 open task"):
        assert line in counted
    office.submit(office.ada)
    done = office.said(office.ada)
    assert "Ann Lee has taken over from Bo Berg" in done.text
    worker.tick()
    assert "Ada Admin handed Bo Berg's book to you" in office.slack.dm(office.ann)[-1].text
    assert "handed your book to Ann Lee" in office.slack.dm(office.bo)[-1].text
    assert "Ann Lee" in office.crm(office.bo, "deal Acme").text
    office.pass_time(days=2, hours=6)
    worker.tick()
    assert "demo prep" in office.slack.dm(office.ann)[-1].text
    office.press(office.ada, done, "Undo")
    assert "Bo Berg" in office.crm(office.ann, "deal Acme").text


def test_a_part_of_a_book_goes_by_region_and_only_what_is_open(office: Office) -> None:
    _bo_has_a_book(office)
    office.crm(office.ada, "移交 @bo 给 @ann 地区 North open only")
    counted = office.slack.modal(office.ada).text
    assert "1 customer" in counted
    assert "1 opportunity" in counted
    assert "Region: North" in counted
    office.submit(office.ada)
    assert "Bo Berg" in office.crm(office.ann, "customer Borg").text
    office.crm(office.ada, "handover")
    refused = office.submit(office.ada, {"giver": "Bo Berg", "taker": "Ann Lee", "region": "South"})
    assert "nothing that fits" in refused.errors["giver"]


def test_only_those_above_hand_a_book_over(office: Office) -> None:
    _bo_has_a_book(office)
    said = office.crm(office.ann, "handover @bo to @ann")
    assert "Only a manager of Bo Berg or an admin" in said.text
    assert "Ada Admin" in said.text
    same = office.crm(office.ada, "handover @bo to @bo")
    assert "has this book already" in same.text
