"""Pipelines as admins shape them: what is in a stage survives whatever is done to the stage."""

import pytest

from bot.domain.actors import AdminsOnly
from bot.domain.money import Money
from bot.domain.roles import Role
from bot.services.opportunities import change_stage, open_opportunity
from bot.services.pipelines import (
    GoalMissing,
    LastOfItsKind,
    LastPipeline,
    NoSuchGoal,
    StageExists,
    edit_stage,
    make_pipeline,
    make_stage,
    raise_stage,
    retire_pipeline,
    retire_stage,
)
from bot.services.stages import ChecksOpen, NeedsFilled, StageElsewhere, lack_of
from bot.services.undo import TakenSince, undo
from bot.store.opportunities import access_opportunity
from bot.store.pipelines import access_stage, list_pipelines, list_stages
from tests.support.factories import Factory


class Desk:
    """An admin and a seller around one workspace; `do` is one transaction."""

    def __init__(self, factory: Factory) -> None:
        self.store, self.now, self.workspace_id = factory.store, factory.now, factory.workspace_id
        self.ada, self.ann = factory.actor("Ada", Role.ADMIN), factory.actor("Ann")
        self.changeset = ""

    def do(self, deed, *arguments, by=None, **named):  # type: ignore[no-untyped-def]
        with self.store.transaction(by or self.ada, now=self.now, how="test") as session:
            self.changeset = str(session.info["changeset"])
            return deed(session, by or self.ada, *arguments, **named)

    def names(self, pipeline_id: int | None = None) -> list[str]:
        with self.store.reading(self.workspace_id) as session:
            return [each.name for each in list_stages(session, pipeline_id)]

    def stage(self, name: str, pipeline_id: int | None = None) -> int:
        with self.store.reading(self.workspace_id) as session:
            stages = list_stages(session, pipeline_id, retired=True)
            return next(each.id for each in stages if each.name == name)


@pytest.fixture
def desk(sqlite_factory: Factory) -> Desk:
    return Desk(sqlite_factory)


def test_a_stage_is_added_where_it_is_said_and_open_ones_stay_before_the_ends(desk: Desk) -> None:
    first = desk.do(make_stage, _first(desk), name="Demo", before_id=desk.stage("Proposal"))
    assert desk.names() == ["Qualification", "Discovery", "Demo", "Proposal", "Negotiation", "Won", "Lost"]
    desk.do(raise_stage, first.id)
    desk.do(raise_stage, desk.stage("Negotiation"), steps=-1)
    desk.do(raise_stage, desk.stage("Lost"), steps=1)
    assert desk.names() == ["Qualification", "Demo", "Discovery", "Proposal", "Negotiation", "Won", "Lost"]
    with pytest.raises(StageExists):
        desk.do(make_stage, _first(desk), name="需求确认")
    with pytest.raises(AdminsOnly):
        desk.do(make_stage, _first(desk), name="Pilot", by=desk.ann)


def test_a_name_that_was_undone_is_free_again(desk: Desk) -> None:
    desk.do(make_stage, _first(desk), name="Demo")
    desk.do(undo, desk.changeset, now=desk.now)
    desk.do(make_stage, _first(desk), name="Demo")
    assert desk.names().count("Demo") == 1
    desk.do(undo, desk.changeset, now=desk.now)
    assert "Demo" not in desk.names()


def test_what_another_is_called_by_now_does_not_come_back(desk: Desk) -> None:
    desk.do(edit_stage, desk.stage("Proposal"), {"name": "Offer"})
    renamed = desk.changeset
    desk.do(make_stage, _first(desk), name="Proposal")
    with pytest.raises(TakenSince):
        desk.do(undo, renamed, now=desk.now)
    assert {"Offer", "Proposal"} < set(desk.names())


