"""Who has a lead: claimed from the pool, given by hand, by rule or by turn, taken back when it lies idle."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.leads import Candidate, LeadState, fits, next_in_turn
from bot.domain.notices import NoticeKind, NoticeState, direct_to
from bot.services.notices import post_notice
from bot.services.rights import check_may_change
from bot.store import Session, alone
from bot.store.leads import access_lead
from bot.store.models import Lead, LeadShare, Notice
from bot.store.people import access_person
from bot.store.pools import (
    count_held,
    find_share,
    is_away,
    last_given,
    lead_policy,
    list_pool_cards,
    list_rules,
    list_shares,
)
from bot.store.workspaces import workspace_settings


class LeadClosed(Refusal):
    """A lead that was converted or disqualified already."""

    message = "{name} is closed already: it was converted or disqualified."


class LeadTaken(Refusal):
    """A lead that somebody else has."""

    message = "{owner} has claimed {name} already."


class TooManyLeads(Refusal):
    """One more lead than a person may hold."""

    message = (
        "{person} holds {held} open leads already, and {most} is the most. "
        "Convert one, disqualify one or give one back first: `/crm lead mine`"
    )


def access_open_lead(session: Session, lead_id: int) -> Lead:
    """The lead, which nobody else changes meanwhile. Raises UnknownLead and LeadClosed."""
    lead = access_lead(session, lead_id, to_change=True)
    if lead.state != LeadState.OPEN:
        raise LeadClosed(name=lead.name)
    return lead


def claim_lead(session: Session, actor: Actor, lead_id: int, *, now: datetime) -> Lead:
    """Take a lead that nobody has: the first one gets it. Raises LeadTaken, LeadClosed and TooManyLeads."""
    lead = access_open_lead(session, lead_id)
    if lead.owner_id == actor.person_id:
        return lead
    if lead.owner_id is not None or actor.person_id is None:
        raise LeadTaken(owner=lead.owner.name if lead.owner else "—", name=lead.name)
    give(session, lead, actor.person_id, now)
    return access_lead(session, lead_id)


def assign_lead(session: Session, actor: Actor, lead_id: int, person_id: int, *, now: datetime) -> Lead:
    """Give a lead to somebody by hand; they are told. Raises NotAllowed, LeadClosed and TooManyLeads."""
    lead = access_open_lead(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if lead.owner_id != person_id:
        give(session, lead, person_id, now)
    return access_lead(session, lead_id)


def release_lead(session: Session, actor: Actor, lead_id: int, *, now: datetime) -> Lead:
    """Give a lead back to the pool, for anybody to claim. Raises NotAllowed and LeadClosed."""
    lead = access_open_lead(session, lead_id)
    check_may_change(session, actor, lead.owner_id)
    if lead.owner_id is not None:
        take_back(session, lead, now)
    return access_lead(session, lead_id)


def give(session: Session, lead: Lead, person_id: int, now: datetime) -> None:
    """Make somebody the owner of an open lead, and tell them unless they took it. Raises TooManyLeads."""
    check_room(session, person_id, besides=lead.id)
    lead.owner_id, lead.held_since, lead.touched_at, lead.warned_at = person_id, now, now, None
    session.flush()
    tell_owner(session, lead, now)
    tell_pool(session, lead, now)


_MOST_CARDS = 20
"""Of so many leads at once each gets a card in the pool's channel; more are told of in one message."""


def place_leads(session: Session, leads: Sequence[Lead], now: datetime) -> None:
    """Find owners for many leads that nobody has; of those that stay free the channel hears once."""
    is_quiet = len(leads) > _MOST_CARDS
    for lead in leads:
        place_lead(session, lead, now, is_quiet=is_quiet)
    channel = lead_policy(session).slack_channel
    if is_quiet and channel and any(lead.owner_id is None for lead in leads):
        post_notice(
            session,
            kind=NoticeKind.LEAD_POOL_NEWS,
            recipient=channel,
            due_at=now,
            dedupe_key=f"leads:pool:{leads[0].id}:{leads[-1].id}",
        )


def place_lead(session: Session, lead: Lead, now: datetime, *, is_quiet: bool = False) -> None:
    """Find an owner for a lead that nobody has: by the first rule that fits, else by turn, else the pool.

    A quiet one is in the pool without a card in its channel.
    """
    session.flush()
    rule = next((each for each in list_rules(session) if fits(each, lead)), None)
    person_id = rule.person_id if rule else None
    if person_id is None or not _is_able(session, person_id, now):
        person_id = None if rule and rule.person_id is None else whose_turn(session, now)
    if person_id is not None:
        give(session, lead, person_id, now)
    elif not is_quiet:
        tell_pool(session, lead, now, anew=True)


def whose_turn(session: Session, now: datetime) -> int | None:
    """Who gets the next lead: of those who take turns, are here and have room, the one who waited longest."""
    policy = lead_policy(session)
    if not policy.takes_turns:
        return None
    alone(session, "leads.give")
    day = today(session, now)
    shares = [each for each in list_shares(session) if each.takes_turns and not is_away(each, day)]
    ids = [each.person_id for each in shares]
    held, last = count_held(session, ids), last_given(session, ids)
    return next_in_turn(
        Candidate(
            each.person_id,
            held.get(each.person_id, 0),
            _most(each, policy.most_held),
            last.get(each.person_id),
        )
        for each in shares
    )


