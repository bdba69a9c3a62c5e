"""Which ways a token can take out of an element, and from where it can come, with all conditions free."""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import combinations

from engine.bpmn.catching import Catching
from engine.bpmn.model import AWAITED, COMPOUND, Element, Kind, Outline, Trigger

#: Of more conditions than this whose ways have to do with each other, not every combination is tried.
MOST_CONDITIONS = 9
_FEW_CONDITIONS = 4
#: What goes outwards from where it happens and may end everything beside it.
_GO_OUT = frozenset({Trigger.ERROR, Trigger.ESCALATION})


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


def ways_out(outline: Outline, element: Element, *, most_alike: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield every set of flows that a token leaving an element may take; not all where `are_all_tried` says so.

    :param most_alike: of flows that touch nothing else, only none of them and all of them.
    """
    flows = [outline.flows[name] for name in element.outgoing]
    if element.kind is Kind.EXCLUSIVE_GATEWAY:
        yield from ((flow.id,) for flow in flows)
        return
    if element.kind is Kind.PARALLEL_GATEWAY:
        yield tuple(element.outgoing)
        return
    default = tuple(flow.id for flow in flows if flow.is_default)
    always = tuple(flow.id for flow in flows if not flow.condition and not flow.is_default)
    free, alone = _free_flows(outline, element, most_alike=most_alike)
    for chosen in _choices(free):
        for beside in {(), alone}:
            if always or chosen or beside:
                yield always + chosen + beside
    if not always and (default or not flows):  # where none of the conditions holds, the case stops with an incident
        yield default


def are_all_tried(outline: Outline, element: Element, *, most_alike: bool = False) -> bool:
    """Say whether `ways_out` leaves out nothing that could make a difference."""
    is_choice = element.kind not in (Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY)
    return not is_choice or len(_free_flows(outline, element, most_alike=most_alike)[0]) <= MOST_CONDITIONS


def _choices(flows: Sequence[str]) -> Iterator[tuple[str, ...]]:
    sizes = range(len(flows) + 1) if len(flows) <= MOST_CONDITIONS else (0, 1, len(flows) - 1, len(flows))
    for size in sizes:
        yield from combinations(flows, size)


def _free_flows(outline: Outline, element: Element, *, most_alike: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the flows out of an element that may be taken or not, and apart, if asked, those that touch nothing else.

    What can get stuck shows already if none or all of the latter are taken; they are set apart where there are many.
    """
    flows = [outline.flows[name] for name in element.outgoing]
    free = tuple(flow.id for flow in flows if flow.condition and not flow.is_default)
    if not most_alike or len(free) <= _FEW_CONDITIONS:
        return free, ()
    lines = {flow: _line_to_end(outline, flow) for flow in free}
    return tuple(flow for flow in free if not lines[flow]), tuple(flow for flow in free if lines[flow])


def _line_to_end(outline: Outline, flow: str) -> bool:
    """Say whether a flow leads to a plain end through steps of one way in and one way out, and to nothing else."""
    seen = set[str]()
    element = outline.elements[outline.flows[flow].target]
    while element.id not in seen and not _is_plain_end(element):
        seen.add(element.id)
        is_line = len(element.incoming) == 1 and len(element.outgoing) == 1 and element.id not in outline.boundaries
        if not is_line or element.kind in COMPOUND or element.trigger in _GO_OUT or element.kind is Kind.SERVICE_TASK:
            return False
        element = next(outline.next_of(element))
    return _is_plain_end(element)


def _is_plain_end(element: Element) -> bool:
    return element.kind is Kind.END and element.trigger not in _GO_OUT | {Trigger.TERMINATE, Trigger.CANCEL}


def elements_before(outline: Outline, join: str, flow: str, *, along_flows: bool = False) -> frozenset[str]:
    """Return the elements from which a token can come along a flow into a join without passing it.

    :param along_flows: leave out those from which it could come only by an event at their edge, for that is no path of
        flows: what has come by such an event does not stand for the element at which it happened.
    """
    waiting, found = [outline.flows[flow].source], set[str]()
    while waiting:
        name = waiting.pop()
        if name in found or name == join:
            continue
        found.add(name)
        element = outline.elements[name]
        waiting += [outline.flows[incoming].source for incoming in element.incoming]
        waiting += [element.attached_to] if element.attached_to and not along_flows else []
    return frozenset(found)
