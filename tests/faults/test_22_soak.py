"""Fault 22: many cases and random kills. Nothing is lost and nothing is done twice; `make soak` goes on for longer."""

from pathlib import Path

import pytest

from tests.faults.soak import soak
from tests.unit.engine.world import World


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_sixty_cases_survive_twenty_kills(world: World, tmp_path: Path) -> None:
    assert soak(world, tmp_path, 60, lambda kills: kills < 20) == 20
