"""A prepared statement does what SQLAlchemy would do with it, on both kinds of database."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, String, Table, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.records.counting import count_statements
from engine.records.prepared import Prepared, PreparedRow
from engine.records.schema import Day, ExactDecimal, UtcDateTime
from tests.unit.engine.world import World

THINGS = Table(
    "things",
    MetaData(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime),
    Column("day", Day),
    Column("points", ExactDecimal),
    Column("name", String(40)),
    Column("content", LargeBinary),
)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
ROW = {"id": 1, "at": NOON, "day": NOON.date(), "points": Decimal("1.50"), "name": "50 % of ?", "content": b"\0\xff"}
INSERT = Prepared(THINGS.insert())
FIND = PreparedRow(select(THINGS).where(THINGS.c.id == bindparam("id")))
RENAME = Prepared(THINGS.update().where(THINGS.c.id == bindparam("of_id")).values(name=bindparam("new_name")))


@pytest.fixture
def things(world: World) -> World:
    """A database with a table of things, and one in it."""
    with world.engine.database.writing() as connection:
        THINGS.create(connection)
        INSERT.execute(connection, (ROW,))
    return world


def rows(things: World) -> list[dict[str, object]]:
    with things.engine.database.reading() as read:
        return [dict(row) for row in read.execute(select(THINGS).order_by(THINGS.c.id)).mappings()]


def test_values_of_every_type_are_written_as_they_are(things: World) -> None:
    assert rows(things) == [ROW]
    assert str(rows(things)[0]["points"]) == "1.50"


def test_what_is_empty_stays_empty(things: World) -> None:
    empty = {**dict.fromkeys(ROW), "id": 2}

    with things.engine.database.writing() as connection:
        INSERT.execute(connection, (empty,))

    assert rows(things)[1] == empty


def test_it_tells_how_many_rows_it_touched(things: World) -> None:
    more = [{**ROW, "id": number} for number in (2, 3)]

    with things.engine.database.writing() as connection:
        counts = [INSERT.execute(connection, more)]
        counts += [RENAME.execute(connection, ({"of_id": of, "new_name": "x"},)) for of in (1, 9)]
        counts += [INSERT.execute(connection, ({**ROW, "id": 4},))]

    assert counts == [2, 1, 0, 1]
    assert [row["name"] for row in rows(things)] == ["x", *[ROW["name"]] * 3]


def test_an_error_says_nothing_of_the_values(things: World) -> None:
    with (
        pytest.raises(IntegrityError) as raised,
        things.engine.database.writing() as connection,
    ):
        INSERT.execute(connection, (ROW,))

    assert "50 %" not in str(raised.value)


def test_a_value_that_is_missing_is_not_taken_for_an_empty_one(things: World) -> None:
    with pytest.raises(KeyError), things.engine.database.writing() as connection:
        RENAME.execute(connection, ({"of_id": 1},))


def test_whoever_counts_statements_hears_of_it(things: World) -> None:
    database = things.engine.database

    with count_statements(database) as sent, database.writing() as connection:
        RENAME.execute(connection, ({"of_id": 1, "new_name": "x"},))

    assert [text.split()[0] for text in sent] == ["UPDATE"]


def test_a_row_is_found_by_its_key_with_values_of_every_type(things: World) -> None:
    empty = {**dict.fromkeys(ROW), "id": 2}
    with things.engine.database.writing() as connection:
        INSERT.execute(connection, (empty,))

    with things.engine.database.reading() as read:
        found = [FIND.find(read, id=number) for number in (1, 2, 3)]

    assert [list(row) if row is not None else None for row in found] == [[*ROW.values()], [*empty.values()], None]


def test_whoever_counts_statements_hears_of_a_row_that_is_looked_for(things: World) -> None:
    database = things.engine.database

    with count_statements(database) as sent, database.reading() as read:
        FIND.find(read, id=1)

    assert [text.split()[0] for text in sent] == ["SELECT"]


def test_a_table_that_is_not_there_is_said_as_sqlalchemy_says_it(things: World) -> None:
    with things.engine.database.writing() as connection:
        THINGS.drop(connection)

    with pytest.raises(DBAPIError), things.engine.database.reading() as read:
        FIND.find(read, id=1)


def test_without_a_transaction_one_begins_that_can_be_rolled_back(things: World) -> None:
    with things.engine.database.write.connect() as connection:
        RENAME.execute(connection, ({"of_id": 1, "new_name": "x"},))
        connection.rollback()

    assert rows(things) == [ROW]
