"""Laws of the pool: one owner at a time, nobody holds too many, idle leads go back after a warning."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.actors import Actor, AdminsOnly, NotAllowed
from bot.domain.leads import Candidate, next_in_turn
from bot.domain.notices import NoticeKind
from bot.domain.roles import Role
from bot.services.lead_policy import (
    BadWarning,
    RuleFitsAll,
    edit_policy,
    edit_share,
    go_away,
    make_rule,
    raise_rule,
)
from bot.services.leads import convert_lead, edit_lead, make_lead
from bot.services.pools import TooManyLeads, assign_lead, claim_lead, release_lead, tend_lead
from bot.services.undo import undo
from bot.store.leads import access_lead
from bot.store.notices import list_notices
from bot.store.pools import list_idle, list_rules, next_idle_at
from tests.support.factories import Factory


class Desk:
    """Ann and Bo sell, Ada administers; each deed is a transaction of its own."""

    def __init__(self, factory: Factory, now: datetime) -> None:
        self.factory, self.now = factory, now
        self.ann, self.bo = factory.actor("Ann"), factory.actor("Bo")
        self.ada = factory.actor("Ada", Role.ADMIN)

    def do(self, deed: Any, actor: Actor, *arguments: Any, **named: Any) -> Any:
        with self.factory.store.transaction(actor, now=self.now, how="test") as session:
            done = deed(session, actor, *arguments, **named)
            self.changeset = str(session.info["changeset"])
            return done

    def policy(self, **values: Any) -> None:
        self.do(edit_policy, self.ada, values)

    def lead(self, name: str = "Blue Ocean", **values: Any) -> Any:
        return self.do(make_lead, self.ann, name=name, **{"owner_id": None, "now": self.now, **values})

    def tend(self) -> None:
        with self.factory.store.everywhere(writes=False) as session:
            found = list_idle(session, now=self.now)
        for each in found:
            with self.factory.store.transaction(self.factory.shell, now=self.now, how="clock") as session:
                tend_lead(session, each.lead_id, now=self.now)

    def owner(self, lead_id: int) -> int | None:
        with self.factory.store.reading(self.factory.workspace_id) as session:
            return access_lead(session, lead_id).owner_id

    def told(self, *kinds: NoticeKind) -> list[tuple[str, str]]:
        with self.factory.store.reading(self.factory.workspace_id) as session:
            notices = sorted(list_notices(session), key=lambda each: each.id)
            return [(each.kind, each.recipient) for each in notices if not kinds or each.kind in kinds]


@pytest.fixture
def desk(sqlite_factory: Factory, now: datetime) -> Desk:
    """Three people and their leads."""
    return Desk(sqlite_factory, now)


def test_a_lead_of_nobody_is_posted_once_and_its_card_follows_every_change(desk: Desk) -> None:
    desk.policy(slack_channel="C1")
    lead = desk.lead()
    assert desk.told() == [(NoticeKind.LEAD_POOL, "C1")]
    desk.do(claim_lead, desk.bo, lead.id, now=desk.now)
    desk.do(undo, desk.bo, desk.changeset, now=desk.now)
    assert desk.owner(lead.id) is None
    assert desk.told() == [(NoticeKind.LEAD_POOL, "C1"), *[(NoticeKind.LEAD_CARD, "C1")] * 2]


def test_nobody_holds_more_leads_than_they_may(desk: Desk) -> None:
    desk.policy(most_held=2)
    leads = [desk.lead(f"Lead {number}") for number in range(3)]
    for lead in leads[:2]:
        desk.do(claim_lead, desk.bo, lead.id, now=desk.now)
    with pytest.raises(TooManyLeads):
        desk.do(claim_lead, desk.bo, leads[2].id, now=desk.now)
    with pytest.raises(TooManyLeads):
        desk.do(assign_lead, desk.ada, leads[2].id, desk.bo.person_id, now=desk.now)
    with pytest.raises(TooManyLeads):
        desk.do(edit_lead, desk.ada, leads[2].id, {"owner_id": desk.bo.person_id}, now=desk.now)
    desk.do(edit_lead, desk.bo, leads[0].id, {"note": "called"}, now=desk.now)
    desk.do(convert_lead, desk.bo, leads[0].id, now=desk.now)
    desk.do(claim_lead, desk.bo, leads[2].id, now=desk.now)
    assert desk.owner(leads[2].id) == desk.bo.person_id


def test_an_idle_lead_goes_back_after_a_warning_and_never_without(desk: Desk) -> None:
    desk.policy(slack_channel="C1", idle_days=10, warn_days=3)
    lead = desk.lead(owner_id=desk.ann.person_id)
    desk.now += timedelta(days=30)  # the worker was down: the warning comes all the same, and then its days
    desk.tend()
    desk.tend()
    assert desk.told() == [(NoticeKind.LEAD_IDLE, f"person:{desk.ann.person_id}")]
    with desk.factory.store.everywhere(writes=False) as session:
        assert next_idle_at(session, after=desk.now) == desk.now + timedelta(days=3)
    desk.now += timedelta(days=2)
    desk.tend()
    assert desk.owner(lead.id) == desk.ann.person_id
    desk.now += timedelta(days=1)
    desk.tend()
    assert desk.owner(lead.id) is None
    assert desk.told(NoticeKind.LEAD_RETURNED, NoticeKind.LEAD_POOL) == [
        (NoticeKind.LEAD_POOL, "C1"),
        (NoticeKind.LEAD_RETURNED, f"person:{desk.ann.person_id}"),
    ]


def test_work_on_a_lead_and_its_owners_absence_keep_it(desk: Desk) -> None:
    desk.policy(idle_days=10, warn_days=3)
    worked, waiting = desk.lead("A", owner_id=desk.ann.person_id), desk.lead("B", owner_id=desk.bo.person_id)
    desk.now += timedelta(days=8)
    desk.tend()
    desk.do(edit_lead, desk.ann, worked.id, {"note": "called"}, now=desk.now)
    desk.do(go_away, desk.bo, first=None, last=(desk.now + timedelta(days=20)).date(), now=desk.now)
    desk.now += timedelta(days=6)
    desk.tend()
    assert (desk.owner(worked.id), desk.owner(waiting.id)) == (desk.ann.person_id, desk.bo.person_id)


def test_turns_go_to_whoever_waited_longest_is_here_and_has_room(desk: Desk) -> None:
    desk.policy(takes_turns=True)
    cem = desk.factory.actor("Cem")
    for actor in (desk.ann, desk.bo, cem):
        values = {"takes_turns": True, "capacity": 2 if actor is cem else None}
        desk.do(edit_share, desk.ada, actor.person_id, values, now=desk.now)
    desk.do(go_away, desk.bo, first=None, last=date(2026, 11, 25), now=desk.now)
    owners = [desk.lead(f"Lead {number}").owner.name for number in range(5)]
    assert owners == ["Ann", "Cem", "Ann", "Cem", "Ann"]
    desk.now += timedelta(days=3)
    assert desk.lead("Lead 5").owner.name == "Bo"


def test_everyone_away_or_full_leaves_a_lead_in_the_pool(desk: Desk) -> None:
    desk.policy(takes_turns=True, slack_channel="C1")
    desk.do(edit_share, desk.ada, desk.bo.person_id, {"takes_turns": True, "capacity": 1}, now=desk.now)
    assert desk.lead("A").owner_id == desk.bo.person_id
    assert desk.lead("B").owner_id is None


def test_the_first_rule_that_fits_says_whose_a_lead_is(desk: Desk) -> None:
    rules = [
        {"region": "West", "person_id": desk.bo.person_id},
        {"source": "fair", "least_size": 100, "person_id": desk.ann.person_id},
        {"source": "fair", "person_id": None},
    ]
    for rule in rules:
        desk.do(make_rule, desk.ada, rule)
    assert desk.lead("A", region="west", source="fair", size=500).owner_id == desk.bo.person_id
    assert desk.lead("B", source="Fair", size=500).owner_id == desk.ann.person_id
    assert desk.lead("C", source="fair").owner_id is None
    with desk.factory.store.reading(desk.factory.workspace_id) as session:
        second = list_rules(session)[1].id
    desk.do(raise_rule, desk.ada, second)
    assert desk.lead("D", region="West", source="fair", size=500).owner_id == desk.ann.person_id
    with pytest.raises(RuleFitsAll):
        desk.do(make_rule, desk.ada, {"person_id": None})


def test_only_admins_say_how_leads_are_handed_out(desk: Desk) -> None:
    with pytest.raises(AdminsOnly):
        desk.do(edit_policy, desk.ann, {"idle_days": 30})
    with pytest.raises(AdminsOnly):
        desk.do(edit_share, desk.ann, desk.ann.person_id, {"capacity": 1}, now=desk.now)
    with pytest.raises(NotAllowed):
        desk.do(edit_share, desk.ann, desk.bo.person_id, {"away_from": None}, now=desk.now)
    with pytest.raises(BadWarning):
        desk.policy(idle_days=5, warn_days=5)


def test_a_lead_given_back_is_posted_again(desk: Desk) -> None:
    desk.policy(slack_channel="C1")
    lead = desk.lead(owner_id=desk.ann.person_id)
    with pytest.raises(NotAllowed):
        desk.do(release_lead, desk.bo, lead.id, now=desk.now)
    desk.do(release_lead, desk.ann, lead.id, now=desk.now)
    assert desk.told() == [(NoticeKind.LEAD_POOL, "C1")]


def test_of_two_who_waited_alike_the_one_who_holds_fewer_is_next() -> None:
    last = datetime(2026, 11, 23, tzinfo=UTC)
    assert next_in_turn([Candidate(1, 3, None, last), Candidate(2, 1, None, last)]) == 2
    assert next_in_turn([Candidate(1, 3, 3, None)]) is None
