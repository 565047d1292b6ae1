"""The form of who is involved, saved over what somebody else may have saved meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from bot.domain.actors import Actor
from bot.domain.profiles import ContactRole
from bot.services.edits import EditConflict
from bot.services.rights import check_may_change
from bot.services.stakes import RivalSaid, involve, keep_main_rival, set_tags
from bot.store import Session
from bot.store.changes import changed_since, restored
from bot.store.models import Involvement, Opportunity, Rival
from bot.store.opportunities import access_opportunity
from bot.store.stakes import list_involved, list_rivals, stakes_by_id

_PARTS = {"rival": "name", "offer": "offer", "standing": "standing"}
"""The fields of a competitor's row in the form, and what they are called here."""


@dataclass(frozen=True)
class StakesShown:
    """What a form was opened with: rows of competitors and contacts' roles, each by id and version."""

    rivals: Sequence[tuple[int, int]] = ()
    roles: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """By the contact's id."""
    version: int | None = None
    """The opportunity's, whose tags were shown."""


@dataclass(frozen=True)
class StakesSaid:
    """What the form says now: competitors by their rows, roles by contacts, tags."""

    rivals: Mapping[int, RivalSaid | None]
    roles: Mapping[int, ContactRole | None]
    tags: Sequence[str]


def save_stakes(
    session: Session,
    actor: Actor,
    opportunity_id: int,
    said: StakesSaid,
    *,
    shown: StakesShown,
    seen: Mapping[str, int] | None = None,
    now: datetime,
) -> Opportunity:
    """Save what the person changed in the form; what only somebody else changed stays as they left it.

    Tags that both added stay, those that either took away go. Raises NotAllowed, what the parts raise, and
    EditConflict by the form's fields where both changed one to different values that were not `seen`.
    """
    opportunity = access_opportunity(session, opportunity_id)
    check_may_change(session, actor, opportunity.owner_id)
    merge = _Merge(session, seen or {})
    rivals = merge.rivals(said.rivals, shown.rivals, list_rivals(session, opportunity_id))
    roles = merge.roles(said.roles, shown.roles, list_involved(session, opportunity_id))
    merge.check(opportunity)
    before = _base(session, opportunity, shown.version, "tags") or []
    tags = [each for each in opportunity.tags if each in said.tags or each not in before]
    tags += [each for each in said.tags if each not in before]
    for rival, values in rivals:
        _keep(session, opportunity_id, rival, values, now)
    session.flush()
    keep_main_rival(session, opportunity)
    involve(session, actor, opportunity_id, roles, now=now)
    return set_tags(session, actor, opportunity_id, tags, now=now)


def _keep(
    session: Session, opportunity_id: int, rival: Rival | None, values: Mapping[str, Any], now: datetime
) -> None:
    """Let a competitor be as it was said; without a name it goes."""
    if values["name"] is None:
        if rival is not None and rival.deleted_at is None:
            rival.deleted_at = now
        return
    if rival is None:
        rival = Rival(opportunity_id=opportunity_id, name=values["name"])
        session.add(rival)
    for name, value in values.items():
        setattr(rival, name, value)
    rival.deleted_at = None


def _base(session: Session, entity: Any, version: int | None, name: str) -> Any:
    """What a field was at a version."""
    if version is not None:
        for change, _who in changed_since(session, entity, version):
            if change.field == name:
                return restored(type(entity), name, change.old)
    return getattr(entity, name)


class _Merge:
    """Three values a field: what the form showed, what it says, what is there now."""

    def __init__(self, session: Session, seen: Mapping[str, int]) -> None:
        self._session, self._seen = session, seen
        self.theirs: dict[str, Any] = {}
        self._who: str | None = None

    def rivals(
        self,
        said: Mapping[int, RivalSaid | None],
        shown: Sequence[tuple[int, int]],
        there: Sequence[Rival],
    ) -> list[tuple[Rival | None, dict[str, Any]]]:
        """The competitors that change, each with what it becomes."""
        known = stakes_by_id(self._session, Rival, [rival_id for rival_id, _version in shown])
        kept: list[tuple[Rival | None, dict[str, Any]]] = []
        for key, (rival_id, version) in enumerate(shown):
            rival = known.get(rival_id)
            if rival is None or key not in said:
                continue
            now = _values(rival) if rival.deleted_at is None else dict.fromkeys(_PARTS.values())
            base = {name: _base(self._session, rival, version, name) for name in _PARTS.values()}
            mine = _said(said[key])
            values = {
                name: self._settled(f"{part}#{key}", base[name], mine[name], now[name], rival, version)
                for part, name in _PARTS.items()
            }
            if rival.deleted_at is not None and mine != base:
                values = mine  # who goes on with one that somebody took out means the whole of it
            if values != now:
                kept.append((rival, values))
        living = {each.name.casefold(): each for each in there if each.id not in known}
        for key, new in said.items():
            if key >= len(shown) and new is not None:
                kept.append(self._new(key, new, living.get(new.name.strip().casefold())))
        return kept

    def _new(self, key: int, new: RivalSaid, twin: Rival | None) -> tuple[Rival | None, dict[str, Any]]:
        """A competitor of a new row; `twin` is the one that somebody else has named meanwhile."""
        mine = _said(new)
        if twin is None:
            return None, mine
        now = _values(twin)
        for part in ("offer", "standing"):
            mine[part] = self._settled(f"{part}#{key}", None, mine[part], now[part], twin, 0)
        return twin, mine | {"name": twin.name}

    def roles(
        self,
        said: Mapping[int, ContactRole | None],
        shown: Mapping[int, tuple[int, int]],
        there: Sequence[Involvement],
    ) -> dict[int, ContactRole | None]:
        """The roles that change."""
        known = stakes_by_id(self._session, Involvement, [each for each, _version in shown.values()])
        now = {each.contact_id: each for each in there}
        changed: dict[int, ContactRole | None] = {}
        for contact_id, mine in said.items():
            involvement_id, version = shown.get(contact_id, (0, 0))
            before, present = known.get(involvement_id), now.get(contact_id)
            base = _base(self._session, before, version, "role") if before else None
            role = present.role if present else None
            settled = self._settled(f"role#{contact_id}", base, mine, role, present or before, version)
            if settled != role:
                changed[contact_id] = ContactRole(settled) if settled else None
        return changed

    def check(self, opportunity: Opportunity) -> None:
        """Raise EditConflict where both changed something."""
        if self.theirs:
            marks = {name: _mark(value) for name, value in self.theirs.items()}
            raise EditConflict(
                who=self._who or "—",
                theirs=self.theirs,
                version=opportunity.version,
                seen={**self._seen, **marks},
            )

    def _settled(self, name: str, base: Any, mine: Any, now: Any, entity: Any, version: int) -> Any:
        if mine == base:
            return now
        if now not in (base, mine) and self._seen.get(name) != _mark(now):
            self.theirs[name] = now
            changes = changed_since(self._session, entity, version) if entity is not None else ()
            self._who = next((who for _change, who in reversed(changes) if who), self._who)
        return mine


def _values(rival: Rival) -> dict[str, Any]:
    return {name: getattr(rival, name) for name in _PARTS.values()}


def _said(said: RivalSaid | None) -> dict[str, Any]:
    if said is None:
        return dict.fromkeys(_PARTS.values())
    return {"name": said.name.strip()[:120], "offer": said.offer, "standing": said.standing}


def _mark(value: Any) -> int:
    """Tells one value from another where the whole is too long for a form's metadata."""
    return crc32(str(value).encode())
