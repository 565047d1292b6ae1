"""Moves through the whole bot: by line, by button, from two hands at once; a stage asks what it lacks."""

from tests.support.office import Office


def test_an_opportunity_moves_by_its_number_in_either_language(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "deal Acme 20k")
    assert "Moved to *Proposal*" in office.crm(office.ann, "stage OPP-1 Proposal").text
    assert "Moved to *Negotiation*" in office.crm(office.ann, "stage opp-2 to negotiation").text
    office.crm(office.lilei, "商机 华星 12万")
    assert "商务谈判" in office.crm(office.lilei, "阶段 OPP-3 谈判").text
    office.crm(office.lilei, "阶段 OPP-3 丢单 价格太高")
    assert "价格太高" in str(office.slack.modal(office.lilei) or office.crm(office.lilei, "商机 OPP-3").text)
    assert office.crm(office.ann, "stage OPP-2 won 130k").text.startswith("🎉")
    refused = office.crm(office.lilei, "阶段 OPP-3 不存在的")
    assert "初步接洽、需求确认、方案报价、商务谈判、赢单、输单" in refused.text
    assert "Qualification, Discovery" in office.crm(office.ann, "stage OPP-1 nowhere").text
    own = office.crm(office.ann, "stage").text  # alone it only asks, and lists those that are open
    assert "Which opportunity moves?" in own
    assert own.count("Acme") == 1
    assert "Which opportunity moves?" in office.crm(office.ann, "won").text  # a stage is no customer
    office.crm(office.lilei, "商机 南粤 5万")
    office.crm(office.lilei, "推进 OPP-4 中标")
    assert office.slack.modal(office.lilei).title == "赢单"
    assert office.crm(office.ann, "won Acme 22k").text.startswith("🎉")


def test_lost_asks_why_who_won_it_and_what_was_learnt_and_reopening_clears_only_the_end(
    office: Office,
) -> None:
    office.crm(office.ann, "deal Acme 120k vs Zoho")
    office.crm(office.ann, "stage OPP-1 lost")
    told = {"loss_reason": "price", "competitor": "Zoho CRM", "lesson": "Show value first"}
    office.submit(office.ann, told)
    lost = str(office.said(office.ann).blocks)
    assert all(said in lost for said in ("price", "Zoho CRM", "Show value first"))
    assert "already in this stage" in office.crm(office.ann, "stage OPP-1 lost").text
    assert "Written down as lost" in lost
    reopened = str(office.crm(office.ann, "stage OPP-1 Proposal").message.blocks)
    assert "Reopened in *Proposal*" in reopened
    assert "Moved to *Negotiation*" in office.crm(office.ann, "推进 Acme 谈判").text
    assert "Zoho CRM" in reopened
    assert not any(said in reopened for said in ("price", "Show value first", "Closed on"))


def test_two_who_move_one_opportunity_at_once_the_later_sees_both_stages(office: Office) -> None:
    card = office.crm(office.ann, "deal Acme 120k")
    office.press(office.ann, card, "Stage")
    office.press(office.ada, office.crm(office.ada, "deal Acme"), "Stage")
    office.submit(office.ada, {"stage": "Negotiation"})
    office.submit(office.ann, {"stage": "Proposal"})
    shown = office.slack.modal(office.ann).text
    assert "Ada Admin has moved it to Negotiation meanwhile; you chose Proposal" in shown
    office.submit(office.ann)
    assert "Moved to *Proposal*" in office.said(office.ann).text


def test_the_menu_on_the_home_tab_moves_and_asks_only_what_an_end_needs(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.slack.open_home(office.ann)
    office.bot.effects.settle()
    office.press(office.ann, office.slack.home(office.ann), "opportunity.move", "Proposal")
    moved = office.slack.home(office.ann)
    assert "Moved to *Proposal*" in str(moved.blocks)
    office.press(office.ann, moved, "opportunity.move", "Lost")
    office.submit(office.ann, {"loss_reason": "price"})
    assert "Loss reason" in str(office.slack.home(office.ann).blocks)
    assert office.slack.refusals() == []


def test_a_stage_asks_for_own_fields_a_decision_maker_and_products_and_a_move_fills_them_in(
    office: Office,
) -> None:
    office.press(office.ada, office.crm(office.ada, "settings"), "Products")
    office.press(office.ada, office.said(office.ada), "Add a product")
    office.submit(office.ada, {"name": "Pro", "price": "100"})
    office.crm(office.ada, "deal field Go-live: date")
    shaped = office.crm(office.ada, "pipelines Qualification asks decision maker, Go-live, product lines")
    assert "To move on: A decision maker, Go-live, Product lines" in shaped.text
    assert "cannot ask for “luck”" in office.crm(office.ada, "pipelines Discovery asks luck").text
    office.press(office.ada, shaped, ("stage-1", "stage.change"), "Edit")
    office.submit(office.ada, {"own_needs": ["Go-live"]})
    office.crm(office.ann, "deal Acme close 2026-12-20")
    office.crm(office.ann, "stage OPP-1 Discovery")
    form = office.slack.modal(office.ann)
    assert [each in form.text for each in ("Go-live", "Who decides", "Product")] == [True] * 3
    pro = {"text": {"type": "plain_text", "text": "Pro"}, "value": "1"}
    filled = {"decision_maker_name": "Li Na", "custom_1": "2027-03-01", "line_product#1": pro}
    refused = office.submit(office.ann, {**filled, "line_quantity#1": "-3"})
    assert "cannot be sold" in refused.errors["line_quantity#1"]
    office.submit(office.ann, {"line_quantity#1": "50"})
    moved = office.said(office.ann)
    assert "Moved to *Discovery*" in moved.text
    assert "$5,000" in moved.seen
    assert "Li Na (Decision maker)" in moved.seen
    office.press(office.ann, moved, "Undo")
    assert "Li Na (" not in str(office.crm(office.ann, "deal OPP-1").ack)
    office.crm(office.ada, "漏斗设置 Qualification 必填 联系人")
    office.crm(office.lilei, "商机 华星 5万")
    office.crm(office.lilei, "contact 华星 王芳")
    office.crm(office.lilei, "阶段 华星 需求确认")
    office.submit(office.lilei, {"contact": "王芳"})
    assert "王芳" in office.said(office.lilei).seen
    office.crm(office.lilei, "阶段 华星 赢单")
    office.submit(office.lilei, {"amount": "4万", "line_product#sold": pro})
    assert "Pro" in office.said(office.lilei).seen
    office.crm(office.ada, "pipelines Qualification asks nothing")
    assert "Moved to" in office.crm(office.ann, "stage OPP-1 Discovery").text


def test_without_a_name_the_stages_stand_in_a_menu_beside_each(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "deal Borg 10k")
    listed = office.crm(office.ann, "stage")
    assert "Which opportunity moves?" in listed.text
    office.press(office.ann, listed, ("opportunity-1", "opportunity.move"), "Proposal")
    assert "Moved to *Proposal*" in office.said(office.ann).text
    office.press(office.ann, listed, ("opportunity-2", "opportunity.move"), "Lost")
    office.submit(office.ann, {"loss_reason": "price"})
    assert "Lost" in office.said(office.ann).text
