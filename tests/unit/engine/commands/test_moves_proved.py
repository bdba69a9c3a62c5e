"""The steps of a move of many cases and of its way back are proved: `alur verify` sees what was changed in one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from engine.queries.verification import Finding, verify
from engine.records.history import journal
from engine.records.proofs import record_proof
from engine.sealing import seal_audit
from tests.unit.engine.commands.test_migrating import verified
from tests.unit.engine.moves import Movers, chain
from tests.unit.engine.world import World

STRANGER = 99


def move_there_and_back(world: World, folder: Path) -> int:
    """Move two cases to another release and take them back; return the number of one."""
    world.deploy(chain(folder, "one"))
    first, _ = world.start("test", "1"), world.start("test", "2")
    world.deploy(chain(folder, "first"))
    movers = Movers(world)
    movers.move("one=first")
    movers.undo()
    return first


def change(world: World, statement: Any) -> None:
    with world.engine.database.write.begin() as connection:
        connection.execute(statement)


def found(world: World) -> list[tuple[str, int | None]]:
    findings, _ = verified(world)
    return [(item.code, item.case) for item in findings]


@pytest.mark.parametrize("version", [2, 3], ids=["there", "back"])
def test_who_moved_a_case_cannot_be_changed(world: World, tmp_path: Path, version: int) -> None:
    case_id = move_there_and_back(world, tmp_path)
    assert found(world) == []

    change(
        world, update(journal).where(journal.c.case_id == case_id, journal.c.version == version).values(actor=STRANGER)
    )

    assert found(world) == [("record_forged", case_id)]


def test_a_step_that_is_gone_is_missed_among_those_of_its_move(world: World, tmp_path: Path) -> None:
    case_id = move_there_and_back(world, tmp_path)

    change(world, delete(journal).where(journal.c.case_id == case_id, journal.c.version == 3))

    assert ("record_taken", None) in found(world)


def test_a_step_that_no_move_has_made_is_found_at_its_instant(world: World, tmp_path: Path) -> None:
    case_id = move_there_and_back(world, tmp_path)
    last = journal.c.case_id == case_id, journal.c.version == 3
    with world.engine.database.reading() as read:
        row = dict(read.execute(select(journal).where(*last)).mappings().one())

    change(world, insert(journal).values(row | {"version": 4}))

    assert ("record_put_in", case_id) in found(world)


@pytest.mark.parametrize("damage", [lambda: delete(record_proof), lambda: update(record_proof).values(content=b"\x00")])
def test_the_proof_itself_is_sealed(world: World, tmp_path: Path, damage: Callable[[], Any]) -> None:
    move_there_and_back(world, tmp_path)
    world.clock.forward(hours=2)
    seal_audit(world.engine)

    change(world, damage())

    with world.engine.database.reading() as read:
        assert "seal_broken" in [finding.code for finding in verify(read, world.directory).findings()]


def test_moves_of_before_steps_were_proved_are_no_findings(world: World, tmp_path: Path) -> None:
    move_there_and_back(world, tmp_path)

    change(world, delete(record_proof))

    assert found(world) == []


def test_one_case_is_looked_at_without_the_proofs_of_all(world: World, tmp_path: Path) -> None:
    case_id = move_there_and_back(world, tmp_path)

    with world.engine.database.reading() as read:
        findings: list[Finding] = list(verify(read, world.directory, case_id=case_id).findings())

    assert findings == []
