"""Which variables the way ahead of a case reads that nothing on it provides."""

from collections.abc import Iterable, Iterator, Mapping

from engine.bpmn.model import COMPOUND, HUMAN_TASKS, Element, Kind, Trigger
from engine.bpmn.release import Release
from engine.bpmn.setting import set_by
from engine.bpmn.timers import expression_in
from engine.dmn import DecisionInvalid
from engine.feel import FeelSyntaxError, compile_expression

#: Inside the rounds of a looped activity and in its conditions; always there.
_COUNTERS = frozenset(
    {
        "loopCounter",
        "numberOfInstances",
        "numberOfActiveInstances",
        "numberOfCompletedInstances",
        "numberOfTerminatedInstances",
    }
)
_OPEN = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ERROR})


def needed_ahead(release: Release, standing: Iterable[str]) -> Mapping[str, str]:
    """Return the variables that must be there when tokens stand at these elements, each with an element that reads it.

    Those that some expression further on reads and no element further on sets. None at all where an event further on
    may set anything, because it spreads what it carries over the variables of the case.
    """
    here = set(standing)
    elements = [release.outline.elements[name] for name in sorted(_reached(release, here))]
    if any(_spreads(element) for element in elements):
        return {}
    read: dict[str, str] = {}
    for element in elements:
        names = [] if element.id in here else _read_by(release, element)
        for name in (*names, *_read_behind(release, element)):
            read.setdefault(name, element.id)
    given = _COUNTERS.union(*(set_by(element) for element in elements))
    return {name: element for name, element in read.items() if name not in given}


def _reached(release: Release, standing: set[str]) -> set[str]:
    """Return the elements to which a case can still come, and those at which it stands.

    A called process has variables of its own and is left out; what is inside an activity at which a token stands was
    begun, and has tokens of its own.
    """
    outline = release.outline
    waiting, found = [outline.elements[name] for name in standing], set[str]()
    for element in list(waiting):
        waiting += [event for event, _ in outline.event_sub_processes(element.container)]
    while waiting:
        element = waiting.pop()
        if element.id in found:
            continue
        found.add(element.id)
        waiting += outline.next_of(element)
        waiting += outline.boundaries.get(element.id, ())
        waiting += [outline.elements[element.handler]] if element.handler else []
        if element.kind in COMPOUND - {Kind.CALL_ACTIVITY} and (element.id not in standing or element.loop):
            waiting += outline.inside.get(element.id, ())
    return found


def _spreads(element: Element) -> bool:
    is_open = element.trigger in _OPEN and element.kind in _CATCHING
    return is_open and (element.event is None or not element.event.result)


_CATCHING = frozenset({Kind.START, Kind.CATCH, Kind.BOUNDARY, Kind.RECEIVE_TASK})


def _read_by(release: Release, element: Element) -> Iterator[str]:
    """Yield the variables that an element reads when a token comes to it."""
    expressions: list[str | None] = [*element.inputs.values(), element.script]
    if element.kind in HUMAN_TASKS:
        expressions += [element.assignee, element.candidate, element.due, element.follow_up, element.priority]
    if element.event is not None:
        expressions += [element.event.key, element.event.payload, element.event.condition]
    if element.loop is not None:
        expressions += [element.loop.cardinality, element.loop.collection]
    timer = element.timer
    expressions.append(expression_in(timer) if timer is not None else None)
    yield from _names(expressions)
    decision = release.decisions.get(element.decision or "")
    if decision is not None:
        try:
            yield from decision.needs
        except DecisionInvalid:  # it makes an incident when it is reached, in this release as in any
            return


def _read_behind(release: Release, element: Element) -> Iterator[str]:
    """Yield the variables that are read when a token leaves an element, which it does also where one stands."""
    yield from _names(release.outline.flows[flow].condition for flow in element.outgoing)
    if element.loop is not None:
        yield from _names([element.loop.condition])


def _names(expressions: Iterable[str | None]) -> Iterator[str]:
    for expression in expressions:
        try:
            yield from compile_expression(expression).names if expression else ()
        except FeelSyntaxError:  # deployed before the check knew of it
            continue
