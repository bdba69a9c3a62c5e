"""While a city is taken away PostgreSQL finds quickly who refers to a row, and keeps no index for that afterwards."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.records.database import Database
from engine.records.schema import metadata
from engine.records.tenant import insert_tenant
from processes.people.records import employee, unit
from tests.postgresql import PostgreSQL
from tests.unit.engine.world import MONDAY
from webapp.wiring import import_records
from webapp.wiring.city_archive.leaving import MANY, remove_rows
from webapp.wiring.city_archive.referring import PREFIX, index_referrers, nothing_left, unindexed

import_records()
CITY = "serang"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def database(postgresql_server: PostgreSQL) -> Iterator[Database]:
    """A database with a city of a few more people than the removal looks up without an index."""
    with postgresql_server.with_tables() as address:
        opened = Database(address)
        people = [{"id": n, "tenant": CITY, "nip": str(n), "name": "Ani", "kind": "pns"} for n in range(1, MANY + 2)]
        with opened.writing() as connection:
            connection.execute(insert_tenant, {"code": CITY, "created_at": MONDAY})
            connection.execute(employee.insert(), people)
        yield opened
        opened.dispose()


def indexes(database: Database) -> list[str]:
    names = text("SELECT indexname FROM pg_indexes WHERE indexname LIKE :some").bindparams(some=f"{PREFIX}%")
    with database.reading() as read:
        return list(read.execute(names).scalars())


def test_whatever_refers_to_many_rows_is_indexed_while_they_go_and_not_afterwards(database: Database) -> None:
    seen: dict[str, list[str]] = {}

    def look(table: str, _rows: int) -> None:
        seen[table] = indexes(database)

    remove_rows(database, CITY, look)

    assert len(seen["employee"]) == len(unindexed(employee)) > 10
    assert seen["process_case"] == indexes(database) == []


def test_the_indexes_of_a_removal_that_was_killed_go_with_the_next_one(database: Database) -> None:
    index_referrers(database, unit)
    assert indexes(database)

    with nothing_left(database):
        assert indexes(database) == []


#: To these others refer by columns without an index: each appraisal would pay for one, and no page asks so. Their rows
#: are deleted with their city only, and then the columns are indexed for a while.
ONLY_WITH_A_CITY = {
    *("employee", "unit", "post", "release", "wordbook", "process_case", "design"),
    *("award_program", "innovation", "selection", "training_session"),
}
SOURCES = ("engine", "processes", "webapp")


def test_a_column_without_an_index_refers_to_rows_that_are_deleted_with_their_city_only() -> None:
    assert {table.name for table in metadata.sorted_tables if unindexed(table)} == ONLY_WITH_A_CITY
    names = "|".join({*ONLY_WITH_A_CITY, "case"})
    deletes = re.compile(rf"\b(?:{names})\.delete\(|\bdelete\((?:{names})\)")

    files = (path for name in SOURCES for path in (ROOT / name).rglob("*.py"))

    assert [path.name for path in files if deletes.search(path.read_text())] == []


def test_a_column_that_leads_an_index_or_a_key_needs_none_for_a_while() -> None:
    assert unindexed(metadata.tables["outbox"]) == unindexed(metadata.tables["account"]) == []
    assert "evaluation" not in {column.table.name for column in unindexed(employee)}
