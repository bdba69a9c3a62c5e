"""Tell a case that listens what has been sent to it: a message or a signal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.journal import Step
from engine.records.case import token_of_listener
from engine.records.changes import write
from engine.records.outbox import delete_delivery
from engine.steps import load_run, step_changes


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    """Let an event that listens hear what was sent, and take the delivery off the list in the same step.

    An event that listens no more is told nothing. Delivering twice is a conflict.

    :param outbox_id: the message or signal.
    :param listener: the first token of the event, as its subscription says.
    """

    outbox_id: int
    case_id: int
    listener: int
    payload: Mapping[str, Any] = field(repr=False)
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Wake the event in memory and return what changed."""
        done = write(
            delete_delivery, expect=1, of_outbox=self.outbox_id, of_case=self.case_id, of_listener=self.listener
        )
        params = {"case_id": self.case_id, "listener": self.listener}
        token = context.read.execute(token_of_listener, params).scalar_one_or_none()
        if token is None:
            return Changes((done,), subject=self.case_id)
        run, around = load_run(context, subject)
        kept = run.wake(token, self.payload, self.outbox_id)
        changes = step_changes(
            subject,
            run.outcome(),
            around,
            Step("wake", token, data=self.payload, heard=(self.outbox_id, self.listener), kept=kept),
        )
        return replace(changes, writes=(done, *changes.writes))
