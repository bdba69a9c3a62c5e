"""Which messages an event on the way of a token has heard already: on one way a message is heard once.

An element that can be reached from another one that listens to the same message does not take what that one took, nor
what it took itself in an earlier round. Ways beside each other know nothing of each other: each hears the message,
whichever of them is there first. In a diagram where none of this can happen nothing is kept in mind.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from engine.bpmn.catching import find_hosts
from engine.bpmn.model import COMPOUND, Element, Kind, LoopKind, Outline, Trigger
from engine.bpmn.notes import KEY
from engine.bpmn.reaching import reached_from
from engine.bpmn.state import Scope, Token

_OUT = "#out"  # an element has an inner and an outer side, so that what it contains is on the way from one to the other
_ON_THE_WAY = (Kind.CATCH, Kind.RECEIVE_TASK)
_AT_EDGES = (Kind.BOUNDARY, Kind.START)
_ONE_WAY = (Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY)


@dataclass(frozen=True)
class Hearing:
    """Who hears after whom in a diagram.

    :param before: by element, those whose messages it does not take once more; itself among them in a loop.
    """

    before: Mapping[str, frozenset[str]]

    @cached_property
    def kept(self) -> frozenset[str]:
        """The elements of which a case keeps in mind what they heard."""
        return frozenset().union(*self.before.values())


class Earlier(NamedTuple):
    """A message that was sent before an event came to wait for it.

    :param number: None if the case is not to keep it in mind.
    """

    payload: Mapping[str, Any]
    number: int | None = None


def find_hearing(outline: Outline) -> Hearing:
    """Return who hears after whom; nobody in most diagrams."""
    takes_any = any(takes_earlier(element) for element in outline.elements.values())
    return Hearing(_Ways(outline).heard_before() if takes_any else {})


def takes_earlier(element: Element) -> bool:
    """Say whether an event also takes a message that was sent before it came; one at an edge does not.

    What came before an activity or a scope began is none of the business of the events at its edge.
    """
    return element.trigger is Trigger.MESSAGE and element.kind in _ON_THE_WAY


def _hears(element: Element) -> bool:
    return takes_earlier(element) or (element.trigger is Trigger.MESSAGE and element.kind in _AT_EDGES)


class _Ways:
    """The ways of a diagram through all it contains, with all conditions free."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.hosts = find_hosts(outline)
        self.arrows: dict[str, Set[str]] = {}
        for element in outline.elements.values():
            self.arrows[element.id] = self._into(element)
            self.arrows[element.id + _OUT] = self._out_of(element)

    def heard_before(self) -> dict[str, frozenset[str]]:
        """Return by element those that can have heard its message on the way to it, where there are any."""
        found: dict[str, set[str]] = {}
        for other, taker in self._in_a_row():
            if not self._are_beside(other, taker):
                found.setdefault(taker, set()).add(other)
        return {taker: frozenset(names) for taker, names in found.items()}

    def _in_a_row(self) -> Iterator[tuple[str, str]]:
        """Yield the elements that listen to one message, each with those that can be reached from it."""
        for alike in self._alike.values():
            takers = [element.id for element in alike if takes_earlier(element)]
            for other in alike:
                after = reached_from(self.arrows, other.id + _OUT)
                yield from ((other.id, taker) for taker in takers if taker in after)

    @cached_property
    def _alike(self) -> dict[str | None, list[Element]]:
        """The elements that listen to a message, by its name."""
        found: dict[str | None, list[Element]] = {}
        for element in self.outline.elements.values():
            if _hears(element):
                found.setdefault(element.event.name if element.event else None, []).append(element)
        return found

    def _into(self, element: Element) -> Set[str]:
        edges = {event.id for event in self._edges(element)}
        inner = set(self._first_of(self.outline.content(element))) if element.kind in COMPOUND else set[str]()
        return edges | (inner or {element.id + _OUT})

    def _out_of(self, element: Element) -> Set[str]:
        found = {target.id for target in self.outline.next_of(element)}
        for host in self.hosts.get(element.container, ()):
            found |= {host.id + _OUT, *(event.id for event in self._edges(host))}
        # Rounds beside each other are ways beside each other.
        return found | {element.id} if _comes_again(element, self.outline) else found

    def _edges(self, element: Element) -> Iterator[Element]:
        events = self.outline.boundaries.get(element.id, ())
        return (event for event in events if event.trigger is not Trigger.COMPENSATION)

    def _first_of(self, container: str) -> list[str]:
        around = self.outline.elements.get(container)
        if around is not None and around.kind is Kind.EVENT_SUB_PROCESS:
            return [start.id for start in self.outline.starts(container)]
        return [*self.outline.first_of(container), *self._listening_in(container)]

    def _listening_in(self, container: str) -> list[str]:
        return [element.id for element, _ in self.outline.event_sub_processes(container)]

    def _are_beside(self, one: str, other: str) -> bool:
        """Say whether two elements are on different branches of a way that forks."""
        there = self._places[other]
        for fork, left in self._places[one].items():
            right = there.get(fork, 0)
            if left & ~right and right & ~left:
                return True
        return False

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        """By element and fork, as bits, the branches that lead to it without coming to that fork again."""
        found: dict[str, dict[int, int]] = {element.id: {} for alike in self._alike.values() for element in alike}
        for number, (fork, branches) in enumerate(self._branches()):
            arrows = {name: targets - fork for name, targets in self.arrows.items()} if len(branches) > 1 else {}
            for place, branch in enumerate(branches if arrows else ()):
                for name in found.keys() & {branch, *reached_from(arrows, branch)}:
                    found[name][number] = found[name].get(number, 0) | 1 << place
        return found

    def _branches(self) -> Iterator[tuple[Set[str], list[str]]]:
        for element in self.outline.elements.values():
            if element.kind not in _ONE_WAY:
                yield {element.id}, [target.id for target in self.outline.next_of(element)]
            beside = [event.id for event in self._edges(element) if not event.is_interrupting]
            yield {element.id}, [element.id + _OUT, *beside]
        for container in self.outline.inside:
            yield {host.id for host in self.hosts.get(container, ())}, self._first_of(container)


