"""Figures through the whole bot: forecast, pipeline, report, plan, and from a figure to a measure."""

from typing import Any

from tests.support.office import Office


def _ann_sells(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-15")
    office.crm(office.ann, "deal Borg 40k 2027-02-01")
    office.crm(office.ann, "deal Cray 30k")
    office.crm(office.ann, "stage Cray won")
    office.submit(office.ann, {"amount": "30k", "closed_on": "2026-11-23"})


def _fields(answer: Any) -> dict[str, str]:
    """Label and value of the fields of a message, or of a command's answer."""
    blocks = answer.ack["blocks"] if hasattr(answer, "ack") else answer.blocks
    pairs = [field["text"] for block in blocks for field in block.get("fields") or []]
    return {label.strip("*"): value for label, _, value in (pair.partition("\n") for pair in pairs)}


def test_the_forecast_says_won_range_quota_and_stages_of_a_period_and_a_person(office: Office) -> None:
    _ann_sells(office)
    found = office.crm(office.ann, "forecast this quarter")
    assert "Q4 2026" in found.text
    assert _fields(found)["Won so far"] == "$30,000"
    assert _fields(found)["Quota"] == "not set"
    assert "$140K" in found.text
    mine = office.crm(office.bo, "forecast mine")
    assert "Bo Berg" in mine.text
    assert _fields(mine)["Won so far"] == "$0"
    office.press(office.ann, found, "Next quarter")
    assert "Q1 2027" in office.said(office.ann).text


def test_a_question_that_cannot_be_answered_is_refused_with_an_example(office: Office) -> None:
    for question, answer in (
        ("forecast last quarter", "/crm forecast next quarter"),
        ("forecast xyzzy", "“xyzzy”"),
        ("report by colour", "“colour”"),
        ("pipeline blue", "“blue”"),
    ):
        assert answer in office.crm(office.ann, question).text
    assert "/crm 报表 赢单率" in office.crm(office.lilei, "报表 按颜色").text


def test_the_pipeline_is_everybodys_or_ones_own(office: Office) -> None:
    _ann_sells(office)
    assert "$140K" in office.crm(office.bo, "pipeline").text
    mine = office.crm(office.bo, "pipeline mine")
    assert "$140K" not in mine.text
    office.press(office.bo, mine, "Everyone's")
    assert "$140K" in office.said(office.bo).text


def test_the_report_splits_win_rates_by_words_and_by_button_in_both_languages(office: Office) -> None:
    _ann_sells(office)
    report = office.crm(office.ann, "report this quarter")
    assert "100% (1/1)" in report.text
    assert "Ann Lee" in report.text
    office.press(office.ann, report, "By source")
    assert "1 won of 1 ended" in office.said(office.ann).text
    assert "1 won of 1 ended" in office.crm(office.ann, "report win rate by person").text
    assert "按来源" in office.crm(office.lilei, "报表 赢单率 按来源").text


def test_a_quota_is_set_by_those_who_may_and_the_plan_shows_the_gap(office: Office) -> None:
    _ann_sells(office)
    plan = office.crm(office.ann, "plan")
    office.press(office.ann, plan, "Set quota")
    refused = office.submit(office.ann, {"amount": "abc"})
    assert list(refused.errors) == ["amount"]
    office.submit(office.ann, {"amount": "100k"})
    said = office.said(office.ann)
    assert _fields(said) | {"Quota": "$100,000", "Still missing": "$70,000"} == _fields(said)
    assert "30%" in said.text
    assert _fields(office.crm(office.bo, "forecast"))["Quota"] == "$100,000"
    office.press(office.bo, office.crm(office.bo, "plan"), "Set quota")
    taken = office.submit(office.bo, {"seller": "Ann Lee", "amount": "1"})
    assert "Ann Lee" in taken.errors["seller"]
    office.press(office.ann, said, "Undo")
    assert _fields(office.crm(office.ann, "plan"))["Quota"] == "not set"


def test_a_quota_is_set_by_a_line_that_names_whose_it_is(office: Office) -> None:
    said = office.crm(office.ann, "plan Ann 100k")
    assert _fields(said)["Quota"] == "$100,000"
    office.press(office.ann, said, "Undo")
    assert _fields(office.crm(office.ann, "plan"))["Quota"] == "not set"
    assert "Ann Lee" in office.crm(office.bo, "plan Ann 100k").text
    assert _fields(office.crm(office.ann, "plan"))["Quota"] == "not set"
    assert "by quarter" in office.crm(office.ann, "plan Ann 100k FY27").text
    office.crm(office.ann, "plan 100k Q1")
    office.submit(office.ann, {})
    assert _fields(office.said(office.ann))["Quota"] == "$100,000"


def test_a_figure_becomes_a_measure_with_todays_value_a_task_and_a_review(office: Office) -> None:
    _ann_sells(office)
    report = office.crm(office.ann, "report")
    office.press(office.ann, report, ("won_amount", "measure.new"))
    assert "Today: $30,000" in office.slack.modal(office.ann).text
    office.submit(
        office.ann, {"cause": "demos come late", "action": "book the demo early", "review_on": "2026-12-23"}
    )
    said = office.said(office.ann)
    assert "book the demo early" in said.text
    assert "$30,000" in said.text
    assert "book the demo early" in office.crm(office.bo, "report").text
    assert "book the demo early" in office.crm(office.ann, "task list").text
    office.press(office.ann, said, "Undo")
    assert "book the demo early" not in office.crm(office.bo, "report").text


def test_a_measure_without_time_to_act_is_refused_at_its_field(office: Office) -> None:
    forecast = office.crm(office.ann, "pipeline")
    office.press(office.ann, forecast, "Improve…")
    values = {"cause": "x", "action": "y", "review_on": "2026-11-23"}
    assert list(office.submit(office.ann, values).errors) == ["review_on"]
    assert office.submit(office.ann, {"review_on": "2026-11-30"}).errors == {}
