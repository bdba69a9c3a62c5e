"""Puts the steps of a process in the order in which people read them: branches stay together, joins come after them."""

from collections.abc import Iterator

from engine.bpmn.model import Element, Kind, Outline


def reading_order(outline: Outline, container: str) -> list[Element]:
    """Return what is drawn in a process or sub-process, each after what leads to it; an event at a step follows it.

    What nothing leads to stands at the end.
    """
    inside = {element.id: element for element in outline.inside.get(container, ())}
    order = _walk(outline, inside)
    return [inside[name] for name in (*order, *(name for name in inside if name not in order))]


def _walk(outline: Outline, inside: dict[str, Element]) -> dict[str, None]:
    """Visit every element when all ways to it, but for those that come back, have been visited."""
    starts = [element.id for element in inside.values() if element.kind is Kind.START]
    starts += [element.id for element in inside.values() if not element.incoming and not element.attached_to]
    back = _ways_back(outline, inside, starts)
    waits: dict[str, int] = dict.fromkeys(inside, 0)
    for name in inside:
        for after in _after(outline, inside, name):
            waits[after] += (name, after) not in back
    ready = [name for name in reversed(list(dict.fromkeys(starts))) if not waits[name]]
    order: dict[str, None] = {}
    while ready:
        name = ready.pop()
        order[name] = None
        free = []
        for after in _after(outline, inside, name):
            waits[after] -= (name, after) not in back
            if not waits[after] and after not in order and after not in ready and after not in free:
                free.append(after)
        ready += reversed(free)
    return order


def _ways_back(outline: Outline, inside: dict[str, Element], starts: list[str]) -> set[tuple[str, str]]:
    """Return the ways that lead to where one has been before."""
    back, done = set[tuple[str, str]](), set[str]()
    for start in [*starts, *inside]:
        if start in done:
            continue
        path, waiting = {start: None}, [(start, _after(outline, inside, start))]
        while waiting:
            name, rest = waiting[-1]
            after = next(rest, None)
            if after is None:
                waiting.pop()
                path.pop(name, None)
                done.add(name)
            elif after in path:
                back.add((name, after))
            elif after not in done:
                path[after] = None
                waiting.append((after, _after(outline, inside, after)))
    return back


def _after(outline: Outline, inside: dict[str, Element], name: str) -> Iterator[str]:
    edges = (event.id for event in outline.boundaries.get(name, ()))
    flows = (outline.flows[flow].target for flow in inside[name].outgoing if flow in outline.flows)
    return (found for found in dict.fromkeys((*edges, *flows)) if found in inside)
