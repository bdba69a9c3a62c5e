"""Corrections of attendance: who says what a day really was, with which evidence, and who has agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.changes import Write, write
from processes.incentive.records import CorrectionStatus, attendance, attendance_correction
from processes.incentive.rules.attendance import Day
from processes.people.queries.on_day import TENANT

#: What attendance says instead of a file's name where somebody corrected it.
CORRECTED = "correction"
DAY_COLUMNS = ("kind", "late", "early", "no_check_in", "no_check_out", "assembly_missed")

insert_correction = attendance_correction.insert()
# Only a correction that still waits can be decided: the second of two deciders is told so.
decide_correction = (
    attendance_correction.update()
    .where(
        attendance_correction.c.id == bindparam("of_id"),
        attendance_correction.c.tenant == bindparam("of_tenant"),
        attendance_correction.c.status == CorrectionStatus.PROPOSED.value,
    )
    .values(
        status=bindparam("new_status"),
        decided_by=bindparam("new_decided_by"),
        decided_at=bindparam("new_decided_at"),
        decision_note=bindparam("new_note"),
    )
)
_insert_day = attendance.insert()
_update_day = (
    attendance.update()
    .where(*(attendance.c[name] == bindparam(f"of_{name}") for name in ("tenant", "employee_id", "day")))
    .values({name: bindparam(f"new_{name}") for name in (*DAY_COLUMNS, "source", "correction_id", "case_id")})
)
_by_id = select(attendance_correction).where(
    attendance_correction.c.tenant == TENANT, attendance_correction.c.id == bindparam("correction")
)
_waiting = (
    select(attendance_correction)
    .where(
        attendance_correction.c.tenant == TENANT,
        attendance_correction.c.status == CorrectionStatus.PROPOSED.value,
        attendance_correction.c.unit_id.in_(bindparam("units", expanding=True)),
    )
    .order_by(attendance_correction.c.proposed_at, attendance_correction.c.id)
)
_of_person = (
    select(attendance_correction)
    .where(
        attendance_correction.c.tenant == TENANT,
        attendance_correction.c.employee_id == bindparam("person"),
        attendance_correction.c.day >= bindparam("first"),
        attendance_correction.c.day <= bindparam("last"),
    )
    .order_by(attendance_correction.c.day, attendance_correction.c.id)
)
_known_days = select(attendance).where(
    attendance.c.tenant == TENANT,
    attendance.c.employee_id == bindparam("person"),
    attendance.c.day.in_(bindparam("days", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A day of somebody as it should stand; `sha256` is the address of the evidence."""

    id: int
    tenant: str
    employee_id: int
    unit_id: int
    day: date
    content: Day
    reason: str
    sha256: str
    filename: str
    media_type: str
    size: int
    status: CorrectionStatus
    proposed_by: int | None
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str | None


def find_correction(read: Connection, tenant: str, correction_id: int) -> Correction:
    """Return a correction of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "correction": correction_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _correction_of(row)


def waiting_corrections(read: Connection, tenant: str, unit_ids: Iterable[int]) -> tuple[Correction, ...]:
    """Return the corrections of some units that wait for a decision, oldest first."""
    return _all(read.execute(_waiting, {"tenant": tenant, "units": list(unit_ids)}))


def corrections_of(read: Connection, tenant: str, employee_id: int, first: date, last: date) -> tuple[Correction, ...]:
    """Return the corrections of a person's days, whatever came of them, by day."""
    return _all(read.execute(_of_person, {"tenant": tenant, "person": employee_id, "first": first, "last": last}))


def recorded_days(read: Connection, tenant: str, employee_id: int, days: Iterable[date]) -> dict[date, Day]:
    """Return what attendance says about some days of a person; days without a record are left out."""
    rows = read.execute(_known_days, {"tenant": tenant, "person": employee_id, "days": list(days)})
    return {row.day: day_of(row) for row in rows}


def day_of(row: Any) -> Day:
    """Return a row of attendance or of a correction as a day."""
    return Day(row.kind, row.late, row.early, bool(row.no_check_in), bool(row.no_check_out), bool(row.assembly_missed))


def columns_of(day: Day) -> dict[str, Any]:
    """Return a day as columns of a row."""
    return {name: getattr(day, name) for name in DAY_COLUMNS}


def day_writes(
    read: Connection,
    tenant: str,
    employee_id: int,
    days: Mapping[date, tuple[Day, int]],
    *,
    case_id: int | None = None,
) -> tuple[Write, ...]:
    """Return the writing of corrected days into attendance.

    :param days: each with the number of its correction.
    :param case_id: the dispute that grants them, None for corrections by officers.
    """
    known = recorded_days(read, tenant, employee_id, days)
    return tuple(
        _day_write(
            {"tenant": tenant, "employee_id": employee_id, "day": day},
            {**columns_of(content), "source": CORRECTED, "correction_id": correction_id, "case_id": case_id},
            is_known=day in known,
        )
        for day, (content, correction_id) in sorted(days.items())
    )


def _day_write(key: Mapping[str, Any], values: Mapping[str, Any], *, is_known: bool) -> Write:
    if is_known:
        renamed = {f"of_{name}": value for name, value in key.items()}
        return write(_update_day, expect=1, **renamed, **{f"new_{name}": value for name, value in values.items()})
    return write(_insert_day, **key, **values, check_in=None, check_out=None)


def _all(rows: Iterable[Any]) -> tuple[Correction, ...]:
    return tuple(_correction_of(row) for row in rows)


def _correction_of(row: Any) -> Correction:
    return Correction(
        row.id,
        row.tenant,
        row.employee_id,
        row.unit_id,
        row.day,
        day_of(row),
        row.reason,
        row.sha256,
        row.filename,
        row.media_type,
        row.size,
        CorrectionStatus(row.status),
        row.proposed_by,
        row.proposed_at,
        row.decided_by,
        row.decided_at,
        row.decision_note,
    )
