"""Satisfaction through the whole bot: scores by line and form, the survey to forward, the report."""

from tests.support.office import Office


def test_a_line_records_a_score_and_undo_takes_it_back(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    said = office.crm(office.ann, "satisfaction Acme 4 slow delivery")
    assert "4 of 5" in said.text
    assert "slow delivery" in said.text
    assert "Ann Lee" in str(said.body)
    shown = office.crm(office.bo, "satisfaction Acme")
    assert "1 answer" in shown.text
    assert "slow delivery" in str(shown.body)
    assert "4 of 5" in str(office.crm(office.bo, "customer Acme").body)
    office.press(office.ann, said, "Undo")
    assert "No score yet" in office.crm(office.bo, "satisfaction Acme").text


def test_scores_are_read_in_both_languages_and_a_small_one_can_be_of_ten(office: Office) -> None:
    office.crm(office.lilei, "客户 华星")
    nine = office.crm(office.lilei, "满意度 华星 9 现场响应很快")
    assert "推荐意愿" in nine.text
    assert "9/10" in nine.text
    assert "3/5" in office.crm(office.lilei, "满意度 华星3分").text
    four = office.crm(office.ann, "satisfaction 华星 4")
    office.press(office.ann, four, "It was 4 of 10 (NPS)")
    assert "4 of 10" in office.said(office.ann).text
    assert "6 of 10" in office.crm(office.ann, "nps 华星 6/10").text


def test_what_is_missing_or_off_the_scale_is_asked_in_the_form_with_the_rest_kept(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    office.crm(office.ann, "satisfaction Acme csat 7 too slow")
    assert "7 is not on the scale" in office.slack.modal(office.ann).text
    refused = office.submit(office.ann, {"score": "8"})
    assert "1 to 5" in refused.errors["score"]
    office.submit(office.ann, {"kind": "nps"})
    saved = office.said(office.ann)
    assert "8 of 10" in saved.text
    assert "too slow" in saved.text
    office.crm(office.ann, "满意度")
    assert office.slack.modal(office.ann).title == "Record a score"


def test_a_score_from_an_activitys_card_is_of_whoever_did_it(office: Office) -> None:
    logged = office.crm(office.bo, "log Acme visit: delivered and trained")
    office.press(office.ann, logged, "Satisfaction")
    office.submit(office.ann, {"score": "5", "comment": "trainer knew our plant"})
    assert "Bo Berg" in str(office.said(office.ann).blocks)


def test_two_edits_of_one_score_show_both_values(office: Office) -> None:
    office.crm(office.ann, "customer Acme")
    said = office.crm(office.ann, "satisfaction Acme 4 late")
    office.press(office.ann, said, "Edit")
    office.press(office.ada, office.crm(office.ada, "satisfaction Acme"), "Edit")
    office.submit(office.ada, {"comment": "late by a day"})
    office.submit(office.ann, {"comment": "late by a week"})
    assert "late by a day" in office.slack.modal(office.ann).text
    office.submit(office.ann)
    assert "late by a week" in str(office.crm(office.bo, "satisfaction Acme").body)
    office.press(office.bo, office.crm(office.bo, "satisfaction Acme"), "Edit")
    assert "Ann Lee" in str(office.submit(office.bo, {"comment": "never"}).errors)


def test_a_survey_is_in_the_customers_language_and_leads_to_its_answer(office: Office) -> None:
    office.crm(office.lilei, "客户 华星")
    office.crm(office.ann, "survey 华星")
    assert "您好" in str(office.slack.modal(office.ann).blocks)
    office.press(office.ann, office.slack.modal(office.ann), "In English")
    assert "thank you for working with us" in str(office.slack.modal(office.ann).blocks)
    office.press(office.ann, office.slack.modal(office.ann), "Recommendation")
    assert "recommend us" in str(office.slack.modal(office.ann).blocks)
    office.submit(office.ann)
    office.submit(office.ann, {"score": "9"})
    assert "9 of 10" in office.said(office.ann).text


def test_the_report_tells_scores_by_person_product_and_customer_with_their_range(office: Office) -> None:
    office.press(office.ada, office.crm(office.ada, "settings"), "Products")
    office.press(office.ada, office.said(office.ada), "Add a product")
    office.submit(office.ada, {"name": "Pro", "price": "100"})
    office.crm(office.ann, "customer Acme")
    office.crm(office.ann, "satisfaction Acme 5 product Pro quick help")
    office.crm(office.ann, "satisfaction Acme 2 slow")
    office.crm(office.ann, "satisfaction Acme nps 10")
    report = office.crm(office.mia, "report satisfaction")
    assert "3.5 of 5" in report.text
    assert "50% satisfied (likely 9 to 91%)" in report.text
    assert "NPS 100" in report.text
    for name in ("Ann Lee", "Pro", "Acme"):
        assert name in report.text
    assert "Nobody has given" in office.crm(office.mia, "report satisfaction last quarter").text
    assert "满意率" in office.crm(office.lilei, "报表 满意度").text


def test_the_overview_has_scores_team_and_the_timeline_tells_of_both(office: Office) -> None:
    card = office.crm(office.ann, "customer Acme channel direct")
    office.crm(office.ann, "satisfaction Acme 4 slow delivery")
    office.crm(office.ann, "customer Acme via partner Ingram")
    office.press(office.bo, card, "Full view")
    assert "Distribution · Ingram" in office.slack.modal(office.bo).text
    for tab, said in (("Satisfaction", "slow delivery"), ("Team", "Owner: Ann Lee")):
        office.press(office.bo, office.slack.modal(office.bo), tab)
        assert said in office.slack.modal(office.bo).text
    office.press(office.bo, office.slack.modal(office.bo), "Timeline")
    told = office.slack.modal(office.bo).text
    assert "Satisfaction *4 of 5* · slow delivery" in told
    assert "Sales channel: Direct → Distribution" in told
    assert "Partner: Ingram" in told
