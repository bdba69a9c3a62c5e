"""Let the grade of employees be that of their newest rank."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Connection, bindparam, func, select

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import Write
from processes.people.careers import rank
from processes.people.days import local_day
from processes.people.records import employee

_newest = (
    select(rank.c.employee_id, func.max(rank.c.valid_from).label("since"))
    .where(rank.c.tenant == bindparam("tenant"), rank.c.valid_from <= bindparam("day"))
    .group_by(rank.c.employee_id)
    .subquery()
)
# Only what a promotion of ours has written: what a file says of ranks and grades, files correct.
_behind = (
    select(rank.c.employee_id, rank.c.grade)
    .join(_newest, (_newest.c.employee_id == rank.c.employee_id) & (_newest.c.since == rank.c.valid_from))
    .join(employee, employee.c.id == rank.c.employee_id)
    .where(
        rank.c.tenant == bindparam("tenant"),
        rank.c.case_id.is_not(None),
        rank.c.grade.is_distinct_from(employee.c.grade),
    )
    .order_by(rank.c.employee_id)
)
_grade = (
    employee.update()
    .where(employee.c.id == bindparam("of_id"), employee.c.tenant == bindparam("of_tenant"))
    .values(grade=bindparam("new_grade"))
)


@dataclass(frozen=True, slots=True)
class FollowRanks:
    """Write the grade of whoever has been promoted into his record, once the rank counts.

    A step of a case writes the rank alone: the record of an employee is changed by commands only, which prove it. The
    receipt's value is how many grades were changed.
    """

    permission: ClassVar[str] = "rank:follow"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Change the grades that lie behind; none if all of them are right."""
        day = local_day(context, subject.tenant)
        found = context.read.execute(_behind, {"tenant": subject.tenant, "day": day}).all()
        rows = [{"of_id": row.employee_id, "of_tenant": subject.tenant, "new_grade": row.grade} for row in found]
        return Changes((Write(_grade, rows),) if rows else (), value=len(rows))


def lies_behind(read: Connection, tenant: str, day: object) -> bool:
    """Say whether the grade of anybody is not that of his newest rank."""
    return read.execute(_behind, {"tenant": tenant, "day": day}).first() is not None
