"""What is remembered: the only SQL. Others annotate with Session and open transactions through Store."""

from sqlalchemy.orm import Session

from bot.store import search_index as search_index  # It listens to every session's flush.
from bot.store.database import EditedMeanwhile, Store, StoreUnavailable, alone, unless_taken

__all__ = ["EditedMeanwhile", "Session", "Store", "StoreUnavailable", "alone", "unless_taken"]
