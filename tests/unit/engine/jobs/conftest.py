"""A database with the queue in it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from engine.jobs.tables import jobs, periodic_defers, workers
from engine.records.database import Database
from engine.records.schema import metadata
from tests.conftest import on_both_databases
from tests.postgresql import address_in

ON_SQLITE_ALONE = {"test_connector", "test_queue_model"}  # about our answers to what PostgreSQL answers by itself


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what works with a queue on both databases."""
    if metafunc.definition.path.stem not in ON_SQLITE_ALONE:
        on_both_databases(metafunc, "open_world", "database", "world")


@pytest.fixture
def database(kind: str, tmp_path: Path) -> Generator[Database]:
    database = Database(address_in(tmp_path))
    if database.is_sqlite:
        metadata.create_all(database.write, tables=[jobs, workers, periodic_defers])
    yield database
    database.dispose()
