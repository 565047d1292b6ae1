"""The nightly report of customers that are probably one, for admins."""

from bot.domain.actors import Actor
from bot.jobs.words import Reader
from bot.services.duplicates import likely_pairs
from bot.store import Session
from bot.store.models import Notice
from bot.views import merging as views
from bot.views.blocks import Message

_SHOWN = 10


def duplicates_told(session: Session, reader: Reader, notice: Notice) -> Message | None:
    """The pairs that there are by now; nothing where all were merged or said to be two."""
    found = likely_pairs(session, Actor(notice.workspace_id), limit=_SHOWN)
    return views.pairs(found, reader.locale) if found else None
