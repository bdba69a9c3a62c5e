"""A database file with the queue in it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from engine.jobs.tables import jobs, periodic_defers, workers
from engine.records.database import Database
from engine.records.schema import metadata


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    database = Database(f"sqlite:///{tmp_path}/alur.db")
    metadata.create_all(database.write, tables=[jobs, workers, periodic_defers])
    yield database
    database.dispose()
