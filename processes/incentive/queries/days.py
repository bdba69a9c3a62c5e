"""The days of a month that count in somebody's slip: whatever was not simply present and in time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.records.schema import Day
from processes.incentive.opening import last_of
from processes.incentive.records import AttendanceKind, attendance
from processes.people.queries.on_day import TENANT, AnyRow

_days = (
    select(attendance)
    .where(
        attendance.c.tenant == TENANT,
        attendance.c.employee_id == bindparam("person"),
        attendance.c.day.between(bindparam("first", type_=Day), bindparam("last", type_=Day)),
    )
    .order_by(attendance.c.day)
)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of attendance with where it comes from: the name of an imported file, or a correction.

    :param late: minutes, as `early`.
    """

    day: date
    kind: str
    late: int
    early: int
    no_check_in: bool
    no_check_out: bool
    assembly_missed: bool
    source: str
    is_corrected: bool


def counted_days(read: Connection, tenant: str, employee_id: int, month: date) -> tuple[CountedDay, ...]:
    """Return the days of a month on which somebody was not simply present and in time, or that were corrected."""
    rows = read.execute(_days, {"tenant": tenant, "person": employee_id, "first": month, "last": last_of(month)})
    return tuple(_day(row) for row in rows if _counts(row))


def _counts(row: AnyRow) -> bool:
    flags = (row.late, row.early, row.no_check_in, row.no_check_out, row.assembly_missed, row.correction_id)
    return row.kind != AttendanceKind.PRESENT.value or any(flags)


def _day(row: AnyRow) -> CountedDay:
    return CountedDay(
        row.day,
        row.kind,
        row.late,
        row.early,
        row.no_check_in,
        row.no_check_out,
        row.assembly_missed,
        row.source,
        row.correction_id is not None,
    )
