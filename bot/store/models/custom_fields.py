"""Fields that a workspace's admins define for its records."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.custom_fields import FieldKind
from bot.store.base import Base, Json, Named, Recorded


class CustomField(Named, Recorded, Base):
    """One field of the records of a table; a record keeps the values in `custom`, by the field's id."""

    __tablename__ = "custom_fields"
    __table_args__ = (Index("ix_custom_fields_order", "workspace_id", "entity", "position"),)

    entity: Mapped[str] = mapped_column(default="customers")
    """The table."""
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default=FieldKind.TEXT)
    choices: Mapped[list[str]] = mapped_column(Json, default=list)
    """For a choice: what may be chosen."""
    position: Mapped[int] = mapped_column(default=0)

    @property
    def key(self) -> str:
        """Under which a record keeps its value."""
        return str(self.id)
