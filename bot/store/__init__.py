"""What is remembered: the only SQL. Others annotate with Session and open transactions through Store."""

from sqlalchemy.orm import Session

from bot.store.database import EditedMeanwhile, Store, StoreUnavailable, alone

__all__ = ["EditedMeanwhile", "Session", "Store", "StoreUnavailable", "alone"]
