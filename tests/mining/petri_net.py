"""Writes a diagram as a Petri net (PNML) that says at least what Alur does: every case of Alur can be replayed on it.

What a Petri net cannot say is left open: it may do more than the diagram, never less.

- What is inside a sub-process, and each of several instances, may go on when the net has gone on behind it; in the
  end nothing may be left. A net cannot ask whether a place is empty.
- An event that takes a sub-process away, or the end of everything, lets what is inside vanish later. A net cannot empty
  places at once.
- Conditions, numbers of instances, times, messages and the data of a case are not in it: each choice is free.
- Which ways meet at an inclusive gateway is free: any of them that are there.
- What undoes something may happen as often as anybody likes while what is around it goes on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from lxml import etree

from engine.bpmn.model import ACTIVITIES, COMPOUND, Element, Kind, Outline, Trigger

SOURCE, SINK = "source", "sink"
#: Above so many ways out any of them may be gone along one by one, rather than every set of them at once.
MOST_SETS = 6
_INVISIBLE = {"tool": "ProM", "version": "6.4", "activity": "$invisible$"}


Transition = tuple[str | None, tuple[str, ...], tuple[str, ...]]


@dataclass
class PetriNet:
    """Places, and transitions with what they take and give; those without a label are not in any log."""

    transitions: list[Transition] = field(default_factory=list[Transition])

    def add(self, label: str | None, takes: Iterable[str], gives: Iterable[str]) -> None:
        """Add a transition and its places."""
        taken, given = tuple(takes), tuple(gives)
        self.transitions.append((label, taken, given))

    @property
    def places(self) -> set[str]:
        """Everything that a transition takes from or gives to."""
        return {place for _, takes, gives in self.transitions for place in (*takes, *gives)}

    def shorten(self) -> None:
        """Leave out the places behind which there is nothing but one silent step, which may as well be made at once."""
        while (found := self._step_on()) is not None:
            place, onward = found
            self.transitions = [
                (label, takes, tuple(name for given in gives for name in (onward if given == place else (given,))))
                for label, takes, gives in self.transitions
                if takes != (place,)
            ]

    def _step_on(self) -> tuple[str, tuple[str, ...]] | None:
        takers: dict[str, list[Transition]] = {}
        for transition in self.transitions:
            for place in transition[1]:
                takers.setdefault(place, []).append(transition)
        for place, found in takers.items():
            label, takes, gives = found[0]
            if len(found) == 1 and label is None and takes == (place,) and place not in (SOURCE, *gives):
                return place, gives
        return None


def petri_net(outline: Outline) -> PetriNet:
    """Return the net of a process."""
    return _Drawing(outline).net


def pnml(net: PetriNet) -> bytes:
    """Return a net as a file: a token at its source, and nothing but a token at its sink in the end."""
    root = etree.Element("pnml")
    whole = etree.SubElement(root, "net", id="net", type="http://www.pnml.org/version-2009/grammar/pnmlcoremodel")
    page = etree.SubElement(whole, "page", id="page")
    for name in sorted(net.places):
        node = etree.SubElement(page, "place", id=name)
        if name == SOURCE:
            _text(node, "initialMarking", "1")
    for number, (label, takes, gives) in enumerate(net.transitions):
        transition = f"t{number}"
        node = etree.SubElement(page, "transition", id=transition)
        _text(node, "name", label or transition)
        if label is None:
            etree.SubElement(node, "toolspecific", _INVISIBLE)
        ends = [*((place, transition) for place in takes), *((transition, place) for place in gives)]
        for position, (source, target) in enumerate(ends):
            arc = etree.SubElement(page, "arc", id=f"{transition}-{position}", source=source, target=target)
            _text(arc, "inscription", "1")
    marking = etree.SubElement(etree.SubElement(whole, "finalmarkings"), "marking")
    for name in sorted(net.places):
        _text(etree.SubElement(marking, "place", idref=name), None, "1" if name == SINK else "0")
    return etree.tostring(root)


def _text(parent: etree._Element, tag: str | None, words: str) -> None:
    holder = etree.SubElement(parent, tag) if tag else parent
    etree.SubElement(holder, "text").text = words


class _Drawing:
    """Draws one element after the other.

    An element is reached at its place `in`, an activity goes on while a token is at `on`, and is left from `out`.
    """

    def __init__(self, outline: Outline) -> None:
        self.net = PetriNet()
        self._outline = outline
        # What begins any number of times begins with its label: a silent step that can always be made has no end.
        self._often = {
            start.id
            for element in outline.elements.values()
            if element.kind is Kind.EVENT_SUB_PROCESS or (element.loop is not None and element.kind in COMPOUND)
            for start in outline.starts(outline.content(element))
        }
        self._enter(SOURCE, outline.process, "on:process")
        self.net.add(None, ["on:process"], [SINK])
        for element in outline.elements.values():
            self._draw(element)
        self.net.shorten()
        for element in outline.elements.values():
            if element.kind in COMPOUND:
                self._let_vanish(outline.content(element))
        self._let_vanish(outline.process)

    def _draw(self, element: Element) -> None:
        for flow in element.incoming if element.kind is not Kind.PARALLEL_GATEWAY else ():
            if element.kind is not Kind.INCLUSIVE_GATEWAY:
                self.net.add(None, [_flow(flow)], [_in(element)])
        if element.kind is Kind.PARALLEL_GATEWAY:
            self.net.add(None, map(_flow, element.incoming), map(_flow, element.outgoing))
        elif element.kind is Kind.INCLUSIVE_GATEWAY:
            for some in _sets(element.incoming):
                self.net.add(None, map(_flow, some), [_in(element)])
            self._any(_in(element), element.outgoing)
        elif element.kind in (Kind.EXCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY):
            for flow in element.outgoing:
                self.net.add(None, [_in(element)], [_flow(flow)])
        else:
            self._draw_node(element)

    def _draw_node(self, element: Element) -> None:
        if element.kind is Kind.EVENT_SUB_PROCESS:
            self._draw_event_sub_process(element)
        elif element.is_handler:
            self._draw_handler(element)
        elif element.id in self._often:
            pass  # drawn with what begins it
        elif element.kind is Kind.BOUNDARY:
            self._draw_boundary(element)
        elif element.kind in ACTIVITIES:
            self._draw_activity(element)
        elif element.kind is Kind.END and element.trigger in (Trigger.TERMINATE, Trigger.ERROR, Trigger.CANCEL):
            self.net.add(_label(element), [_in(element)], [self._flush(element.container)])
        else:
            self.net.add(_label(element), [_in(element)], [_out(element)])
        self._leave(element)

    def _leave(self, element: Element) -> None:
        flows = [self._outline.flows[flow] for flow in element.outgoing]
        if any(flow.condition or flow.is_default for flow in flows):
            self._any(_out(element), element.outgoing)
        else:
            self.net.add(None, [_out(element)], map(_flow, element.outgoing))

    def _draw_activity(self, element: Element) -> None:
        going, out = _on(element), _out(element)
        if element.loop is None:
            self._begin(element, _in(element))
            self.net.add(_label(element), [going], [out])
            return
        self.net.add(None, [_in(element)], [going])
        for first in self._outline.starts(self._outline.content(element)) if element.kind in COMPOUND else ():
            self.net.add(_label(first), [going], [going, _out(first)])
        self.net.add(_label(element), [going], [going])
        self.net.add(None, [going], [out])

    def _begin(self, element: Element, before: str) -> None:
        if element.kind in COMPOUND:
            self._enter(before, self._outline.content(element), _on(element))
        else:
            self.net.add(None, [before], [_on(element)])

    def _enter(self, before: str, container: str, *gives: str) -> None:
        """Begin what is inside: at one of its plain start events, or at all that nothing leads to."""
        starts = list(self._outline.starts(container))
        if starts:
            for start in starts:
                self.net.add(None, [before], [*gives, _in(start)])
            return
        inside = self._outline.inside.get(container, ())
        free = [one for one in inside if not one.incoming and one.kind not in (Kind.BOUNDARY, Kind.EVENT_SUB_PROCESS)]
        self.net.add(None, [before], [*gives, *(_in(one) for one in free if not one.is_handler)])

    def _draw_boundary(self, element: Element) -> None:
        host = self._outline.elements[element.attached_to or ""]
        stays = [] if element.is_interrupting else [_on(host)]
        gone = [self._flush(self._outline.content(host))] if element.is_interrupting and host.kind in COMPOUND else []
        if element.trigger is Trigger.COMPENSATION:
            return
        self.net.add(_label(element), [_on(host)], [*stays, *gone, _out(element)])

    def _draw_event_sub_process(self, element: Element) -> None:
        around = self._around(element)
        for start in self._outline.starts(element.id):
            gone = [self._flush(element.container)] if start.is_interrupting else []
            self.net.add(_label(start), [around], [around, *gone, _on(element), _out(start)])
        self.net.add(_label(element), [_on(element)], [])
        self.net.add(None, [_on(element)], [])

    def _draw_handler(self, element: Element) -> None:
        around = self._around(element)
        self.net.add(_label(element), [around], [around])

    def _around(self, element: Element) -> str:
        scope = self._outline.elements.get(element.container)
        return _on(scope) if scope is not None else "on:process"

    def _any(self, place: str, flows: Sequence[str]) -> None:
        for some in _sets(flows):
            self.net.add(None, [place], map(_flow, some))

    def _flush(self, container: str) -> str:
        return f"flush:{container}"

    def _let_vanish(self, container: str) -> None:
        """Let everything inside vanish, one by one, once something has taken it away."""
        flush = self._flush(container)
        if flush not in self.net.places:
            return
        inside = set(self._inside(container))
        for place in sorted(self.net.places & inside):
            self.net.add(None, [flush, place], [flush])
        self.net.add(None, [flush], [])

    def _inside(self, container: str) -> Iterator[str]:
        for element in self._outline.inside.get(container, ()):
            yield from (_in(element), _on(element), _out(element), *map(_flow, element.outgoing))
            if element.kind in COMPOUND:
                yield from self._inside(self._outline.content(element))


def _sets(flows: Sequence[str]) -> Iterator[Sequence[str]]:
    sizes = range(1, len(flows) + 1) if len(flows) <= MOST_SETS else (1, len(flows))
    for size in sizes:
        yield from combinations(flows, size)


def _label(element: Element) -> str:
    return element.names.get("id") or element.id


def _flow(flow: str) -> str:
    return f"flow:{flow}"


def _in(element: Element) -> str:
    return f"in:{element.id}"


def _on(element: Element) -> str:
    return f"on:{element.id}"


def _out(element: Element) -> str:
    return f"out:{element.id}"
