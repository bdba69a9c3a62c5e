"""Let a case go on from another element."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.errors import Conflict, OperationRefused
from engine.journal import Step
from engine.operations import given_reason
from engine.plans import MovePlan, plan_of
from engine.steps import load_run, step_changes


@dataclass(frozen=True, slots=True)
class MoveToken:
    """Take a case off the element at which it waits and let it begin at another one of the same scope.

    `Engine.preview` computes it without writing; its value is the `MovePlan` that a person confirms. What runs by
    itself from there is nobody's own act.

    :param target: id of the element.
    :param version: of the case when the plan was made; with another one the plan no longer holds.
    :param reason: why, for the journal.
    """

    case_id: int
    token: int
    target: str
    version: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "case:move"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Move the token in memory, run on as far as nobody is needed, and return what changed.

        :raise Conflict: the case has gone on since the plan was made.
        :raise OperationRefused: the diagram does not allow it; `why` says for what reason.
        :raise CaseSuspended: the case is suspended.
        """
        reason = given_reason(self.reason)
        if subject.version != self.version:
            raise Conflict()
        run, around = load_run(context, subject)
        around.doer = None
        before = {item.token: item for item in run.standing()}
        if self.token not in before:
            raise OperationRefused("unknown_element")
        inside = run.running_inside()
        run.move(self.token, self.target)
        plan: MovePlan = plan_of(run, before, inside, run.outcome())
        data = {"to": self.target, "reason": reason}
        step = Step("move", self.token, before[self.token].element, data)
        changes = step_changes(subject, plan.outcome, around, step)
        return Changes(changes.writes, changes.jobs, changes.subject, plan, changes.finish)
