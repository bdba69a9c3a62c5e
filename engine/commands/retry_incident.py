"""Try a failed element again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.casework import CaseSubject, find_case, read_entry, variables_of
from engine.command import Changes, Context
from engine.journal import Step
from engine.operations import OPERATIONS
from engine.records.case import WHOLE_CASE, delete_incidents, incident
from engine.records.changes import write
from engine.records.history import journal_of_case
from engine.steps import load_run, step_changes

_stuck = select(incident.c.element, incident.c.opened_at).where(
    incident.c.case_id == bindparam("case_id"), incident.c.token == bindparam("token")
)


@dataclass(frozen=True, slots=True)
class RetryIncident:
    """Run the element at which a case is stuck once more; it may fail again with a new reason.

    What it records stays the act of whoever brought the case there, not of the one who mends it.

    :param ordered_by: who had many tried again at once, for the journal; the system then acts for him.
    """

    case_id: int
    token: int
    ordered_by: int | None = None
    permission: ClassVar[str] = "incident:retry"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Retry in memory and return what changed.

        :raise CaseDamaged: the incident is about the whole case, and its state still cannot be read.
        """
        if self.token == WHOLE_CASE:
            variables_of(subject)
            return Changes((write(delete_incidents, of_case=self.case_id, of=WHOLE_CASE),), subject=self.case_id)
        run, around = load_run(context, subject)
        around.doer = who_came_to_it(context.read, self.case_id, self.token)
        run.retry(self.token)
        data = {"for": around.doer, "by": self.ordered_by if context.actor.is_system else None}
        return step_changes(subject, run.outcome(), around, Step("retry", self.token, data=data))


def who_came_to_it(read: Connection, case_id: int, token: int) -> int | None:
    """Return who did the step that got stuck at a token; None where a timer or a message had led to it."""
    stuck = read.execute(_stuck, {"case_id": case_id, "token": token}).one_or_none()
    if stuck is None:
        return None
    # What failed there later than this incident was opened belongs to another one.
    steps = [step for step in read.execute(journal_of_case, {"case_id": case_id}) if step.at <= stuck.opened_at]
    entries = ((step.actor, read_entry(read, step.entry)) for step in reversed(steps))
    found = ((actor, entry) for actor, entry in entries if stuck.element in entry.get("incidents", ()))
    return next((_doer(actor, entry) for actor, entry in found if _says_who(entry)), None)


def _says_who(entry: Mapping[str, Any]) -> bool:
    """A retry of an older Alur does not say for whom it was made; then the step before it does."""
    return entry.get("kind") != "retry" or "for" in entry.get("data", {})


def _doer(actor: int | None, entry: Mapping[str, Any]) -> int | None:
    """Return whose act a step is: an operation is nobody's own, but made for somebody if it says so."""
    return entry.get("data", {}).get("for") if entry.get("kind") in OPERATIONS else actor
