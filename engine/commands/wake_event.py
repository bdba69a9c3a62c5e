"""Let a waiting event go on: a timer that is due or a message that has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.journal import Step
from engine.steps import load_run, step_changes


@dataclass(frozen=True, slots=True)
class WakeEvent:
    """Move a case on from a timer or message event.

    Waking an event that no longer waits is a conflict: jobs may run twice, effects may not.

    :param payload: what the message carries; None for a timer.
    :param number: of the message, in the outbox.
    """

    case_id: int
    token: int
    payload: Mapping[str, Any] | None = field(default=None, repr=False)
    number: int | None = None
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Wake the event in memory and return what changed."""
        run, around = load_run(context, subject)
        kept = run.wake(self.token, self.payload, self.number)
        step = Step("wake", self.token, data=self.payload or {}, kept=kept)
        return step_changes(subject, run.outcome(), around, step)
