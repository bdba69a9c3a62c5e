"""Walks through everything that can happen in a net, marking by marking, up to a bound."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from engine.bpmn.model import Kind
from engine.bpmn.net import Join, Move, Net
from engine.bpmn.ways import Ending

MOST_MARKINGS = 50_000
ENDED = 0
BROKEN = -1
_FINAL = frozenset({ENDED, BROKEN})

Edge = tuple[int, Move]


@dataclass
class Graph:
    """What was found.

    :param edges: by marking, where each move leads.
    :param joined: the gateways that have had all they wait for.
    :param piled: elements to which a second token can come while the first is there.
    :param is_whole: everything was looked at.
    :param may_circle: a token can come back to where it was without waiting, if others let it.
    """

    first: list[int] = field(default_factory=list)
    edges: dict[int, list[Edge]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    piled: set[str] = field(default_factory=set)
    is_whole: bool = True
    may_circle: bool = True

    @property
    def dead(self) -> list[int]:
        """The markings from which nothing moves although tokens stand there."""
        return [marking for marking, edges in self.edges.items() if not edges and marking not in _FINAL]

    def finals(self, *, at_once: bool = False) -> set[int]:
        """Return which ends can be reached, without waiting for anybody if asked so."""
        if not at_once:
            return {final for final in _FINAL if final in self.edges}
        found, waiting = set[int](), list(self.first)
        while waiting:
            marking = waiting.pop()
            if marking not in found:
                found.add(marking)
                waiting += [target for target, move in self.edges.get(marking, ()) if not move.waits]
        return found & _FINAL

    def hopeless(self) -> set[int]:
        """Return the markings from which no end can be reached."""
        back: dict[int, list[int]] = {}
        for marking, edges in self.edges.items():
            for target, _ in edges:
                back.setdefault(target, []).append(marking)
        return self.edges.keys() - _spread(_FINAL, lambda marking: back.get(marking, ()))

    def endless(self) -> list[str]:
        """Return the elements of one circle on which nobody is waited for; empty without one."""
        return self._circle(self._circling(), at_once=True)

    def trapped(self) -> list[str]:
        """Return the elements of one circle from which no end can be reached; empty without one."""
        return self._circle(self.hopeless(), at_once=False)

    def _circle(self, markings: set[int], *, at_once: bool) -> list[str]:
        """Go on inside some markings until one comes again; return what is passed between."""
        trail: dict[int, tuple[str, ...]] = {}
        marking = min(markings, default=None)
        while marking is not None and marking not in trail:
            edges = [edge for edge in self.edges[marking] if edge[0] in markings and not (at_once and edge[1].waits)]
            trail[marking], marking = (edges[0][1].passes, edges[0][0]) if edges else ((), None)
        steps = list(trail)
        circle = steps[steps.index(marking) :] if marking is not None else []
        return [name for step in circle for name in trail[step]]

    def _circling(self) -> set[int]:
        """Return the markings from which one can go on for ever without waiting."""
        if not self.may_circle:
            return set()
        counts: dict[int, int] = {}
        back: dict[int, list[int]] = {}
        for marking, edges in self.edges.items():
            targets = [target for target, move in edges if not move.waits]
            counts[marking] = len(targets)
            for target in targets:
                back.setdefault(target, []).append(marking)
        dry = [marking for marking in {*counts, *back} if not counts.get(marking)]
        left = set(counts)
        while dry:
            marking = dry.pop()
            left.discard(marking)
            for before in back.get(marking, ()):
                counts[before] -= 1
                if not counts[before]:
                    dry.append(before)
        return left


def explore(net: Net, begins: Iterable[Move], most: int = MOST_MARKINGS) -> Graph:
    """Return everything that can happen, given the ways in which it can begin; or as much as `most` markings."""
    graph = Graph(may_circle=net.may_circle())
    walk = _Walk(net, graph)
    for move in begins:
        graph.first += [target for target, _ in walk.edge(ENDED, move)]
    waiting = list(graph.first)
    while waiting:
        marking = waiting.pop()
        if marking in graph.edges:
            continue
        if len(graph.edges) >= most:
            graph.is_whole = False
            break
        graph.edges[marking] = [] if marking in _FINAL else walk.edges(marking)
        waiting += [target for target, _ in graph.edges[marking]]
    graph.passed.update(name for bit in net.moves if bit & walk.seen for move in net.moves[bit] for name in move.passes)
    return graph


@dataclass
class _Walk:
    """Moves tokens in a net, noting what happens on the way."""

    net: Net
    graph: Graph
    seen: int = 0

    def edges(self, marking: int) -> list[Edge]:
        """Return where each move from a marking leads."""
        self.seen |= marking
        found: list[Edge] = []
        rest = marking & self.net.mobile
        while rest:
            bit = rest & -rest
            rest ^= bit
            join = self.net.joins.get(bit)
            if join is not None:
                found += self._complete(marking, bit, join)
                continue
            for move, kept, fills, free, joins in self.net.shortcuts[bit]:
                after = marking & kept
                if after & free:
                    found += self.edge(marking, move)
                    continue
                after |= fills
                if any(after & arrivals == arrivals for arrivals in joins):
                    found += self.edge(marking, move)
                else:
                    found.append((after, move))
        return found

    def edge(self, marking: int, move: Move) -> Iterator[Edge]:
        """Yield where a move leads, if it leads to anything that is looked at."""
        self.graph.passed.update(move.passes)
        if move.ending is not Ending.NONE:
            yield BROKEN if move.ending is Ending.BREAKS else ENDED, move
            return
        after = self._fill(marking & ~move.takes, move.gives)
        if after is not None:
            yield after, move

    def _complete(self, marking: int, bit: int, join: Join) -> Iterator[Edge]:
        taken = marking & join.all_arrivals
        is_first = bit == taken & -taken
        if is_first and join.is_complete(marking):
            self.graph.joined.add(join.element.id)
            yield from self.edge(marking, Move((), taken, (join.place,)))

    def _fill(self, marking: int, places: Iterable[int]) -> int | None:
        """Put a token on each place; None if one stands there already."""
        for place in places:
            join = self.net.joins.get(place)
            if self._is_piled(marking, place):
                return None
            marking |= self.net.listeners.get(place, place)
            if join is not None and marking & join.all_arrivals == join.all_arrivals:
                self.graph.joined.add(join.element.id)
                if self._is_piled(marking, join.place):
                    return None
                marking = marking & ~join.all_arrivals | self.net.listeners[join.place]
        return marking

    def _is_piled(self, marking: int, place: int) -> bool:
        """Say whether a token stands there already; an end may be reached twice."""
        owner = self.net.outline.elements[self.net.owners[place]]
        is_piled = bool(marking & place) and owner.kind is not Kind.END
        if is_piled:
            self.graph.piled.add(owner.id)
        return is_piled


def _spread(first: Iterable[int], next_of: Callable[[int], Iterable[int]]) -> set[int]:
    """Return what can be reached."""
    found, waiting = set[int](), list(first)
    while waiting:
        marking = waiting.pop()
        if marking not in found:
            found.add(marking)
            waiting += next_of(marking)
    return found
