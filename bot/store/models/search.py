"""The search index: what every record is found by, and the keys that lead to it. Derived, never recorded.

Plain tables: their rows have no life of their own. One mechanism writes them (bot.store.search_index).
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, String, Table

from bot.store.base import Base
from bot.store.types import BigId

_ByBytes = String().with_variant(String(collation="C"), "postgresql")
"""Compared byte by byte, which a locale's rules would make several times slower."""

SEARCH_RECORDS = Table(
    "search_records",
    Base.metadata,
    Column(
        "workspace_id",
        BigId,
        ForeignKey("workspaces.id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    ),
    Column("kind", String, primary_key=True),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("names", String, nullable=False),
    Column("cores", String, nullable=False),
    Column("sounds", String, nullable=False),
    Column("initials", String, nullable=False),
    Column("digits", String, nullable=False),
    Column("mails", String, nullable=False),
    sqlite_with_rowid=False,
)
"""What a record is found by, folded (bot.domain.search.Folded)."""

SEARCH_KEYS = Table(
    "search_keys",
    Base.metadata,
    Column("workspace_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", _ByBytes, primary_key=True),
    Column("length", SmallInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which records have a key, in the order in which they are found. A key begins with its kind of record."""

SEARCH_VERSIONS = Table(
    "search_versions",
    Base.metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
"""The version of the rules that wrote the index: another one makes it anew."""
