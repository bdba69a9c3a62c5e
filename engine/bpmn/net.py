"""What the tokens of one process or sub-process can do: places as bits of a number, and moves between them.

Conditions are free: a choice can go either way. A step that needs nobody and has one way in and one way out is no place
of its own, for its token moves on at once.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from engine.bpmn.catching import Catching
from engine.bpmn.model import AWAITED, COMPOUND, Element, Kind, Outline, Trigger
from engine.bpmn.pausing import may_skip
from engine.bpmn.ways import Ending, are_all_tried, elements_before, ending_of, goes_on, happens, ways_out

_JOINS = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})


@dataclass(frozen=True, slots=True)
class Inside:
    """How a compound activity can end: at all, and without waiting for anybody."""

    completes: bool = True
    at_once: bool = False
    breaks_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What one token can do.

    :param passes: the elements that it reaches on the way.
    :param takes: the places that it empties.
    :param gives: the places that it fills, one after another.
    """

    passes: tuple[str, ...]
    takes: int
    gives: tuple[int, ...] = ()
    waits: bool = False
    ending: Ending = Ending.NONE


#: A move, the places that it leaves, those that it fills, those of them that must be empty, and what completes a join.
Shortcut = tuple[Move, int, int, int, tuple[int, ...]]


@dataclass
class Join:
    """A gateway that waits for several flows.

    :param place: the bit of the gateway itself, once it has them.
    :param arrivals: the bit of each incoming flow.
    :param before: by the bit of a flow, the places from which a token can come along it.
    :param along_flows: the same without those from which it could come only by an event at their edge.
    """

    element: Element
    place: int
    arrivals: dict[str, int]
    before: dict[int, int] = field(default_factory=dict)
    along_flows: dict[int, int] = field(default_factory=dict)
    all_arrivals: int = 0

    def __post_init__(self) -> None:
        """Put the places of all incoming flows together."""
        self.all_arrivals = sum(self.arrivals.values())

    def is_complete(self, marking: int) -> bool:
        """Say whether nothing more can come to an inclusive gateway that has some of its tokens."""
        empty, filled = 0, 0
        for bit, places in self.before.items():
            if marking & bit:
                filled |= self.along_flows[bit]
            else:
                empty |= places
        return not marking & ~(self.place | self.all_arrivals) & empty & ~filled


