"""Who has what, through the whole bot: the team's load, and a person's tasks, handed on in place."""

from bot.domain.actors import Actor
from bot.domain.roles import Role
from bot.store.models import Person, Task
from bot.store.people import find_slack_person
from tests.support.office import Office


def test_a_manager_sees_who_has_what_and_hands_it_on_in_place(office: Office) -> None:
    for who in (office.ada, office.mia, office.ann, office.bo):
        office.crm(who, "help")
    assert "nothing to do" in office.crm(office.mia, "team tasks").text
    _lead(office)
    office.crm(office.mia, "task @ann, @bo send your forecast 2026-11-27")
    load = office.crm(office.mia, "team tasks")
    assert "Team tasks · 502 open" in load.text
    assert "500 of them overdue" in load.text
    assert "Ann Lee" in load.text
    assert "■■■■■■■■■■  501 open · ⚠️ 500 overdue · 1 due this week" in str(load.message.blocks)
    assert "0 of 2 done" in str(load.message.blocks)
    rows = [block for block in load.message.blocks if "501 open" in str(block) and "accessory" in block]
    about = rows[0]["accessory"]["value"]
    office.press(office.mia, load, "team_load.person", about)
    hers = office.said(office.mia)
    assert "Ann Lee has 501 open tasks" in hers.text
    first = next(b["accessory"]["action_id"] for b in hers.blocks if b.get("accessory"))
    office.press(office.mia, hers, first, office.bo)
    after = office.said(office.mia)
    assert "Bo Berg has it now" in after.text
    assert "Ann Lee has 500 open tasks" in after.text
    office.press(office.mia, after, "Show more")
    more = office.said(office.mia)
    assert "errand 9" in more.text
    office.press(office.mia, more, "New task")
    office.submit(office.mia, {"text": "visit Acme"})
    assert "Ann Lee gets a message" in str(office.said(office.mia).blocks)
    assert "Bo Berg has 2 open tasks" in office.crm(office.mia, "团队 任务 Bo").text


def test_whoever_is_not_in_slack_is_not_asked_but_their_task_can_be_handed_on(office: Office) -> None:
    office.crm(office.ada, "help")
    with office.store.transaction(Actor(1), now=office.clock(), how="import") as session:
        moses = Person(name="Moses Frase", role=Role.REP)
        session.add(moses)
        session.flush()
        session.add(Task(text="old errand", assignee_id=moses.id))
    load = office.crm(office.ada, "team tasks Moses")
    office.press(office.ada, load, "Ask")
    answer = office.said(office.ada)
    assert "Moses Frase is not in Slack yet" in answer.text
    office.press(office.ada, answer, "Hand over…")
    assert "old errand" in str(office.slack.modal(office.ada).blocks)


def _lead(office: Office) -> None:
    with office.store.transaction(Actor(1), now=office.clock(), how="test") as session:
        mia, ann, bo = (find_slack_person(session, one.id) for one in (office.mia, office.ann, office.bo))
        assert mia is not None
        assert ann is not None
        assert bo is not None
        mia.role, ann.manager_id, bo.manager_id = "manager", mia.id, mia.id
        day = office.clock().date().replace(day=1)
        session.add_all(
            Task(text=f"errand {number}", assignee_id=ann.id, creator_id=ann.id, due_on=day)
            for number in range(500)
        )
    office.bot.edge.actors.forget(office.slack.team.id)
