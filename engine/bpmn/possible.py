"""What running cases can look like: every way in which the tokens of one process or sub-process can stand at rest.

Conditions are free: a choice can go either way. A token is at rest where somebody or something is waited for; automatic
steps are passed at once, but for those at which the case in question has stopped with an incident.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.bpmn.catching import Catching, find_catching
from engine.bpmn.model import AWAITED, COMPOUND, Element, Kind, Outline, Trigger
from engine.bpmn.ways import Ending, are_all_tried, elements_before, ending_of, happens, ways_out

#: Ways of standing that are looked at before the question is left open.
MOST_MARKINGS = 10_000
#: Tokens on one place, and tokens that move at once, beyond which nothing is looked at: reminders come again and again.
_MOST_ALIKE, _MOST_MOVING = 2, 50
#: Set before a flow along which a token has come to a join that waits for others.
ALONG = ">"
_JOINS = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})

#: Places, each as often as tokens stand there, in order.
Marking = tuple[str, ...]


def marking_of(places: Iterable[str]) -> Marking:
    """Return places as one value."""
    return tuple(sorted(places))


@dataclass
class Standing:
    """The markings of one container, found one after the other as far as they are asked for.

    :param pauses: automatic elements at which a token may have stopped.
    """

    outline: Outline
    container: str
    pauses: frozenset[str]
    _catching: Catching = field(init=False)
    _found: set[Marking] = field(default_factory=set)
    _waiting: list[Marking] = field(default_factory=list)
    _before: dict[tuple[str, str, bool], frozenset[str]] = field(default_factory=dict)
    _is_whole: bool = True

    def __post_init__(self) -> None:
        """Begin with the ways in which the container begins."""
        self._catching = find_catching(self.outline)
        starts = [start.id for start in self.outline.starts(self.container) if start.trigger is not None]
        for start in (None, *starts):
            first = self.outline.first_of(self.container, start)
            self._note(self._settle([("at", name) for name in first], Counter()))

    def holds(self, marking: Marking) -> bool | None:
        """Say whether tokens can stand so; None if there are too many ways to tell."""
        if _is_crowded(marking):
            return None
        while marking not in self._found:
            if not self._waiting or len(self._found) > MOST_MARKINGS:
                return None if self._waiting or not self._is_whole else False
            self._note(self._after(self._waiting.pop()))
        return True

    def _note(self, markings: Iterable[Marking]) -> None:
        for marking in markings:
            if marking not in self._found and not _is_crowded(marking):
                self._found.add(marking)
                self._waiting.append(marking)

    def _after(self, marking: Marking) -> Iterator[Marking]:
        """Yield how the tokens can stand after the next thing that happens."""
        for place in dict.fromkeys(marking):
            if not place.startswith(ALONG):
                yield from self._moves(Counter(marking), self.outline.elements[place])
        for element, start in self.outline.event_sub_processes(self.container):
            if marking and start.trigger is not Trigger.COMPENSATION:
                rest = Counter[str]() if start.is_interrupting else Counter(marking)
                yield from self._settle([("at", element.id)], rest)

    def _moves(self, tokens: Counter[str], element: Element) -> Iterator[Marking]:
        others = tokens - Counter([element.id])
        leaving = self.outline.next_of(element) if element.kind is Kind.EVENT_GATEWAY else (element,)
        for one in leaving:
            yield from self._settle([("from", one.id)], others)
        for event in self._edges(element):
            yield from self._settle([("at", event.id)], others if event.is_interrupting else tokens)

    def _edges(self, element: Element) -> list[Element]:
        events = self.outline.boundaries.get(element.id, ())
        return [event for event in events if happens(event, self._catching)]

    def _settle(self, moving: list[tuple[str, str]], resting: Counter[str]) -> Iterator[Marking]:
        """Let tokens run until all of them rest; yield every way in which they can come to it.

        :param moving: tokens that come `at` an element, leave `from` one, or come `along` a flow.
        """
        seen, waiting = set[tuple[Marking, Marking]](), [(tuple(moving), resting)]
        while waiting:
            moves, rest = waiting.pop()
            state = (tuple(sorted("".join(move) for move in moves)), marking_of(rest.elements()))
            if state in seen or len(moves) > _MOST_MOVING:  # a circle on which nobody is waited for
                continue
            seen.add(state)
            if moves:
                waiting += self._step(*moves[-1], moves[:-1], rest)
            elif (join := self._complete_join(rest)) is not None:
                waiting.append(((("from", join),), rest - Counter(self._arrived(rest, join))))
            else:
                yield state[1]

    def _step(
        self, how: str, name: str, moves: tuple[tuple[str, str], ...], rest: Counter[str]
    ) -> Iterator[tuple[tuple[tuple[str, str], ...], Counter[str]]]:
        """Yield what can come of one token that moves, as what moves then and what rests."""
        if how == "along":
            yield self._come_along(name, moves, rest)
            return
        element = self.outline.elements[name]
        if how == "at" and (rests(element) or name in self.pauses):
            yield moves, rest + Counter([name])
        if how == "from" or not rests(element):
            yield from self._leave(element, moves, rest)
        if how == "at" and element.kind is Kind.SERVICE_TASK:
            yield from (((*moves, ("at", event.id)), rest) for event in self._edges(element))

    def _come_along(
        self, name: str, moves: tuple[tuple[str, str], ...], rest: Counter[str]
    ) -> tuple[tuple[tuple[str, str], ...], Counter[str]]:
        element = self.outline.elements[self.outline.flows[name].target]
        if element.kind not in _JOINS or len(element.incoming) < 2:
            return (*moves, ("at", element.id)), rest
        rest = rest + Counter([ALONG + name])
        arrived = self._arrived(rest, element.id)
        if len(arrived) < len(element.incoming):
            return moves, rest
        return (*moves, ("at", element.id)), rest - Counter(arrived)

    def _leave(
        self, element: Element, moves: tuple[tuple[str, str], ...], rest: Counter[str]
    ) -> Iterator[tuple[tuple[tuple[str, str], ...], Counter[str]]]:
        if element.kind is Kind.END and ending_of(element) is not Ending.NONE:
            yield (), Counter()
            return
        self._is_whole = self._is_whole and are_all_tried(self.outline, element)
        for flows in ways_out(self.outline, element):
            yield (*moves, *(("along", flow) for flow in flows)), rest

    def _arrived(self, rest: Counter[str], join: str) -> list[str]:
        """Return one token of every flow along which any has come to a join."""
        return [ALONG + flow for flow in self.outline.elements[join].incoming if rest[ALONG + flow]]

    def _complete_join(self, rest: Counter[str]) -> str | None:
        """Return an inclusive join to which nothing more can come, as `engine.bpmn.joins` finds it."""
        targets = [self.outline.flows[place[1:]].target for place in rest if place.startswith(ALONG)]
        standing = {place for place in rest if not place.startswith(ALONG)} | set(targets)
        for name in dict.fromkeys(targets):
            element = self.outline.elements[name]
            if element.kind is Kind.INCLUSIVE_GATEWAY and self._is_complete(element, rest, standing - {name}):
                return name
        return None

    def _is_complete(self, join: Element, rest: Counter[str], places: set[str]) -> bool:
        filled = [self._upstream(join, flow, along_flows=True) for flow in join.incoming if rest[ALONG + flow]]
        empty = [self._upstream(join, flow) for flow in join.incoming if not rest[ALONG + flow]]
        coming = {place for place in places if any(place in names for names in empty)}
        return all(any(place in names for names in filled) for place in coming)

    def _upstream(self, join: Element, flow: str, *, along_flows: bool = False) -> frozenset[str]:
        key = (join.id, flow, along_flows)
        if key not in self._before:
            self._before[key] = elements_before(self.outline, join.id, flow, along_flows=along_flows)
        return self._before[key]


def _is_crowded(marking: Marking) -> bool:
    return max(Counter(marking).values(), default=0) > _MOST_ALIKE


def rests(element: Element) -> bool:
    """Say whether a token that comes to an element waits there for somebody or something."""
    is_event = element.waits and element.kind is not Kind.BOUNDARY and element.trigger in AWAITED
    is_activity = element.is_human or element.kind in COMPOUND or element.loop is not None
    return is_event or is_activity or element.kind is Kind.EVENT_GATEWAY
