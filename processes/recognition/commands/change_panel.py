"""Name who scores the nominations of an award, and take somebody off its panel."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict
from engine.records.changes import write
from processes.people.queries import find_employee
from processes.recognition.queries.programs import Program, find_program
from processes.recognition.records import award_panel

_remove = award_panel.delete().where(
    *(award_panel.c[name] == bindparam(f"of_{name}") for name in ("tenant", "program_id", "employee_id"))
)


class AlreadyOnPanel(Conflict):
    """This person scores for the award already."""

    code = "award.on_panel"


@dataclass(frozen=True, slots=True)
class AddToPanel:
    """Let somebody score for an award; open tasks are not changed, further rounds are."""

    program_id: int
    employee_id: int
    permission: ClassVar[str] = "program:open"

    def subject(self, context: Context) -> Program:
        """Return the award.

        :raise NotFound: there is no such award or no such employee in the city.
        """
        find_employee(context.read, context.actor.tenant, self.employee_id)
        return find_program(context.read, context.actor.tenant, self.program_id)

    def execute(self, context: Context, subject: Program) -> Changes:
        """Add the row.

        :raise AlreadyOnPanel: the person is there already.
        """
        if self.employee_id in subject.panel:
            raise AlreadyOnPanel()
        row = write(award_panel.insert(), tenant=subject.tenant, program_id=subject.id, employee_id=self.employee_id)
        return Changes((row,), subject=self.employee_id)


@dataclass(frozen=True, slots=True)
class RemoveFromPanel:
    """Ask somebody no further for an award; what was scored stays."""

    program_id: int
    employee_id: int
    permission: ClassVar[str] = "program:open"

    def subject(self, context: Context) -> Program:
        """Return the award.

        :raise NotFound: there is no such award in the city.
        """
        return find_program(context.read, context.actor.tenant, self.program_id)

    def execute(self, context: Context, subject: Program) -> Changes:
        """Delete the row; that somebody else has done so already is fine."""
        if self.employee_id not in subject.panel:
            return Changes(subject=self.employee_id)
        row = write(
            _remove,
            expect=1,
            of_tenant=subject.tenant,
            of_program_id=subject.id,
            of_employee_id=self.employee_id,
        )
        return Changes((row,), subject=self.employee_id)
