"""How much of their working time people were away, as their leave tells."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.calendar import WorkCalendar
from engine.records.schema import Day
from processes.people.queries.on_day import TENANT, AnySelect
from processes.people.records import employee, leave

_FIRST, _LAST = (bindparam(name, type_=Day) for name in ("first", "last"))
_within: AnySelect = select(leave.c.employee_id, leave.c.first_day, leave.c.last_day).where(
    leave.c.tenant == TENANT, leave.c.first_day <= _LAST, leave.c.last_day >= _FIRST
)
_DAY: Any = bindparam("day", type_=Day)
_in_service = select(func.count()).where(
    employee.c.tenant == TENANT, employee.c.active_to.is_(None) | (employee.c.active_to >= _DAY)
)


def share_on_leave(
    read: Connection, tenant: str, people: Collection[int] | None, calendar: WorkCalendar, span: tuple[date, date]
) -> float:
    """Return which share of the working days of a span people were on leave; 0 if none of that is known.

    :param people: of whom; None for everybody in service on the last day.
    :param span: its first and its last day.
    """
    first, last = span
    days = calendar.working_days_between(first - timedelta(days=1), last)
    count = len(people) if people is not None else read.execute(_in_service, {"tenant": tenant, "day": last}).scalar()
    if days <= 0 or not count:
        return 0.0
    rows = read.execute(_within, {"tenant": tenant, "first": first, "last": last})
    away = sum(
        calendar.working_days_between(max(row.first_day, first) - timedelta(days=1), min(row.last_day, last))
        for row in rows
        if people is None or row.employee_id in people
    )
    return min(away / (days * count), 1.0)
