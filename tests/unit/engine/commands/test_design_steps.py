"""Changes of a design step by step: each can be gone back to, and later the stretch of work is what stays."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.begin_design import BeginDesign
from engine.commands.save_design import SaveDesign
from engine.designs.finding import content_mark
from engine.designs.stepping import MOST_STEPS, find_step
from engine.designs.tidying import tidy
from engine.errors import NotFound
from engine.records.design import design_revision
from tests.unit.engine.commands.test_designs import ANN, approval, look
from tests.unit.engine.world import World

FILE = "test.bpmn"


@pytest.fixture
def design(world: World, tmp_path: Path) -> int:
    """A design that one person works on."""
    number = world.engine.run(BeginDesign({FILE: tidy(approval(tmp_path))}), ANN).value
    assert isinstance(number, int)
    return number


def step(world: World, design: int, name: str) -> bytes:
    """Rename a step, and return the diagram as it was before."""
    before = look(world, design).diagram
    content = re.sub(rb'(id="write" name)="[^"]*"', rf'\1="{name}"'.encode(), before)
    world.engine.run(SaveDesign(design, {FILE: content}, {FILE: content_mark(before)}, is_step=True), ANN)
    return before


def kept(world: World) -> Sequence[int]:
    with world.engine.database.reading() as read:
        return read.execute(select(design_revision.c.version).order_by(design_revision.c.version)).scalars().all()


def test_every_step_can_be_gone_back_to(world: World, design: int) -> None:
    before = [step(world, design, f"n{number}") for number in range(3)]

    with world.engine.database.reading() as read:
        found = [find_step(read, look(world, design), version)[FILE] for version in (1, 2, 3)]
        with pytest.raises(NotFound):
            find_step(read, look(world, design), 4)
    assert found == before


def test_steps_long_past_are_forgotten_but_not_what_was_before_a_stretch_of_work(world: World, design: int) -> None:
    step(world, design, "a")
    step(world, design, "b")
    world.clock.forward(minutes=11)
    for number in range(MOST_STEPS + 2):
        step(world, design, f"n{number % 7}")

    versions = kept(world)

    assert versions[:2] == [1, 3]
    assert len(versions) == MOST_STEPS + 2
