"""Sales channels through the whole bot: by line and form, in the report, and where two meet."""

from typing import Any

from bot.app.working import build_worker
from tests.support.office import Office


def _words(answer: Any) -> str:
    return " ".join(answer.text.split())


def test_a_line_names_channel_partner_and_share_in_both_languages(office: Office) -> None:
    opened = office.crm(office.lilei, "商机 华星 12万 渠道 经销 伟仕佳杰 分成 15%")
    assert "经销 · 伟仕佳杰 · 分成 15%" in opened.text
    referred = office.crm(office.ann, "deal Acme 120k via partner Ingram close 2026-12-20")
    assert "Distribution · Ingram" in referred.text
    assert "via referral" not in referred.text
    assert "Source" in office.crm(office.ann, "deal Borg 10k via referral").text
    assert "Partner" in office.crm(office.bo, "customer Ingram").text
    said = office.crm(office.ann, "customer Acme channel direct")
    assert "Direct" in said.text
    office.press(office.ann, said, "Undo")
    assert "Direct" not in office.crm(office.ann, "customer Acme").text


def test_a_new_opportunity_is_sold_as_its_customer_is(office: Office) -> None:
    office.crm(office.ann, "customer Acme via partner Ingram share 10%")
    assert "Distribution · Ingram · share 10%" in office.crm(office.ann, "deal Acme 50k").text
    office.press(office.ann, office.crm(office.ann, "customer Acme"), "New opportunity")
    office.submit(office.ann, {"name": "by form", "amount": "20k"})
    assert "Distribution · Ingram · share 10%" in office.said(office.ann).seen
    office.press(office.ann, office.crm(office.ann, "customer Acme"), "New opportunity")
    office.submit(office.ann, {"name": "by another", "partner": ("Vela", "New partner: Vela")})
    assert "Distribution · Vela" in office.said(office.ann).seen


def test_the_form_refuses_what_does_not_go_together_and_keeps_the_rest(office: Office) -> None:
    made = office.crm(office.ann, "customer Acme")
    office.press(office.ann, made, "Edit")
    refused = office.submit(
        office.ann,
        {"sales_channel": "direct", "partner": ("Ingram", "New partner: Ingram"), "region": "North"},
    )
    assert "A direct sale has no partner" in refused.errors["partner"]
    assert (
        "0 and 100"
        in office.submit(office.ann, {"sales_channel": "distribution", "partner_percent": "120"}).errors[
            "partner_percent"
        ]
    )
    office.submit(office.ann, {"partner_percent": "7.5%"})
    saved = str(office.said(office.ann).blocks)
    assert "Distribution · Ingram · share 7.5%" in saved
    assert "North" in saved


def test_an_admins_own_channel_is_chosen_and_read(office: Office) -> None:
    settings = office.crm(office.ada, "settings")
    office.press(office.ada, settings, "Sales channels")
    assert (
        "1 and 730"
        in office.submit(office.ada, {"channel_conflict_days": "0"}).errors["channel_conflict_days"]
    )
    office.submit(office.ada, {"sales_channels": "Telesales\nRetail", "channel_conflict_days": "30"})
    assert "Telesales" in office.said(office.ada).text
    assert "Telesales" in office.crm(office.ann, "deal Acme 10k channel Telesales").text
    assert "Telesales 1 $10K" in _words(office.crm(office.mia, "report by channel"))


def test_channels_that_meet_at_a_customer_are_told_once_with_evidence(office: Office) -> None:
    worker = build_worker(office.bot)
    office.crm(office.ada, "help")
    office.crm(office.ann, "deal Acme 120k annual licence via partner Ingram")
    office.crm(office.bo, "deal Acme 80k support channel direct")
    worker.tick()
    (told,) = office.slack.dm(office.ada)
    for part in ("Channels meet at *Acme*", "Ingram ↔ Direct", "Ann Lee", "Bo Berg", "$120,000"):
        assert part in told.text
    office.crm(office.bo, "deal Acme 5k training channel direct")
    worker.tick()
    assert len(office.slack.dm(office.ada)) == 1
    worker.stop()


def test_the_report_tells_what_each_channel_and_partner_brings_and_their_share(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k via partner Ingram share 15%")
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann, {"amount": "100k", "closed_on": "2026-11-23"})
    office.crm(office.ann, "deal Borg 40k channel direct")
    report = _words(office.crm(office.mia, "report channels"))
    assert "Distribution 0 – 1 100% (1/1) $100K" in report
    assert "Ingram 0 – 1 $100K $15K" in report
    assert "直销" in office.crm(office.lilei, "报表 按渠道").text
    assert "Distribution" not in office.crm(office.mia, "report by channel last quarter").text
