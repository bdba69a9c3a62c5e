"""What can go wrong however the conditions turn out: steps that wait for ever, are never reached, or never end.

Every process and sub-process is looked at by itself, those inside first. A way that begins at an event which interrupts
nothing and meets no other way is looked at by itself as well: it runs beside the rest, as often as the event happens.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.catching import Catching, find_catching
from engine.bpmn.markings import BROKEN, ENDED, MOST_MARKINGS, Graph, explore
from engine.bpmn.model import AWAITED, COMPOUND, Element, Kind, LoopKind, Outline
from engine.bpmn.net import Inside, Net
from engine.bpmn.pausing import find_pauses
from engine.bpmn.read import problem
from engine.bpmn.speaking import elements_said
from engine.bpmn.ways import MOST_CONDITIONS, happens
from engine.errors import Problem

_LEAST = 100  # markings that every container may have, however many others had


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was found: problems, how each container can end, and the elements at which a token surely waits."""

    problems: list[Problem]
    insides: Mapping[str, Inside]
    pauses: frozenset[str]


def look_through(outline: Outline) -> Soundness:
    """Return what would wait for ever, pile up, go round for ever or never be reached.

    The structure of the outline has no problems.
    """
    check = _Check(outline, find_catching(outline), find_pauses(outline))
    for container in outline.inside:
        check.look_inside(container)
    return Soundness(check.problems, check.insides, check.pauses)


@dataclass
class _Check:
    """The containers that have been looked at, and what was found."""

    outline: Outline
    catching: Catching
    pauses: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    insides: dict[str, Inside] = field(default_factory=dict)
    left: int = MOST_MARKINGS  # for all of a diagram, or one of many large containers would take minutes

    def look_inside(self, container: str) -> Inside:
        """Return how a container can end, noting its problems once."""
        if container not in self.insides:
            self.insides[container] = Inside()  # what calls itself is refused elsewhere
            self.insides[container] = self._look(container)
        return self.insides[container]

    def _look(self, container: str) -> Inside:
        elements = self.outline.inside.get(container, ())
        compound = (element for element in elements if element.kind in COMPOUND)
        inside = {element.id: self.look_inside(self.outline.content(element)) for element in compound}
        said = len(self.problems)
        self.problems += [_no_limit(element.id) for element in elements if _spins(element, inside)]
        first, *others = self._beginnings(container)
        if not first:
            return Inside(at_once=True)
        main = self._explore(container, inside, first)
        for other in others:
            main.passed |= self._explore(container, inside, other).passed
        while sides := self._next_sides(elements, main.passed):
            for event in sides:
                side = self._explore(container, inside, [event])
                main.passed |= side.passed
        self._say_unreached(container, elements, main)
        is_decided = main.is_whole and len(self.problems) == said
        quick = main.finals(at_once=True)
        return Inside(not is_decided or ENDED in main.finals(), ENDED in quick, BROKEN in quick)

    def _beginnings(self, container: str) -> list[list[Element]]:
        """Return what a container can begin with: all that is not triggered at once, or one start that is."""
        plain = [self.outline.elements[name] for name in self.outline.first_of(container)]
        triggered = [[start] for start in self.outline.starts(container) if start.trigger is not None]
        return [plain, *triggered] if plain or not triggered else triggered

    def _next_sides(self, elements: Iterable[Element], passed: set[str]) -> list[Element]:
        """Return the events that interrupt nothing at activities that are reached, and are not looked at yet."""
        events = _beside(self.outline, elements, self.catching)
        return [event for event in events if event.attached_to in passed and event.id not in passed]

    def _explore(self, container: str, inside: dict[str, Inside], first: list[Element]) -> Graph:
        """Explore what begins at the start of a container, or at one event at an activity."""
        reached = _reached(self.outline, first)
        beside = [
            event.id
            for event in _beside(self.outline, (self.outline.elements[name] for name in reached), self.catching)
            if event not in first and _meets(self.outline, reached, event)
        ]
        net = Net(self.outline, self.catching, inside, self.pauses, beside)
        begins = net.ways_of(first[0]) if first[0].kind is Kind.BOUNDARY else [net.enter(first)]
        net.finish()
        graph = explore(net, begins, max(self.left, _LEAST))
        graph.is_whole = graph.is_whole and net.is_whole
        self.left -= len(graph.edges)
        found = [*self._stuck(net, graph), *self._others(graph)]
        if not graph.is_whole:
            found.append(_not_decided(container))
        elif not found and not self._is_interrupted(container):
            found += [_never_ends(name) for name in self._steps(graph.trapped())[:1]]
        known = {(item.element, item.code) for item in self.problems}
        self.problems += [item for item in found if (item.element, item.code) not in known]
        return graph

    def _stuck(self, net: Net, graph: Graph) -> Iterator[Problem]:
        """Say which joins wait for what cannot come."""
        missing: dict[str, set[str]] = {}
        for marking in graph.dead:
            for join in net.joins.values():
                if marking & join.all_arrivals:
                    flows = (flow for flow, bit in join.arrivals.items() if not marking & bit)
                    missing.setdefault(join.element.id, set()).update(self.outline.flows[flow].source for flow in flows)
        for name, sources in sorted(missing.items()):
            said = elements_said(self.outline, sources)
            yield _deadlock(name, said, is_sure=graph.is_whole and name not in graph.joined)

    def _others(self, graph: Graph) -> Iterator[Problem]:
        after = {name: _reached(self.outline, [self.outline.elements[name]]) for name in graph.piled}
        for name in sorted(graph.piled):
            if not any(name in after[other] and other not in after[name] for other in graph.piled):
                yield _piled(name)
        for name in self._steps(graph.endless())[:1]:
            yield _endless(name)

    def _steps(self, names: Iterable[str]) -> list[str]:
        """Return what can be mended of a circle: an end beside it cannot."""
        return sorted({name for name in names if self.outline.elements[name].kind is not Kind.END})

    def _is_interrupted(self, container: str) -> bool:
        """Say whether an event sub-process can end everything from outside."""
        starts = (start for _, start in self.outline.event_sub_processes(container))
        return any(start.is_interrupting and start.trigger in AWAITED for start in starts)

    def _say_unreached(self, container: str, elements: Iterable[Element], graph: Graph) -> None:
        """Say what is never reached, unless that follows from what has been said."""
        names = {element.id for element in elements}
        if not graph.is_whole or any(item.element in names | {container} for item in self.problems):
            return
        apart = (Kind.EVENT_SUB_PROCESS, Kind.START, Kind.BOUNDARY)
        for element in elements:
            if element.id not in graph.passed and element.kind not in apart and not element.is_handler:
                self.problems.append(_never_reached(element.id))


