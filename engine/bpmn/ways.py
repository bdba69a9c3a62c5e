"""Which ways a token can take out of an element, and from where it can come, with all conditions free."""

from collections.abc import Iterator
from enum import Enum
from itertools import combinations

from engine.bpmn.catching import Catching
from engine.bpmn.model import AWAITED, Element, Kind, Outline, Trigger

#: Of more conditions than this, not every combination is tried.
_MOST_CONDITIONS = 7


class Ending(Enum):
    """What a move does to everything else in its container."""

    NONE = "none"
    EMPTIES = "empties"
    """Takes all tokens away; the container has ended."""
    BREAKS = "breaks"
    """Takes all tokens away; whoever is around the container goes on by another way."""


def happens(event: Element, catching: Catching) -> bool:
    """Say whether an event at an activity can happen at all."""
    return event.trigger in AWAITED or event.trigger is Trigger.CANCEL or event.id in catching.caught


def goes_on(element: Element, catching: Catching) -> bool:
    """Say whether a token that throws an escalation can go on afterwards."""
    is_throw = element.trigger is Trigger.ESCALATION and element.kind in (Kind.END, Kind.THROW)
    return not is_throw or element.id in catching.passing


def ending_of(end: Element) -> Ending:
    """Return what an end event does to everything else in its container."""
    if end.trigger is Trigger.TERMINATE:
        return Ending.EMPTIES
    return Ending.BREAKS if end.trigger in (Trigger.ERROR, Trigger.CANCEL) else Ending.NONE


def ways_out(outline: Outline, element: Element) -> Iterator[tuple[str, ...]]:
    """Yield every set of flows that a token leaving an element may take."""
    flows = [outline.flows[name] for name in element.outgoing]
    if element.kind is Kind.EXCLUSIVE_GATEWAY:
        yield from ((flow.id,) for flow in flows)
        return
    if element.kind is Kind.PARALLEL_GATEWAY:
        yield tuple(element.outgoing)
        return
    default = tuple(flow.id for flow in flows if flow.is_default)
    always = tuple(flow.id for flow in flows if not flow.condition and not flow.is_default)
    free = [flow.id for flow in flows if flow.condition and not flow.is_default]
    for chosen in _choices(free):
        if always or chosen:
            yield always + chosen
    if not always and (default or not flows):  # where none of the conditions holds, the case stops with an incident
        yield default


def _choices(flows: list[str]) -> Iterator[tuple[str, ...]]:
    sizes = range(len(flows) + 1) if len(flows) <= _MOST_CONDITIONS else (0, 1, len(flows) - 1, len(flows))
    for size in sizes:
        yield from combinations(flows, size)


def elements_before(outline: Outline, join: str, flow: str) -> frozenset[str]:
    """Return the elements from which a token can come along a flow into a join without passing it."""
    waiting, found = [outline.flows[flow].source], set[str]()
    while waiting:
        name = waiting.pop()
        if name in found or name == join:
            continue
        found.add(name)
        element = outline.elements[name]
        waiting += [outline.flows[incoming].source for incoming in element.incoming]
        waiting += [element.attached_to] if element.attached_to else []
    return frozenset(found)
