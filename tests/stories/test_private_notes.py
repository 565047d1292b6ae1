"""Private notes and feedback: who sees what, and what is listed with the evaluation."""

from tests.support.office import Office


def test_a_private_note_is_seen_by_its_author_their_managers_and_admins_alone(office: Office) -> None:
    office.crm(office.ada, "day")
    office.crm(office.ann, "deal Acme 100k 2026-12-20")
    office.crm(office.ada, f"team <@{office.mia.id}> manager")
    written = office.crm(office.ann, "private Acme would accept 8% off")
    assert "would accept 8% off" in written.text
    assert "admins" in str(written.message.blocks)
    assert "would accept" in office.crm(office.ada, "private OPP-1").text
    for person, line in ((office.bo, "private OPP-1"), (office.lilei, "私密备注 Acme")):
        assert "accept" not in office.crm(person, line).text
    assert "accept" not in str(office.crm(office.bo, "deal Acme").message.blocks)
    office.crm(office.bo, "customer 360 Acme")
    office.press(office.bo, None, "Timeline")
    assert "accept" not in str(office.slack.modal(office.bo).blocks)
    assert "8% off" not in office.crm(office.bo, "find accept").text
    card = office.crm(office.ann, "deal Acme")
    office.more(office.ann, card, "Private notes")
    office.press(office.ann, None, "New private note")
    assert list(office.submit(office.ann, {"text": " "}).errors) == ["text"]
    office.submit(office.ann, {"text": "the CFO plays golf"})
    notes = office.said(office.ann)
    assert "golf" in notes.text
    office.press(office.ann, notes, "Undo")
    assert "golf" not in office.crm(office.ann, "private Acme").text
    office.press(office.ann, written, "Delete")
    assert "No private note yet" in office.said(office.ann).text


def test_feedback_and_market_information_are_listed_with_the_evaluation(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-20")
    logged = office.crm(office.ann, "log Acme feedback: the demo was too long")
    assert "Customer feedback" in str(logged.message.blocks)
    office.crm(office.ann, "记 Acme 市场信息：友商降价一成")
    seen = office.crm(office.ann, "score Acme")
    assert "*Customer feedback*  the demo was too long" in seen.text
    assert "*Market information*  友商降价一成" in seen.text
    office.press(office.ann, seen, "Feedback")
    office.submit(office.ann, {"text": "they love the reports"})
    assert "they love the reports" in office.crm(office.lilei, "评估 Acme").text
    office.press(office.ann, logged, "Edit")
    office.submit(office.ann, {"tells": None})
    assert "too long" not in office.crm(office.ann, "score Acme").text
