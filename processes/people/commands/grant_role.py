"""Give somebody a role."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import write
from processes.people.queries.roles import roles_on
from processes.people.queries.units import find_unit
from processes.people.records import Role, role_grant
from processes.people.subjects import EmployeeSubject, employee_subject

_insert = role_grant.insert()


@dataclass(frozen=True, slots=True)
class GrantRole:
    """Grant a role from a day on; a unit's HR officer gets it for a unit and every unit below.

    The receipt's value is the id of the grant.
    """

    employee_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None
    unit_id: int | None = None
    permission: ClassVar[str] = "role:grant"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Add the grant.

        :raise Invalid: the dates are the wrong way round, or the unit is missing or too much.
        :raise Conflict: the person holds the role on the first day already.
        """
        self._check(context, subject)
        grant_id = context.new_id()
        row = write(
            _insert,
            id=grant_id,
            tenant=subject.tenant,
            employee_id=self.employee_id,
            role=str(self.role),
            unit_id=self.unit_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
        return Changes((row,), subject=self.employee_id, value=grant_id)

    def _check(self, context: Context, subject: EmployeeSubject) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise Invalid(f"The role would end on {self.valid_to}, before it starts on {self.valid_from}.")
        if (self.role is Role.UNIT_HR_OFFICER) != (self.unit_id is not None):
            raise Invalid(f"Role '{self.role}' {'needs a unit' if self.unit_id is None else 'is not for a unit'}.")
        if self.unit_id is not None:
            find_unit(context.read, subject.tenant, self.unit_id)
        held = roles_on(context.read, subject.tenant, self.employee_id, self.valid_from)
        if any((grant.role, grant.unit_id) == (self.role, self.unit_id) for grant in held):
            raise Conflict(f"The person holds role '{self.role}' on {self.valid_from} already.")