def check_room(session: Session, person_id: int, *, besides: int | None = None) -> None:
    """Raise TooManyLeads where the person holds as many as they may, `besides` the lead in question."""
    alone(session, "leads.give")
    most = _most(find_share(session, person_id), lead_policy(session).most_held)
    held = count_held(session, [person_id], besides=besides).get(person_id, 0)
    if most is not None and held >= most:
        raise TooManyLeads(field="owner", person=access_person(session, person_id).name, held=held, most=most)


def _is_able(session: Session, person_id: int, now: datetime) -> bool:
    if is_away(find_share(session, person_id), today(session, now)):
        return False
    try:
        check_room(session, person_id)
    except TooManyLeads:
        return False
    return True


def _most(share: LeadShare | None, of_all: int | None) -> int | None:
    """The person's own capacity, but never more than anybody may hold."""
    own = share.capacity if share is not None and share.deleted_at is None else None
    return min((each for each in (own, of_all) if each is not None), default=None)


def tend_lead(session: Session, lead_id: int, *, now: datetime) -> Lead | None:
    """Warn the owner of a lead that has been idle, or take it back once they were warned in time.

    An owner who is away is left alone until they are back.
    """
    policy = lead_policy(session)
    lead = access_lead(session, lead_id, to_change=True)
    if (
        policy.idle_days is None
        or lead.state != LeadState.OPEN
        or lead.owner_id is None
        or not lead.touched_at
    ):
        return None
    if is_away(find_share(session, lead.owner_id), today(session, now)):
        return None
    idle = (now - lead.touched_at).total_seconds() / 86_400
    owner_id, touched_at = lead.owner_id, lead.touched_at
    if lead.warned_at is None and idle >= policy.idle_days - policy.warn_days:
        lead.warned_at, kind = now, NoticeKind.LEAD_IDLE
        session.flush()
    elif lead.warned_at and idle >= policy.idle_days and (now - lead.warned_at).days >= policy.warn_days:
        kind = NoticeKind.LEAD_RETURNED
        take_back(session, lead, now)
    else:
        return None
    post_notice(
        session,
        kind=kind,
        recipient=direct_to(owner_id),
        due_at=now,
        dedupe_key=f"lead:{lead.id}:{kind}:{owner_id}:{touched_at.isoformat()}",
        subject="leads",
        subject_id=lead.id,
        payload={"owner_id": owner_id, "touched_at": touched_at.isoformat()},
    )
    return lead


def take_back(session: Session, lead: Lead, now: datetime) -> None:
    """Make an open lead nobody's, for anybody to claim."""
    lead.owner_id, lead.held_since, lead.touched_at, lead.warned_at = None, None, None, None
    session.flush()
    tell_pool(session, lead, now, anew=True)


def touch(lead: Lead, now: datetime) -> None:
    """The owner, or somebody for them, worked on it: it is not idle."""
    if lead.owner_id is not None and lead.state == LeadState.OPEN:
        lead.touched_at, lead.warned_at = now, None


def tell_owner(session: Session, lead: Lead, now: datetime) -> Notice | None:
    """Tell the owner that the lead is theirs, unless they took it themselves."""
    if lead.owner_id is None or lead.owner_id == session.info.get("person_id"):
        return None
    return post_notice(
        session,
        kind=NoticeKind.LEAD_ASSIGNED,
        recipient=direct_to(lead.owner_id),
        due_at=now,
        dedupe_key=f"lead:{lead.id}:assigned:{lead.owner_id}:{lead.version}",
        subject="leads",
        subject_id=lead.id,
        payload={"owner_id": lead.owner_id, "by_id": session.info.get("person_id")},
    )


def tell_pool(session: Session, lead: Lead, now: datetime, *, anew: bool = False) -> None:
    """Post a lead that is free in the pool's channel, and bring the cards that stand there up to date.

    Call it after every change of a lead. `anew` posts one that stands there already once more, further down.
    """
    session.flush()
    cards = list_pool_cards(session, lead.id)
    channel = lead_policy(session).slack_channel
    is_free = lead.state == LeadState.OPEN and lead.owner_id is None and lead.deleted_at is None
    waits = bool(cards) and cards[0].state != NoticeState.SENT and cards[0].recipient == channel
    if is_free and channel and not waits and (anew or not cards or cards[0].recipient != channel):
        post_notice(
            session,
            kind=NoticeKind.LEAD_POOL,
            recipient=channel,
            due_at=now,
            dedupe_key=f"lead:{lead.id}:pool:{lead.version}",
            subject="leads",
            subject_id=lead.id,
        )
    for card in cards:
        post_notice(
            session,
            kind=NoticeKind.LEAD_CARD,
            recipient=card.recipient,
            due_at=now,
            dedupe_key=f"lead:{lead.id}:card:{card.id}:{lead.version}",
            subject="leads",
            subject_id=lead.id,
            payload={"card": card.id},
        )


def today(session: Session, now: datetime) -> date:
    """The day in the workspace's zone: who is away is away there."""
    return now.astimezone(ZoneInfo(workspace_settings(session).zone)).date()
