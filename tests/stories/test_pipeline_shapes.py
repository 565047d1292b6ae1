"""Pipelines shaped through the whole bot: by form, by line, in both languages; live opportunities survive."""

from tests.support.office import Office


def test_an_admin_shapes_a_pipeline_by_form_and_opportunities_begin_in_it(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    shown = office.crm(office.ada, "pipelines")
    assert "Qualification" in shown.text
    assert "New pipeline" not in str(office.crm(office.ann, "pipelines").message.blocks)
    office.press(office.ada, shown, "New pipeline")
    office.submit(office.ada, {"name": "Renewals", "stages": "Contact\nOffer"})
    made = office.said(office.ada)
    assert all(name in made.text for name in ("Renewals", "Contact", "Offer", "Won", "Lost"))
    office.press(office.ada, made, "Add stage")
    office.submit(
        office.ada,
        {
            "name": "Signature",
            "stage_kind": "Work goes on",
            "expected_days": "7",
            "needs": ["Amount"],
            "checks": "Budget confirmed\nTerms agreed",
        },
    )
    shaped = office.said(office.ada)
    assert "7 days expected" in shaped.text
    assert "☐ Budget confirmed" in shaped.text
    office.press(office.ada, shaped, "Undo")
    assert "Signature" not in office.crm(office.ada, "pipelines Renewals").text
    office.crm(office.ann, "deal")
    office.submit(office.ann, {"customer": ("Borg", "New customer: Borg"), "stage": "Renewals · Contact"})
    assert "Contact" in office.crm(office.ann, "deal Borg").text
    assert "Contact" in office.crm(office.ann, "deal Cyan 5k pipeline Renewals close 2026-12-31").text
    assert "Offer" in office.crm(office.lilei, "商机 华星 5万 漏斗 Renewals 阶段 Offer").text
    refused = office.crm(office.lilei, "阶段 OPP-2 方案报价").text
    assert "标准销售" in refused
    assert "Contact、Offer、赢单、输单" in refused


def test_a_pipeline_is_shaped_by_lines_in_both_languages(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    assert "Demo" in office.crm(office.ada, "pipelines add stage Demo after Discovery").text
    office.crm(office.ada, "pipelines rename Demo to Showcase")
    office.crm(office.ada, "pipelines move Showcase before Discovery")
    listed = office.crm(office.ada, "pipelines").text
    assert "Qualification `1` → Showcase → Discovery → Proposal" in listed
    assert "初步接洽 `1` → Showcase" in office.crm(office.lilei, "漏斗设置").text
    office.crm(office.ada, "漏斗设置 新建 续约：联系，报价")
    office.crm(office.ada, "漏斗设置 续约：增加阶段 签约 在 报价 之后")
    assert "联系 → 报价 → 签约" in office.crm(office.ada, "漏斗设置").text
    office.crm(office.ada, "漏斗设置 停用 签约")
    office.crm(office.ada, "漏斗设置 默认 续约")
    assert "联系" in office.crm(office.ann, "deal Nova 5k").text
    office.crm(office.ada, "pipelines restore 签约")
    assert "签约" in office.crm(office.ada, "pipelines 续约").text
    assert "I do not know" in office.crm(office.ada, "pipelines paint it blue").text
    assert "Only an admin" in office.crm(office.ann, "pipelines retire Proposal").text


def test_retiring_a_stage_is_reviewed_once_and_taken_back_by_one_undo(office: Office) -> None:
    for name in ("Acme", "Borg"):
        office.crm(office.ann, f"deal {name} 10k")
    office.crm(office.ada, "pipelines retire Qualification to Discovery")
    review = office.slack.modal(office.ada).text
    assert "2 open opportunities" in review
    assert "$20,000" in review
    office.submit(office.ada)
    done = office.said(office.ada)
    assert "2 opportunities went to Discovery" in done.text
    assert "Discovery" in office.crm(office.ann, "deal Acme").text
    office.press(office.ada, done, "Undo")
    assert "Qualification" in office.crm(office.ann, "deal Acme").text
    office.crm(office.ada, "pipelines new Renewals: Contact, Offer")
    office.crm(office.ada, "pipelines retire Sales")
    office.submit(office.ada, {"to_stage": "Renewals · Offer"})
    assert "Offer" in office.crm(office.ann, "deal Borg").text
    assert office.slack.refusals() == []


def test_a_move_asks_only_what_the_stage_lacks(office: Office) -> None:
    office.press(office.ada, office.crm(office.ada, "pipelines Sales"), ("stage-1", "stage.change"), "Edit")
    office.submit(office.ada, {"needs": ["Amount", "Source"], "checks": "Budget confirmed"})
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "stage OPP-1 Proposal")
    form = office.slack.modal(office.ann)
    assert "Source" in form.text
    assert "Amount" not in form.text
    office.submit(office.ann, {"source": "referral", "checks": ["Budget confirmed"]})
    moved = office.said(office.ann)
    assert "Moved to *Proposal*" in moved.text
    office.crm(office.ann, "stage OPP-1 Qualification")
    assert "Moved to *Negotiation*" in office.crm(office.ann, "stage OPP-1 Negotiation").text


def test_what_a_stage_asks_and_expects_is_said_in_a_line(office: Office) -> None:
    office.crm(office.mia, "day")
    office.crm(office.ada, "deal field Go-live 上线日期: date")
    office.crm(office.ada, "pipelines Proposal expects 14 days")
    office.crm(office.ada, "pipelines Proposal counts as commit")
    office.crm(office.ada, "pipelines Proposal approver <@" + office.mia.id + ">")
    office.crm(office.ada, "漏斗设置 方案报价 勾选 预算已确认；法务已看")
    shaped = office.crm(office.ada, "pipelines Proposal asks amount and go-live").text
    for said in ("14 days expected", "Commit", "Mia Moss", "☐ 法务已看", "Go-live 上线日期"):
        assert said in shaped, said
    office.crm(office.ada, "漏斗设置 方案报价 审批人 无")
    office.crm(office.ada, "漏斗设置 方案报价 类别 乐观")
    office.crm(office.ada, "漏斗设置 方案报价 必填 上线日期")
    again = office.crm(office.ada, "漏斗设置 方案报价 预计 20天").text
    assert "20 days expected" in again
    assert "🔒" not in again
    assert "1 to 1000" in office.crm(office.ada, "pipelines Proposal expects soon").text
    assert "no work goes on" in office.crm(office.ada, "pipelines Lost expects 3 days").text
    assert "Only an admin" in office.crm(office.ann, "pipelines Proposal expects 3 days").text
    office.crm(office.ada, "漏斗设置 新建 招投标：立项，投标")
    moved = office.crm(office.ada, "漏斗设置 移动 投标 到 立项 之前").text.split("招投标")[-1]
    assert moved.index("投标") < moved.index("立项")
    opened = office.crm(office.ann, "deal Acme 10k go-live: 1 March")
    assert "Mon, Mar 1, 2027" in office.crm(office.ann, "deal OPP-1").text
    assert "Acme · " not in opened.text
