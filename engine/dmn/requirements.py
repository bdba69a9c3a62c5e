"""What a decision requires, directly or not, and what is wrong with that."""

from collections.abc import Iterator

from engine.dmn.graph import Key, Needed
from engine.dmn.model import DecisionNode, InputData, KnowledgeModel, Requirement
from engine.dmn.problems import Problem
from engine.dmn.scope import type_problem


def gather(start: Needed) -> dict[Key, Needed]:
    """Return an element and all that it requires, directly or not, by namespace and id."""
    found: dict[Key, Needed] = {}
    waiting = [start]
    while waiting:
        needed = waiting.pop()
        if needed.key not in found:
            found[needed.key] = needed
            waiting += needed.file.needs(_requires(needed))
    return found


def find_problems(decision: Needed) -> Iterator[Problem]:
    """Yield what is wrong with a decision: its logic, its requirements, and the knowledge that it calls."""
    yield from decision.file.problems(decision.element)
    yield from _wrong_needs(decision)
    for model in _knowledge(decision):
        yield from model.file.problems(model.element)
        yield from _wrong_needs(model)


def _wrong_needs(needed: Needed) -> Iterator[Problem]:
    element = needed.element
    for requirement in _requires(needed):
        if needed.file.lead(requirement) is None:
            yield Problem(element.id, "required_nowhere", {"decision": element.id, "found": requirement.id})
    for one in needed.file.needs(_requires(needed)):
        if isinstance(one.element, InputData):
            faults = one.file.types.faults(one.element.type_ref)
            yield from (type_problem(fault, one.element.id, element.id) for fault in faults)
    if isinstance(element, DecisionNode) and _is_in_circle(needed):
        yield Problem(element.id, "circle", {"decision": element.id})


def _knowledge(decision: Needed) -> Iterator[Needed]:
    for needed in gather(decision).values():
        if isinstance(needed.element, KnowledgeModel) and needed is not decision:
            yield needed


def _is_in_circle(start: Needed) -> bool:
    below = (gather(needed) for needed in start.file.needs(_requires(start)))
    return any(start.key in found for found in below)


def _requires(needed: Needed) -> tuple[Requirement, ...]:
    return getattr(needed.element, "requires", ())
