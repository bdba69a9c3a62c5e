"""Fixtures of the engine's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.engine.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world without services."""
    with open_world(tmp_path) as opened:
        yield opened
