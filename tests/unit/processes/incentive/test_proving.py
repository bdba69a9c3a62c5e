"""`alur verify` finds what was changed past Alur: a slip, its facts, a total, a day, a correction."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, verify
from engine.records.packing import pack
from processes.incentive.proving import check_slips
from processes.incentive.records import allowance_run, allowance_slip, attendance
from tests.unit.processes.incentive.treasury import Treasury
from tests.unit.processes.people.office import GURU


def found(treasury: Treasury) -> set[tuple[str, Any]]:
    more = Extensions([], [check_slips], {})
    with treasury.reading() as read:
        findings = list(verify(read, treasury.engine.directory, more=more).findings())
    return {(item.code, item.params.get("column", item.params.get("table"))) for item in findings}


def test_a_month_as_it_was_computed_is_proved(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("TK",))
    treasury.lock()

    with treasury.reading() as read:
        assert list(check_slips(read)) == []


DAMAGES = {
    "an amount": (update(allowance_slip).values(gross=Decimal(1)), ("record_differs", "gross")),
    "the content": (update(allowance_slip).values(content=pack([1, {}, []])), ("record_differs", "content")),
    "a total": (update(allowance_run).values(net=Decimal(1)), ("record_differs", "net")),
    "the basis": (update(allowance_run).values(basis=pack({"sets": {}})), ("record_differs", "content")),
    "a month is gone": (delete(allowance_run), ("record_unexplained", "allowance_slip")),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_what_was_changed_past_the_months_is_found(treasury: Treasury, damage: str) -> None:
    treasury.lock()
    statement, expected = DAMAGES[damage]
    with treasury.database.writing() as connection:
        connection.execute(statement)

    assert expected in found(treasury)


def test_a_day_that_was_changed_past_the_commands_is_found(treasury: Treasury) -> None:
    with treasury.database.writing() as connection:
        connection.execute(update(attendance).where(attendance.c.late == 0).values(late=1))

    assert any(code.startswith("record_") for code, _ in found(treasury))
