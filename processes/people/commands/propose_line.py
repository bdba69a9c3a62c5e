"""Propose that somebody else appraises an employee."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.line_proposals import ProposalStatus, insert_proposal
from processes.people.lines import find_circle, plan_correction, read_lines
from processes.people.queries.staff import find_employee
from processes.people.spans import Span, Timeline
from processes.people.subjects import EmployeeSubject, employee_subject


@dataclass(frozen=True, slots=True)
class ProposeLine:
    """Ask the verifier to correct a reporting line; the receipt's value is the id of the proposal.

    :param valid_from: the day from which the new appraiser appraises; it may lie in the past. Lines that began since
        then are replaced, those that are still to come are not (see `plan_correction`). From a day inside the
        evaluation window on, he rates that quarter too: the line before it was wrong (see `rater_for`).
    :param reason: what is wrong with the present line, for the verifier and the audit.
    """

    employee_id: int
    appraiser_id: int
    valid_from: date
    reason: str = field(repr=False)
    permission: ClassVar[str] = "line:propose"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Keep the proposal.

        :raise Invalid: nobody appraises himself, lines form no circle, a correction makes a difference, and the reason
            is needed.
        """
        self._check(context, subject.tenant)
        proposal_id = context.new_id()
        row = write(
            insert_proposal,
            id=proposal_id,
            tenant=subject.tenant,
            employee_id=self.employee_id,
            appraiser_id=self.appraiser_id,
            valid_from=self.valid_from,
            reason=self.reason.strip(),
            status=ProposalStatus.PROPOSED.value,
            proposed_by=context.actor.person,
            proposed_at=context.now,
            decided_by=None,
            decided_at=None,
            decision_note=None,
        )
        return Changes((row,), subject=self.employee_id, value=proposal_id)

    def _check(self, context: Context, tenant: str) -> None:
        if not self.reason.strip():
            raise Invalid("A correction needs its reason.")
        find_employee(context.read, tenant, self.appraiser_id)
        check_line(context, tenant, self.employee_id, self.appraiser_id, self.valid_from)
        before = read_lines(context.read, tenant).get(self.employee_id, Timeline())
        today = local_day(context, tenant)
        if not plan_correction(before, self.valid_from, self.appraiser_id, today).changes_anything:
            raise Invalid(f"Person {self.appraiser_id} appraises them from {self.valid_from} on.", code="line_same")


def check_line(context: Context, tenant: str, employee_id: int, appraiser_id: int, first: date) -> None:
    """Do nothing if the line may stand.

    :raise Invalid: it points to the employee himself or closes a circle.
    """
    if employee_id == appraiser_id:
        raise Invalid("An employee cannot be their own appraiser.", code="own_appraiser")
    lines = read_lines(context.read, tenant)
    lines.pop(employee_id, None)
    if find_circle(lines, employee_id, Span(None, first, None, appraiser_id)):
        raise Invalid("The reporting lines would form a circle.", code="line_circle")
