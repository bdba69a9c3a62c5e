"""How much of their working time people were away, as their attendance tells."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from engine.records.schema import Day
from processes.incentive.records import AttendanceKind, attendance
from processes.people.queries.on_day import TENANT, AnySelect

_AWAY: Final = frozenset(
    kind.value
    for kind in (
        AttendanceKind.ABSENT,
        AttendanceKind.LEAVE,
        AttendanceKind.SICK,
        AttendanceKind.PERMIT,
        AttendanceKind.TRAINING,
    )
)
_counts: AnySelect = (
    select(attendance.c.employee_id, attendance.c.kind, func.count().label("days"))
    .where(
        attendance.c.tenant == TENANT,
        attendance.c.day.between(bindparam("first", type_=Day), bindparam("last", type_=Day)),
        attendance.c.kind != AttendanceKind.OFF.value,
    )
    .group_by(attendance.c.employee_id, attendance.c.kind)
)


def share_not_attended(
    read: Connection, tenant: str, people: Collection[int] | None, span: tuple[date, date]
) -> float | None:
    """Return which share of their days people were not at work; None if their attendance is not known.

    Where nobody was at work on any day, only absences were noted.

    :param people: of whom; None for everybody.
    :param span: the first and the last day.
    """
    wanted = _counts if people is None else _counts.where(attendance.c.employee_id.in_(sorted(people)))
    known = read.execute(wanted, {"tenant": tenant, "first": span[0], "last": span[1]}).all()
    away = sum(row.days for row in known if row.kind in _AWAY)
    days = sum(row.days for row in known)
    return away / days if days > away else None