class Net:
    """The places and moves of a container, as far as they are reached from some elements of it."""

    def __init__(
        self,
        outline: Outline,
        catching: Catching,
        insides: dict[str, Inside],
        pauses: frozenset[str],
        beside: Iterable[str] = (),
    ) -> None:
        """Begin with nothing; `place` adds what is asked for.

        :param insides: by compound activity of the container, how it ends.
        :param pauses: the elements at which a token surely waits.
        :param beside: events that interrupt nothing and whose ways meet the others.
        """
        self.outline, self._catching, self._insides, self._beside = outline, catching, insides, frozenset(beside)
        self._pauses = pauses
        self.is_whole = True
        self._bits: dict[tuple[str, str], int] = {}
        self.moves: dict[int, list[Move]] = {}
        self.joins: dict[int, Join] = {}
        self.owners: dict[int, str] = {}
        self.listeners: dict[int, int] = {}
        self.shortcuts: dict[int, list[Shortcut]] = {}
        self.mobile = 0
        self._open: list[tuple[Element, int, list[Element]]] = []
        # A gateway of many conditions asks the same of each flow for every choice that takes it.
        self._leading: dict[str, bool] = {}
        self._landed: dict[tuple[str, bool], tuple[int, list[str]]] = {}

    def enter(self, elements: Iterable[Element]) -> Move:
        """Return the move with which a container begins at these elements, all at once."""
        first = tuple(elements)
        move = Move(tuple(element.id for element in first), 0, tuple(self._place(element) for element in first))
        self._go_on()
        return move

    def ways_of(self, element: Element) -> list[Move]:
        """Return the moves of a token that leaves an element, whatever takes it there."""
        moves = list(self._leave(element, (element.id,), 0, waits=True))
        self._go_on()
        return moves

    def finish(self) -> None:
        """Fill in, once all places are known, what comes before each flow of an inclusive join and what can move."""
        for join in {id(join): join for join in self.joins.values()}.values():
            for flow, bit in join.arrivals.items():
                join.before[bit] = self._places_of(elements_before(self.outline, join.element.id, flow))
                names = elements_before(self.outline, join.element.id, flow, along_flows=True)
                join.along_flows[bit] = self._places_of(names)
        waiting = (bit for bit, join in self.joins.items() if join.element.kind is Kind.INCLUSIVE_GATEWAY)
        self.mobile = sum(self.moves) | sum(waiting)
        self.shortcuts = {bit: [self._shortcut(move) for move in moves] for bit, moves in self.moves.items()}

    def _places_of(self, names: Container[str]) -> int:
        return sum(place for place, owner in self.owners.items() if owner in names)

    def may_circle(self) -> bool:
        """Say whether one token alone could come back to its place without waiting for anybody."""
        after = {
            bit: {place for move in moves if not move.waits for place in move.gives}
            for bit, moves in self.moves.items()
        }
        after.update({bit: {join.place} for bit, join in self.joins.items()})
        while dry := {bit for bit, places in after.items() if not places & after.keys()}:
            after = {bit: places for bit, places in after.items() if bit not in dry}
        return bool(after)

    def _shortcut(self, move: Move) -> Shortcut:
        """Return a move as numbers alone; one that does more than fill empty places has all bits as `free`."""
        if move.ending is not Ending.NONE or len(set(move.gives)) < len(move.gives):
            return move, -1, 0, -1, ()
        fills, joins = 0, [self.joins[place].all_arrivals for place in move.gives if place in self.joins]
        for place in move.gives:
            fills |= self.listeners.get(place, place)
        return move, ~move.takes, fills, sum(move.gives), tuple(joins)

    def _bit(self, *name: str) -> tuple[int, bool]:
        key = (name[0], name[1])
        is_new = key not in self._bits
        return self._bits.setdefault(key, 1 << len(self._bits)), is_new

    def _place(self, element: Element) -> int:
        bit, is_new = self._bit("at", element.id)
        if is_new:
            self.owners[bit] = element.id
            events = [event for event in self.outline.boundaries.get(element.id, ()) if event.id in self._beside]
            taken = bit
            for event in events:
                listener, _ = self._bit("listens", event.id)
                taken |= listener
            self.listeners[bit] = taken
            self.moves[bit] = []
            self._open.append((element, bit, events))
        return bit

    def _go_on(self) -> None:
        """Find the moves from all new places; one after another, for a chain may be longer than Python's stack."""
        while self._open:
            element, bit, events = self._open.pop()
            self.moves[bit] += self._moves(element, self.listeners[bit])
            for event in events:
                listener, _ = self._bit("listens", event.id)
                self.moves[listener] = [*self._leave(event, (event.id,), listener, waits=True)]

    def _moves(self, element: Element, taken: int) -> Iterator[Move]:
        inside = self._insides.get(element.id, Inside())
        waits = self._waits(element.id) or (element.kind in COMPOUND and not inside.at_once and not may_skip(element))
        if element.kind is Kind.EVENT_GATEWAY:
            for event in self.outline.next_of(element):
                yield from self._leave(event, (event.id,), taken, waits=self._waits(event.id))
            return
        if inside.completes and goes_on(element, self._catching):
            yield from self._leave(element, (), taken, waits=waits)
        if element.id in self._catching.replaced:
            yield Move((), taken, waits=waits, ending=Ending.EMPTIES)
        if element.id in self._catching.breaking:
            yield Move((), taken, waits=element.kind in COMPOUND and not inside.breaks_at_once, ending=Ending.BREAKS)
        for event in self.outline.boundaries.get(element.id, ()):
            if event.is_interrupting and happens(event, self._catching):
                at_once = element.kind is Kind.SERVICE_TASK or inside.breaks_at_once
                is_slow = self._waits(event.id) if event.trigger in AWAITED else not at_once
                yield from self._leave(event, (event.id,), taken, waits=is_slow)

    def _leave(self, element: Element, passes: tuple[str, ...], taken: int, *, waits: bool) -> Iterator[Move]:
        if element.kind is Kind.END:
            yield Move(passes, taken, waits=waits, ending=ending_of(element))
            return
        merges = waits and self._merges(element)
        self.is_whole = self.is_whole and are_all_tried(self.outline, element, most_alike=True)
        for flows in ways_out(self.outline, element, most_alike=True):
            passed, gives, is_slow = list(passes), [], waits
            for flow in flows:
                may_skip = (merges and len(flows) == 1) or self._does_lead_to_join(flow)
                place, more = self._landing(flow, may_skip=may_skip)
                passed += more
                gives += [place] if place else []
                is_slow = is_slow or (may_skip and any(self._waits(name) for name in more))
            yield Move(tuple(passed), taken, tuple(gives), is_slow)

    def _merges(self, element: Element) -> bool:
        """Say whether what waits behind an element may share its place, as if the token had not left it.

        An inclusive join looks at where tokens stand: where there is one, only what has no other way out.
        """
        beside = self.outline.inside[element.container]
        if not any(other.kind is Kind.INCLUSIVE_GATEWAY and len(other.incoming) > 1 for other in beside):
            return True
        sources = (self.outline.elements[self.outline.flows[flow].source] for flow in element.incoming)
        is_one_of_several = element.kind is Kind.BOUNDARY or any(one.kind is Kind.EVENT_GATEWAY for one in sources)
        return not is_one_of_several and len(element.outgoing) == 1 and element.id not in self.outline.boundaries

    def _does_lead_to_join(self, flow: str) -> bool:
        if flow not in self._leading:
            self._leading[flow] = self._leads_to_join(flow)
        return self._leading[flow]

    def _landing(self, flow: str, *, may_skip: bool) -> tuple[int, list[str]]:
        key = (flow, may_skip)
        if key not in self._landed:
            self._landed[key] = self._land(flow, may_skip=may_skip)
        return self._landed[key]

    def _leads_to_join(self, name: str) -> bool:
        """Say whether nothing but steps with one way in and out lies before a join: it waits for all of them anyway."""
        seen = set[str]()
        while True:
            element = self.outline.elements[self.outline.flows[name].target]
            if _is_join(element) or element.id in seen or not self._is_passage(element, may_skip=True):
                return _is_join(element)
            seen.add(element.id)
            name = element.outgoing[0]

    def _waits(self, name: str) -> bool:
        return name in self._pauses

    def _land(self, name: str, *, may_skip: bool) -> tuple[int, list[str]]:
        """Return the place to which a flow leads, 0 for none, and what is passed on the way.

        :param may_skip: what waits on the way is no place of its own: the move waits itself and is one of one token, or
            a second token would be seen at the join to which the flow leads.
        """
        passed: list[str] = []
        while True:
            flow = self.outline.flows[name]
            element = self.outline.elements[flow.target]
            passed.append(element.id)
            if _is_join(element):
                return self._arrive(element, name), passed
            last = self._last(element)
            if last:
                ending = self.outline.elements[last[-1]]
                return self._place(ending) if ending_of(ending) is not Ending.NONE else 0, passed + last[1:]
            if not self._is_passage(element, may_skip=may_skip) or element.id in passed[:-1]:
                return self._place(element), passed
            name = element.outgoing[0]

    def _last(self, element: Element) -> list[str]:
        """Return what is passed from here to an end if nothing runs twice however many tokens come, else nothing.

        That is so at a plain end, and at one that takes the other tokens away before they are there.
        """
        passed = [element.id]
        while element.kind is Kind.EXCLUSIVE_GATEWAY and len(element.outgoing) == 1:
            element = next(self.outline.next_of(element))
            if element.id in passed:
                return []
            passed.append(element.id)
        return passed if element.kind is Kind.END and element.trigger is not Trigger.ESCALATION else []

    def _is_passage(self, element: Element, *, may_skip: bool) -> bool:
        if len(element.incoming) != 1 or len(element.outgoing) != 1 or element.id in self.outline.boundaries:
            return False
        if element.kind in COMPOUND or element.kind is Kind.EVENT_GATEWAY or not goes_on(element, self._catching):
            return False
        if element.id in self._catching.replaced | self._catching.breaking:
            return False
        return (may_skip or not self._waits(element.id)) and list(ways_out(self.outline, element)) == [
            (element.outgoing[0],)
        ]

    def _arrive(self, element: Element, flow: str) -> int:
        place = self._place(element)
        bits = {name: self._bit("along", name)[0] for name in element.incoming}
        if bits[flow] not in self.joins:
            join = Join(element, place, bits)
            self.joins.update(dict.fromkeys(bits.values(), join))
            self.owners.update(dict.fromkeys(bits.values(), element.id))
        return bits[flow]


def _is_join(element: Element) -> bool:
    return element.kind in _JOINS and len(element.incoming) > 1
