"""The day of who leads and sells nothing: the team's truth on one screen."""

from bot.domain.actors import Actor
from bot.store.people import find_slack_person
from tests.payloads.validator import problems_of_view
from tests.support.office import Office


def test_who_leads_sees_how_the_team_stands(office: Office) -> None:
    for who in (office.ada, office.mia, office.bo):
        office.crm(who, "help")
    office.crm(office.ann, "deal Acme 120k 2026-12-31")
    office.crm(office.ann, "task Acme demo prep 2026-11-25")
    office.crm(office.bo, "deal Borg 30k 2026-12-31")
    assert "Three lines are all you need" in str(office.crm(office.mia, "day").message.blocks)
    _lead(office, office.mia, office.ann)
    office.crm(office.ada, "plan Ann Lee 240k Q4")
    office.pass_time(days=3)
    day = office.crm(office.mia, "day")
    assert "$120K" in str(day.message.blocks)
    assert "of $240K" in str(day.message.blocks)
    assert "Ann Lee: 1 task, since Wed, Nov 25" in str(day.message.blocks)
    everybody = office.crm(office.ada, "day")
    assert "$150K" in str(everybody.message.blocks)
    office.press(office.mia, day, "Signals")
    assert "Needs a look" in str(office.said(office.mia).blocks)
    office.slack.open_home(office.ada)
    office.bot.effects.settle()
    home = office.slack.home(office.ada)
    assert problems_of_view(home.body, "home") == []
    office.press(office.ada, home, "Team")
    assert "Bo Berg" in str(office.slack.home(office.ada).blocks)


def test_who_leads_and_sells_sees_their_own_day(office: Office) -> None:
    office.crm(office.ada, "deal Acme 120k 2026-12-31")
    assert "Your open pipeline" in str(office.crm(office.ada, "day").message.blocks)


def _lead(office: Office, manager: object, rep: object) -> None:
    with office.store.transaction(Actor(1), now=office.clock(), how="test") as session:
        above, below = (find_slack_person(session, one.id) for one in (manager, rep))
        assert above is not None
        assert below is not None
        above.role, below.manager_id = "manager", above.id
    office.bot.edge.actors.forget(office.slack.team.id)
