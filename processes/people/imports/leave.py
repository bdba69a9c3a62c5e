"""Import of leave: who is away from when to when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports.batch import Batch
from processes.people.imports.cells import read_choice, read_day, read_nip
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.leaves import LeaveKind
from processes.people.records import leave

_KINDS = {
    LeaveKind.ANNUAL: ("Cuti Tahunan",),
    LeaveKind.LONG_SERVICE: ("Cuti Besar",),
    LeaveKind.SICK: ("Cuti Sakit",),
    LeaveKind.MATERNITY: ("Cuti Melahirkan",),
    LeaveKind.IMPORTANT_REASON: ("Cuti Alasan Penting", "Cuti Karena Alasan Penting"),
    LeaveKind.UNPAID: ("CLTN", "Cuti di Luar Tanggungan Negara"),
    LeaveKind.STUDY: ("Tugas Belajar",),
}
_STORED = ("kind", "last_day")

COLUMNS = (
    Column("nip", "NIP", read_nip),
    Column("kind", "Jenis Cuti", read_choice(_KINDS), aliases=("jenis", "cuti")),
    Column("first_day", "Mulai", read_day, aliases=("tanggal mulai", "dari")),
    Column("last_day", "Sampai", read_day, aliases=("tanggal selesai", "selesai", "hingga")),
)

_existing = select(leave.c.id, leave.c.employee_id, leave.c.first_day, *(leave.c[name] for name in _STORED)).where(
    leave.c.tenant == bindparam("tenant")
)


def plan_leave(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed leave; nobody is away twice on a day."""
    stored = {(row["employee_id"], row["first_day"]): row for row in planning.stored(_existing)}
    spans: dict[int, dict[date, date]] = {}
    for (person, first), row in stored.items():
        spans.setdefault(person, {})[first] = row["last_day"]
    batch = Batch(planning, leave, ("id",), _STORED)
    for item in rows:
        employee_id = planning.employee_id(item)
        is_fitting = _fits(planning, item, {} if employee_id is None else spans.setdefault(employee_id, {}))
        if is_fitting and employee_id is not None and item.is_whole:
            known = stored.get((employee_id, item["first_day"]))
            batch.put(known, _values(planning, item, employee_id, known))
    batch.close()


def _values(planning: Planning, row: ImportRow, employee_id: int, known: Any) -> dict[str, Any]:
    return {
        "id": known["id"] if known is not None else planning.new_id(),
        "tenant": planning.around.tenant,
        "employee_id": employee_id,
        "kind": str(row["kind"]),
        "first_day": row["first_day"],
        "last_day": row["last_day"],
    }


def _fits(planning: Planning, row: ImportRow, spans: dict[date, date]) -> bool:
    first, last = row["first_day"], row["last_day"]
    if first is None or last is None:  # could not be read
        return False
    if last < first:
        planning.reject(row, "last_day", "ends_before_start", first=first, last=last)
        return False
    other = next((start for start, end in spans.items() if start != first and start <= last and first <= end), None)
    if other is not None:
        planning.reject(row, "first_day", "overlaps", other=other)
        return False
    spans[first] = last
    return True


LEAVE = ImportKind(
    "leave",
    "Cuti",
    "Leave",
    COLUMNS,
    ("nip", "first_day"),
    plan_leave,
    about=Text(
        "Cuti setiap orang, dengan hari pertama dan terakhirnya.", "Everybody's leave, with its first and last day."
    ),
)
