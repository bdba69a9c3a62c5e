"""Open a quarter for a city: the period itself; its cases follow in jobs of about 200."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import write
from processes.appraisal.appraised import appraised_staff, appraised_units, rated_outside
from processes.appraisal.opening import opening_jobs, units_job
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter

_opened = select(period.c.id).where(*(period.c[name] == bindparam(name) for name in ("tenant", "year", "quarter")))


@dataclass(frozen=True, slots=True)
class OpenQuarter:
    """Open a quarter and defer the start of its cases, unit by unit and then chunk by chunk of employees.

    A chunk that is carried out twice starts nothing twice: business keys are unique. The receipt's value is the
    number of cases that will be started.
    """

    year: int
    quarter: int
    opens_on: date
    permission: ClassVar[str] = "period:open"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write the period and its jobs.

        :raise Invalid: the quarter is none of 1 to 4, or is open already.
        """
        if not 1 <= self.quarter <= 4:
            raise Invalid(f"There is no quarter {self.quarter}.", quarter=self.quarter)
        known = {"tenant": subject.tenant, "year": self.year, "quarter": self.quarter}
        if context.read.execute(_opened, known).first() is not None:
            raise Invalid(f"Quarter {self.quarter} of {self.year} is open already.", **known)
        quarter = Quarter(subject.tenant, self.year, self.quarter, self.opens_on)
        employees = [item.id for item in appraised_staff(context.read, quarter)]
        planned = len(employees) - len(rated_outside(context.read, quarter))
        units = len(appraised_units(context.read, quarter))
        row = write(
            period.insert(),
            id=context.new_id(),
            tenant=subject.tenant,
            year=self.year,
            quarter=self.quarter,
            opens_on=self.opens_on,
            status=PeriodStatus.OPEN.value,
            planned=planned + units,
            opened_at=context.now,
            opened_by=context.actor.person,
        )
        return Changes((row,), (units_job(quarter), *opening_jobs(quarter, employees)), value=planned + units)
