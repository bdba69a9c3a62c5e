"""Fixtures of the engine's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import on_both_databases
from tests.unit.engine.world import World, open_world


@pytest.fixture(autouse=True)
def _database(kind: str) -> None:
    """Have the database there before a world is opened on it."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what opens a world on both databases."""
    on_both_databases(metafunc, "open_world", "world")


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world without services."""
    with open_world(tmp_path) as opened:
        yield opened
