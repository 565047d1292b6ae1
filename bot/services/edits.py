"""Edits of a record that somebody else may have changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import Refusal
from bot.store import Session
from bot.store.changes import changed_since, restored


class EditConflict(Refusal):
    """Somebody changed the same fields after the form was opened; nothing was saved.

    `theirs` has the value that each such field has now, `version` is the entity's. `seen` goes with the next
    try, beside the version that the form was opened on: of these fields the other's values were shown, as of
    these versions.
    """

    message = (
        "{who} changed this while your form was open. Your values are kept below; save again to use them."
    )

    def __init__(
        self, *, who: str, theirs: Mapping[str, Any], version: int, seen: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(who=who)
        self.theirs, self.version, self.seen = theirs, version, seen or {}


def edit(
    session: Session,
    entity: Any,
    values: Mapping[str, Any],
    *,
    version: int | None,
    seen: Mapping[str, int] | None = None,
) -> None:
    """Set the fields. `version` is the one that the person saw; None where they saw the present one.

    Fields that only the other person changed keep the other's value where the form shows the old one
    untouched. Raises EditConflict when both changed one field to different values, unless the person has
    `seen` the other's.
    """
    theirs: dict[str, Any] = {}
    before: dict[str, Any] = {}
    seen = seen or {}
    who = "—"
    if version is not None and entity.version != version:
        for change, name in changed_since(session, entity, version):
            if change.field in values and change.entity_version > seen.get(change.field, 0):
                before.setdefault(change.field, restored(type(entity), change.field, change.old))
                theirs[change.field] = getattr(entity, change.field)
                who = name or who
    kept = {field: value for field, value in values.items() if field not in theirs or value != before[field]}
    clashing = {field: each for field, each in theirs.items() if field in kept and kept[field] != each}
    if clashing:
        shown = {**seen, **dict.fromkeys(clashing, entity.version)}
        raise EditConflict(who=who, theirs=clashing, version=entity.version, seen=shown)
    for field, value in kept.items():
        setattr(entity, field, value)
    session.flush()