def _spins(element: Element, inside: Mapping[str, Inside]) -> bool:
    """Say whether a loop may go round for ever without waiting: nobody is asked in it, and nothing limits it."""
    if element.loop is None or element.loop.kind is not LoopKind.STANDARD or element.loop.cardinality:
        return False
    return inside[element.id].at_once if element.id in inside else not (element.is_human or element.waits)


def _beside(outline: Outline, elements: Iterable[Element], catching: Catching) -> list[Element]:
    """Return the events at activities that interrupt nothing."""
    events = (event for element in elements for event in outline.boundaries.get(element.id, ()))
    return [event for event in events if not event.is_interrupting and happens(event, catching)]


def _reached(outline: Outline, first: Iterable[Element]) -> set[str]:
    """Return the elements to which flows and interrupting events lead."""
    waiting, found = list(first), set[str]()
    while waiting:
        element = waiting.pop()
        if element.id not in found:
            found.add(element.id)
            waiting += outline.next_of(element)
            waiting += [event for event in outline.boundaries.get(element.id, ()) if event.is_interrupting]
    return found


def _meets(outline: Outline, reached: set[str], event: Element) -> bool:
    """Say whether the way from an event comes to an element that others reach as well; ends do not count."""
    shared = _reached(outline, [event]) & reached
    return any(outline.elements[name].kind is not Kind.END for name in shared)


def _deadlock(name: str, sources: tuple[str, str], *, is_sure: bool) -> Problem:
    id_text, en_text = sources
    if is_sure:
        return problem(
            name,
            "join_never_completes",
            f"gerbang ini menunggu cabang dari {id_text}, yang tidak pernah datang bersama yang lain; "
            "gabungkan dengan gerbang yang sejenis dengan pemecahnya.",
            f"this gateway waits for the branch from {en_text}, which never comes together with the others; "
            "join with a gateway of the kind that split.",
        )
    return problem(
        name,
        "deadlock",
        f"gerbang ini dapat menunggu selamanya: bila cabang dari {id_text} tidak datang, tidak ada yang dapat "
        "melanjutkannya; gabungkan dengan gerbang yang sejenis dengan pemecahnya.",
        f"this gateway can wait for ever: if no branch comes from {en_text}, nothing can take it further; "
        "join with a gateway of the kind that split.",
    )


def _piled(name: str) -> Problem:
    return problem(
        name,
        "missing_join",
        "dua cabang dapat sampai di sini sekaligus, sehingga langkah ini dan sesudahnya berjalan dua kali; "
        "gabungkan cabang paralel dengan gerbang paralel atau inklusif lebih dahulu.",
        "two branches can be here at once, so this step and what follows would run twice; "
        "join the parallel branches with a parallel or inclusive gateway first.",
    )


def _endless(name: str) -> Problem:
    return problem(
        name,
        "endless_loop",
        "langkah ini berputar tanpa pasti menunggu siapa pun; tambahkan tugas atau penanda waktu di lingkarannya "
        "(tanggal tetap, waktu nol, syarat yang tetap benar, dan daftar kosong tidak membuat menunggu).",
        "this step is on a loop that does not surely wait; put a task or a timer on the loop (a fixed date, no time at "
        "all, a condition that stays true and an empty list make nobody wait).",
    )


def _no_limit(name: str) -> Problem:
    return problem(
        name,
        "endless_loop",
        "perulangan ini tidak pernah menunggu siapa pun dan tidak dibatasi; tentukan jumlah terbanyak (loopMaximum).",
        "this loop never waits for anybody and nothing limits it; set the most rounds (loopMaximum).",
    )


def _never_ends(name: str) -> Problem:
    return problem(
        name,
        "never_ends",
        "dari sini tidak ada jalan menuju akhir; buat jalan keluar dari lingkaran ini.",
        "from here no way leads to an end; make a way out of this loop.",
    )


def _never_reached(name: str) -> Problem:
    return problem(
        name,
        "never_reached",
        "unsur ini tersambung, tetapi tidak pernah tercapai bagaimanapun syaratnya; perbaiki alur di depannya.",
        "this element is connected, but never reached however the conditions turn out; mend the way to it.",
    )


def _not_decided(container: str) -> Problem:
    return problem(
        container,
        "not_decided",
        f"terlalu banyak kemungkinan (lebih dari {MOST_MARKINGS}, atau lebih dari {MOST_CONDITIONS} syarat di satu "
        "percabangan) untuk memastikan tidak ada yang buntu; "
        "bagi menjadi beberapa subproses agar dapat diperiksa.",
        f"too many possibilities (more than {MOST_MARKINGS}, or more than {MOST_CONDITIONS} conditions at one split) "
        "to make sure that nothing gets stuck; "
        "split it into sub-processes so that it can be checked.",
        "warning",
    )
