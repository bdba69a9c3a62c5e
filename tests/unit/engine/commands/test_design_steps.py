"""Changes of a design step by step: each can be gone back to, and later the stretch of work is what stays."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.begin_design import BeginDesign
from engine.commands.save_design import SaveDesign
from engine.designs.editing.diagram import open_diagram
from engine.designs.finding import content_mark
from engine.designs.stepping import LEAST_KEPT, MOST_KEPT, MOST_STEPS, find_step
from engine.designs.tidying import tidy
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.design import design as table
from engine.records.design import design_revision, insert_revision
from engine.records.packing import pack
from tests.unit.engine.commands.test_designs import ANN, BOB, approval, look
from tests.unit.engine.world import World

FILE = "test.bpmn"


@pytest.fixture
def design(world: World, tmp_path: Path) -> int:
    """A design that one person works on."""
    number = world.engine.run(BeginDesign({FILE: tidy(approval(tmp_path))}), ANN).value
    assert isinstance(number, int)
    return number


def step(world: World, design: int, name: str, actor: Actor = ANN) -> bytes:
    """Rename a step, and return the diagram as it was before."""
    before = look(world, design).diagram
    content = re.sub(rb'(id="write" name)="[^"]*"', rf'\1="{name}"'.encode(), before)
    save(world, design, content, actor, is_step=True)
    return before


def save(world: World, design: int, content: bytes, actor: Actor = ANN, *, is_step: bool = False) -> None:
    seen = content_mark(look(world, design).diagram)
    world.engine.run(SaveDesign(design, {FILE: content}, {FILE: seen}, is_step=is_step), actor)


def kept(world: World) -> Sequence[int]:
    with world.engine.database.reading() as read:
        return read.execute(select(design_revision.c.version).order_by(design_revision.c.version)).scalars().all()


def remember(world: World, design: int, *past: tuple[Actor, int]) -> None:
    """Let a design have been in these states: who saved each, and how many minutes ago the next step was taken."""
    now, content = world.clock.now, pack({})
    rows = [
        {"design_id": design, "version": version, "content": content, "saved_at": now - timedelta(minutes=ago),
         "saved_by": person.person}
        for version, (person, ago) in enumerate(past, start=1)
    ]  # fmt: skip
    with world.engine.database.writing() as write:
        write.execute(insert_revision, rows)
        write.execute(table.update().values(version=len(rows) + 1, saved_by=past[-1][0].person))


def test_every_step_can_be_gone_back_to(world: World, design: int) -> None:
    before = [step(world, design, f"n{number}") for number in range(3)]

    with world.engine.database.reading() as read:
        found = [find_step(read, look(world, design), version)[FILE] for version in (1, 2, 3)]
        with pytest.raises(NotFound):
            find_step(read, look(world, design), 4)
    assert found == before


def test_steps_long_past_are_forgotten_but_not_what_was_before_a_stretch_of_work(world: World, design: int) -> None:
    remember(world, design, *[(ANN, 11)] * 2, *[(ANN, 0)] * (LEAST_KEPT + 2))
    step(world, design, "soon")
    assert len(kept(world)) == LEAST_KEPT + 5
    world.clock.forward(minutes=61)
    step(world, design, "late")

    versions = kept(world)

    assert versions[:3] == [1, 3, 7]
    assert len(versions) == LEAST_KEPT + 2


def test_whoever_goes_back_and_again_without_end_does_not_fill_the_disk(world: World, design: int) -> None:
    remember(world, design, *[(ANN, 0)] * (MOST_KEPT + 1))

    step(world, design, "once more")

    assert kept(world)[:3] == [1, 3, 4]


def test_all_steps_that_can_be_taken_back_are_kept_while_they_are_taken_back(world: World, design: int) -> None:
    before = []
    for number in range(MOST_STEPS):
        before.append(step(world, design, f"n{number}"))
        world.clock.forward(minutes=5)

    for version, content in reversed(list(enumerate(before, start=1))):
        with world.engine.database.reading() as read:
            assert find_step(read, look(world, design), version)[FILE] == content
        save(world, design, content, is_step=True)

    assert look(world, design).diagram == before[0]


def test_what_somebody_left_behind_before_another_one_changed_it_stays(world: World, design: int) -> None:
    remember(world, design, *[(ANN, 61)] * 4, *[(BOB, 61)] * (LEAST_KEPT + 3))

    step(world, design, "last", BOB)

    assert kept(world)[:4] == [1, 4, 5, 9]


def test_a_step_keeps_the_comments_and_so_does_going_back(world: World, design: int) -> None:
    plain = look(world, design).diagram
    save(world, design, plain.replace(b"<bpmn:userTask", b"<!-- Pasal 5 -->\n    <bpmn:userTask"))
    before = look(world, design).diagram
    diagram = open_diagram(before)
    diagram.node("write").set("name", "Tulis lagi")

    save(world, design, diagram.write(), is_step=True)
    after = look(world, design).diagram
    save(world, design, before, is_step=True)

    assert after == before.replace(b'name="Tulis"', b'name="Tulis lagi"')
    assert b"<!-- Pasal 5 -->" in after
    assert look(world, design).diagram == before
