"""Keep the signals of a unit's month."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from processes.incentive.signals import signals
from processes.incentive.signals.kept import news_of
from processes.people.subjects import UnitSubject, unit_subject


@dataclass(frozen=True, slots=True)
class FindSignals:
    """Look for signals in a unit's month and keep those that are new. The receipt's value is how many changed."""

    unit_id: int
    month: date
    permission: ClassVar[str] = "signal:find"

    def subject(self, context: Context) -> UnitSubject:
        """Return the unit."""
        return unit_subject(context, self.unit_id)

    def execute(self, context: Context, subject: UnitSubject) -> Changes:
        """Write what is not kept yet, and new evidence of what is still open."""
        tenant, month = subject.tenant, self.month.replace(day=1)
        found = signals(context.read, tenant, self.unit_id, month, city=context.directory.city(tenant))
        writes = news_of(context.read, tenant, self.unit_id, month, found, now=context.now, new_id=context.new_id)
        return Changes(writes, subject=self.unit_id, value=len(writes))
