"""Signals through the whole bot: on the card, in the list, told once, paused, and the long dead closed."""

from datetime import UTC, date, datetime, timedelta

from bot.app.working import build_worker
from bot.domain.actors import Actor
from bot.store import models
from bot.store.pipelines import list_stages
from bot.store.workspaces import list_workspaces
from tests.support.office import Office


def _history(office: Office, *, ended: int = 30, dead: int = 3) -> None:
    """Sales that were won within 30 days, and open ones that are a year old."""
    with office.store.everywhere(writes=False) as session:
        (workspace,) = list_workspaces(session)
    with office.store.transaction(Actor(workspace.id), now=office.clock(), how="test") as session:
        stages = list_stages(session)
        won = next(stage for stage in stages if stage.is_won)
        for number in range(ended):
            opened = date(2026, 6, 1) + timedelta(days=number)
            session.add(
                models.Opportunity(
                    name=f"Won {number}",
                    stage_id=won.id,
                    currency="USD",
                    amount_minor=100,
                    opened_on=opened,
                    closed_on=opened + timedelta(days=30),
                    closed_at=datetime(2026, 8, 1, tzinfo=UTC),
                )
            )
        for number in range(dead):
            session.add(
                models.Opportunity(
                    name=f"Old {number}",
                    stage_id=stages[0].id,
                    currency="USD",
                    amount_minor=1000_00 * (number + 1),
                    opened_on=date(2025, 11, 1),
                )
            )


def test_a_card_says_what_needs_a_look_until_it_is_paused(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-12-01")
    for day in ("2026-12-10", "2026-12-30"):
        office.more(office.ann, office.crm(office.ann, "deal Acme"), "Edit")
        office.submit(office.ann, {"close_on": day})
    card = office.crm(office.ann, "deal Acme")
    assert "Pushed 2 times, 29 days in all" in str(card.message.blocks)
    assert "No next step" in str(card.message.blocks)
    office.more(office.ann, card, "Pause…")
    assert list(office.submit(office.ann, {"until": "2026-11-20", "why": "x"}).errors) == ["until"]
    office.submit(office.ann, {"until": "2026-12-07", "why": "budget decided in December"})
    resting = office.said(office.ann)
    assert "budget decided in December" in str(resting.blocks)
    assert "on their way" in office.crm(office.ann, "signals mine").text
    office.press(office.ann, resting, "Undo")
    assert "Pushed 2 times" in office.crm(office.ann, "signals mine").text
    assert "推迟了 2 次" in office.crm(office.lilei, "预警").text


def test_one_line_lets_an_opportunity_rest_and_watches_it_again(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2027-01-24")
    assert (
        "Resting until Sun, Dec 20: budget freeze"
        in office.crm(office.ann, "pause Acme until Dec 20: budget freeze").text
    )
    assert "watched again" in office.crm(office.ann, "pause OPP-1 off").text
    office.crm(office.lilei, "商机 华星 5万 2027-01-24")
    assert "年底冻结预算" in office.crm(office.lilei, "暂停 华星 到12月20日：年底冻结预算").text
    assert "已恢复关注" in office.crm(office.lilei, "暂停 华星 恢复").text
    office.crm(office.ann, "pause Acme next Monday")
    assert list(office.submit(office.ann, {"why": " "}).errors) == ["why"]
    office.submit(office.ann, {"why": "holidays"})
    assert "holidays" in office.said(office.ann).seen
    assert "Ann Lee" in office.crm(office.bo, "pause Acme until Dec 20: mine").text


def test_an_owner_is_told_once_in_the_morning_of_a_working_day(office: Office) -> None:
    office.crm(office.ann, "deal Acme 100k 2026-11-24")
    assert "Nothing presses. 1 open: 1 without a next step" in office.crm(office.ann, "signals").text
    worker = build_worker(office.bot)
    office.pass_time(hours=48)
    worker.tick()
    office.pass_time(hours=24)
    worker.tick()
    worker.stop()
    told = [message.text for message in office.slack.dm(office.ann) if "needs a look" in message.text]
    assert len(told) == 1
    assert "Close date 1 day ago" in told[0]


def test_the_long_dead_are_closed_in_one_reviewed_step_and_undo_opens_them_again(office: Office) -> None:
    office.crm(office.ada, "day")
    _history(office)
    listing = office.crm(office.ada, "signals")
    assert "Open for 387 days; 95% of won deals were won within 30 days" in listing.text
    office.press(office.ada, listing, "Close the long dead…")
    view = office.slack.modal(office.ada)
    assert view is not None
    assert "3 have been open" in str(view.body)
    kept = view.body["blocks"][2]["element"]["options"][0]["value"]
    assert list(office.submit(office.ada, {"loss_reason": " "}).errors) == ["loss_reason"]
    office.submit(office.ada, {"keep": [kept], "loss_reason": "No sign of life"})
    closed = office.said(office.ada)
    assert "Closed 2 as lost" in closed.text
    assert "1 of 1 open" in closed.text
    office.press(office.ada, closed, "Undo")
    assert "3 of 3 open" in office.crm(office.ada, "signals").text
