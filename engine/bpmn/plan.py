"""What can be said about moving cases from one release to another before any case is looked at, each thing once."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.bpmn.ahead import needed_ahead
from engine.bpmn.counterparts import Counterparts, Pairs, find_counterparts
from engine.bpmn.differences import Aspect, differing, misfit
from engine.bpmn.model import AWAITED, Element, Trigger
from engine.bpmn.nesting import is_plain
from engine.bpmn.possible import Marking, Standing
from engine.bpmn.release import Release
from engine.bpmn.state import Stand
from engine.errors import Invalid


class OtherProcess(Invalid):
    """The two releases are not of one process."""

    code = "migration.other_process"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case cannot be moved, or what changes for one that can: a code and what it is about.

    :param element: of the old release; of the new one where only that has it.
    :param target: what stands for it, or another name that the code speaks of.
    """

    code: str
    element: str
    target: str = ""


class Plan:
    """Two releases, what stands for what, and everything found out about them so far; cases share it.

    :ivar values: FEEL expressions by variable, which every case is given when it is moved.
    """

    def __init__(self, old: Release, new: Release, pairs: Pairs, values: dict[str, str] | None = None) -> None:
        """Compare two releases of one process.

        :raise OtherProcess: they are not of one.
        :raise MappingRefused: the mapping names something that is not there.
        """
        if old.process != new.process:
            raise OtherProcess(old=old.process, new=new.process)
        self.pair: Counterparts = find_counterparts(old, new, pairs)
        self.values = values or {}
        self._misfits: dict[tuple[str, str, Stand], str | None] = {}
        self._aspects: dict[tuple[str, str], frozenset[Aspect]] = {}
        self._edges: dict[tuple[str, str], tuple[Element, ...]] = {}
        self._listeners: dict[tuple[str, str], tuple[Element, ...]] = {}
        self._shapes: dict[tuple[str, str], bool] = {}
        self._standing: dict[tuple[str, frozenset[str]], Standing] = {}
        self._possible: dict[tuple[str, Marking, frozenset[str]], bool | None] = {}
        self._needed: dict[tuple[frozenset[str], frozenset[str]], dict[str, str]] = {}

    @cached_property
    def moves_scopes(self) -> bool:
        """Something of the old release is drawn in another sub-process by the new one, or a sub-process is gone."""
        return any(self._is_elsewhere(element) for element in self.pair.old.outline.elements.values())

    def _is_elsewhere(self, old: Element) -> bool:
        news = [self.pair.new.outline.elements[name] for name in self.pair.targets(old.id)]
        return any(Aspect.SCOPE in self.aspects(old, new) for new in news) or (not news and is_plain(old))

    def misfit(self, old: Element, new: Element, stand: Stand) -> str | None:
        """Return the code of the reason why a token cannot go on at what stands for its element; None if it can."""
        key = (old.id, new.id, stand)
        if key not in self._misfits:
            self._misfits[key] = misfit(old, new, stand)
        return self._misfits[key]

    def aspects(self, old: Element, new: Element) -> frozenset[Aspect]:
        """Return in what an element differs from what stands for it."""
        key = (old.id, new.id)
        if key not in self._aspects:
            self._aspects[key] = differing(self.pair, old, new)
        return self._aspects[key]

    def added_edges(self, old: Element, new: Element) -> tuple[Element, ...]:
        """Return the events at an activity that wait beside it only in the new release."""
        key = (old.id, new.id)
        if key not in self._edges:
            before = self.pair.old.outline.boundaries.get(old.id, ())
            after = self.pair.new.outline.boundaries.get(new.id, ())
            self._edges[key] = self._only_new(before, after)
        return self._edges[key]

    def added_listeners(self, old: str, new: str) -> tuple[Element, ...]:
        """Return the start events of event sub-processes that wait in a container only in the new release."""
        key = (old, new)
        if key not in self._listeners:
            before = tuple(start for _, start in self.pair.old.outline.event_sub_processes(old))
            after = tuple(start for _, start in self.pair.new.outline.event_sub_processes(new))
            self._listeners[key] = self._only_new(before, after)
        return self._listeners[key]

    def _only_new(self, before: tuple[Element, ...], after: tuple[Element, ...]) -> tuple[Element, ...]:
        # One that waited before and waits no more has happened: it must not wait again.
        known = {(found.id, event.trigger) for event in before if (found := self.pair.target(event.id)) is not None}
        return tuple(event for event in after if event.trigger in AWAITED and (event.id, event.trigger) not in known)

    def has_same_shape(self, old: str, new: str) -> bool:
        """Say whether two containers differ only in names and in what their elements do."""
        key = (old, new)
        if key not in self._shapes:
            self._shapes[key] = self._old_shape(old) == _new_shape(self.pair.new, new)
        return self._shapes[key]

    def _old_shape(self, container: str) -> tuple[Any, ...]:
        pair, outline = self.pair, self.pair.old.outline
        names = {element.id: pair.targets(element.id) for element in outline.inside.get(container, ())}
        elements = outline.inside.get(container, ())
        flows = [outline.flows[name] for element in elements for name in element.outgoing]
        return (
            Counter((names[item.id], names.get(item.attached_to or "", ()), *_traits(item)) for item in elements),
            Counter(
                (names[flow.source], pair.targets(flow.target), bool(flow.condition), flow.is_default) for flow in flows
            ),
        )

    def can_stand(self, container: str, marking: Marking, pauses: frozenset[str]) -> bool | None:
        """Say whether a case that began in the new release could stand so; None if there are too many ways to tell."""
        key = (container, marking, pauses)
        if key not in self._possible:
            standing = self._standing.get((container, pauses))
            if standing is None:
                standing = Standing(self.pair.new.outline, container, pauses)
                self._standing[container, pauses] = standing
            self._possible[key] = standing.holds(marking)
        return self._possible[key]

    def needed(self, old: frozenset[str], new: frozenset[str]) -> dict[str, str]:
        """Return the variables that only the new release reads ahead of where a case stands, each with who reads it."""
        key = (old, new)
        if key not in self._needed:
            before = needed_ahead(self.pair.old, old)
            after = needed_ahead(self.pair.new, new)
            self._needed[key] = {name: element for name, element in after.items() if name not in before}
        return self._needed[key]


def _new_shape(release: Release, container: str) -> tuple[Any, ...]:
    elements = release.outline.inside.get(container, ())
    flows = [release.outline.flows[name] for element in elements for name in element.outgoing]
    return (
        Counter(((item.id,), (item.attached_to,) if item.attached_to else (), *_traits(item)) for item in elements),
        Counter(((flow.source,), (flow.target,), bool(flow.condition), flow.is_default) for flow in flows),
    )


def _traits(element: Element) -> tuple[Any, ...]:
    """Return what decides how tokens pass an element."""
    code = element.event.name if element.event and element.trigger in (Trigger.ERROR, Trigger.ESCALATION) else None
    return element.kind, element.trigger, code, element.is_interrupting, element.is_handler, element.loop is None
