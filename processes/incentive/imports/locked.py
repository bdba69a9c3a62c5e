"""Which months of whom are locked: what a file brings for them is refused, and put right by a correction instead."""

from datetime import date
from typing import Final

from sqlalchemy import bindparam, select

from processes.incentive.records import LOCKED_STATUSES, allowance_run, allowance_slip
from processes.people.imports import ImportRow, Planning

_locked = (
    select(allowance_slip.c.employee_id, allowance_slip.c.month)
    .join(allowance_run, allowance_run.c.id == allowance_slip.c.run_id)
    .where(
        allowance_slip.c.tenant == bindparam("tenant"),
        allowance_run.c.status.in_(sorted(LOCKED_STATUSES)),
        allowance_slip.c.month >= bindparam("first"),
        allowance_slip.c.month <= bindparam("last"),
    )
    .distinct()
)
_TEXT: Final = {
    "text_id": "Bulan ini sudah dikunci. Ajukan koreksi dengan bukti; selisihnya dibayar pada bulan berikutnya.",
    "text_en": "This month is locked. Propose a correction with evidence; a later month pays the difference.",
}


def locked_months(planning: Planning, first: date, last: date) -> frozenset[tuple[int, date]]:
    """Return the people and months, between two days, whose slips are locked."""
    rows = planning.stored(_locked, first=first.replace(day=1), last=last)
    return frozenset((row["employee_id"], row["month"]) for row in rows)


def reject_locked(planning: Planning, row: ImportRow, column: str) -> None:
    """Note that a row would change a locked month."""
    planning.reject(row, column, "plan", **_TEXT)
