"""What every table has in common.

Names of constraints, keys, the tenant, the version, the record of changes.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, validates

from bot.domain.typed import literal
from bot.store.types import BigId, Instant

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """All tables. Alembic needs every constraint named to change it on SQLite."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, dict[str, Any]: Json, Any: Json}

    id: Mapped[int] = mapped_column(BigId, primary_key=True, sort_order=-10)


class Tenant:
    """A row of one workspace. The session adds the filter to every query and the key to every new row."""

    @declared_attr
    @classmethod
    def workspace_id(cls) -> Mapped[int]:
        return mapped_column(
            BigId, ForeignKey("workspaces.id", ondelete="CASCADE"), index=True, sort_order=-9
        )


class Named:
    """A row whose name is only text: nothing in it is a mention."""

    @validates("name")
    def _is_text(self, key: str, name: str) -> str:
        return literal(name)


class Recorded(Tenant):
    """A row whose every change is kept (entity, field, old, new, who, when, how) and counted in `version`.

    A row that was undone or deleted keeps its data with `deleted_at` set, and no query finds it.
    """

    created_at: Mapped[datetime] = mapped_column(Instant, sort_order=90)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant, sort_order=91)
    version: Mapped[int] = mapped_column(sort_order=92)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__dict__.get("version", cls.version)}
