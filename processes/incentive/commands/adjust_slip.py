"""Put right what somebody's locked month is wrong by."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Invalid
from processes.incentive.adjusting import adjustment_write
from processes.people.queries.units import find_unit
from processes.people.subjects import EmployeeSubject, employee_subject


@dataclass(frozen=True, slots=True)
class AdjustSlip:
    """Sign for the difference between a locked slip and the records of today: a later month pays or takes it back.

    A rating that was changed after the month, leave that was granted late: no locked slip is changed by them.

    :param reason: what has changed since then, for the person and the audit.
    """

    employee_id: int
    unit_id: int
    month: date
    reason: str = field(repr=False)
    permission: ClassVar[str] = "month:adjust"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Write the line.

        :raise NotFound: there is no such unit in that city.
        :raise Invalid: the reason is missing, or there is no difference in a locked month.
        """
        find_unit(context.read, subject.tenant, self.unit_id)
        if not self.reason.strip() or context.actor.person is None:
            raise Invalid("A correction of a locked month needs its reason, and somebody who signs for it.")
        row = adjustment_write(
            context.read,
            subject.tenant,
            employee_id=self.employee_id,
            unit_id=self.unit_id,
            of_month=self.month,
            city=context.directory.city(subject.tenant),
            reason=self.reason.strip(),
            signed_by=context.actor.person,
            now=context.now,
            new_id=context.new_id,
        )
        if row is None:
            raise Invalid("The month is not locked, or it is right.", code="incentive.adjustment_none")
        return Changes((row,), subject=self.employee_id)
