"""Show a case whose stored state cannot be read."""

from dataclasses import dataclass
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.causes import cause_of
from engine.command import Changes, Context
from engine.errors import CaseDamaged
from engine.records.case import WHOLE_CASE, delete_incidents, insert_incident
from engine.records.changes import write


@dataclass(frozen=True, slots=True)
class ReportDamage:
    """Open an incident about a whole case; reporting it again only renews it. All other cases go on."""

    case_id: int
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Write the incident."""
        damage = CaseDamaged()
        return Changes(
            (
                write(delete_incidents, of_case=self.case_id, of=WHOLE_CASE),
                write(
                    insert_incident,
                    tenant=subject.tenant,
                    case_id=self.case_id,
                    token=WHOLE_CASE,
                    element=subject.process,
                    code=damage.code,
                    text=str(damage),
                    opened_at=context.now,
                    cause=cause_of(damage.code, subject.process, str(damage)),
                ),
            ),
            subject=self.case_id,
        )
