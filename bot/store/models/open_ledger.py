"""The ledger of opportunities by stage: what came and went, so that sums need not read every one. Derived.

A plain table: its rows have no life of their own. Triggers write them (bot.store.open_ledger).
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, text

from bot.store.base import Base
from bot.store.types import BigId, Day

OPEN_LEDGER = Table(
    "open_ledger",
    Base.metadata,
    Column("id", BigId, primary_key=True),
    Column("workspace_id", BigInteger, nullable=False),
    Column("dimensions", String, nullable=False),
    Column("said", String, nullable=False),
    Column("stage_id", BigInteger, nullable=False),
    Column("currency", String, nullable=False),
    Column("close_on", Day, nullable=True),
    Column("count", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("is_base", Boolean, nullable=False),
    Index("ix_open_ledger_said", "workspace_id", "dimensions", "said", "close_on"),
    Index(
        "ix_open_ledger_fresh", "id", postgresql_where=text("NOT is_base"), sqlite_where=text("is_base = 0")
    ),
)
"""An opportunity stands in it once for all (no dimensions), and once for every choice of what filters ask
for: for its source alone (dimensions "source"), for its source and product together ("source product"), and
so on, with the values in lower case, each behind its length (said "7:website1:3").

A change adds a row that takes away and one that adds; rows that add up to one are made one from time to time.
"""
