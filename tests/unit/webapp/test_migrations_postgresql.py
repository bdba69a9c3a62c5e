"""The steps lead to the declared tables on PostgreSQL as well, and Procrastinate's own beside them."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from engine.records.database import Database
from engine.records.schema import metadata
from tests.postgresql import PostgreSQL
from webapp.migrations import is_current, upgrade
from webapp.wiring import import_records


@pytest.fixture
def database(postgresql_server: PostgreSQL) -> Iterator[Database]:
    """A database that went through every step."""
    import_records()
    with postgresql_server.empty() as address:
        opened = Database(address)
        upgrade(opened)
        yield opened
        opened.dispose()


def is_ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    return not (kind == "table" and str(name).startswith("procrastinate_"))


def test_the_steps_lead_to_the_declared_tables(database: Database) -> None:
    options = {"compare_type": True, "include_object": is_ours}

    with database.reading() as read:
        differences = compare_metadata(MigrationContext.configure(read, opts=options), metadata)

    assert differences == []
    assert is_current(database)


def test_the_queue_is_procrastinates_own(database: Database) -> None:
    function = text("SELECT count(*) FROM pg_proc WHERE proname = 'procrastinate_fetch_job_v2'")

    with database.reading() as read:
        assert read.execute(function).scalar_one() == 1


def test_upgrading_again_changes_nothing(database: Database) -> None:
    assert not upgrade(database)
