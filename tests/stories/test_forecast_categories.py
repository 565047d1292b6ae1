"""What an opportunity counts as in the forecast, by hand with a reason, through the whole bot."""

from tests.support.office import Office


def test_a_category_by_hand_has_a_reason_and_stands_on_the_card_and_in_the_forecast(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k close 2026-12-20")
    assert "*Forecast category*\nIn the pipeline" in str(office.crm(office.ann, "deal OPP-1").ack).replace(
        "\\n", "\n"
    )
    asked = office.crm(office.ann, "category Acme commit")
    assert "Why does it count so?" in asked.text
    office.submit(office.ann, {"category_reason": "signed letter of intent"})
    said = office.said(office.ann)
    assert "✋ Commit by hand instead of In the pipeline: signed letter of intent" in said.seen
    forecast = str(office.crm(office.bo, "forecast").ack)
    assert "Commit: $120K · 1 open · ✋ 1 by hand" in forecast
    assert "instead of In the pipeline: signed letter of intent" in forecast
    assert "承诺：" in str(office.crm(office.lilei, "预测").ack)
    assert "手动改为“承诺”" in str(office.crm(office.lilei, "商机 OPP-1").ack)
    office.press(office.ann, said, "Undo")
    assert "by hand" not in str(office.crm(office.ann, "deal OPP-1").ack)
    told = office.crm(office.ann, "category OPP-1 best case because their board meets on Friday")
    assert "Best case by hand instead of In the pipeline: their board meets on Friday" in str(told.ack)
    assert "is no forecast category" in office.crm(office.ann, "category Acme maybe").text
    office.crm(office.ann, "category Acme")
    assert "their board meets on Friday" in office.slack.modal(office.ann).text
    refused = office.submit(office.ann, {"category": "omitted", "category_reason": ""})
    assert "Why does it count so?" in refused.errors["category_reason"]
    assert "Acme" in office.crm(office.ann, "category Acme rule").text
    assert "by hand" not in str(office.crm(office.ann, "deal OPP-1").ack)
    office.crm(office.ann, "customer 360 Acme")
    office.press(office.ann, None, "Timeline")
    assert "Reason: signed letter of intent" in office.slack.modal(office.ann).text
    office.crm(office.ann, "category Acme commit: they said yes")
    office.crm(office.ann, "stage Acme won 120k")
    assert "has ended" in office.crm(office.ann, "category OPP-1 commit: late").text


def test_two_who_choose_a_category_at_once_see_both(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k close 2026-12-20")
    office.crm(office.ada, "category Acme")
    office.crm(office.ann, "类别 Acme 乐观：下周五开董事会")
    office.submit(office.ada, {"category": "commit", "category_reason": "signed"})
    form = office.slack.modal(office.ada)
    assert "Now: Best case" in form.text
    assert "Now: 下周五开董事会" in form.text
    office.submit(office.ada, {"category": "commit", "category_reason": "signed"})
    assert "Commit by hand instead of In the pipeline: signed" in office.said(office.ada).seen
