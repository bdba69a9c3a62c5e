"""Who catches what an event throws: the same search outwards as at run time, over a diagram instead of a case."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.model import COMPOUND, Element, Kind, Outline, Trigger
from engine.bpmn.reaching import reached_from


@dataclass
class Catching:
    """What becomes of the errors and escalations of a diagram, each named by ids of elements.

    :param caught: events that something can reach.
    :param uncaught: throwing elements whose error or escalation reaches nobody, on some way.
    :param passing: throwing elements that can go on afterwards.
    :param breaking: elements that can break off the container in which they are drawn.
    :param replaced: elements that can set an event sub-process beside them in the place of all the rest.
    """

    caught: set[str] = field(default_factory=set)
    uncaught: set[str] = field(default_factory=set)
    passing: set[str] = field(default_factory=set)
    breaking: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Throw:
    """An error or escalation on its way; `is_any`: a service may report any code, or none."""

    element: Element
    trigger: Trigger
    code: str | None
    is_any: bool


def find_catching(outline: Outline) -> Catching:
    """Return what becomes of everything that is thrown."""
    found, hosts = Catching(), find_hosts(outline)
    for throw in _throws(outline):
        _search(outline, hosts, found, throw)
    return found


def find_hosts(outline: Outline) -> dict[str, list[Element]]:
    """Return by container the activities inside which it runs: several for a called process, none for the process."""
    found: dict[str, list[Element]] = {}
    for element in outline.elements.values():
        if element.kind in COMPOUND:
            found.setdefault(outline.content(element), []).append(element)
    return found


def _throws(outline: Outline) -> Iterator[_Throw]:
    for element in outline.elements.values():
        if element.kind is Kind.SERVICE_TASK:
            yield _Throw(element, Trigger.ERROR, None, is_any=True)
        elif element.kind in (Kind.END, Kind.THROW):
            yield from _thrown_at(element)


def _thrown_at(element: Element) -> Iterator[_Throw]:
    if element.trigger is Trigger.ERROR or element.trigger is Trigger.ESCALATION:
        yield _Throw(element, element.trigger, element.event.name if element.event else None, is_any=False)


def _search(outline: Outline, hosts: Mapping[str, list[Element]], found: Catching, throw: _Throw) -> None:
    """Look at the throwing element, then beside it, then at whatever is around it, and so on outwards."""
    came: dict[str, set[str]] = {throw.element.id: set()}
    waiting = [throw.element]
    while waiting:
        element = waiting.pop()
        caught = _matching(outline.boundaries.get(element.id, ()), throw)
        _note(found, throw, caught, reached_from(came, element.id))
        if _stops(throw, caught):
            continue
        # What an event sub-process throws is not for its neighbours.
        is_spared = element.kind is Kind.EVENT_SUB_PROCESS
        starts = [] if is_spared else [start for _, start in outline.event_sub_processes(element.container)]
        caught = _matching(starts, throw)
        _note(found, throw, caught, reached_from(came, element.id))
        found.replaced.update(element.id for event in caught if event.is_interrupting)
        if _stops(throw, caught):
            continue
        around = hosts.get(element.container, [])
        if not around:
            found.uncaught.add(throw.element.id)
            found.passing.add(throw.element.id)
        waiting += [host for host in around if host.id not in came]
        for host in around:
            came.setdefault(host.id, set()).add(element.id)


def _note(found: Catching, throw: _Throw, caught: Iterable[Element], crossed: set[str]) -> None:
    for event in caught:
        found.caught.add(event.id)
        if event.is_interrupting:
            found.breaking |= crossed
        else:
            found.passing.add(throw.element.id)


def _stops(throw: _Throw, caught: Iterable[Element]) -> bool:
    """Say whether nothing gets past what is caught at one place."""
    return any(not throw.is_any or event.event is None or event.event.name is None for event in caught)


def _matching(events: Iterable[Element], throw: _Throw) -> list[Element]:
    """Return the event that names the code, else one that catches any; all of them if the code is not known."""
    found = {event.event.name if event.event else None: event for event in events if event.trigger is throw.trigger}
    if throw.is_any:
        return list(found.values())
    caught = found.get(throw.code) or found.get(None)
    return [caught] if caught is not None else []
