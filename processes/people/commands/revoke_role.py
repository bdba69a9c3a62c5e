"""Take a role back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlalchemy import bindparam, exists, or_, select

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from engine.records.schema import Day
from processes.people.days import local_day
from processes.people.queries.on_day import holds_on, is_active
from processes.people.queries.roles import RoleGrant, find_grant
from processes.people.records import Role, employee, role_grant

_DAY_AFTER: Any = bindparam("day_after", type_=Day)
_other: Any = role_grant.alias("other")
_others = (
    select(_other.c.id)
    .join(employee, employee.c.id == _other.c.employee_id)
    .where(
        _other.c.tenant == bindparam("of_tenant"),
        _other.c.role == Role.CITY_ADMIN.value,
        _other.c.employee_id != bindparam("of_person"),
        holds_on(_other, _DAY_AFTER),
        is_active(_DAY_AFTER),
    )
    .limit(1)
)
# Two administrators may end each other's role at the same moment. Whoever comes second waits here for the first, and
# then asks again as it is written; without the lock (SQLite writes one after the other and ignores it) neither would
# see what the other is about to end.
_lock = (
    select(role_grant.c.id)
    .where(role_grant.c.tenant == bindparam("of_tenant"), role_grant.c.role == Role.CITY_ADMIN.value)
    .order_by(role_grant.c.id)
    .with_for_update()
)
_end = (
    role_grant.update()
    .where(role_grant.c.id == bindparam("of_id"), or_(role_grant.c.role != Role.CITY_ADMIN.value, exists(_others)))
    .values(valid_to=bindparam("new_valid_to"))
)


class AdministratorNeeded(Invalid):
    """A city always has an administrator, so that only another one ends an administrator's role."""

    code = "role.administrator_needed"


@dataclass(frozen=True, slots=True)
class RevokeRole:
    """End a grant: its last day is the given one, at the earliest yesterday, so that it holds no more today."""

    grant_id: int
    last_day: date
    permission: ClassVar[str] = "role:revoke"

    def subject(self, context: Context) -> RoleGrant:
        """Return the grant."""
        return find_grant(context.read, context.actor.tenant, self.grant_id)

    def execute(self, context: Context, subject: RoleGrant) -> Changes:
        """Set the last day; what was done under the role stays as it was done.

        :raise Invalid: the day is in the past, or the grant ends earlier already.
        :raise AdministratorNeeded: an administrator ends his own role, or nobody in service would hold it any more.
            Somebody else who ends it has shown that he can sign in.
        """
        today = local_day(context, subject.tenant)
        if (today - self.last_day).days > 1:
            raise Invalid(f"A role cannot end on {self.last_day}, in the past; it can end yesterday at the earliest.")
        if subject.valid_to is not None and subject.valid_to <= self.last_day:
            raise Invalid(f"The role ends on {subject.valid_to} already.")
        others = {
            "of_tenant": subject.tenant,
            "of_person": subject.person,
            "day_after": self.last_day + timedelta(days=1),
        }
        if subject.role is Role.CITY_ADMIN and (
            context.actor.person == subject.person or context.read.execute(_others, others).first() is None
        ):
            raise AdministratorNeeded()
        row = write(_end, expect=1, of_id=self.grant_id, new_valid_to=self.last_day, **others)
        lock = (write(_lock, of_tenant=subject.tenant),) if subject.role is Role.CITY_ADMIN else ()
        return Changes((*lock, row), subject=subject.person)
