"""Proof: whatever is done to opportunities and to the pipelines under them, the figures keep their laws.

A state machine of pipelines, moves, edits, ends, reopenings, undos, approvals and redesigns of stages. After
each step: history replays to the present, the waterfall sums from what was to what is, every opportunity is
in view, and totals equal a query written by hand. PROOF_EXAMPLES is how many runs of up to PROOF_STEPS steps
(default 4 of 25); `--hypothesis-seed` makes the same ones again.
"""

import os
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import text

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.money import Money
from bot.domain.periods import quarter_of
from bot.domain.pipeline import PipelineFilter
from bot.domain.roles import Role
from bot.reports.movements import movements
from bot.reports.pipeline import pipeline as open_pipeline
from bot.services.approvals import approve, ask_approval, decline, withdraw
from bot.services.gates import approver_for
from bot.services.opportunities import change_stage, edit_opportunity, open_opportunity
from bot.services.pipelines import (
    edit_stage,
    make_pipeline,
    make_stage,
    put_pipeline_first,
    raise_stage,
    restore_pipeline,
    restore_stage,
    retire_pipeline,
    retire_stage,
)
from bot.services.signals import close_as_lost
from bot.services.stages import lack_of
from bot.services.undo import undo
from bot.store import EditedMeanwhile, Store
from bot.store.approvals import find_asked
from bot.store.changes import list_changes_of
from bot.store.figures import stage_moves
from bot.store.migrating import migrate
from bot.store.opportunities import access_opportunity, list_open_opportunities
from bot.store.pipelines import access_stage, list_pipelines, list_stages
from tests.support.factories import Factory

OPEN_BY_HAND = """
    SELECT o.currency, COUNT(*), COUNT(o.amount_minor), COALESCE(SUM(o.amount_minor), 0)
    FROM opportunities o JOIN stages s ON s.id = o.stage_id
    WHERE s.kind = 'open' AND o.deleted_at IS NULL {more} GROUP BY o.currency
"""
REPLAYED = ("stage_id", "amount_minor", "currency", "close_on", "closed_on", "owner_id", "loss_reason")
amounts = st.none() | st.integers(0, 5_000_000)
currencies = st.sampled_from(["USD", "CNY"])
places = st.integers(0, 40)


