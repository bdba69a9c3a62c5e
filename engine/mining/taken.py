"""Which sequence flows one step of a case has taken, as far as its journal tells."""

from collections.abc import Iterator, Sequence

from engine.bpmn.model import LINK, Element, Flow, Kind, Outline


def flows_taken(outline: Outline, passed: Sequence[str], reached: Sequence[str]) -> Iterator[str]:
    """Yield the flows that were gone along, in the order of what was passed.

    The journal names what was left, not the way: at a choice the way is the one to what was passed, opened or failed
    next; where nothing of the kind follows, the one to something that waits. Behind a gateway at which events race, it
    is the way to the event that happened.

    :param reached: the tasks that were opened and the elements that failed.
    """
    for place, name in enumerate(passed):
        element = outline.elements.get(name)
        if element is not None:
            yield from (flow.id for flow in _raced(outline, element))
            yield from (flow.id for flow in _ways_out(outline, element, [*passed[place + 1 :], *reached]))


def _raced(outline: Outline, element: Element) -> list[Flow]:
    flows = [outline.flows[flow] for flow in element.incoming]
    return [flow for flow in flows if outline.elements[flow.source].kind is Kind.EVENT_GATEWAY]


def _ways_out(outline: Outline, element: Element, after: Sequence[str]) -> list[Flow]:
    flows = [outline.flows[flow] for flow in element.outgoing if not flow.endswith(LINK)]
    if element.kind is Kind.EVENT_GATEWAY:
        return []  # counted when the event has happened
    if len(flows) < 2 or not _is_choice(element, flows):
        return flows
    known = sorted((flow for flow in flows if flow.target in after), key=lambda flow: after.index(flow.target))
    found = known or [flow for flow in flows if outline.elements[flow.target].waits]
    return found[:1] if element.kind is Kind.EXCLUSIVE_GATEWAY else found


def _is_choice(element: Element, flows: Sequence[Flow]) -> bool:
    is_gateway = element.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY)
    return is_gateway or any(flow.condition or flow.is_default for flow in flows)
