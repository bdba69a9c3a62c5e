"""Reads a case for its page in one snapshot: the case, the names of everybody in it, what the reader may do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.policy.actor import Actor
from engine.queries.case import CaseView, diagram_of, view_case
from engine.queries.operations import Suspension, suspension_of
from processes.appraisal.queries.readers import sees_notes
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.about import ABOUT_EMPLOYEES
from processes.people.queries.names import names_of
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as one reader may see it.

    :param names: of all people on the page, by key.
    :param may_retry: the reader may try failed steps again.
    :param may_operate: the reader may suspend the case, and mend it in other ways.
    :param suspension: who has suspended the case and why.
    :param sees_values: the reader may change the data of the case, and so read what others changed.
    :param sees_notes: the reader is of the appraiser's line or of the personnel staff, and may read who gave which
        feedback and what was noted; the employee and others read the outcome only.
    :param sees_person: the reader may know whom the case is about and what was entered; a process owner sees the way
        of a case that is stuck, and nothing of the person.
    """

    view: CaseView
    names: Mapping[int, str]
    may_retry: bool
    sees_notes: bool
    reader: int | None
    sees_person: bool = True
    may_operate: bool = False
    suspension: Suspension | None = None
    sees_values: bool = False

    @property
    def has_result(self) -> bool:
        """The case is an employee's evaluation, which has a page that explains its result."""
        return self.view.case.process == EMPLOYEE_PROCESS

    @property
    def is_about_person(self) -> bool:
        """The case is about an employee, whom not every reader may know."""
        return self.view.case.process in ABOUT_EMPLOYEES

    @property
    def title(self) -> str | None:
        """The name of the case; None where it would tell a person's name to somebody who may not know it."""
        return self.view.case.title if self.sees_person or not self.is_about_person else None

    @property
    def is_own(self) -> bool:
        """The reader is the employee whom the case is about."""
        return self.is_about_person and self.view.case.subject == self.reader


def read_case_page(read: Any, actor: Actor, alur: Alur, case_id: int) -> SeenCase:
    """Return a case with all that its page shows.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    view = view_case(read, actor, case_id)
    policy = alur.engine.policy
    policy.require(actor, "case:view", view.case, read)
    sees_person = policy.allows(actor, "result:view", view.case, read)
    return SeenCase(
        view,
        names_of(read, actor, _people_in(view)) if sees_person else {},
        policy.allows(actor, "incident:retry", view.case, read),
        sees_notes(read, actor, view.case),
        actor.person,
        sees_person,
        policy.allows(actor, "case:suspend", view.case, read),
        suspension_of(read, actor, view.case),
        sees_person and policy.allows(actor, "case:change", view.case, read),
    )


def read_diagram(read: Any, actor: Actor, alur: Alur, case_id: int) -> bytes:
    """Return the BPMN file that a case runs by.

    :raise NotFound: the case does not exist, or is not for this reader.
    """
    alur.engine.policy.require(actor, "case:view", view_case(read, actor, case_id).case, read)
    return diagram_of(read, actor, case_id)


def _people_in(view: CaseView) -> Iterator[int | None]:
    yield from (step.actor for step in view.history)
    yield from (task.assignee for task in view.waiting)
    for step in view.history:
        if step.kind in ("reassign", "hand_over"):
            yield from (step.data.get("from"), step.data.get("to"))
        if step.kind == "retry":
            yield step.data.get("by")
