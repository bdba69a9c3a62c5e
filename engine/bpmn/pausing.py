"""Where a token surely waits for somebody or something, and what it passes before it does.

A time that is over at once, a day that is over for ever, a condition that holds already, and rounds over a list that
is always empty make nobody wait.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from engine.bpmn.constants import value_of, value_with
from engine.bpmn.model import COMPOUND, Element, Kind, LoopKind, Outline, Timer, Trigger
from engine.bpmn.setting import names_read, setters_of
from engine.bpmn.timers import due_instant, is_literal, literal_value
from engine.errors import ElementFailed

_EARLY, _LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(9900, 1, 1, tzinfo=UTC)


def find_pauses(outline: Outline) -> frozenset[str]:
    """Return the elements at which a token waits whenever it comes there; compound activities are not among them."""
    timely = {name for name, element in outline.elements.items() if _takes_time(element)}
    conditional = (one for one in outline.elements.values() if one.waits and one.trigger is Trigger.CONDITION)
    return frozenset(timely | {one.id for one in conditional if _falls_back(outline, one, timely)})


def may_skip(element: Element) -> bool:
    """Say whether an activity may have no round: a loop that asks before its first, or has nothing to go over."""
    loop = element.loop
    if loop is None:
        return False
    if loop.kind is LoopKind.STANDARD:
        return loop.tests_before
    return any(value_of(text) in ((True, []), (True, 0)) for text in (loop.collection, loop.cardinality) if text)


def passed_at_once(
    outline: Outline, first: Iterable[Element], stops: Callable[[Element], bool], *, into: bool = True
) -> list[Element]:
    """Return what tokens pass from some elements on, these among them, before each of them stops.

    :param stops: says where a token stops; it goes on from the first elements in any case.
    :param into: also what is inside activities, at any depth.
    """
    begun = list(first)
    waiting, found = list(begun), dict[str, Element]()
    while waiting:
        element = waiting.pop()
        if element.id in found:
            continue
        found[element.id] = element
        if element.kind in COMPOUND and into:
            waiting += [outline.elements[name] for name in outline.first_of(outline.content(element))]
        if element in begun or not stops(element):
            waiting += outline.next_of(element)
    return list(found.values())


def is_join(element: Element) -> bool:
    """Say whether a token waits at a gateway for those that come along its other flows."""
    return element.kind is Kind.PARALLEL_GATEWAY and len(element.incoming) > 1


def _takes_time(element: Element) -> bool:
    if element.is_human:
        return not may_skip(element)
    if not element.waits or element.trigger is Trigger.CONDITION:
        return False
    return not may_skip(element) and not (element.timer is not None and _is_over(element.timer))


def _is_over(timer: Timer) -> bool:
    """Say whether a time makes nobody wait, or not once it has passed: no length, or always the same day."""
    if timer.kind == "timeCycle":
        return False
    found = [_wait(timer, now) for now in (_EARLY, _LATE)]
    return any(wait is not None and wait <= timedelta(0) for wait in found)


def _wait(timer: Timer, now: datetime) -> timedelta | None:
    """Return how long a token waits that comes at an instant; None if that depends on the case."""
    known, value = (True, literal_value(timer)) if is_literal(timer) else value_of(timer.expression, now)
    if not known:
        return None
    try:
        return due_instant(timer, value, now, UTC) - now
    except ElementFailed:  # said with the constants
        return None


def _falls_back(outline: Outline, event: Element, timely: set[str]) -> bool:
    """Say whether what happens behind an event, before somebody is waited for, may make its condition false again."""
    condition = event.event.condition if event.event else None
    names = names_read(condition or "")
    passed = passed_at_once(outline, [event], lambda element: element.id in timely or is_join(element))
    behind = [element for element in passed if element.id not in timely]
    return any(_may_undo(condition or "", name, setter) for name in names for setter in setters_of(behind, name))


def _may_undo(condition: str, name: str, setter: Element) -> bool:
    """Say whether a condition may be false once an element has set a variable."""
    if setter.kind is not Kind.SCRIPT_TASK:
        return True
    known, value = value_of(setter.script or "")
    if not known:
        return True
    known, holds = value_with(condition, {name: value})
    return not known or holds is not True


def forks(outline: Outline, element: Element) -> Iterator[tuple[Element, ...]]:
    """Yield the branches, if there are several, that a token leaving an element takes all at once or may take so."""
    flows = [outline.flows[name] for name in element.outgoing]
    if element.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY) or len(flows) < 2:
        return
    is_gateway = element.kind in (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY)
    # Conditions at a step usually exclude each other, one flow that has none is always taken.
    if is_gateway or any(not flow.condition and not flow.is_default for flow in flows):
        yield tuple(outline.next_of(element))