def _comes_again(element: Element, outline: Outline) -> bool:
    """Say whether an element may begin anew when it has ended, without a flow that leads back to it."""
    if element.kind is Kind.EVENT_SUB_PROCESS:
        return any(not start.is_interrupting for start in outline.starts(element.id))
    return element.loop is not None and element.loop.kind is not LoopKind.PARALLEL


def numbers_heard(case: Any, token: Token, key: str) -> frozenset[int] | None:
    """Return the numbers of the messages that a token has heard on its way; None if none is kept in mind."""
    before = case.spec.hearing.before.get(token.element)
    if before is None:
        return None
    heard = case.scopes[token.scope].heard
    return frozenset(heard[name][key] for name in before if key in heard.get(name, ()))


def keep_in_mind(case: Any, token: Token, number: int | None) -> bool:
    """Note which message a token hears, if that matters later; say whether it does."""
    if number is None or token.element not in case.spec.hearing.kept or KEY not in token.notes:
        return False
    case.scopes[token.scope].heard.setdefault(token.element, {})[token.notes[KEY]] = number
    return True


def part_ways(scope: Scope, begun: Scope) -> None:
    """Let a scope that begins know what was heard before it."""
    if scope.heard:
        begun.heard = {element: dict(numbers) for element, numbers in scope.heard.items()}


def join_ways(scope: Scope, ended: Scope) -> None:
    """Let a scope know what was heard inside it."""
    for element, numbers in ended.heard.items():
        known = scope.heard.setdefault(element, {})
        # Numbers count up in time: of what was heard on two ways the later one is the one that may still be found.
        known |= {key: max(number, known.get(key, number)) for key, number in numbers.items()}
