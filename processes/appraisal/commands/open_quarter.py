"""Open a quarter for a city: the period itself; its cases follow in jobs of about 200."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import write
from processes.appraisal.appraised import appraised_staff, appraised_units, rated_outside
from processes.appraisal.opening import opening_jobs, units_job
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter
from processes.people.days import local_day

_opened = select(period.c.id).where(*(period.c[name] == bindparam(name) for name in ("tenant", "year", "quarter")))


class QuarterNotOver(Invalid):
    """The quarter has not ended in the city yet; `params` say from which day on it can be opened."""

    code = "period.not_over"


@dataclass(frozen=True, slots=True)
class OpenQuarter:
    """Open a quarter that has ended, today, and defer the start of its cases: by unit, then by chunk of employees.

    A chunk that is carried out twice starts nothing twice: business keys are unique. The receipt's value is the
    number of cases that will be started.
    """

    year: int
    quarter: int
    permission: ClassVar[str] = "period:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write the period and its jobs.

        :raise Invalid: the quarter is none of 1 to 4, or is open already.
        :raise QuarterNotOver: it has not ended: results are evaluated after it, and an opening cannot be taken back.
        """
        if not 1 <= self.quarter <= 4:
            raise Invalid(f"There is no quarter {self.quarter}.", quarter=self.quarter)
        known = {"tenant": subject.tenant, "year": self.year, "quarter": self.quarter}
        if context.read.execute(_opened, known).first() is not None:
            raise Invalid(f"Quarter {self.quarter} of {self.year} is open already.", **known)
        quarter = Quarter(subject.tenant, self.year, self.quarter, local_day(context, subject.tenant))
        _require_over(quarter)
        employees = [item.id for item in appraised_staff(context.read, quarter)]
        planned = len(employees) - len(rated_outside(context.read, quarter))
        units = len(appraised_units(context.read, quarter))
        row = write(
            period.insert(),
            id=context.new_id(),
            tenant=subject.tenant,
            year=self.year,
            quarter=self.quarter,
            opens_on=quarter.opens_on,
            status=PeriodStatus.OPEN.value,
            planned=planned + units,
            opened_at=context.now,
            opened_by=context.actor.person,
        )
        return Changes((row,), (units_job(quarter), *opening_jobs(quarter, employees)), value=planned + units)


def _require_over(quarter: Quarter) -> None:
    first = quarter.period.end + timedelta(days=1)
    if quarter.opens_on < first:
        raise QuarterNotOver(f"Quarter {quarter.quarter} of {quarter.year} can be opened from {first} on.", first=first)
