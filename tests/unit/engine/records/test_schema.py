"""The column types give back exactly what was put in, and refuse what they could not."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import StatementError

from engine.records.database import Database
from engine.records.schema import Day, ExactDecimal, UtcDateTime
from engine.records.schema import metadata as shared

metadata = MetaData()
kept = Table(
    "kept",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("score", ExactDecimal),
    Column("day", Day),
)
WITA = timezone(timedelta(hours=8))
ON_SQLITE = sqlite.dialect()
ON_POSTGRESQL = make_url("postgresql+psycopg://").get_dialect()()


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write)
    yield database
    database.dispose()


def keep(database: Database, **values: Any) -> Any:
    """Write a row and return it as read."""
    with database.writing() as connection:
        key = connection.scalars(insert(kept).values(**values).returning(kept.c.id)).one()
    with database.reading() as connection:
        return connection.execute(select(kept).where(kept.c.id == key)).one()


def test_values_come_back_as_they_were(database: Database) -> None:
    at = datetime(2026, 11, 22, 8, 0, 0, 1, tzinfo=WITA)

    row = keep(database, at=at, score=Decimal("90.10"), day=date(2026, 11, 22))

    assert (row.at, row.at.tzinfo) == (at, UTC)
    assert str(row.score) == "90.10"
    assert row.day == date(2026, 11, 22)
    assert tuple(keep(database)[1:]) == (None, None, None)


@given(st.datetimes(timezones=st.timezones()))
def test_every_instant_survives_to_the_microsecond(at: datetime) -> None:
    stored = UtcDateTime().process_bind_param(at, ON_SQLITE)

    # Compared in UTC: Python finds the ambiguous hour of a clock change in two zones never equal.
    assert UtcDateTime().process_result_value(stored, ON_SQLITE) == at.astimezone(UTC)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_decimal_survives_to_the_last_digit(number: Decimal) -> None:
    stored = ExactDecimal().process_bind_param(number, ON_SQLITE)

    assert ExactDecimal().process_result_value(stored, ON_SQLITE) == number


@pytest.mark.parametrize(
    "values",
    [
        {"at": datetime(2026, 11, 22)},  # noqa: DTZ001  # the naive instant is what is refused
        {"score": 90.1},
        {"score": Decimal("NaN")},
        {"day": datetime(2026, 11, 22, tzinfo=UTC)},
    ],
)
def test_what_would_lose_its_meaning_is_refused(database: Database, values: dict[str, object]) -> None:
    with pytest.raises(StatementError):
        keep(database, **values)


def test_numbers_kept_as_text_are_neither_compared_nor_summed_by_the_database(database: Database) -> None:
    keep(database, score=Decimal("9.5"))

    with pytest.raises(TypeError, match="Decimals"):
        _ = kept.c.score > Decimal("10")
    with pytest.raises(ValueError, match="float"), database.reading() as connection:
        connection.scalar(select(func.sum(kept.c.score)))
    with database.reading() as connection:
        assert connection.scalar(select(kept.c.id).where(kept.c.score == None)) is None  # noqa: E711  # SQL's IS NULL


def test_postgresql_gets_its_own_types() -> None:
    names = [column.type.compile(ON_POSTGRESQL) for column in kept.c]

    assert names == ["INTEGER", "TIMESTAMP WITH TIME ZONE", "NUMERIC", "DATE"]


def test_every_constraint_of_the_shared_tables_has_a_name() -> None:
    assert set(shared.naming_convention) == {"ix", "uq", "ck", "fk", "pk"}
