"""What was won before, on the card: the chance beside the owner's own, its reasons, one suggestion."""

from datetime import timedelta
from random import Random

from bot.domain.actors import Actor
from bot.services.winning import learn_what_wins
from bot.store import models
from bot.store.pipelines import list_stages
from bot.store.workspaces import list_workspaces
from tests.support.office import Office


def _history(office: Office, count: int = 120) -> None:
    """Sales that ended: those with an early visit were mostly won, the others mostly lost."""
    random, now = Random(4), office.clock()
    with office.store.everywhere(writes=False) as session:
        (workspace,) = list_workspaces(session)
    with office.store.transaction(Actor(workspace.id), now=now, how="test") as session:
        stages = list_stages(session)
        first, won, lost = stages[0], stages[-2], stages[-1]
        for number in range(count):
            opened = now - timedelta(days=400 - 2 * number)
            visited = number % 2 == 0
            is_won = random.random() < (0.85 if visited else 0.2)
            closed = (opened + timedelta(days=40)).date()
            sale = models.Opportunity(
                name=f"Sale {number}",
                stage_id=(won if is_won else lost).id,
                currency="USD",
                amount_minor=100_00,
                opened_on=opened.date(),
                closed_on=closed,
                created_at=opened,
            )
            session.add(sale)
            session.flush()
            session.add(models.StageChange(opportunity_id=sale.id, to_stage_id=first.id, at=opened))
            if visited:
                session.add(
                    models.Activity(
                        kind="visit",
                        text="x",
                        happened_at=opened + timedelta(days=3),
                        opportunity_id=sale.id,
                    )
                )
        learn_what_wins(session, now)


def test_the_card_says_the_chance_its_reasons_and_one_thing_to_do(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-20 90%")
    thumb = str(office.crm(office.ann, "deal Acme").message.blocks)
    assert "by a rule of thumb: *20%*" in thumb
    assert "owner's estimate: 90%, 70 points higher" in thumb
    assert "0 sales have ended here. From 40 on it is learned" in thumb
    _history(office)
    office.pass_time(hours=24 * 20)
    card = office.crm(office.ann, "deal Acme")
    said = str(card.message.blocks)
    assert "Chance to win by what was won here" in said
    assert "🔻 No visit or meeting in more than 14 days: won" in said
    assert "of 60 like it in this stage" in said
    assert said.count("💡") == 1
    assert "had a visit in this stage" in said
    office.press(office.ann, card, "Plan a visit")
    office.submit(office.ann, {"due": "2099-12-18 15:00"})
    assert "Visit Acme" in office.said(office.ann).text
    chinese = str(office.crm(office.lilei, "商机 Acme").message.blocks)
    assert "按历史成交推算的赢率" in chinese
    assert "超过 14 天还没见过面：此阶段同类 60 个" in chinese
    office.press(office.ann, card, "Not here")
    gone = office.said(office.ann)
    assert "No more suggestions" in gone.text
    assert "💡" not in str(office.crm(office.ann, "deal Acme").message.blocks)
    office.press(office.ann, gone, "Undo")
    assert "💡" in str(office.crm(office.ann, "score Acme").message.blocks)
    office.crm(office.ann, "log Acme visit: saw the plant")
    assert "💡" not in str(office.crm(office.ann, "deal Acme").message.blocks)
