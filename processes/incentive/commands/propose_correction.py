"""Propose what a day of somebody's attendance really was."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from engine.records.files import StoredFile
from processes.incentive.corrections import columns_of, insert_correction, recorded_days
from processes.incentive.records import AttendanceKind, CorrectionStatus
from processes.incentive.rules.attendance import Day
from processes.incentive.runs import read_run
from processes.people.days import local_day
from processes.people.queries.staff import placement_on
from processes.people.subjects import EmployeeSubject, employee_subject

#: Nobody is late by more than a day.
MOST_MINUTES = 1440


class ListSigned(Invalid):
    """Between signature and lock a list stands as it was signed; a slip that is wrong is disputed."""

    code = "incentive.correction_signed"


def require_unsigned(context: Context, tenant: str, unit_id: int, day: date) -> None:
    """Do nothing if a correction of a unit's day counts.

    :raise ListSigned: its month is signed and not locked.
    """
    run = read_run(context.read, tenant, unit_id, day.replace(day=1))
    if run is not None and not run.takes_corrections:
        raise ListSigned("The list of the month is signed.")


@dataclass(frozen=True, slots=True)
class ProposeCorrection:
    """Say what a day was, with evidence; a second person decides. The receipt's value is the correction's id.

    :param file: the evidence, which was uploaded before.
    """

    employee_id: int
    day: date
    content: Day
    reason: str = field(repr=False)
    file: StoredFile = field(repr=False)
    permission: ClassVar[str] = "attendance:propose"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Keep the correction and its evidence.

        :raise Invalid: the reason is missing, the day lies ahead, nobody worked there then, or nothing would change.
        :raise ListSigned: the month of the day is signed and not locked.
        """
        unit_id = self._check(context, subject.tenant)
        correction_id = context.new_id()
        evidence = {name: getattr(self.file, name) for name in ("sha256", "filename", "media_type", "size")}
        row = write(
            insert_correction,
            id=correction_id,
            tenant=subject.tenant,
            employee_id=self.employee_id,
            unit_id=unit_id,
            day=self.day,
            **columns_of(self.content),
            **evidence,
            reason=self.reason.strip(),
            status=CorrectionStatus.PROPOSED.value,
            proposed_by=context.actor.person,
            proposed_at=context.now,
            decided_by=None,
            decided_at=None,
            decision_note=None,
            case_id=None,
        )
        return Changes((row,), subject=self.employee_id, value=correction_id)

    def _check(self, context: Context, tenant: str) -> int:
        if not self.reason.strip():
            raise Invalid("A correction needs its reason.")
        if self.day > local_day(context, tenant):
            raise Invalid("A day that lies ahead cannot be corrected.", code="incentive.correction_ahead")
        AttendanceKind(self.content.kind)
        if not all(0 <= minutes <= MOST_MINUTES for minutes in (self.content.late, self.content.early)):
            raise Invalid("Minutes are between 0 and 1440.", code="incentive.correction_minutes")
        place = placement_on(context.read, tenant, self.employee_id, self.day)
        if place is None:
            raise Invalid(f"They worked in no unit on {self.day}.", code="incentive.correction_no_unit")
        require_unsigned(context, tenant, place.unit_id, self.day)
        known = recorded_days(context.read, tenant, self.employee_id, [self.day])
        if known.get(self.day) == self.content:
            raise Invalid("The records say the same.", code="incentive.correction_same")
        return place.unit_id
