"""Close a quarter whose results have all been reported, and tell the authorized official."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context, TenantSubject
from engine.errors import Conflict
from engine.records.changes import write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.appraisal.closing import is_reported, reported_results
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter
from processes.people.days import local_day
from processes.people.queries import holders_on
from processes.people.records import Role

# Only a quarter that is open is closed: of two that try, one tells the official.
_close = (
    period.update()
    .where(
        period.c.tenant == bindparam("of_tenant"),
        period.c.year == bindparam("of_year"),
        period.c.quarter == bindparam("of_quarter"),
        period.c.status == PeriodStatus.OPEN.value,
    )
    .values(status=PeriodStatus.CLOSED.value)
)


@dataclass(frozen=True, slots=True)
class CloseQuarter:
    """End a quarter once, when nothing of it is open any more and nothing will be opened.

    Each result was locked and reported by its own case; the official (PyB) is told when they are complete (PermenPANRB
    6/2022 annex V). The receipt's value is how many results there are.
    """

    quarter: Quarter
    permission: ClassVar[str] = "period:close"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Close the period and tell whoever is the authorized official today.

        :raise Conflict: something of the quarter is still open.
        """
        quarter, today = self.quarter, local_day(context, subject.tenant)
        if not is_reported(context.read, quarter, today):
            raise Conflict()
        count = reported_results(context.read, quarter)
        closing = write(_close, expect=1, of_tenant=subject.tenant, of_year=quarter.year, of_quarter=quarter.quarter)
        facts = pack({"year": str(quarter.year), "quarter": str(quarter.quarter), "count": str(count)})
        notices = (
            write(
                insert_notice,
                id=context.new_id(),
                person=person,
                code="period.reported",
                params=facts,
                case_id=None,
                at=context.now,
                read_at=None,
            )
            for person in holders_on(context.read, subject.tenant, Role.AUTHORIZED_OFFICIAL, today)
        )
        return Changes((closing, *notices), value=count)
