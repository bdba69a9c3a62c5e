"""Open a month of allowances for a city: the cases of its units follow in jobs."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from processes.incentive.opening import last_of, opening_jobs, units_to_open
from processes.people.days import local_day


class MonthNotOver(Invalid):
    """The month has not ended in the city yet."""

    code = "incentive.month_not_over"


class MonthOpenAlready(Invalid):
    """Every unit in which somebody worked has the month."""

    code = "incentive.month_open"


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """Open a month that has ended, for every unit in which somebody worked, and defer the start of its cases.

    Doing it again opens the units that came later. The receipt's value is the number of units that were opened.
    """

    year: int
    month: int
    permission: ClassVar[str] = "allowance:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Ask for the jobs; a unit's run is written when its case starts and is computed.

        :raise Invalid: there is no such month.
        :raise MonthNotOver: it has not ended.
        :raise MonthOpenAlready: every unit has it.
        """
        if not 1 <= self.month <= 12:
            raise Invalid(f"There is no month {self.month}.", month=self.month)
        first = date(self.year, self.month, 1)
        if local_day(context, subject.tenant) <= last_of(first):
            raise MonthNotOver(f"Month {first:%Y-%m} has not ended.")
        units = units_to_open(context.read, subject.tenant, first)
        if not units:
            raise MonthOpenAlready(f"Month {first:%Y-%m} is open already.")
        return Changes((), tuple(opening_jobs(subject.tenant, first, units)), value=len(units))