def test_retiring_asks_where_they_go_and_one_undo_brings_all_back(desk: Desk) -> None:
    opened = desk.do(open_opportunity, by=desk.ann, customer=None, name="Acme", now=desk.now)
    first, goal = desk.stage("Qualification"), desk.stage("Discovery")
    for goal_id, refusal in ((None, GoalMissing), (desk.stage("Won"), NoSuchGoal), (first, NoSuchGoal)):
        with pytest.raises(refusal):
            desk.do(retire_stage, first, to_stage_id=goal_id, now=desk.now)
    assert desk.do(retire_stage, first, to_stage_id=goal, now=desk.now) == 1
    assert "Qualification" not in desk.names()
    with desk.store.reading(desk.workspace_id) as session:
        assert access_opportunity(session, opened.id).stage_id == goal
    desk.do(undo, desk.changeset, now=desk.now)
    with desk.store.reading(desk.workspace_id) as session:
        assert access_opportunity(session, opened.id).stage_id == first
    assert desk.names()[0] == "Qualification"
    with pytest.raises(LastOfItsKind):
        desk.do(retire_stage, desk.stage("Won"), now=desk.now)


def test_a_pipeline_is_retired_into_another_one_and_the_last_one_stays(desk: Desk) -> None:
    with pytest.raises(LastPipeline):
        desk.do(retire_pipeline, _first(desk), now=desk.now)
    renewals = desk.do(make_pipeline, name="Renewals", stages=["Contact", "Offer"])
    assert desk.names(renewals.id) == ["Contact", "Offer", "Won", "Lost"]
    with desk.store.reading(desk.workspace_id) as session:
        contact = access_stage(session, desk.stage("Contact", renewals.id))
    opened = desk.do(open_opportunity, by=desk.ann, customer=None, name="Acme", now=desk.now, stage=contact)
    assert opened.stage_id == contact.id
    with pytest.raises(StageElsewhere) as refused:
        desk.do(change_stage, opened.id, by=desk.ann, to_stage_id=desk.stage("Proposal"), now=desk.now)
    assert refused.value.values["stages"] == ("Contact", "Offer", "Won", "Lost")
    desk.do(retire_pipeline, renewals.id, to_stage_id=desk.stage("Proposal"), now=desk.now)
    with desk.store.reading(desk.workspace_id) as session:
        assert [each.name for each in list_pipelines(session)] == ["Sales"]
        assert access_opportunity(session, opened.id).stage.name == "Proposal"


def test_one_moves_on_when_all_on_the_way_is_filled_and_ticked_and_back_without(desk: Desk) -> None:
    asks = {"needs": ["amount"], "checks": ["Budget confirmed"]}
    desk.do(edit_stage, desk.stage("Discovery"), asks)
    opened = desk.do(open_opportunity, by=desk.ann, customer=None, name="Acme", now=desk.now)

    def move(name: str, **named: object) -> None:
        desk.do(change_stage, opened.id, by=desk.ann, to_stage_id=desk.stage(name), now=desk.now, **named)

    move("Discovery")
    with desk.store.reading(desk.workspace_id) as session:
        acme = access_opportunity(session, opened.id)
        lack = lack_of(session, acme, access_stage(session, desk.stage("Won")))
        assert (lack.needs, lack.checks) == (("amount",), ("Budget confirmed",))
        assert not lack_of(session, acme, access_stage(session, desk.stage("Lost")))
    move("Qualification")
    with pytest.raises(NeedsFilled):
        move("Negotiation", ticked=["Budget confirmed"])
    worth = {"amount": Money.of(100, "USD")}
    with pytest.raises(ChecksOpen):
        move("Negotiation", facts=worth)
    move("Negotiation", facts=worth, ticked=["Budget confirmed"])
    begin = {"customer": None, "name": "Borg", "now": desk.now}
    with desk.store.reading(desk.workspace_id) as session:
        proposal = access_stage(session, desk.stage("Proposal"))
    with pytest.raises(NeedsFilled):
        desk.do(open_opportunity, by=desk.ann, stage=proposal, **begin)


def _first(desk: Desk) -> int:
    with desk.store.reading(desk.workspace_id) as session:
        return list_pipelines(session)[0].id
