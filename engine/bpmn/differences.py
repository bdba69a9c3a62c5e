"""What differs between an element and the one that stands for it in another release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.bpmn.counterparts import Counterparts
from engine.bpmn.model import COMPOUND, HUMAN_TASKS, Element, Kind, Loop, Timer
from engine.bpmn.nesting import is_plain, is_reachable
from engine.bpmn.release import Release
from engine.bpmn.state import Stand


class Aspect(StrEnum):
    """One thing about an element that can differ."""

    KIND = "kind"
    SCOPE = "scope"
    LANE = "lane"
    NAME = "name"
    FORM = "form"
    RESULT = "result"
    SERVICE = "service"
    DECISION = "decision"
    SCRIPT = "script"
    CALLED = "called"
    PEOPLE = "people"
    DUE = "due"
    TIMER = "timer"
    EVENT = "event"
    LOOP = "loop"
    EDGE = "edge"
    UNDOING = "undoing"
    WAYS = "ways"


#: What makes no difference to a token that stands there already.
HARMLESS = frozenset({Aspect.NAME, Aspect.WAYS})
#: What decides who is asked, and until when.
ASSIGNING = frozenset({Aspect.PEOPLE, Aspect.DUE})

_HEARING = frozenset({Kind.CATCH, Kind.RECEIVE_TASK})
_WORKING = frozenset({Kind.SERVICE_TASK, Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK})
_TELLING = frozenset({Kind.SEND_TASK, Kind.THROW})
_ALIKE = (HUMAN_TASKS, _HEARING, _WORKING, _TELLING)


def _decision(element: Element, release: Release) -> Any:
    # A table has no equality of its own: another file with the same id may hold another rule.
    texts = [content for name, content in release.files.items() if name.endswith(".dmn")]
    return (element.decision, sorted(texts)) if element.decision else None


def timing(element: Element) -> tuple[Timer, str | None] | None:
    """Return what decides when the timer of an event comes: what it says, and by which calendar; None without one."""
    return (element.timer, element.calendar) if element.timer is not None else None


def _due(element: Element) -> tuple[str | None, ...]:
    calendar = element.calendar if element.timer is None else None
    return element.due, element.follow_up, element.priority, calendar


_Seen = Callable[[Element, Release], Any]
_ASPECTS: Mapping[Aspect, _Seen] = {
    Aspect.KIND: lambda element, _: element.kind,
    Aspect.LANE: lambda element, _: element.lane,
    Aspect.NAME: lambda element, _: (element.names, element.documentation),
    Aspect.FORM: lambda element, release: (element.form, release.forms.get(element.form or "")),
    Aspect.RESULT: lambda element, _: element.result,
    Aspect.SERVICE: lambda element, _: (element.service, element.inputs, element.outputs),
    Aspect.DECISION: _decision,
    Aspect.SCRIPT: lambda element, _: element.script,
    Aspect.PEOPLE: lambda element, _: (element.assignee, element.candidate),
    Aspect.DUE: lambda element, _: _due(element),
    Aspect.TIMER: lambda element, _: timing(element),
    Aspect.EVENT: lambda element, _: (element.trigger, element.event, element.is_interrupting),
    Aspect.LOOP: lambda element, _: element.loop,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs at one element.

    :param target: what stands for it; empty for what is gone, several names for what has become several.
    :param blocks: whatever waits there when a case is moved cannot go on.
    """

    element: str
    target: str
    aspects: frozenset[Aspect]
    blocks: bool

    @property
    def is_gone(self) -> bool:
        """Nothing stands for it."""
        return not self.target


def find_differences(pair: Counterparts) -> tuple[Difference, ...]:
    """Return every old element that is gone, has another id or differs, in the order of the diagram."""
    found = []
    for name, element in pair.old.outline.elements.items():
        targets = pair.targets(name)
        if len(targets) == 1:
            new = pair.new.outline.elements[targets[0]]
            aspects = differing(pair, element, new)
            if aspects or new.id != name:
                found.append(Difference(name, new.id, aspects, _blocks(pair, element, new)))
        else:
            is_stuck = not targets and _may_wait(element) and not is_plain(element)
            found.append(Difference(name, ", ".join(targets), frozenset(), is_stuck))
    return tuple(found)


def _blocks(pair: Counterparts, old: Element, new: Element) -> bool:
    stand = Stand.WAITS if old.waits else Stand.ASKS
    is_apart = not is_reachable(pair, old.container, new.container)
    return _may_wait(old) and (is_apart or misfit(old, new, stand) is not None)


def _may_wait(element: Element) -> bool:
    """Say whether something can wait at an element that must go on: an event beside an activity may just end."""
    is_event = element.waits and element.kind is not Kind.BOUNDARY
    return element.is_human or is_event or element.kind in COMPOUND or element.loop is not None


def added_elements(pair: Counterparts) -> tuple[str, ...]:
    """Return the new elements that stand for none of the old ones."""
    return tuple(name for name in pair.new.outline.elements if name not in pair.sources)


def differing(pair: Counterparts, old: Element, new: Element) -> frozenset[Aspect]:
    """Return in what an element differs from the one that stands for it."""
    found = {aspect for aspect, seen in _ASPECTS.items() if seen(old, pair.old) != seen(new, pair.new)}
    if pair.container(old.container) != new.container:
        found.add(Aspect.SCOPE)
    if pair.container(pair.old.outline.content(old)) != pair.new.outline.content(new) and old.kind in COMPOUND:
        found.add(Aspect.CALLED)
    if old.attached_to is not None and new.attached_to not in pair.targets(old.attached_to):
        found.add(Aspect.EDGE)
    if old.handler is not None and new.handler not in pair.targets(old.handler):
        found.add(Aspect.UNDOING)
    if _ways(pair, old) != _new_ways(pair, new):
        found.add(Aspect.WAYS)
    return frozenset(found)


def _ways(pair: Counterparts, element: Element) -> list[tuple[Any, ...]]:
    flows = (pair.old.outline.flows[name] for name in element.outgoing)
    return [(pair.targets(flow.target), flow.condition, flow.is_default) for flow in flows]


def _new_ways(pair: Counterparts, element: Element) -> list[tuple[Any, ...]]:
    flows = (pair.new.outline.flows[name] for name in element.outgoing)
    return [((flow.target,), flow.condition, flow.is_default) for flow in flows]


def misfit(old: Element, new: Element, stand: Stand) -> str | None:
    """Return the code of the reason why a token cannot go on at what stands for its element; None if it can."""
    if old.kind is not new.kind and not any({old.kind, new.kind} <= kinds for kinds in _ALIKE):
        return "migration.kind"
    if _shape(old.loop) != _shape(new.loop):
        return "migration.loop"
    if stand in (Stand.WAITS, Stand.LISTENS) and old.trigger is not new.trigger:
        return "migration.trigger"
    return None


def _shape(loop: Loop | None) -> tuple[Any, ...] | None:
    """Return what the rounds that have begun rely on."""
    if loop is None:
        return None
    return loop.kind, loop.collection is None, loop.item, loop.output, loop.gives is None
