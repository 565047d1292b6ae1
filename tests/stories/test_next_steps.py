"""No next step: seen on lists and in the day, until something is planned or it rests."""

from tests.support.office import Office


def test_lists_tell_which_opportunity_has_no_next_step_until_one_is_planned(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "deal Globex 20k")
    office.crm(office.ann, "task Globex send the offer Fri")
    text = office.crm(office.ann, "day").text
    assert text.count("No next step planned") == 1
    assert "暂停" not in str(office.crm(office.lilei, "客户 Acme").message.blocks)
    office.more(office.ann, office.crm(office.ann, "deal Acme"), "Pause…")
    office.submit(office.ann, {"until": "2026-12-15", "why": "budget comes in January"})
    text = office.crm(office.ann, "day").text
    assert "No next step planned" not in text
    assert "waits until" in text
