"""Who is involved in an opportunity: contacts with roles, competitors with what they offer, tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.errors import Refusal
from bot.domain.profiles import ContactRole
from bot.domain.stakes import Standing
from bot.services.activities import ContactElsewhere
from bot.services.cards import refresh_cards
from bot.services.rights import check_may_change
from bot.store import Session
from bot.store.contacts import access_contact
from bot.store.models import Involvement, Opportunity, Rival
from bot.store.opportunities import access_opportunity
from bot.store.stakes import list_involved, list_rivals

MOST_RIVALS, MOST_TAGS = 8, 20


class RivalWithoutName(Refusal):
    """An offer of nobody."""

    message = "Whose offer is it? Name the competitor."


class TooManyTags(Refusal):
    """More tags than anybody reads."""

    message = "An opportunity has at most {most} tags. Take some away first, such as: -old"


@dataclass(frozen=True)
class RivalSaid:
    """A competitor as somebody described them."""

    name: str
    offer: str | None = None
    standing: Standing | None = None


def set_rivals(
    session: Session, actor: Actor, opportunity_id: int, said: Sequence[RivalSaid], *, now: datetime
) -> Opportunity:
    """These competitors and no others; the first is the opportunity's main one. Raises NotAllowed."""
    opportunity = _changeable(session, actor, opportunity_id)
    there = {rival.name.casefold(): rival for rival in list_rivals(session, opportunity_id)}
    wanted = {each.name.strip().casefold(): each for each in said[:MOST_RIVALS]}
    for key, rival in there.items():
        if key not in wanted:
            rival.deleted_at = now
    for key, each in wanted.items():
        rival = there.get(key) or Rival(opportunity_id=opportunity_id, name=each.name.strip()[:120])
        rival.offer, rival.standing = each.offer, each.standing
        session.add(rival)
    session.flush()
    keep_main_rival(session, opportunity)
    return _changed(session, opportunity, now)


def keep_main_rival(session: Session, opportunity: Opportunity) -> None:
    """Let the opportunity's own competitor be one of those in it, the first where it is not."""
    names = [each.name for each in list_rivals(session, opportunity.id)]
    if (opportunity.competitor or "").casefold() not in {name.casefold() for name in names}:
        opportunity.competitor = next(iter(names), None)


def name_rival(
    session: Session, actor: Actor, opportunity_id: int, said: RivalSaid, *, now: datetime
) -> Opportunity:
    """One competitor, with what is said of them; what was known of them and is not said stays."""
    key = said.name.strip().casefold()
    known = [
        RivalSaid(rival.name, rival.offer, Standing(rival.standing) if rival.standing else None)
        for rival in list_rivals(session, opportunity_id)
    ]
    alone = None if known else access_opportunity(session, opportunity_id).competitor
    if alone:  # named when it was opened, and nothing said of them yet
        known = [RivalSaid(alone)]
    before = next((each for each in known if each.name.casefold() == key), None)
    whole = RivalSaid(
        before.name if before else said.name,
        said.offer or (before.offer if before else None),
        said.standing or (before.standing if before else None),
    )
    others = [each for each in known if each is not before]
    return set_rivals(session, actor, opportunity_id, [*others, whole], now=now)


def involve(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    roles: Mapping[int, ContactRole | None],
    *,
    now: datetime,
) -> Opportunity:
    """Give contacts of its customer their roles in it; None takes one out. Others stay.

    Raises NotAllowed, and ContactElsewhere for a contact of somebody else.
    """
    opportunity = _changeable(session, actor, opportunity_id)
    there = {each.contact_id: each for each in list_involved(session, opportunity_id)}
    for contact_id, role in roles.items():
        contact, known = access_contact(session, contact_id), there.get(contact_id)
        if opportunity.customer_id is not None and contact.customer_id != opportunity.customer_id:
            raise ContactElsewhere(contact=contact.name, customer=contact.customer.name)
        if role is None and known is not None:
            known.deleted_at = now
        elif role is not None and known is not None:
            known.role = role
        elif role is not None:
            session.add(Involvement(opportunity_id=opportunity_id, contact_id=contact_id, role=role))
    return _changed(session, opportunity, now)


def set_tags(
    session: Session, actor: Actor, opportunity_id: int, tags: Sequence[str], *, now: datetime
) -> Opportunity:
    """These tags and no others, each once in any case. Raises NotAllowed and TooManyTags."""
    opportunity = _changeable(session, actor, opportunity_id)
    kept = list({tag.strip().casefold(): tag.strip()[:40] for tag in tags if tag.strip()}.values())
    if len(kept) > MOST_TAGS:
        raise TooManyTags(field="tags", most=MOST_TAGS)
    if kept != opportunity.tags:
        opportunity.tags = kept
    return _changed(session, opportunity, now)


def _changeable(session: Session, actor: Actor, opportunity_id: int) -> Opportunity:
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    return opportunity


def _changed(session: Session, opportunity: Opportunity, now: datetime) -> Opportunity:
    session.flush()
    refresh_cards(session, opportunity, now)
    return access_opportunity(session, opportunity.id)
