"""Fixtures of the process tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.city_hall import CityHall, open_city_hall


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[CityHall]:
    """A city hall before the quarter is opened."""
    with open_city_hall(tmp_path) as opened:
        yield opened


@pytest.fixture
def hall(closed: CityHall) -> CityHall:
    """A city hall in which the third quarter of 2026 has just been opened."""
    closed.open_quarter()
    return closed
