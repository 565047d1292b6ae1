"""The pool through the whole bot: a card to claim in a channel, a warning, a way back, rules and absences."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.app.working import build_worker
from tests.support.office import Office


class Pooled:
    """An office whose admin chose #leads as the pool; its worker sends what is due."""

    def __init__(self, office: Office) -> None:
        self.office, self.worker = office, build_worker(office.bot)
        self.channel = office.slack.add_channel("leads")
        rules = office.crm(office.ada, "lead rules")
        office.press(office.ada, rules, "Edit pool")
        fields = {"pool_channel": self.channel.id, "idle_days": "10", "warn_days": "3", "most_held": "2"}
        assert office.submit(office.ada, fields | {"warn_days": "12"}).errors
        office.submit(office.ada, {"warn_days": "3"})
        assert "after 10 days" in str(office.said(office.ada).blocks)

    def pass_time(self, **of: float) -> None:
        self.office.pass_time(**of)
        self.worker.tick()

    def cards(self) -> list[Any]:
        return self.office.slack.messages(self.channel)


@pytest.fixture
def pooled(office: Office) -> Iterator[Pooled]:
    """An office with a pool."""
    found = Pooled(office)
    yield found
    found.worker.stop()


def test_a_lead_in_the_pool_is_claimed_on_its_card_which_then_says_who(pooled: Pooled) -> None:
    office = pooled.office
    office.crm(office.lilei, "线索")
    office.submit(
        office.lilei, {"name": "蓝海科技 <!channel>", "owner": None, "region": "华东", "size": "250"}
    )
    pooled.pass_time(seconds=1)
    (card,) = pooled.cards()
    assert "蓝海科技 &lt;!channel&gt;" in card.seen
    assert "华东" in card.seen
    office.press(office.ann, card, "Claim")
    assert "yours" in office.said(office.ann).text
    office.press(office.bo, card, "Claim")
    assert "Ann Lee" in office.said(office.bo).text
    pooled.pass_time(seconds=1)
    (card,) = pooled.cards()
    assert f"Claimed by <@{office.ann.id}>" in card.seen
    assert "lead.claim" not in str(card.blocks)
    office.press(office.ann, office.said(office.ann), "Undo")
    pooled.pass_time(seconds=1)
    assert "lead.claim" in str(pooled.cards()[0].blocks)


def test_an_idle_lead_is_warned_of_and_then_goes_back(pooled: Pooled) -> None:
    office = pooled.office
    office.crm(office.ann, "lead Blue Ocean region West budget 50k 200 people campaign Spring")
    office.crm(office.ann, "lead Red Sea")
    pooled.pass_time(days=7, seconds=1)
    warnings = office.slack.dm(office.ann)
    assert len(warnings) == 2
    assert "Nothing happened with this lead for 7 days" in warnings[0].text
    office.press(office.ann, warnings[0], "I am working on it")
    assert "Blue Ocean" in office.said(office.ann).text
    pooled.pass_time(days=3, seconds=1)
    (card,) = pooled.cards()
    assert "Red Sea" in card.text
    assert "in the pool again" in office.slack.dm(office.ann)[-1].text
    office.crm(office.lilei, "线索 领取 Red Sea")
    pooled.pass_time(seconds=1)
    assert f"Claimed by <@{office.lilei.id}>" in pooled.cards()[0].seen


def test_lines_do_what_the_buttons_do(pooled: Pooled) -> None:
    office = pooled.office
    kept = office.crm(
        office.ann, "lead Blue Ocean region West budget 50k 200 people campaign Spring via fair"
    )
    for words in ("West", "$50,000", "200", "Spring"):
        assert words in str(kept.message.blocks)
    office.crm(office.ann, "lead Blue Sky")
    full = office.crm(office.ann, "lead Blue Wave").text
    assert "2 open leads" in full
    assert "Which one" in office.crm(office.ann, "lead release Blue").text
    assert "in the pool" in office.crm(office.ann, "lead release Blue Ocean").text
    assert "No open lead" in office.crm(office.bo, "lead claim Green").text
    assert "现在由你跟进" in office.crm(office.lilei, "线索 领取Blue Ocean").text
    given = office.crm(office.lilei, f"线索 分配 Blue Ocean 给 <@{office.bo.id}>")
    assert "Bo Berg" in given.text
    pooled.pass_time(seconds=1)
    assert "李雷 gave you a lead" in office.slack.dm(office.bo)[-1].text
    office.crm(office.bo, "lead qualify Blue Ocean")
    assert office.submit(office.bo, {"budget": "lots"}).errors
    office.submit(
        office.bo, {"need": "50 seats", "budget": "60k", "authority": "decides", "needed_on": "end of March"}
    )
    assert "Qualified: 4 of 4" in str(office.said(office.bo).blocks)
    assert "no budget" in str(office.crm(office.ann, "lead disqualify Blue Sky: no budget").body)
    opened = office.crm(office.bo, "lead convert Blue Ocean")
    assert "with its budget and its day" in opened.text
    assert "$60,000" in opened.text


def test_rules_and_turns_hand_leads_out_while_somebody_is_away(pooled: Pooled) -> None:
    office = pooled.office
    assert "no leads by turn" in office.crm(office.ann, "lead away until Dec 1").text
    office.crm(office.lilei, "线索 请假")
    office.submit(office.lilei, {"away_from": "2026-12-05", "away_until": "2026-12-06"})
    rules = office.crm(office.ada, "lead rules")
    office.press(office.ada, rules, "Add rule")
    assert office.submit(office.ada, {"owner": office.bo.id}).errors
    office.submit(office.ada, {"region": "West"})
    assert "region West → *Bo Berg*" in str(office.said(office.ada).blocks)
    for name, region in (("A", "West"), ("B", "East")):
        office.crm(office.mia, "lead")
        office.submit(office.mia, {"name": name, "region": region, "owner": None})
    assert "Bo Berg gets a message" in str(office.slack.ephemerals(office.mia)[-2].blocks)
    assert "in the pool" in str(office.said(office.mia).blocks)
    refused = office.crm(office.ann, "lead rules")
    assert "rule.delete" not in str(refused.message.blocks)
    office.press(office.ada, office.said(office.ada), "Delete")
    assert "No rule yet" in str(office.said(office.ada).blocks)
