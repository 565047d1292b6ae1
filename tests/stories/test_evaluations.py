"""Evaluating through the whole bot: the scorecard, one press a question, one line, the strategy."""

from tests.support.office import Office


def test_an_opportunity_is_evaluated_in_a_form_and_a_line_and_its_score_kept_over_time(
    office: Office,
) -> None:
    card = office.crm(office.ann, "deal Acme 100k 2026-12-20")
    office.more(office.ann, card, "Evaluate")
    assert list(office.submit(office.ann, {}).errors) == ["level_need"]
    office.submit(office.ann, {"level_need": "3", "level_budget": "1", "note": "the plant manager called"})
    first = office.said(office.ann)
    assert "22 of 100" in first.text  # 4 of 18 points
    assert "Money would have to be found" in first.text
    office.pass_time(hours=48)
    again = office.crm(office.ann, "score OPP-1 budget 3, authority: 2 they signed the budget")
    assert "44 of 100" in again.text
    assert "+22 since last time" in again.text
    assert "they signed the budget" in str(again.message.blocks)
    assert "Score 44 of 100 (+22 since last time)" in str(office.crm(office.ann, "deal Acme").message.blocks)
    office.press(office.ann, again, "Undo")
    assert "22 of 100" in office.crm(office.ann, "score Acme").text
    chinese = office.crm(office.lilei, "评估 Acme")
    assert "22 分（满分 100）" in chinese.text
    assert "●●●  *需求*" in str(chinese.message.blocks)
    assert "goes from 0 to 3" in office.crm(office.ann, "score Acme need 9").text
    assert "does not ask about “charm”" in office.crm(office.ann, "score Acme charm 2").text
    assert "Acme" in office.crm(office.ann, "score").text
    refused = office.crm(office.lilei, "评估 OPP-1 需求1 预算2")
    assert "Ann Lee" in refused.text  # not his, and nobody's manager


def test_two_who_evaluate_at_once_see_each_other_s_answer(office: Office) -> None:
    office.crm(office.ada, "day")
    card = office.crm(office.ann, "deal Acme 100k 2026-12-20")
    office.more(office.ann, card, "Evaluate")
    office.crm(office.ada, "score OPP-1 need 1 timing 2")
    clash = office.submit(office.ann, {"level_need": "3"})
    assert clash.ack["response_action"] == "update"
    assert "A wish, nothing presses" in str(clash.ack)
    office.submit(office.ann, {"level_need": "3"})
    now_there = office.crm(office.ann, "score Acme").text
    assert "A problem that costs them money now" in now_there
    assert "They named a date" in now_there  # what only the other answered stays


def test_the_strategy_stands_on_the_card_and_its_changes_have_a_day_and_a_reason(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-20")
    office.crm(office.ann, "strategy Acme: win the engineers with a pilot")
    assert "🧭 win the engineers with a pilot" in str(office.crm(office.ann, "deal Acme").message.blocks)
    office.pass_time(hours=24)
    asked = office.crm(office.ann, "strategy OPP-1 go to the CFO first")
    assert "Why does the strategy change?" in asked.text
    office.submit(office.ann, {"reason": "the engineers are convinced"})
    changed = office.said(office.ann)
    assert "go to the CFO first" in changed.text
    assert "because: the engineers are convinced" in changed.text
    assert "~win the engineers with a pilot~" in changed.text
    line = office.crm(office.ann, "策略 OPP-1 先做试点 因为 预算延后")
    assert "because: 预算延后" in line.text
    office.press(office.ann, line, "Undo")
    assert "🧭 go to the CFO first" in str(office.crm(office.ann, "deal Acme").message.blocks)


def test_an_admin_chooses_and_shapes_the_scorecard(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-20")
    office.crm(office.ann, "score OPP-1 need 2")
    assert "An admin changes" in str(office.crm(office.ann, "scorecard").message.blocks)
    listing = office.crm(office.ada, "评分卡 MEDDIC")
    assert "Champion" in listing.text
    office.press(office.ada, listing, ("criterion_metrics", "criterion.edit"))
    office.submit(office.ada, {"name": "Figures", "levels": "none"})
    office.press(office.ada, listing, "New question")
    assert list(office.submit(office.ada, {"name": "Champion", "levels": "no\nyes"}).errors) == ["name"]
    office.submit(office.ada, {"name": "Fit", "levels": "poor\nfair\ngood"})
    assert "Fit" in office.said(office.ada).text
    assert "支持者" in office.crm(office.lilei, "评分卡").text
    assert "fair" in office.crm(office.ann, "score Acme champion 3 fit 1").text
    office.press(office.ada, office.said(office.ada), "Undo")
    assert "does not ask about “fit”" in office.crm(office.ann, "score Acme fit 1").text
    back = office.crm(office.ada, "scorecard bant")
    assert "Budget is approved" in back.text
    office.press(office.ada, back, "criterion.delete", "Budget")
    assert "Budget is no longer asked" in office.said(office.ada).text
