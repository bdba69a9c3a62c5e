"""An empty city, and one with staff."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.unit.processes.people.office import Office


@pytest.fixture
def empty_office(tmp_path: Path) -> Generator[Office]:
    office = Office(tmp_path)
    yield office
    office.database.dispose()


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    office = Office(tmp_path, Office.prepared)
    yield office
    office.database.dispose()
