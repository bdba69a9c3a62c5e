"""Import of attendance: one row an employee and day, as the attendance system exports it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from processes.incentive.imports.cells import read_time
from processes.incentive.imports.locked import locked_months, reject_locked
from processes.incentive.records import AttendanceKind, attendance
from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_choice, read_day, read_nip, read_whole

_KINDS = {
    AttendanceKind.PRESENT: ("Hadir", "H", "Masuk"),
    AttendanceKind.ABSENT: ("Tanpa Keterangan", "TK", "Alpa", "Alpha"),
    AttendanceKind.LEAVE: ("Cuti", "C"),
    AttendanceKind.SICK: ("Sakit", "S"),
    AttendanceKind.PERMIT: ("Izin", "I"),
    AttendanceKind.DUTY: ("Dinas Luar", "DL"),
    AttendanceKind.TRAINING: ("Diklat", "DK", "Tugas Belajar"),
    AttendanceKind.OFF: ("Libur", "L"),
}
_YES_NO = {True: ("Ya", "x", "1"), False: ("Tidak", "0")}
_MOST_MINUTES = 1440

COLUMNS = (
    Column("nip", "NIP", read_nip),
    Column("day", "Tanggal", read_day, aliases=("hari", "date")),
    Column("kind", "Status Kehadiran", read_choice(_KINDS), aliases=("status", "kehadiran", "keterangan")),
    Column("check_in", "Jam Masuk", read_time, required=False, aliases=("masuk", "check in")),
    Column("check_out", "Jam Pulang", read_time, required=False, aliases=("pulang", "keluar", "check out")),
    Column(
        "late", "Terlambat (menit)", read_whole(0, _MOST_MINUTES), required=False, aliases=("terlambat", "tl", "late")
    ),
    Column(
        "early",
        "Pulang Cepat (menit)",
        read_whole(0, _MOST_MINUTES),
        required=False,
        aliases=("pulang cepat", "psw", "cp", "early"),
    ),
    Column(
        "assembly_missed",
        "Tidak Ikut Apel",
        read_choice(_YES_NO),
        required=False,
        aliases=("tanpa apel", "apel tidak hadir"),
    ),
)
_KEYS = ("tenant", "employee_id", "day")
_STORED = ("kind", "check_in", "check_out", "late", "early", "no_check_in", "no_check_out", "assembly_missed")
_existing = select(*(attendance.c[name] for name in (*_KEYS, *_STORED, "source", "correction_id"))).where(
    attendance.c.tenant == bindparam("tenant"),
    attendance.c.day >= bindparam("first"),
    attendance.c.day <= bindparam("last"),
)


def plan_attendance(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed days; days that were corrected with evidence stay, and locked months take nothing."""
    whole = [row for row in rows if row.is_whole]
    days = [row["day"] for row in whole]
    span = {"first": min(days, default=date.min), "last": max(days, default=date.min)}
    stored = {(row["employee_id"], row["day"]): row for row in planning.stored(_existing, **span)}
    locked = locked_months(planning, span["first"], span["last"])
    batch = Batch(planning, attendance, _KEYS, (*_STORED, "source"))
    kept = 0
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None or not row.is_whole:
            continue
        before = stored.get((employee_id, row["day"]))
        values = _values(planning, row, employee_id)
        if before is not None and all(before[name] == values[name] for name in _STORED):
            batch.put(before, before)
        elif before is not None and before["correction_id"] is not None:
            kept += 1
            batch.put(before, before)
        elif (employee_id, row["day"].replace(day=1)) in locked:
            reject_locked(planning, row, "day")
        else:
            unchanged = planning.unchanged
            batch.put(before, values)
            # A first record comes from the machine with everybody's; a changed one is for others to bring.
            if before is not None:
                planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()
    if kept:
        planning.warn("plan", **_kept(kept))


def _kept(count: int) -> dict[str, str]:
    return {
        "text_id": f"{count} hari sudah dikoreksi dengan bukti dan tidak diubah oleh berkas ini.",
        "text_en": f"{count} days were corrected with evidence and are not changed by this file.",
    }


def _values(planning: Planning, row: ImportRow, employee_id: int) -> dict[str, Any]:
    is_present = row["kind"] is AttendanceKind.PRESENT
    return {
        "tenant": planning.around.tenant,
        "employee_id": employee_id,
        "day": row["day"],
        "kind": row["kind"].value,
        "check_in": row["check_in"],
        "check_out": row["check_out"],
        "late": row["late"] or 0,
        "early": row["early"] or 0,
        "no_check_in": is_present and _is_open(row.values, "check_in"),
        "no_check_out": is_present and _is_open(row.values, "check_out"),
        "assembly_missed": bool(row["assembly_missed"]),
        "source": planning.around.source[:120] or "import",
        "correction_id": None,
        "case_id": None,
    }


def _is_open(values: Mapping[str, Any], name: str) -> bool:
    """Say whether a time is missing; a file without the column says nothing about it."""
    return name in values and values[name] is None


ATTENDANCE = ImportKind(
    "attendance",
    "Kehadiran harian",
    "Daily attendance",
    COLUMNS,
    ("nip", "day"),
    plan_attendance,
    about=Text(
        "Kehadiran setiap orang per hari: status, jam, terlambat, dan pulang cepat.",
        "Everybody's attendance by day: status, times, late and early.",
    ),
)
