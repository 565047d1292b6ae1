"""How leads are handed out: what an admin decides, and who is away when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.services.edits import edit
from bot.services.notifications import recall
from bot.services.rights import check_is_admin, check_may_change
from bot.store import Session, alone
from bot.store.models import LeadPolicy, LeadRule, LeadShare
from bot.store.people import access_person
from bot.store.pools import access_rule, find_share, lead_policy, list_rules

LONGEST_DAYS = 365


class BadDays(Refusal):
    """A number of days that nobody can keep to."""

    message = "Type a number of days between 2 and 365, or leave it empty: then no lead goes back by itself."


class BadWarning(Refusal):
    """A warning that would come before the lead is idle, or too late."""

    message = "The warning comes at least 1 day before, and after the lead has been idle for at least a day."


class BadMost(Refusal):
    """A number of leads that is none."""

    message = "Type how many leads, such as: 30. Empty means any number."


class RuleFitsAll(Refusal):
    """A rule without a condition."""

    message = "Say for which leads: a region, a source or a size. For all leads switch turns on instead."


class EndsBeforeItBegins(Refusal):
    """An absence that is over before it begins."""

    message = "The last day away is before the first one."


class OwnStandIn(Refusal):
    """Somebody who stands in for themselves."""

    message = "Choose somebody else: you cannot stand in for yourself."


def edit_policy(
    session: Session,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> LeadPolicy:
    """Change the pool's channel, its days, its limit, or whether new leads go by turn.

    Raises AdminsOnly, BadDays, BadWarning, BadMost and EditConflict.
    """
    check_is_admin(session, actor)
    policy = lead_policy(session)
    edit(session, policy, values, version=version, seen=seen)
    if policy.idle_days is not None and not 2 <= policy.idle_days <= LONGEST_DAYS:
        raise BadDays(field="idle_days")
    if policy.idle_days is not None and not 1 <= policy.warn_days < policy.idle_days:
        raise BadWarning(field="warn_days")
    _check_most(policy.most_held, "most_held")
    return policy


def edit_share(
    session: Session,
    actor: Actor,
    person_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> LeadShare:
    """Say whether somebody takes turns, how many leads they carry, and when they are away.

    Everybody says so of themselves when they are away; the rest is their manager's and the admins'. Raises
    NotAllowed, AdminsOnly, BadMost, EndsBeforeItBegins and EditConflict.
    """
    check_may_change(session, actor, access_person(session, person_id).id)
    if not values.keys() <= {"away_from", "away_until", "stand_in_id"} and actor.person_id == person_id:
        check_is_admin(session, actor)
    alone(session, "leads.share")
    share = find_share(session, person_id)
    if share is None:
        share = LeadShare(person_id=person_id)
        session.add(share)
        session.flush()
    share.deleted_at = None
    edit(session, share, values, version=version, seen=seen)
    _check_most(share.capacity, "capacity")
    if share.away_from and share.away_until and share.away_until < share.away_from:
        raise EndsBeforeItBegins(field="away_until")
    return share


def go_away(
    session: Session,
    actor: Actor,
    *,
    first: date | None,
    last: date | None,
    now: datetime,
    stand_in_id: int | None = None,
) -> LeadShare:
    """Say that one is away, and who is reminded meanwhile; both days None is back.

    What waited for one's return is looked at again at once. Raises EndsBeforeItBegins and OwnStandIn.
    """
    person_id = actor.person_id or 0
    if stand_in_id == person_id:
        raise OwnStandIn(field="stand_in")
    values = {"away_from": first, "away_until": last, "stand_in_id": stand_in_id}
    share = edit_share(session, actor, person_id, values, now=now)
    recall(session, person_id, now)
    session.expire(share, ["stand_in"])
    return find_share(session, person_id) or share


def make_rule(session: Session, actor: Actor, values: Mapping[str, Any]) -> LeadRule:
    """A new rule, behind the others. Raises AdminsOnly, RuleFitsAll and BadMost."""
    check_is_admin(session, actor)
    position = max((each.position for each in list_rules(session)), default=0) + 1
    rule = LeadRule(position=position, **values)
    _check_rule(rule)
    session.add(rule)
    session.flush()
    return access_rule(session, rule.id)


def edit_rule(
    session: Session,
    actor: Actor,
    rule_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> LeadRule:
    """Change a rule. Raises AdminsOnly, UnknownRule, RuleFitsAll, BadMost and EditConflict."""
    check_is_admin(session, actor)
    rule = access_rule(session, rule_id)
    edit(session, rule, values, version=version, seen=seen)
    _check_rule(rule)
    return access_rule(session, rule_id)


def raise_rule(session: Session, actor: Actor, rule_id: int) -> None:
    """Let a rule decide before the one above it. Raises AdminsOnly and UnknownRule."""
    check_is_admin(session, actor)
    rule, rules = access_rule(session, rule_id), list(list_rules(session))
    place = next(place for place, each in enumerate(rules) if each.id == rule.id)
    if place:
        above = rules[place - 1]
        rule.position, above.position = above.position, rule.position
        session.flush()


def delete_rule(session: Session, actor: Actor, rule_id: int, *, now: datetime) -> None:
    """Take a rule away; an undo brings it back. Raises AdminsOnly and UnknownRule."""
    check_is_admin(session, actor)
    access_rule(session, rule_id).deleted_at = now
    session.flush()


def _check_rule(rule: LeadRule) -> None:
    if not (rule.region or rule.source or rule.least_size or rule.most_size):
        raise RuleFitsAll(field="region")
    _check_most(rule.least_size, "least_size")
    _check_most(rule.most_size, "most_size")


def _check_most(most: int | None, field: str) -> None:
    if most is not None and not 0 < most < 100_000_000:
        raise BadMost(field=field)