class Pipelines(RuleBasedStateMachine):
    """Two sellers and an admin around opportunities; numbers choose among what there is."""

    opportunities = Bundle("opportunities")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(f"sqlite:///{self.folder.name}/laws.db")
        migrate(self.store)
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        factory = Factory(self.store, self.now)
        self.workspace_id = factory.workspace_id
        self.ada = factory.actor("Ada", Role.ADMIN)
        self.ann = factory.actor("Ann")
        self.last: tuple[Actor, str] | None = None
        self.made: set[int] = set()
        self.mornings: dict[date, Counter[str]] = {}
        self.know_morning()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def do(self, deed: Any, *arguments: Any, by: Actor | None = None, **named: Any) -> Any:
        """One transaction a moment later than the one before; None where it is refused."""
        self.now += timedelta(minutes=1)
        actor = by or self.ada
        if "now" in named:
            named["now"] = self.now
        try:
            with self.store.transaction(actor, now=self.now, how="proof") as session:
                done = deed(session, actor, *arguments, **named)
                self.last = (actor, str(session.info["changeset"]))
                return done
        except (Refusal, EditedMeanwhile):
            return None

    def by_hand(self, more: str = "", **values: Any) -> dict[str, tuple[int, int, int]]:
        with self.store.engine.connect() as connection:
            rows = connection.execute(text(OPEN_BY_HAND.format(more=more)), values)
            return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def know_morning(self) -> None:
        sums = Counter({currency: minor for currency, (_, _, minor) in self.by_hand().items()})
        self.mornings[self.now.date()] = sums

    def stages(self) -> list[int]:
        with self.store.reading(self.workspace_id) as session:
            return [
                stage.id
                for each in list_pipelines(session, retired=True)
                for stage in list_stages(session, each.id, retired=True)
            ]

    def stage_at(self, place: int) -> int:
        stages = self.stages()
        return stages[place % len(stages)]

    def stage_of_its_own(self, opportunity: int, place: int) -> int:
        with self.store.reading(self.workspace_id) as session:
            stage = access_opportunity(session, opportunity).stage
            stages = list_stages(session, stage.pipeline_id)
            return stages[place % len(stages)].id

    def pipeline_at(self, place: int) -> int:
        with self.store.reading(self.workspace_id) as session:
            pipelines = list_pipelines(session, retired=True)
            return pipelines[place % len(pipelines)].id

    # What sellers do.

    @rule(target=opportunities, place=places, amount=amounts, currency=currencies, days=st.integers(0, 120))
    def open(self, place: int, amount: int | None, currency: str, days: int) -> Any:
        with self.store.reading(self.workspace_id) as session:
            stage = access_stage(session, self.stage_at(place))
        values: dict[str, Any] = {"amount": None if amount is None else Money(amount, currency)}
        if days:
            values["close_on"] = self.now.date() + timedelta(days=days)
        opened = self.do(
            open_opportunity, by=self.ann, customer=None, name="Sale", stage=stage, now=None, **values
        )
        if opened is None:
            return multiple()
        self.made.add(opened.id)
        return opened.id

    @rule(opportunity=opportunities, amount=amounts, currency=currencies, days=st.integers(0, 120))
    def edit(self, opportunity: int, amount: int | None, currency: str, days: int) -> None:
        values: dict[str, Any] = {"amount": None if amount is None else Money(amount, currency)}
        values["close_on"] = self.now.date() + timedelta(days=days) if days else None
        if opportunity in self.made:
            self.do(edit_opportunity, opportunity, values, by=self.ann, now=None)

    @rule(opportunity=opportunities, place=places, amount=amounts, currency=currencies, strays=st.booleans())
    def move(self, opportunity: int, place: int, amount: int | None, currency: str, strays: bool) -> None:
        """To any stage, forth, back, over its end and open again; refused where a stage asks for more."""
        if opportunity not in self.made:
            return
        goal = self.stage_at(place) if strays else self.stage_of_its_own(opportunity, place)
        with self.store.reading(self.workspace_id) as session:
            before = access_opportunity(session, opportunity)
            stage = access_stage(session, goal)
            lack = lack_of(session, before, stage)
            guarded = approver_for(session, self.ann, stage, self.now)
        money = None if amount is None or stage.is_open else Money(amount, currency)
        moved = self.do(
            change_stage,
            opportunity,
            by=self.ann,
            to_stage_id=goal,
            now=None,
            loss_reason="price",
            amount=money,
        )
        if moved is not None:
            assert not guarded
            assert not lack.checks
            assert set(lack.needs) <= {"amount"} if money else not lack.needs
            assert before.stage.pipeline_id == stage.pipeline_id
            assert stage.retired_at is None

    @rule(opportunity=opportunities, place=places, answer=st.sampled_from(["yes", "no", "back", "edit"]))
    def ask(self, opportunity: int, place: int, answer: str) -> None:
        """A yes moves it, unless it has changed since; anything else leaves it where it is."""
        if opportunity not in self.made:
            return
        goal = self.stage_of_its_own(opportunity, place)
        with self.store.reading(self.workspace_id) as session:
            before = access_opportunity(session, opportunity)
            if approver_for(session, self.ann, access_stage(session, goal), self.now) is None:
                return
        asked = self.do(ask_approval, opportunity, by=self.ann, to_stage_id=goal, now=None)
        if asked is None:
            return
        if answer == "edit":
            other = Money((before.amount_minor or 0) + 1, before.currency)
            assert self.do(edit_opportunity, opportunity, {"amount": other}, by=self.ann, now=None)
            assert self.do(approve, asked.id, now=None) is None
        elif answer == "yes":
            assert self.do(approve, asked.id, by=self.ann, now=None) is None
            assert self.do(approve, asked.id, now=None)
        elif answer == "no":
            assert self.do(decline, asked.id, reason="too early", now=None)
        else:
            assert self.do(withdraw, asked.id, by=self.ann, now=None)
        with self.store.reading(self.workspace_id) as session:
            after = access_opportunity(session, opportunity)
            assert after.stage_id == (goal if answer == "yes" else before.stage_id)
            assert find_asked(session, "opportunities", opportunity) is None

    @rule()
    def close_all(self) -> None:
        with self.store.reading(self.workspace_id) as session:
            ids = [each.id for each in list_open_opportunities(session, limit=3)]
        self.do(close_as_lost, ids, reason="dead", now=None)

    @rule()
    def take_back(self) -> None:
        if self.last is None:
            return
        actor, changeset = self.last
        self.do(undo, changeset, by=actor, now=None)
        with self.store.engine.connect() as connection:
            rows = connection.execute(text("SELECT id FROM opportunities WHERE deleted_at IS NULL"))
            self.made = {row[0] for row in rows}

    # What admins do.

    @rule(stages=st.integers(1, 3), first=st.booleans())
    def shape_new(self, stages: int, first: bool) -> None:
        number = len(self.stages())
        made = self.do(make_pipeline, name=f"Way {number}", stages=[f"Step {each}" for each in range(stages)])
        if made is not None and first:
            self.do(put_pipeline_first, made.id)

    @rule(place=places, before=places)
    def shape_stage(self, place: int, before: int) -> None:
        name = f"New {len(self.stages())}"
        self.do(make_stage, self.pipeline_at(place), name=name, before_id=self.stage_at(before))

    @rule(place=places, up=st.booleans(), needs=st.booleans(), checks=st.booleans(), gate=st.booleans())
    def redesign(self, place: int, up: bool, needs: bool, checks: bool, gate: bool) -> None:
        stage_id = self.stage_at(place)
        values = {
            "name": f"Called {stage_id}",
            "needs": ["amount"] if needs else [],
            "checks": ["Budget confirmed"] if checks and needs else [],
            "approver_id": self.ada.person_id if gate else None,
        }
        self.do(edit_stage, stage_id, values)
        self.do(raise_stage, stage_id, steps=1 if up else -1)

    @rule(place=places, goal=places, back=st.booleans())
    def retire_one(self, place: int, goal: int, back: bool) -> None:
        deed: Any = restore_stage if back else retire_stage
        more = {} if back else {"to_stage_id": self.stage_at(goal), "now": None}
        self.do(deed, self.stage_at(place), **more)

    @rule(place=places, goal=places, back=st.booleans())
    def retire_way(self, place: int, goal: int, back: bool) -> None:
        deed: Any = restore_pipeline if back else retire_pipeline
        more = {} if back else {"to_stage_id": self.stage_at(goal), "now": None}
        self.do(deed, self.pipeline_at(place), **more)

    @rule(days=st.integers(1, 40))
    def sleep(self, days: int) -> None:
        """The next morning; what was done before can no longer be taken back unseen."""
        self.now = (self.now + timedelta(days=days)).replace(hour=9, minute=0)
        self.last = None
        self.know_morning()

    # The laws.

    @invariant()
    def history_replays_to_the_present(self) -> None:
        if not hasattr(self, "made"):
            return
        with self.store.reading(self.workspace_id) as session:
            moves = stage_moves(session)
            for each in sorted(self.made):
                now = access_opportunity(session, each)
                assert moves[each][-1][1] == now.stage_id
                state: dict[str, Any] = {}
                for change in list_changes_of(session, "opportunities", each):
                    state |= change.new if change.field == "" else {change.field: change.new}
                for field in REPLAYED:
                    value = getattr(now, field)
                    assert state.get(field) == (value.isoformat() if isinstance(value, date) else value), (
                        field
                    )
                assert now.stage.is_open == (now.closed_on is None)
                assert now.stage.is_lost == (now.loss_reason is not None)

    @invariant()
    def each_move_goes_on_where_the_one_before_ended(self) -> None:
        if not hasattr(self, "made"):
            return
        with self.store.engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT opportunity_id, from_stage_id, to_stage_id FROM stage_changes "
                    "WHERE deleted_at IS NULL ORDER BY opportunity_id, at, id"
                )
            ).all()
        last: dict[int, int] = {}
        for opportunity, came_from, went_to in rows:
            assert came_from == last.get(opportunity)
            last[opportunity] = went_to

    @invariant()
    def nothing_is_lost_from_view(self) -> None:
        if not hasattr(self, "made"):
            return
        with self.store.reading(self.workspace_id) as session:
            found = open_pipeline(session, as_of=self.now.date())
            listed = {each.id for each in list_open_opportunities(session, limit=1000)}
            seen = {each for each in self.made if access_opportunity(session, each).stage.is_open}
            assert listed == seen
            assert found.count == len(seen)
            ways = [each.id for each in list_pipelines(session, retired=True)]
            parts = [
                open_pipeline(session, as_of=self.now.date(), only=PipelineFilter(pipeline_id=each))
                for each in ways
            ]
            assert sum(part.count for part in parts) == found.count
            for way, part in zip(ways, parts, strict=True):
                by_hand = self.by_hand("AND s.pipeline_id = :way", way=way)
                assert {each.currency: each.minor for each in part.totals} == {
                    currency: minor for currency, (_, known, minor) in by_hand.items() if known
                }

    @invariant()
    def totals_equal_a_query_by_hand_and_the_waterfall_sums(self) -> None:
        if not hasattr(self, "made"):
            return
        by_hand = self.by_hand()
        known = {currency: minor for currency, (_, count, minor) in by_hand.items() if count}
        with self.store.reading(self.workspace_id) as session:
            found = open_pipeline(session, as_of=self.now.date())
            assert {each.currency: each.minor for each in found.totals} == known
            for since, morning in self.mornings.items():
                change = movements(session, since=since, as_of=self.now.date())
                for bridge in change.bridges:
                    steps = sum(step.signed_minor for step in bridge.steps)
                    assert bridge.before.minor + steps == bridge.after.minor
                    assert bridge.before.minor == morning[bridge.before.currency]
                    assert bridge.after.minor == known.get(bridge.after.currency, 0)
                told = {bridge.after.currency for bridge in change.bridges}
                assert {each for each, minor in known.items() if minor} <= told
            only = PipelineFilter(period=quarter_of(self.now.date(), 1))
            for bridge in movements(
                session, since=min(self.mornings), as_of=self.now.date(), only=only
            ).bridges:
                steps = sum(step.signed_minor for step in bridge.steps)
                assert bridge.before.minor + steps == bridge.after.minor


TestPipelines = Pipelines.TestCase
TestPipelines.settings = settings(
    # In its bounded size the same runs each time; at full size other ones.
    derandomize="PROOF_EXAMPLES" not in os.environ,
    max_examples=int(os.environ.get("PROOF_EXAMPLES", "4")),
    stateful_step_count=int(os.environ.get("PROOF_STEPS", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
