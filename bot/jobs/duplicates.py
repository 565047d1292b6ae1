"""The nightly report of records that are probably one, for admins."""

from bot.domain.actors import Actor
from bot.domain.duplicates import Kind
from bot.jobs.words import Reader
from bot.services.likely_pairs import likely_pairs
from bot.store import Session
from bot.store.models import Notice
from bot.views import merging as views
from bot.views.blocks import Message

_SHOWN = 6
"""Of each kind; the commands show more."""


def duplicates_told(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The pairs that there are by now; nothing where all were merged or said to be two."""
    here = Actor(notice.workspace_id)
    found = {kind: likely_pairs(session, here, kind, limit=_SHOWN) for kind in Kind}
    parts = [views.pairs(kind, some, reader.locale) for kind, some in found.items() if some]
    if not parts:
        return None
    blocks = [block for part in parts for block in part.blocks]
    return Message("\n".join(part.text for part in parts), tuple(blocks))
