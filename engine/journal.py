"""What a step leaves in the journal of its case, and what such entries of a release have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from engine.bpmn.model import Element, Outline
from engine.bpmn.outcome import Outcome
from engine.surroundings import CaseSurroundings
from engine.values import value


@value(frozen=True, slots=True)
class Step:
    """What a command did to a case.

    :param kind: `start`, `complete`, `wake` or `delegate`, or one of `engine.operations`; processes add their own.
    :param heard: of a message or signal its number in the outbox and the listener, so that it is provably heard once.
    :param kept: the number of a message that the case keeps in mind, so as not to take it again; at a start its key too
    """

    kind: str
    token: int | None = None
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    heard: tuple[int, int] | None = None
    kept: int | tuple[str, int] | None = None


def journal_entry(step: Step, outcome: Outcome, around: CaseSurroundings) -> dict[str, Any]:
    """Return the entry of a step: enough to show it, to audit it and to replay it."""
    entry = {
        "kind": step.kind,
        "token": step.token,
        "element": step.element,
        "data": dict(step.data),
        "heard": step.heard,
        "kept": step.kept,
        "passed": list(outcome.passed),
        "opened": [[item.token, item.element, item.assignee, item.candidate] for item in outcome.tasks],
        "closed": list(outcome.closed.tasks),
        "results": around.results,
        "decided": [item.fired for item in outcome.decided],
        "incidents": [item.element for item in outcome.incidents],
        "renewed": list(outcome.renewed),
        "absent": list(outcome.absent),
    }
    return {name: said for name, said in entry.items() if said or isinstance(said, int)}


def common_entries(outline: Outline) -> Iterator[dict[str, Any]]:
    """Yield an entry for each element as a step that begins there would leave it."""
    for element in outline.elements.values():
        passed, asked = _way_from(outline, element)
        entry = {
            "kind": "complete",
            "token": 1,
            "element": element.id,
            "data": {element.result: None},
            "passed": [item.id for item in passed],
            "opened": [[1, item.id, None, item.candidate] for item in asked],
            "closed": [1],
            "results": [[item.service, None] for item in passed if item.service],
            "decided": [[[0]] for item in passed if item.decision],
        }
        yield {name: value for name, value in entry.items() if value}


def _way_from(outline: Outline, element: Element) -> tuple[list[Element], list[Element]]:
    """Return what is passed in front of whatever waits next, on the way most often gone at a fork; and whom it asks."""
    way = [element]
    while way[-1].outgoing:
        target = outline.elements[outline.flows[way[-1].outgoing[0]].target]
        if target in way:
            break
        if target.form or target.event or target.timer:
            return way, [target] if target.form else []
        way.append(target)
    return way, []
