"""Column types that refuse what would be lost: naive instants, instants as days, floats as money."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Integer, String, TypeDecorator

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite counts up only columns that are plainly INTEGER."""


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite drops zones, so the value is made UTC on the way in and out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day. An instant is refused, since its day depends on the zone."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> date | None:
        if isinstance(value, datetime):
            raise ValueError(f"a day is not an instant: {value!r}")
        return value  # type: ignore[no-any-return]


class Minor(TypeDecorator[int]):
    """Minor units of a currency. Floats are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is not None and not isinstance(value, int):
            raise ValueError(f"money is counted in whole minor units: {value!r}")
        return value


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text, since SQLite stores Numeric as a float."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if isinstance(value, float):
            raise ValueError(f"a float is not exact: {value!r}")
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)
