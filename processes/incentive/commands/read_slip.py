"""Note that somebody read another person's slip: who reads allowances of others leaves a trace (dossier 6.4, T2)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import NotFound
from processes.incentive.slips import StoredSlip, slip_of
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject, employee_subject


@dataclass(frozen=True, slots=True)
class ReadSlip:
    """Read the slips of an employee's month; the audit trail names reader and employee. The receipt's value is them."""

    employee_id: int
    month: date
    permission: ClassVar[str] = "slip:view"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee, in the unit where he works now, or worked in that month if that is all there is."""
        found = employee_subject(context, self.employee_id)
        if found.unit_id is not None:
            return found
        place = placement_on(context.read, found.tenant, found.person, self.month)
        unit_id = place.unit_id if place is not None else None
        return EmployeeSubject(found.tenant, found.person, unit_id, found.day)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Write nothing but the trace that every command leaves.

        :raise NotFound: there is no slip of that month.
        """
        slips: tuple[StoredSlip, ...] = slip_of(context.read, subject.tenant, subject.person, self.month)
        if not slips:
            raise NotFound()
        return Changes(subject=subject.person, value=slips)
