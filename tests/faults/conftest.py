"""A world on a real database in which many people work at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import on_both_databases
from tests.faults.crowd import chain
from tests.unit.engine.world import World, open_world


@pytest.fixture(autouse=True)
def _database(kind: str) -> None:
    """Have the database there before a world is opened on it."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every fault that hits a world on both databases."""
    on_both_databases(metafunc, "open_world", "world")


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which the chain of twenty tasks is deployed."""
    with open_world(tmp_path) as opened:
        opened.deploy(chain(tmp_path))
        yield opened
