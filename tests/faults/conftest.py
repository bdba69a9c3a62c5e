"""A world on a real file in which many people work at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import chain
from tests.unit.engine.world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world in which the chain of twenty tasks is deployed."""
    with open_world(tmp_path) as opened:
        opened.deploy(chain(tmp_path))
        yield opened
