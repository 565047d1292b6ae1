"""Classes of customers through the whole bot: by rule, by hand, who changed, who was not spoken with."""

from typing import Any

from bot.app.working import build_worker
from tests.support.office import Office


def _seen(office: Office, person: Any) -> str:
    return str(office.slack.modal(person).blocks)


def test_a_win_makes_an_active_customer_of_a_class_and_undo_takes_it_back(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "stage Acme won")
    office.submit(office.ann)
    won = office.said(office.ann)
    assert "Active customer · Class A" in office.crm(office.bo, "customer Acme").text
    moved = office.crm(office.mia, "customer moved prospect to customer this quarter")
    assert "Acme" in moved.text
    assert "Prospect → Active customer: 1" in moved.text
    assert "潜在客户 → 成交客户：1" in office.crm(office.lilei, "客户 变动 潜在到成交 本季度").text.replace(
        ": ", "："
    )
    in_words = office.crm(office.lilei, "客户 本季度 潜在客户 转为 成交客户")
    assert "Acme" in in_words.text
    assert "潜在客户 → 成交客户" in in_words.text
    assert "级" in office.crm(office.lilei, "客户 本季度 B级 升为 A级").text
    for asked in ("逾期", "分组 A级"):
        assert "已新建" not in office.crm(office.lilei, f"客户 {asked}").text
    assert "Nobody changed class" in office.crm(office.mia, "customer moved active lapsed last quarter").text
    office.press(office.ann, won, "Undo")
    assert "Prospect" in office.crm(office.bo, "customer Acme").text


def test_what_is_classed_by_hand_stays_until_it_is_given_back_to_the_rules(office: Office) -> None:
    office.crm(office.ann, "customer Acme type: partner; class: A")
    assert "Partner · Class A" in office.crm(office.ann, "customer Acme").text
    office.crm(office.ann, "deal Acme 10k stage won")
    assert "Partner · Class A" in office.crm(office.ann, "customer Acme").text
    assert "is no class" in office.crm(office.ann, "customer Acme class: Z").text
    office.crm(office.ann, "客户 Acme 等级：按规则")
    assert "Partner · Class C" in office.crm(office.ann, "customer Acme").text
    office.crm(office.ann, "customer 360 Acme")
    office.press(office.ann, None, "Classify")
    office.submit(office.ann, {"kind": "lapsed", "value_class": "B"})
    assert "Lapsed · Class B" in str(office.said(office.ann).blocks)


def test_admins_set_the_rules_and_everybody_is_classed_anew(office: Office) -> None:
    office.crm(office.ann, "deal Acme 30k stage won")
    assert "Class B" in office.crm(office.ann, "customer Acme").text
    office.press(office.ada, office.crm(office.ada, "customer classes"), "Edit rules")
    assert (
        "larger amount first"
        in office.submit(office.ada, {"class_floors": "USD 5k 20k"}).errors["class_floors"]
    )
    office.submit(office.ada, {"class_floors": "USD 25k 5k\nCNY 20万 5万", "rhythm_a": "10"})
    assert "1 customer changed class" in office.said(office.ada).text
    assert "Class A" in office.crm(office.ann, "customer Acme").text
    assert "*A级*\n1" in office.crm(office.lilei, "客户 分级").text


def test_an_owner_hears_once_of_a_customer_nobody_spoke_with_unless_something_is_planned(
    office: Office,
) -> None:
    worker = build_worker(office.bot)
    office.crm(office.ann, "deal Acme 120k stage won")
    office.crm(office.ann, "deal Borg 150k stage won")
    office.pass_time(days=15)
    office.crm(office.ann, "task Borg visit 2027-03-01")
    assert "Acme" in office.crm(office.ann, "customer overdue").text
    assert "Borg" not in office.crm(office.ann, "customer overdue").text
    worker.tick()
    worker.tick()
    office.pass_time(days=1)
    worker.tick()
    nudges = [each for each in office.slack.dm(office.ann) if "nothing is planned" in each.seen]
    assert len(nudges) == 1
    assert "Acme" in nudges[0].seen
    assert "Borg" not in nudges[0].seen
    office.crm(office.ann, "log Acme call: all is well")
    assert "Nobody is waiting" in office.crm(office.ann, "customer overdue").text
    worker.stop()
