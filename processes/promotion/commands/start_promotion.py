"""Begin the rank promotion of an employee for a period."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Invalid
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject, employee_subject
from processes.promotion.officers import proposing_group
from processes.promotion.periods import PromotionPeriod, coming_periods
from processes.promotion.variables import PROMOTION_PROCESS, business_key, start_variables


class NoPlacement(Invalid):
    """The employee works nowhere: nobody knows which unit proposes."""

    code = "promotion.no_placement"


class NotComing(Invalid):
    """The period is over, or too far away to be begun."""

    code = "promotion.not_coming"


@dataclass(frozen=True, slots=True)
class StartPromotion:
    """Begin a case of an employee for one of the next twelve periods; one that is there already is left alone.

    The case looks at the conditions itself: who is not eligible ends there, with the reasons. The receipt's value is
    the list of the case that was begun, empty if there was one.
    """

    employee: int
    period: PromotionPeriod
    permission: ClassVar[str] = "promotion:start"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Begin the case.

        :raise NotComing: the period is none of the next twelve.
        :raise NoPlacement: the employee has no unit today.
        """
        if self.period not in coming_periods(subject.day):
            raise NotComing(f"Period {self.period.code} is not one of the next.", period=self.period.code)
        member = placement_on(context.read, subject.tenant, subject.person, subject.day)
        if member is None:
            raise NoPlacement(f"Employee {subject.person} has no placement.", employee=subject.person)
        officers = proposing_group(context.read, subject.tenant, member.id, member.unit_id, subject.day)
        case = NewCase(
            business_key(member.id, self.period),
            member.id,
            f"{member.name} · {self.period.code}",
            start_variables(member.id, member.unit_id, self.period, officers),
        )
        return StartCases(PROMOTION_PROCESS, (case,)).execute(context, TenantSubject(subject.tenant))
