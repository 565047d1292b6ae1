"""The pipeline through the whole bot: narrowed by words, what changed since a day, and its pictures."""

from bot.app.working import build_worker
from tests.support.office import Office


def _week(office: Office) -> None:
    """Monday's pipeline, then what the week did to it."""
    office.crm(office.ann, "deal Acme 100k 2026-12-15 via referral")
    office.crm(office.ann, "deal Borg 40k 2026-12-20 vs Zoho")
    office.crm(office.bo, "deal Cray 30k 2026-12-01")
    office.pass_time(days=2)
    office.crm(office.ann, "deal Dyna 5k 2026-12-30")


def test_the_pipeline_is_narrowed_by_source_competitor_and_person(office: Office) -> None:
    _week(office)
    assert "$100K" in office.crm(office.ann, "pipeline via referral").text
    assert "$40K" in office.crm(office.ann, "pipeline mine vs zoho this quarter").text
    assert "$30K" in office.crm(office.bo, "漏斗 我的").text
    assert "$30K" in office.crm(office.bo, "漏斗 只看我的").text
    chinese = office.crm(office.lilei, "漏斗 来源 转介绍").text
    assert "转介绍" in chinese
    assert "US$10万" in chinese
    assert "转介绍" in office.crm(office.lilei, "漏斗 来源 展会本身").text
    office.crm(office.ann, "deal Epson 7k channel distribution partner Vela")
    only = office.crm(office.ann, "pipeline channel reseller").text
    assert "Distribution" in only
    assert "$7K" in only
    assert "$100K" not in only
    assert "$7" in office.crm(office.lilei, "漏斗 渠道 分销").text
    refused = office.crm(office.ann, "pipeline channel telesales").text
    assert "“telesales”" in refused
    refused = office.crm(office.ann, "pipeline source trade show").text
    assert "“trade show”" in refused
    assert "referral" in refused


def test_what_changed_names_what_came_moved_and_ended_and_sums(office: Office) -> None:
    _week(office)
    office.crm(office.bo, "stage Cray won")
    office.submit(office.bo, {"amount": "25k", "closed_on": "2026-11-25"})
    changed = office.crm(office.ann, "pipeline changes since 2026-11-25")
    said = " ".join(changed.text.split())
    for line in ("3 before, 3 now", "Wed, Nov 25 $170,000", "New 1 +$5,000", "Smaller 1 −$5,000", "Dyna $5K"):
        assert line in said
    assert "Won 1 −$25,000 Now $145,000" in said
    assert "Nothing has changed" in office.crm(office.ann, "pipeline changes since Nov 25 vs Zoho").text
    office.press(office.ann, changed, "Everything open")
    assert "Everything open" in str(office.said(office.ann).blocks)


def test_changes_are_told_in_chinese_too(office: Office) -> None:
    _week(office)
    told = office.crm(office.lilei, "漏斗 变化").text
    assert "以来的商机变化" in told
    assert "新增" in told


def test_pictures_come_to_the_direct_messages_of_who_asked(office: Office) -> None:
    _week(office)
    worker = build_worker(office.bot)
    office.press(office.ann, office.crm(office.ann, "pipeline"), "Picture")
    assert "direct messages" in office.said(office.ann).text
    office.press(office.lilei, office.crm(office.lilei, "漏斗 变化"), "出图")
    worker.tick()
    worker.stop()
    (funnel,) = office.slack.dm(office.ann)[-1].files
    (bridge,) = office.slack.dm(office.lilei)[-1].files
    assert funnel.content.startswith(b"\x89PNG")
    assert bridge.content.startswith(b"\x89PNG")
    assert office.slack.refusals() == []
