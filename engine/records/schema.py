"""The metadata every table hangs on, and the column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, Integer, MetaData, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

# Every constraint has a name, so that Alembic can drop it and an error can be told by it.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite keeps a table sorted by such a key; under any other name for the type it would add an index beside the table.
RowId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: whole microseconds since 1970 in UTC on SQLite, `timestamptz` on PostgreSQL.

    Read back it is an aware datetime in UTC. A datetime without a zone is refused with ValueError.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        """Return what is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; give an instant in UTC")
        return microseconds(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored instant in UTC."""
        if value is None:
            return None
        return EPOCH + timedelta(microseconds=value) if dialect.name == "sqlite" else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number to its last digit: text on SQLite, `numeric` on PostgreSQL, never a float.

    Trailing zeros stay. Text does not compare, sort or add up as numbers, so SQL must not do that with such a column;
    do it with the Decimals. Floats, NaN and infinities are refused.
    """

    impl = Numeric
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[Decimal]):
        """Knows only whether there is a number; even `1.5` and `1.50` differ as text."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            """Refuse every operator for which text and number disagree."""
            asks_for_null = op in (operators.eq, operators.ne, operators.is_, operators.is_not) and other[0] is None
            if not asks_for_null:
                raise TypeError(f"{op.__name__} on an ExactDecimal would work on text; compute it with the Decimals")
            return super().operate(op, *other, **kwargs)

    comparator_factory = Comparator  # pyright: ignore[reportAssignmentType]  # the documented way

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database."""
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: object, dialect: Dialect) -> object:
        """Return what is stored."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"{value!r} is not a finite Decimal")
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return the stored number."""
        if isinstance(value, float):
            raise ValueError(f"{value!r} was computed as a float by the database; compute it with the Decimals")
        return None if value is None else Decimal(value)


class Day(TypeDecorator[date]):
    """A calendar day: `2026-11-22` on SQLite, `date` on PostgreSQL. An instant is refused with ValueError."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database."""
        return dialect.type_descriptor(String(10) if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> object:
        """Return what is stored."""
        if isinstance(value, datetime):
            raise ValueError(f"{value!r} is an instant; which day it is depends on the city's zone")
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Return the stored day."""
        return date.fromisoformat(value) if isinstance(value, str) else value


def microseconds(instant: datetime) -> int:
    """Return the whole microseconds from 1970 to an aware instant."""
    return (instant - EPOCH) // MICROSECOND
