"""Proof: whatever is claimed, given, given back, left idle or wanted by two at once, a lead has one owner.

A state machine of the pool against a model that knows whose each lead is. PROOF_EXAMPLES is how many runs
of up to PROOF_STEPS steps (default 6 of 20, the same ones each time).
"""

import os
import tempfile
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.roles import Role
from bot.services.lead_policy import edit_policy, edit_share, go_away
from bot.services.leads import convert_lead, disqualify_lead, make_lead
from bot.services.pools import assign_lead, claim_lead, release_lead, tend_lead
from bot.services.undo import undo
from bot.store import EditedMeanwhile, Store
from bot.store.changes import list_changes_of
from bot.store.leads import access_lead
from bot.store.migrating import migrate
from bot.store.pools import find_share, is_away, lead_policy, list_idle
from tests.support.factories import Factory

SELLERS = 4
who = st.integers(0, SELLERS - 1)


class Pool(RuleBasedStateMachine):
    """Sellers, an admin and a clock around leads; `owners` is whose each open lead must be."""

    leads = Bundle("leads")

    @initialize(most=st.none() | st.integers(1, 3), turns=st.booleans())
    def begin(self, most: int | None, turns: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(f"sqlite:///{self.folder.name}/pool.db")
        migrate(self.store)
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        factory = Factory(self.store, self.now)
        self.workspace_id, self.clock = factory.workspace_id, factory.shell
        self.sellers = [factory.actor(f"Seller{number}") for number in range(SELLERS)]
        self.ada = factory.actor("Ada", Role.ADMIN)
        self.owners: dict[int, int | None] = {}
        self.closed: set[int] = set()
        self.most = most
        policy = {
            "slack_channel": "C1",
            "idle_days": 6,
            "warn_days": 2,
            "most_held": most,
            "takes_turns": turns,
        }
        self.do(edit_policy, self.ada, policy)
        for seller in self.sellers:
            self.do(edit_share, self.ada, seller.person_id, {"takes_turns": True}, now=self.now)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def do(self, deed: Any, actor: Actor, *arguments: Any, **named: Any) -> Any:
        """One transaction; None where it is refused."""
        try:
            with self.store.transaction(actor, now=self.now, how="proof") as session:
                done = deed(session, actor, *arguments, **named)
                self.changeset = str(session.info["changeset"])
                return done
        except (Refusal, EditedMeanwhile):
            return None

    def may_hold(self, person_id: int) -> bool:
        held = sum(owner == person_id for owner in self.owners.values())
        return self.most is None or held < self.most

    def is_here(self, person_id: int) -> bool:
        with self.store.reading(self.workspace_id) as session:
            return not is_away(find_share(session, person_id), self.now.date())

    @rule(target=leads)
    def keep(self) -> int:
        made = self.do(make_lead, self.ada, name="Lead", owner_id=None, now=self.now)
        if made.owner_id is not None:
            assert self.is_here(made.owner_id)
            assert self.may_hold(made.owner_id)
        self.owners[made.id] = made.owner_id
        return int(made.id)

    @rule(lead=leads, seller=who)
    def claim(self, lead: int, seller: int) -> None:
        actor = self.sellers[seller]
        is_free = lead in self.owners and self.owners[lead] is None and self.may_hold(actor.person_id or 0)
        claimed = self.do(claim_lead, actor, lead, now=self.now)
        if lead in self.owners and self.owners[lead] == actor.person_id:
            return
        assert (claimed is not None) == is_free
        if claimed:
            self.owners[lead] = actor.person_id

    @rule(lead=leads, first=who, second=who)
    def claim_at_once(self, lead: int, first: int, second: int) -> None:
        """Two press Claim at the same moment, each in a thread and a transaction of their own."""
        if self.owners.get(lead, 0) is not None or first == second:
            return
        pair = [self.sellers[first], self.sellers[second]]
        able = [actor for actor in pair if self.may_hold(actor.person_id or 0)]
        start, won = threading.Barrier(2), []

        def press(actor: Actor) -> None:
            start.wait()
            try:
                with self.store.transaction(actor, now=self.now, how="proof") as session:
                    claim_lead(session, actor, lead, now=self.now)
            except (Refusal, EditedMeanwhile):
                return
            won.append(actor.person_id)

        threads = [threading.Thread(target=press, args=(actor,)) for actor in pair]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == min(1, len(able)), won
        if won:
            self.owners[lead] = won[0]

    @rule(lead=leads, seller=who)
    def give_back(self, lead: int, seller: int) -> None:
        actor = self.sellers[seller]
        may = lead in self.owners and self.owners[lead] in (None, actor.person_id)
        assert (self.do(release_lead, actor, lead, now=self.now) is not None) == may
        if may:
            self.owners[lead] = None

    @rule(lead=leads, seller=who)
    def give(self, lead: int, seller: int) -> None:
        person_id = self.sellers[seller].person_id or 0
        may = lead in self.owners and (self.owners[lead] == person_id or self.may_hold(person_id))
        assert (self.do(assign_lead, self.ada, lead, person_id, now=self.now) is not None) == may
        if may:
            self.owners[lead] = person_id

    @rule(lead=leads, seller=who, wins=st.booleans())
    def close(self, lead: int, seller: int, wins: bool) -> None:
        actor = self.sellers[seller]
        if wins:
            closed = self.do(convert_lead, actor, lead, now=self.now)
        else:
            closed = self.do(disqualify_lead, actor, lead, reason="no budget", now=self.now)
        assert (closed is not None) == (lead in self.owners and self.owners[lead] in (None, actor.person_id))
        if closed:
            del self.owners[lead]
            self.closed.add(lead)

    @rule(lead=leads, seller=who)
    def claim_and_undo(self, lead: int, seller: int) -> None:
        actor = self.sellers[seller]
        if self.owners.get(lead, 0) is None and self.do(claim_lead, actor, lead, now=self.now):
            assert self.do(undo, actor, self.changeset, now=self.now)

    @rule(seller=who, days=st.integers(0, 9))
    def go_away(self, seller: int, days: int) -> None:
        last: date | None = (self.now + timedelta(days=days)).date() if days else None
        self.do(
            go_away, self.sellers[seller], first=self.now.date() if days else None, last=last, now=self.now
        )

    @rule(days=st.integers(1, 4))
    def pass_time(self, days: int) -> None:
        """A worker tends what is idle, twice, as two workers would."""
        self.now += timedelta(days=days)
        for _ in range(2):
            with self.store.everywhere(writes=False) as session:
                idle = list_idle(session, now=self.now)
            for each in idle:
                with self.store.transaction(self.clock, now=self.now, how="clock") as session:
                    lead = access_lead(session, each.lead_id)
                    owner_id, warned_at, touched_at = lead.owner_id, lead.warned_at, lead.touched_at
                    tended = tend_lead(session, each.lead_id, now=self.now)
                if tended is not None and tended.owner_id is None:
                    assert owner_id is not None
                    assert self.is_here(owner_id)
                    assert warned_at is not None
                    assert self.now - warned_at >= timedelta(days=2)
                    assert touched_at is not None
                    assert self.now - touched_at >= timedelta(days=6)
                    self.owners[each.lead_id] = None

    @invariant()
    def each_lead_has_the_owner_that_the_model_says(self) -> None:
        if not hasattr(self, "owners"):
            return
        with self.store.reading(self.workspace_id) as session:
            for lead, owner in self.owners.items():
                assert access_lead(session, lead).owner_id == owner
            assert lead_policy(session).most_held == self.most
            for lead in self.owners:
                self.check_log(list_changes_of(session, "leads", lead))

    def check_log(self, changes: Any) -> None:
        """Each change of the owner takes it from the one who had it."""
        owner = None
        for change in changes:
            if change.field == "":
                owner = change.new.get("owner_id")
            elif change.field == "owner_id":
                assert change.old == owner
                owner = change.new

    @invariant()
    def nobody_holds_too_many(self) -> None:
        for seller in getattr(self, "sellers", []):
            held = sum(owner == seller.person_id for owner in self.owners.values())
            assert self.most is None or held <= self.most


TestPool = Pool.TestCase
TestPool.settings = settings(
    # In its bounded size the same runs each time; at full size other ones.
    derandomize="PROOF_EXAMPLES" not in os.environ,
    max_examples=int(os.environ.get("PROOF_EXAMPLES", "6")),
    stateful_step_count=int(os.environ.get("PROOF_STEPS", "20")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
