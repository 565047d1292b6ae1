"""Mentions: whoever is named with @ in a note is told of it, once a note."""

import re
from datetime import datetime

from bot.domain.actors import Actor
from bot.domain.notices import NoticeKind, direct_to
from bot.services.notices import post_notice
from bot.store import Session
from bot.store.models import Activity, Customer, Opportunity, Person
from bot.store.people import find_slack_person, list_people

_MARKED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_NAMED = re.compile(r"(?<![\w.<\ue000])@")


def mentioned_people(session: Session, text: str | None) -> list[Person]:
    """Whom a text names: as Slack marks it, or with @ and their name, or a first name that only they have."""
    if not text or "@" not in text:
        return []
    found = {}
    for marked in _MARKED.finditer(text):
        person = find_slack_person(session, marked[1])
        if person:
            found[person.id] = person
    places = [each.end() for each in _NAMED.finditer(text)]
    if places:
        people = sorted(list_people(session), key=lambda person: -len(person.name))
        for place in places:
            named = _called(people, text[place : place + 80].casefold())
            if named:
                found[named.id] = named
    return list(found.values())


def _called(people: list[Person], text: str) -> Person | None:
    """Who is called what the text begins with."""
    for person in people:
        if _begins(text, person.name):
            return person
    first = [
        person for person in people if _begins(text, person.name.split()[0] if person.name.split() else "")
    ]
    return first[0] if len(first) == 1 else None


def _begins(text: str, name: str) -> bool:
    folded = name.casefold()
    after = text[len(folded) : len(folded) + 1]
    return bool(folded) and text.startswith(folded) and not (after.isascii() and after.isalnum())


def tell_mentioned(
    session: Session,
    actor: Actor,
    note: Activity | Customer | Opportunity,
    text: str | None,
    *,
    now: datetime,
) -> None:
    """Tell everybody whom a note names, but for its author. The same note tells nobody twice."""
    for person in mentioned_people(session, text):
        if person.id == actor.person_id:
            continue
        post_notice(
            session,
            kind=NoticeKind.MENTIONED,
            recipient=direct_to(person.id),
            due_at=now,
            dedupe_key=f"mention:{note.__tablename__}:{note.id}:{person.id}",
            subject=note.__tablename__,
            subject_id=note.id,
            payload={"by": actor.person_id},
        )
