"""`alur verify` compares a month of allowances with the journal of its case, and its slips with their own facts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from engine.queries.verification import Extensions, verify
from processes.incentive.records import allowance_run, allowance_slip
from processes.incentive.verification import CASE_CHECKS, WHOLE_CHECKS
from processes.people.verification import days_changed
from tests.processes.allowance_office import DEWI, OFFICE, TIO, AllowanceOffice, open_allowance_office

OF_OFFICE = allowance_run.c.unit_id == OFFICE


@pytest.fixture
def paid(tmp_path: Path) -> Iterator[AllowanceOffice]:
    """An office whose month of March is paid."""
    with open_allowance_office(tmp_path) as office:
        office.open_month()
        office.approve_until_slips()
        office.let_window_end()
        office.does(TIO, "pay", number="SP2D-7", paid_on=date(2026, 4, 20))
        yield office


def found(office: AllowanceOffice) -> set[tuple[str, Any]]:
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, {}, days_changed=days_changed)
    with office.engine.database.reading() as read:
        findings = list(verify(read, office.engine.directory, more=more).findings())
    return {(item.code, item.params.get("column", item.params.get("table"))) for item in findings}


def of_allowances(office: AllowanceOffice) -> set[tuple[str, Any]]:
    return {item for item in found(office) if item[0] in {"record_differs", "record_missing", "record_unexplained"}}


def test_a_month_that_was_paid_is_proved(paid: AllowanceOffice) -> None:
    assert of_allowances(paid) == set()


DAMAGES = {
    "when it was locked": (
        update(allowance_run).where(OF_OFFICE).values(locked_at=None),
        ("record_differs", "locked_at"),
    ),
    "its total": (update(allowance_run).where(OF_OFFICE).values(gross=Decimal(1)), ("record_differs", "gross")),
    "its digest": (update(allowance_run).where(OF_OFFICE).values(digest="0" * 64), ("record_differs", "digest")),
    "a slip": (
        update(allowance_slip).where(allowance_slip.c.employee_id == DEWI).values(net=Decimal(1)),
        ("record_differs", "content"),
    ),
    "a slip is gone": (
        delete(allowance_slip).where(allowance_slip.c.employee_id == DEWI),
        ("record_differs", "people"),
    ),
    "a run is gone": (delete(allowance_run).where(OF_OFFICE), ("record_missing", "allowance_run")),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_what_was_changed_past_the_steps_is_found(paid: AllowanceOffice, damage: str) -> None:
    statement, expected = DAMAGES[damage]
    with paid.engine.database.writing() as connection:
        connection.execute(statement)

    assert expected in of_allowances(paid)
