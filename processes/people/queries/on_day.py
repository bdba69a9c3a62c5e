"""What several queries share: what holds on a day, and whether somebody is there to act on it."""

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, Table, and_, bindparam, or_

from engine.records.schema import Day
from processes.people.leaves import is_long_leave
from processes.people.records import employee, leave

#: Rows and statements whose columns only the query itself knows.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]

TENANT: Any = bindparam("tenant")
DAY: Any = bindparam("day", type_=Day)


def holds_on(table: Table, day: Any = DAY) -> ColumnElement[bool]:
    """Return the condition that a row with validity dates holds on a day."""
    return and_(table.c.valid_from <= day, or_(table.c.valid_to.is_(None), table.c.valid_to >= day))


def is_active(day: Any = DAY) -> ColumnElement[bool]:
    """Return the condition that the joined employee is in service on a day."""
    return and_(
        or_(employee.c.active_from.is_(None), employee.c.active_from <= day),
        or_(employee.c.active_to.is_(None), employee.c.active_to >= day),
    )


def leave_of_employee(day: Any = DAY) -> ColumnElement[bool]:
    """Return the condition that joins the joined employee's leave on a day."""
    return and_(
        leave.c.tenant == employee.c.tenant,
        leave.c.employee_id == employee.c.id,
        leave.c.first_day <= day,
        leave.c.last_day >= day,
    )


def presence(day: Any = DAY) -> tuple[Any, ...]:
    """Return the columns from which `is_present` tells; the leave is outer-joined by `leave_of_employee`."""
    return (is_active(day).label("is_active"), leave.c.first_day, leave.c.last_day)


def is_present(row: AnyRow) -> bool:
    """Say whether a person is in service and on no long leave, so that tasks may wait for them."""
    is_away = row.first_day is not None and is_long_leave(row.first_day, row.last_day)
    return bool(row.is_active) and not is_away
