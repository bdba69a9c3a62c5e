"""A month of allowances for the personas: an office whose slips are out, a unit that is still being checked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from processes.incentive.commands.propose_correction import ProposeCorrection
from processes.incentive.rules.attendance import Day
from processes.people.queries import employees_of_unit, ids_below, placement_on
from webapp.demo.incentive import show_allowances
from webapp.wiring import Alur

MONTH = {"year": 2026, "month": 9}
LATE = date(2026, 9, 3)
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def incentive_things(alur: Alur, code: str, employee: int, officer: Actor) -> dict[str, Mapping[str, Any]]:
    """Open September, let the slips of the employee's office out, and propose a correction in a unit below it."""
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
    }
