"""A month of allowances for the personas: an office whose slips are out, a unit that is still being checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from engine.records.changes import apply_writes
from processes.incentive.commands.propose_adjustment import ProposeAdjustment
from processes.incentive.commands.propose_correction import ProposeCorrection
from processes.incentive.records import RunStatus, attendance
from processes.incentive.rules.attendance import Day
from processes.incentive.runs import read_run, status_write
from processes.incentive.signals.kept import signals_of_month
from processes.incentive.slips import slips_of_unit
from processes.people.queries import all_units, employees_of_unit, ids_below, placement_on
from webapp.demo.incentive import show_allowances
from webapp.demo.places import TOP
from webapp.wiring import Alur

MONTH = {"year": 2026, "month": 9}
OF_MONTH = date(2026, 9, 1)
LATE = date(2026, 9, 3)
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def incentive_things(
    alur: Alur, code: str, employee: int, officer: Actor, verifier: Actor
) -> dict[str, Mapping[str, Any]]:
    """Open September, let the slips of the employee's office out, and propose corrections of both kinds."""
    show_allowances(alur.engine, alur.jobs, code)
    with alur.database.reading() as read:
        office = placement_on(read, code, employee, LATE)
        assert office is not None
        below = ids_below(read, code, office.unit_id)[1]
        member = employees_of_unit(read, code, below, LATE)[0]
    kept = alur.files.put(LETTER, filename="surat-tugas.pdf", limit=10_000)
    alur.files.claim(kept.sha256)
    proposed = alur.engine.run(
        ProposeCorrection(member.id, LATE, Day("dinas_luar"), "Rapat koordinasi di provinsi.", kept), officer
    )
    return {
        "allowance_month": MONTH,
        "allowance_unit": {**MONTH, "unit": office.unit_id},
        "allowance_export": {**MONTH, "unit": office.unit_id, "kind": "csv"},
        "allowance_below": {**MONTH, "unit": below},
        "allowance_slip": {**MONTH, "person": employee},
        "attendance_correction": {"correction": proposed.value},
        "allowance_signal": {"signal": _signal(alur, code)},
        **_locked(alur, code, verifier),
    }


def _signal(alur: Alur, code: str) -> int:
    """Return one of the signals that the job has found."""
    with alur.database.reading() as read:
        found, _ = signals_of_month(read, code, OF_MONTH, is_open=True)
    return next(kept.id for kept in found if kept.signal.code == "identical_times")


def _locked(alur: Alur, code: str, verifier: Actor) -> dict[str, Mapping[str, Any]]:
    """Lock the month of the city's secretariat, and let a day of somebody turn out to have been late."""
    with alur.database.reading() as read:
        unit = next(unit.id for unit in all_units(read, code) if unit.code == TOP)
        run = read_run(read, code, unit, OF_MONTH)
        assert run is not None, "every unit's month was opened"
        person = slips_of_unit(read, code, unit, OF_MONTH)[-1].employee_id
    of_day = (attendance.c.tenant == code, attendance.c.employee_id == person, attendance.c.day == LATE)
    with alur.database.writing() as connection:
        apply_writes(connection, [status_write(run, RunStatus.LOCKED, now=alur.clock())])
        connection.execute(attendance.update().where(*of_day).values(late=100))
    proposed = alur.engine.run(ProposeAdjustment(person, unit, OF_MONTH, "Rekaman mesin diperiksa ulang."), verifier)
    return {
        "locked_slip": {**MONTH, "unit": unit, "person": person},
        "adjustment": {"proposal": proposed.value},
    }
