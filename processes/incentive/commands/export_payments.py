"""Take the payment list of a locked month: what goes to the treasury and the bank."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import NotFound
from processes.incentive.exporting import payment_rows
from processes.incentive.months import read_run
from processes.people.subjects import UnitSubject, unit_subject


@dataclass(frozen=True, slots=True)
class ExportPayments:
    """Read a unit's payment list; the audit trail names who took it. The receipt's value is its rows."""

    unit_id: int
    month: date
    permission: ClassVar[str] = "allowance:export"

    def subject(self, context: Context) -> UnitSubject:
        """Return the unit."""
        return unit_subject(context, self.unit_id)

    def execute(self, context: Context, subject: UnitSubject) -> Changes:
        """Write nothing but the trace that every command leaves.

        :raise NotFound: the month is not locked: a list that still changes is not paid.
        """
        run = read_run(context.read, subject.tenant, self.unit_id, self.month)
        if run is None or not run.is_locked:
            raise NotFound()
        rows = payment_rows(context.read, subject.tenant, self.unit_id, self.month)
        return Changes(subject=self.unit_id, value=rows)
