"""What somebody said of two records that look like one."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, Recorded


class DifferentPair(Recorded, Base):
    """Two records that look like one and are not: nobody is asked about them again."""

    __tablename__ = "different_pairs"
    __table_args__ = (
        Index("ix_different_pairs_first", "workspace_id", "kind", "first_id"),
        Index("ix_different_pairs_second", "workspace_id", "kind", "second_id"),
    )

    kind: Mapped[str]
    """The table of both."""
    first_id: Mapped[int] = mapped_column(BigInteger)
    """The one with the lower id."""
    second_id: Mapped[int] = mapped_column(BigInteger)
