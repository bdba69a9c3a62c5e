"""From an empty file to the declared tables, and never backwards."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

import engine
import processes
import webapp
from engine.records.database import Database
from engine.records.schema import metadata
from webapp.migrations import NewerDatabase, is_current, upgrade
from webapp.wiring import import_records


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    opened = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    yield opened
    opened.dispose()


def definitions(database: Database) -> dict[str, str]:
    """Return how each table and index of a SQLite database was made, without spacing and quotes."""
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'")
    with database.reading() as read:
        return {row.name: _plain(row.sql) for row in read.execute(query)}


def _plain(sql: str) -> str:
    return "".join(sql.replace('"', "").lower().split())


def test_an_empty_database_gets_every_declared_table(database: Database) -> None:
    was_changed = upgrade(database)

    with database.reading() as read:
        differences = compare_metadata(MigrationContext.configure(read, opts={"compare_type": True}), metadata)
    assert was_changed
    assert differences == []


def test_the_steps_make_tables_exactly_as_they_are_declared(database: Database, tmp_path: Path) -> None:
    import_records()
    upgrade(database)
    declared = Database(f"sqlite:///{tmp_path / 'declared.db'}")
    with declared.writing() as connection:
        metadata.create_all(connection)

    stepped, wanted = definitions(database), definitions(declared)

    declared.dispose()
    assert stepped.keys() == wanted.keys()
    # The order of constraints is Alembic's own; what they say is not.
    assert {name for name in wanted if sorted(stepped[name]) != sorted(wanted[name])} == set()


def test_every_module_with_tables_is_known_to_the_wiring(database: Database) -> None:
    upgrade(database)
    for package in (engine, processes, webapp):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith((".env", ".__main__")) and ".versions" not in module.name:
                importlib.import_module(module.name)

    assert set(metadata.tables) == set(definitions(database)) & set(metadata.tables)


def test_upgrading_again_changes_nothing(database: Database) -> None:
    upgrade(database)

    assert is_current(database)
    assert not upgrade(database)


def test_a_newer_database_is_left_alone(database: Database) -> None:
    upgrade(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabase):
        upgrade(database)
