"""End an acting appointment (Plt, Plh)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context
from engine.errors import Invalid, NotFound
from engine.records.changes import write
from processes.people.queries.on_day import AnyRow
from processes.people.records import HeadKind, unit_head
from processes.people.subjects import UnitSubject, unit_subject

_by_id = select(unit_head).where(unit_head.c.tenant == bindparam("tenant"), unit_head.c.id == bindparam("head_id"))
_end = unit_head.update().where(unit_head.c.id == bindparam("of_id")).values(valid_to=bindparam("new_valid_to"))


@dataclass(frozen=True, slots=True)
class EndActing:
    """Set the last day of an acting head; from the next day on the definitive head or the one above acts.

    The receipt's value is the person who acted.
    """

    head_id: int
    last_day: date
    permission: ClassVar[str] = "acting:end"

    def subject(self, context: Context) -> UnitSubject:
        """Return the unit.

        :raise NotFound: there is no such appointment in the actor's city.
        """
        return unit_subject(context, self._appointment(context).unit_id)

    def execute(self, context: Context, subject: UnitSubject) -> Changes:
        """Set the last day.

        :raise Invalid: the head is definitive, or the day does not lie within the appointment.
        """
        row = self._appointment(context)
        if HeadKind(row.kind) is HeadKind.DEFINITIVE:
            raise Invalid("A definitive head is ended by naming the next one.")
        if self.last_day < row.valid_from or (row.valid_to is not None and row.valid_to <= self.last_day):
            raise Invalid(f"{self.last_day} does not shorten the appointment from {row.valid_from} to {row.valid_to}.")
        change = write(_end, expect=1, of_id=self.head_id, new_valid_to=self.last_day)
        return Changes((change,), subject=subject.unit_id, value=row.employee_id)

    def _appointment(self, context: Context) -> AnyRow:
        row = context.read.execute(_by_id, {"tenant": context.actor.tenant, "head_id": self.head_id}).one_or_none()
        if row is None:
            raise NotFound()
        return row
