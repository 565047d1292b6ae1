"""Digests through the whole bot: asked for in a line or a form, listed, paused, run, deleted, taken back."""

from tests.payloads.validator import problems_of_message, problems_of_view
from tests.support.office import Office


def test_one_line_subscribes_the_channel_and_says_the_next_runs(office: Office) -> None:
    answer = office.crm(office.ann, "digest forecast every Monday 9:00")
    said = str(answer.message.blocks)
    assert "Forecast digest" in said
    assert "Every Monday at 9:00 AM" in said
    assert "Mon, Nov 30, 9:00 AM" in said
    assert problems_of_message({"text": answer.message.text, "blocks": answer.message.blocks}) == []


def test_a_chinese_line_subscribes_too(office: Office) -> None:
    answer = office.crm(office.lilei, "订阅 业绩 每月最后一个工作日 18:00")
    assert "业绩汇总" in answer.message.text
    assert "最后一个工作日 18:00" in answer.message.text


def test_the_list_pauses_resumes_and_deletes_and_an_undo_brings_back(office: Office) -> None:
    office.crm(office.ann, "digest forecast every Monday 9:00")
    listed = office.crm(office.ann, "digest")
    assert problems_of_message({"text": listed.message.text, "blocks": listed.message.blocks}) == []
    office.press(office.ann, listed, "Pause")
    assert "Paused" in str(office.said(office.ann).blocks)
    office.press(office.ann, office.said(office.ann), "Resume")
    assert "Next: " in str(office.said(office.ann).blocks)
    office.press(office.ann, office.said(office.ann), "Delete")
    assert "No digest comes to this channel" in office.said(office.ann).text
    office.press(office.ann, office.said(office.ann), "Undo")
    assert "Forecast digest" in str(office.crm(office.ann, "digest").message.blocks)


def test_the_form_subscribes_several_weekdays_and_asks_for_one_at_least(office: Office) -> None:
    office.crm(office.ann, "digest")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert problems_of_view(view.body, "modal") == []
    refused = office.submit(office.ann, {"weekdays": []})
    assert list(refused.errors) == ["weekdays"]
    office.submit(office.ann, {"kind": "performance", "weekdays": ["1", "4"], "at": "08:30"})
    said = str(office.said(office.ann).blocks)
    assert "Performance summary" in said
    assert "Every Monday, Thursday at 8:30 AM" in said


def test_a_line_that_is_not_understood_opens_the_form_with_what_was(office: Office) -> None:
    office.crm(office.ann, "digest performance")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert "When shall it come?" in str(view.body)
    assert "Performance summary" in str(view.body["blocks"][1]["element"]["initial_option"])
    office.crm(office.ann, "digest weather every Monday 9:00")
    view = office.slack.modal(office.ann)
    assert view is not None
    assert "I do not know the digest “weather”" in str(view.body)
