"""Fixtures of the process tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import on_both_databases
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from tests.processes.city_hall import CityHall, open_city_hall

#: Every path of the appraisal, and people who come at the same moment: the other modules ask less of a database.
ON_BOTH = {
    "test_periodic_evaluation",
    "test_import_races",
    "test_delegation",
    "test_recognition_award",
    "test_recognition_thanks",
    "test_training_on_both",
}


@pytest.fixture(autouse=True)
def _database(kind: str) -> None:
    """Have the database there before a city hall is opened on it."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks most of a database on both."""
    if metafunc.definition.path.stem in ON_BOTH:
        on_both_databases(metafunc, "open_city_hall", "closed", "office", "nominated", "trained")


@pytest.fixture
def on_postgresql(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[Path]:
    """A folder in which an office is opened on PostgreSQL."""
    with postgresql_server.with_tables() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        yield tmp_path


@pytest.fixture
def closed(kind: str, tmp_path: Path) -> Iterator[CityHall]:
    """A city hall before the quarter is opened."""
    with open_city_hall(tmp_path) as opened:
        yield opened


@pytest.fixture
def hall(closed: CityHall) -> CityHall:
    """A city hall in which the third quarter of 2026 has just been opened."""
    closed.open_quarter()
    return closed
