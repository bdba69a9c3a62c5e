"""Records that no journal tells of are proved: what each command has made of their rows is kept, a digest a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, update

from engine.command import Changes, Context, TenantSubject
from engine.policy.actor import system_actor
from engine.queries.verification import Finding, verify
from engine.records.changes import Write, write
from engine.records.proofs import record_proof
from engine.records.tenant import insert_tenant
from engine.sealing import seal_audit
from processes.people.records import employee, holiday
from tests.unit.engine.world import CITY, MONDAY, World, open_world

DAY = date(2026, 8, 17)
_rename = (
    holiday.update()
    .where(holiday.c.tenant == bindparam("of_tenant"), holiday.c.day == bindparam("of_day"))
    .values(name=bindparam("new_name"))
)
_delete = holiday.delete().where(holiday.c.tenant == bindparam("of_tenant"), holiday.c.day == bindparam("of_day"))


@dataclass(frozen=True)
class Do:
    """Any writes."""

    writes: tuple[Write, ...]
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> TenantSubject:
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        return Changes(self.writes)


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which a command has written two holidays, beside one that was there before anything was proved."""
    with open_world(tmp_path) as opened:
        past(opened, insert(holiday).values(tenant=CITY, day=date(2025, 1, 1), name="before"))
        do(opened, *(write(holiday.insert(), tenant=CITY, day=day, name="x") for day in (DAY, date(2026, 12, 25))))
        yield opened


def do(world: World, *writes: Write) -> None:
    world.engine.run(Do(writes), system_actor(CITY))


def past(world: World, statement: Any) -> None:
    """Write past the engine."""
    with world.engine.database.writing() as connection:
        connection.execute(statement)


def findings(world: World) -> list[Finding]:
    with world.engine.database.reading() as read:
        return list(verify(read, world.directory).findings())


def codes(world: World) -> list[str]:
    return [finding.code for finding in findings(world)]


def test_what_commands_have_written_is_right_whatever_they_wrote_over_it(world: World) -> None:
    do(world, write(_rename, of_tenant=CITY, of_day=DAY, new_name="y"))
    do(world, write(_delete, expect=1, of_tenant=CITY, of_day=date(2026, 12, 25)))
    do(world, write(_delete, of_tenant=CITY, of_day=DAY), write(holiday.insert(), tenant=CITY, day=DAY, name="z"))

    assert codes(world) == []


DAMAGES: dict[str, tuple[Any, str]] = {
    "a column": (update(holiday).where(holiday.c.day == DAY).values(name="y"), "record_forged"),
    "a column of what was there before": (
        update(holiday).where(holiday.c.name == "before").values(name="y"),
        "record_forged",
    ),
    "a row that is put in": (insert(holiday).values(tenant=CITY, day=date(2027, 1, 1), name="x"), "record_put_in"),
    "a row that is gone": (delete(holiday).where(holiday.c.day == DAY), "record_taken"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_written_past_the_commands_is_named(world: World, name: str) -> None:
    statement, code = DAMAGES[name]

    past(world, statement)

    assert codes(world) == [code]


def test_a_row_that_a_command_has_deleted_cannot_come_back(world: World) -> None:
    do(world, write(_delete, of_tenant=CITY, of_day=DAY))

    past(world, insert(holiday).values(tenant=CITY, day=DAY, name="x"))

    assert codes(world) == ["record_put_in"]


def test_the_next_command_does_not_cover_up_what_was_changed_beside_it(world: World) -> None:
    past(world, update(holiday).where(holiday.c.day == DAY).values(name="y"))

    do(world, write(holiday.insert(), tenant=CITY, day=date(2027, 5, 1), name="x"))

    assert [item.params["row"] for item in findings(world)] == [f"{CITY}/2026-08-17"]


def test_a_command_that_writes_nothing_of_the_kind_leaves_no_proof(world: World) -> None:
    world.engine.run(Do(()), system_actor(CITY))

    with world.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(record_proof)).scalar_one() == 1


def test_a_city_whose_rows_nothing_has_proved_yet_is_left_alone(world: World) -> None:
    past(world, insert(holiday).values(tenant="other", day=DAY, name="x"))
    past(world, insert(employee).values(id=1, tenant=CITY, nip="1", name="x", kind="PNS"))

    assert codes(world) == []


def test_the_hourly_job_proves_the_records_of_a_city_that_no_command_has_written_since(world: World) -> None:
    past(world, insert_tenant.values(code="mataram", created_at=MONDAY))
    past(world, insert(holiday).values(tenant="mataram", day=DAY, name="x"))
    seal_audit(world.engine)
    seal_audit(world.engine)
    assert codes(world) == []

    past(world, update(holiday).where(holiday.c.tenant == "mataram").values(name="y"))

    assert codes(world) == ["record_forged"]
