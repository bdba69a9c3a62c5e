"""A case as its page shows it: diagram, marks, and what happened in plain steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.model import Element, Outline
from engine.casework import CaseSubject, find_case, find_release, read_entry, release_of
from engine.moving.runs import MOVES, release_by_id
from engine.policy.actor import Actor
from engine.records.case import incident, open_task
from engine.records.history import journal_of_case

_waiting = select(open_task).where(open_task.c.case_id == bindparam("case_id")).order_by(open_task.c.token)
_incidents = select(incident).where(incident.c.case_id == bindparam("case_id"))


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One step of the time line.

    :param token: of the task or event that the step is about.
    :param passed: ids of the elements that were left in this step, in order.
    """

    at: datetime
    actor: int | None
    kind: str
    element: str | None
    passed: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    incidents: tuple[str, ...] = ()
    token: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task of the case that waits for somebody."""

    token: int
    element: str
    assignee: int | None
    candidate: str | None
    due: date | None


@dataclass(frozen=True, slots=True)
class CaseIncident:
    """An element at which the case is stuck."""

    token: int
    element: str
    code: str
    text: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page needs.

    :param former: the diagrams by which the case ran before it was moved to this release, the latest first.
    """

    case: CaseSubject
    outline: Outline
    history: tuple[HistoryStep, ...]
    waiting: tuple[WaitingTask, ...]
    incidents: tuple[CaseIncident, ...]
    former: tuple[Outline, ...] = ()

    def element(self, name: str) -> Element:
        """Return an element that the case has passed, also one that its diagram no longer has."""
        return next(outline.elements[name] for outline in (self.outline, *self.former) if name in outline.elements)

    @property
    def passed(self) -> tuple[str, ...]:
        """The elements of the diagram that the case has left so far, each once, in the order of the first time."""
        names = dict.fromkeys(name for step in self.history for name in step.passed)
        return tuple(name for name in names if name in self.outline.elements)

    @property
    def passed_flows(self) -> tuple[str, ...]:
        """The flows between elements that were passed and what was passed or is active next."""
        reached = {*self.passed, *(task.element for task in self.waiting)}
        return tuple(
            flow.id
            for flow in self.outline.flows.values()
            if flow.source in self.passed and flow.target in reached and self._was_taken(flow.source, flow.target)
        )

    def _was_taken(self, source: str, target: str) -> bool:
        """A choice has several ways out: the one taken leads to what was passed right after it."""
        if len(self.outline.elements[source].outgoing) < 2:
            return True
        for step in self.history:
            names = [*step.passed]
            if source in names:
                after = names[names.index(source) + 1 :]
                if target in after or any(task.element == target for task in self.waiting):
                    return True
        return target in self.passed


def view_case(read: Connection, actor: Actor, case_id: int) -> CaseView:
    """Return a case of the actor's city; the caller has checked that the actor may see it."""
    found = find_case(read, actor.tenant, case_id)
    params = {"case_id": case_id}
    history = [_step(row.at, row.actor, read_entry(read, row.entry)) for row in read.execute(journal_of_case, params)]
    return CaseView(
        found,
        release_of(read, found).outline,
        tuple(history),
        tuple(
            WaitingTask(row.token, row.element, row.assignee, row.candidate, row.due)
            for row in read.execute(_waiting, params)
        ),
        tuple(
            CaseIncident(row.token, row.element, row.code, row.text, row.opened_at)
            for row in read.execute(_incidents, params)
        ),
        tuple(_former(read, actor, history)),
    )


def _former(read: Connection, actor: Actor, history: Iterable[HistoryStep]) -> Iterator[Outline]:
    """Yield the diagrams of the releases from which a case was moved, the latest first."""
    left = [step.data["release"] for step in history if step.kind in MOVES]
    for identifier in dict.fromkeys(reversed(left)):
        release = release_by_id(read, actor.tenant, identifier)
        yield find_release(read, release.id, release.digest).outline


def diagram_of(read: Connection, actor: Actor, case_id: int) -> bytes:
    """Return the BPMN file of the release that a case of the actor's city is pinned to."""
    return release_of(read, find_case(read, actor.tenant, case_id)).diagram


def _step(at: datetime, actor: int | None, values: Mapping[str, Any]) -> HistoryStep:
    return HistoryStep(
        at,
        actor,
        str(values.get("kind", "")),
        values.get("element"),
        tuple(values.get("passed", ())),
        values.get("data", {}),
        tuple(values.get("incidents", ())),
        values.get("token"),
    )
