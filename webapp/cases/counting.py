"""How many of the steps that people do are done, and how many the case has on the way it takes."""

from collections.abc import Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush

from engine.bpmn.model import HUMAN_TASKS, Element, Kind, Outline
from webapp.cases.reading import SeenCase


def human_steps(seen: SeenCase) -> tuple[int, int]:
    """Return how many steps people have done, and how many there are on the way of this case.

    What lies behind is known: a task that time took away, or that the way went round, is no step of it. Ahead the
    shortest way counts: an objection that may never come is not a step that is missing.
    """
    view = seen.view
    waiting = {task.element for task in view.waiting}
    done = {step.element for step in view.history if step.kind == "complete" and step.element} - waiting
    is_open = view.case.status.is_running
    ahead = _steps_ahead(view.outline, {*waiting, *_reached(seen)}) if is_open else frozenset()
    return len(done), len(done | ahead)


def _reached(seen: SeenCase) -> Iterator[str]:
    """Yield what the flow has reached and not left, beside tasks: an event, a join, a step that failed."""
    outline, passed = seen.view.outline, set(seen.view.passed)
    taken = {outline.flows[flow].source for flow in seen.view.passed_flows}
    for flow in outline.flows.values():
        is_chosen = outline.elements[flow.source].kind is not Kind.EXCLUSIVE_GATEWAY or flow.source not in taken
        is_task = outline.elements[flow.target].kind in HUMAN_TASKS
        if flow.source in passed and flow.target not in passed and is_chosen and not is_task:
            yield flow.target


def _steps_ahead(outline: Outline, starts: Iterable[str]) -> frozenset[str]:
    """Return the human tasks from some elements on, along the shortest way at each choice."""
    lengths = _lengths(outline)
    left, walked = list(starts), set[str]()
    while left:
        name = left.pop()
        if name not in walked:
            walked.add(name)
            left += _following(outline, name, lengths)
    return frozenset(name for name in walked if outline.elements[name].kind in HUMAN_TASKS)


def _following(outline: Outline, name: str, lengths: Mapping[str, int]) -> list[str]:
    element = outline.elements[name]
    targets = [target.id for target in outline.next_of(element)]
    if element.kind is not Kind.EXCLUSIVE_GATEWAY or not targets:
        return targets
    return [min(targets, key=lambda target: lengths.get(target, len(outline.elements)))]


def _lengths(outline: Outline) -> dict[str, int]:
    """Return how many human tasks lie on the shortest way from each element to an end; what leads to none is absent.

    From the ends backwards, the nearest first: trying every way from the front would take for ever behind many choices.
    """
    near = [(_counts(element), element.id) for element in outline.elements.values() if not element.outgoing]
    heapify(near)
    found: dict[str, int] = {}
    while near:
        length, name = heappop(near)
        if name in found:
            continue
        found[name] = length
        for flow in outline.elements[name].incoming:
            source = outline.elements[outline.flows[flow].source]
            heappush(near, (length + _counts(source), source.id))
    return found


def _counts(element: Element) -> int:
    return int(element.kind in HUMAN_TASKS)
