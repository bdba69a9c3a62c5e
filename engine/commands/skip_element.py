"""Pass over an element that failed."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.commands.retry_incident import who_came_to_it
from engine.errors import OperationRefused
from engine.journal import Step
from engine.operations import given_reason
from engine.records.packing import NotStorable, check_storable
from engine.steps import load_run, step_changes


@dataclass(frozen=True, slots=True)
class SkipElement:
    """Let a case go on behind a failed service, script, decision or message, as if it had been done.

    What happens behind it stays the act of whoever brought the case there, not of the one who passes it over.

    :param result: what the element would have given; None for nothing.
    :param reason: why, for the journal.
    """

    case_id: int
    token: int
    result: Any = field(repr=False)
    reason: str = field(repr=False)
    permission: ClassVar[str] = "incident:skip"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Go on behind the element.

        :raise OperationRefused: it has not failed, cannot be passed over, or the result cannot be kept.
        :raise CaseSuspended: the case is suspended.
        """
        reason = given_reason(self.reason)
        try:
            check_storable(self.result)
        except NotStorable as error:
            raise OperationRefused("not_storable") from error
        run, around = load_run(context, subject)
        element = next((item.element for item in run.standing() if item.token == self.token), None)
        around.doer = who_came_to_it(context.read, self.case_id, self.token)
        run.skip(self.token, self.result)
        step = Step("skip", self.token, element, {"result": self.result, "reason": reason, "for": around.doer})
        return step_changes(subject, run.outcome(), around, step)
