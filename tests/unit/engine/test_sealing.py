"""The audit trail is sealed behind the commands: what is changed in it later is found, and a seal that is gone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update

from engine.ids import first_of
from engine.queries.verification import Finding, Verification, Weight, verify
from engine.records.case import case
from engine.records.history import audit, audit_seal, journal
from engine.records.packing import pack
from engine.records.proofs import record_proof
from engine.records.seals import MARGIN
from engine.records.tenant import insert_tenant
from engine.sealing import seal_audit
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN = 11


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which people worked on two days, each sealed, and once more since."""
    with open_world(tmp_path) as opened:
        opened.deploy(diagram(tmp_path, start(), user("write", "ann"), end(), path("begin", "write", "done")))
        for key in ("1", "2", "3"):
            opened.start("test", key, ann=ANN)
            opened.complete(ANN, opened.tasks(ANN)[0])
            if key != "3":
                opened.clock.forward(hours=2)
                seal_audit(opened.engine)
        yield opened


def run(world: World, *seals: str) -> tuple[list[Finding], Verification]:
    with world.engine.database.reading() as read:
        checker = verify(read, world.directory, seals=seals)
        return list(checker.findings()), checker


def codes(world: World, *seals: str) -> list[str]:
    return [finding.code for finding in run(world, *seals)[0]]


def damage(world: World, statement: Any) -> None:
    with world.engine.database.writing() as connection:
        connection.execute(statement)


def count(world: World) -> int:
    with world.engine.database.reading() as read:
        return read.execute(select(func.count()).select_from(audit_seal)).scalar_one()


def test_seals_hold_where_nothing_was_changed_and_say_what_has_none_yet(world: World) -> None:
    findings, checker = run(world)

    assert findings == []
    assert (checker.tally.sealed, checker.tally.unsealed, count(world)) == (5, 2, 2)


def test_nothing_new_is_nothing_to_seal(world: World) -> None:
    seal_audit(world.engine)

    assert count(world) == 2


def test_the_youngest_rows_wait_until_no_transaction_of_their_time_is_left(world: World) -> None:
    seal_audit(world.engine, margin=MARGIN)
    world.clock.forward(hours=1, seconds=1)
    seal_audit(world.engine, margin=MARGIN)

    assert (count(world), run(world)[1].tally.unsealed) == (3, 0)


DAMAGES: dict[str, Any] = {
    "a row is gone": delete(audit).where(audit.c.command == "DeployRelease"),
    "a row names another person": update(audit).where(audit.c.command == "DeployRelease").values(actor=ANN),
    "a row has another time": update(audit)
    .where(audit.c.command == "DeployRelease")
    .values(at=MONDAY + timedelta(seconds=1)),
    "a row was put in": insert(audit).values(
        id=first_of(MONDAY) + 1, tenant=CITY, at=MONDAY, actor=ANN, command="GrantRole", subject=ANN
    ),
    "a seal is changed": update(audit_seal).values(digest=bytes(16)),
    "the first seal is gone": delete(audit_seal).where(
        audit_seal.c.last_id == select(func.min(audit_seal.c.last_id)).scalar_subquery()
    ),
}


BESIDE: dict[str, Any] = {
    "the first step of a case": update(journal).where(journal.c.version == 1).values(actor=ANN),
    "a proof of records": update(record_proof).values(content=pack(b"")),
    "a proof that is gone": delete(record_proof),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_was_written_once_beside_the_trail_is_sealed_with_it(world: World, name: str) -> None:
    row = {"id": world.engine.new_id(), "tenant": CITY, "table": "x", "at": MONDAY, "content": pack(b"x")}
    damage(world, insert(record_proof).values(row))
    world.start("test", "4", ann=ANN)
    world.clock.forward(hours=2)
    seal_audit(world.engine)
    assert codes(world) == []

    damage(world, BESIDE[name])

    assert "seal_broken" in codes(world)


def test_seals_of_before_more_was_sealed_hold_and_the_next_one_covers_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.engine.database.writing() as connection:
        connection.execute(delete(audit_seal))
    with monkeypatch.context() as earlier:
        earlier.setattr("engine.sealing.sealed_beside", dict)
        world.clock.forward(hours=2)
        seal_audit(world.engine)
    world.start("test", "4", ann=ANN)
    world.clock.forward(hours=2)
    seal_audit(world.engine)
    assert (codes(world), count(world)) == ([], 2)

    last = select(func.max(case.c.id)).scalar_subquery()
    damage(world, update(journal).where(journal.c.case_id == last).values(actor=ANN))

    assert "seal_broken" in codes(world)


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_changed_behind_a_seal_is_found(world: World, name: str) -> None:
    damage(world, DAMAGES[name])

    assert set(codes(world)) - {"release_unexplained"} == {"seal_broken"}


def test_who_did_a_step_cannot_be_changed_in_journal_and_audit_trail_together(world: World) -> None:
    for table in (journal, audit):
        damage(world, update(table).where(table.c.actor == ANN).values(actor=12))

    assert "seal_broken" in codes(world)


def test_a_sealed_trail_goes_on_after_a_damage_so_that_the_next_one_is_found_as_well(world: World) -> None:
    damage(world, DAMAGES["a row is gone"])

    findings = [item for item in run(world)[0] if item.code != "release_unexplained"]

    assert [(item.params["expected"], item.params["found"], item.weight) for item in findings] == [(3, 2, Weight.ERROR)]


def test_a_seal_that_was_noted_elsewhere_must_still_be_there(world: World) -> None:
    noted = run(world)[1].seals.last[CITY].digest
    assert codes(world, noted.upper()) == []

    damage(world, delete(audit_seal))

    assert codes(world, noted) == ["seal_unknown"]
    seal_audit(world.engine)
    assert codes(world, noted) == ["seal_unknown"]


def test_rows_that_nobody_seals_are_noted(world: World) -> None:
    world.clock.forward(days=4)
    world.start("test", "4", ann=ANN)

    assert [(item.code, item.weight) for item in run(world)[0]] == [("audit_unsealed", Weight.NOTE)]


def test_a_city_that_comes_with_its_past_is_sealed_from_its_beginning(world: World) -> None:
    damage(world, insert_tenant.values(code="mataram", created_at=MONDAY))
    row = {"id": first_of(MONDAY) + 1, "tenant": "mataram", "at": MONDAY, "actor": None, "command": "OpenCity"}
    damage(world, insert(audit).values(row))

    seal_audit(world.engine)

    assert (codes(world), set(run(world)[1].seals.last)) == ([], {CITY, "mataram"})


def test_of_two_that_seal_at_once_one_does(world: World) -> None:
    world.clock.forward(hours=2)

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(seal_audit, world.engine) for _ in range(2)]:
            done.result()

    assert (count(world), codes(world)) == (3, [])
