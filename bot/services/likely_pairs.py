"""Pairs of records that are probably one, looked for every night and when somebody asks."""

from datetime import date, datetime
from itertools import islice
from typing import Any

from bot.domain.actors import Actor
from bot.domain.duplicates import Kind
from bot.domain.leads import LeadState
from bot.domain.notices import NoticeKind, direct_to
from bot.services.duplicates import compare, describe
from bot.services.notices import post_notice
from bot.services.rights import may_see
from bot.store import Session
from bot.store.finds import Close
from bot.store.matching import likely_pairs_of, pairs_apart, pairs_told, records_by_id
from bot.store.people import list_admins
from bot.store.search_index import in_parts

_TOLD = 200
"""So many pairs of a night are remembered as told."""

Pair = tuple[Any, Close[Any]]
"""A record, and the later one that is probably it."""


def likely_pairs(session: Session, actor: Actor, kind: Kind, *, limit: int, most: int = 5000) -> list[Pair]:
    """Pairs that are probably one, the surest first; at most `most` candidates are looked at.

    Pairs of which somebody said that they are two are left out, and so are leads that are closed.
    """
    apart = pairs_apart(session, kind)
    candidates = dict.fromkeys(pair for pair in likely_pairs_of(session, kind) if pair not in apart)
    found = []
    for some in in_parts(islice(candidates, most), 200):
        known = records_by_id(session, kind, {each for pair in some for each in pair})
        seen = {each.id: each for each in known.values() if may_see(actor, each) and _is_open(kind, each)}
        for first_id, second_id in some:
            if first_id in seen and second_id in seen:
                first, second = seen[first_id], seen[second_id]
                sureness, reasons = compare(kind, describe(first), describe(second))
                if reasons:
                    found.append((-sureness, first_id, second_id, first, Close(second, reasons, True)))
    surest = sorted(found, key=lambda each: each[:3])
    return [(first, close) for *_order, first, close in surest[:limit]]


def _is_open(kind: Kind, record: Any) -> bool:
    return kind is not Kind.LEADS or record.state == LeadState.OPEN


def tell_admins(session: Session, now: datetime, before: date | None) -> None:
    """Tell the admins in Slack of the pairs that are probably one, on days on which there are new ones."""
    here = Actor(session.info["workspace_id"])
    told = [
        f"{kind}:{first.id}:{close.record.id}"
        for kind in Kind
        for first, close in likely_pairs(session, here, kind, limit=_TOLD)
    ]
    if set(told) <= pairs_told(session):
        return
    for admin in list_admins(session):
        if admin.slack_user_id:
            post_notice(
                session,
                kind=NoticeKind.DUPLICATES,
                recipient=direct_to(admin.id),
                due_at=now,
                dedupe_key=f"duplicates:{now:%Y-%m-%d}:{admin.id}",
                payload={"pairs": told},
            )
