"""Finds events that call themselves: what begins beside the rest at a signal or message, and sends that same one again.

An event that interrupts nothing listens on after it has happened. If what it starts sends, without waiting for anybody,
what it listens to, that goes on for ever; so it does if several such events call each other in a circle.
"""

from collections.abc import Iterator, Mapping

from engine.bpmn.model import COMPOUND, Element, Kind, Outline, Trigger
from engine.bpmn.reaching import reached_from
from engine.bpmn.read import problem
from engine.errors import Problem

_LISTENING = frozenset({Kind.START, Kind.BOUNDARY})
_SENDING = frozenset({Kind.THROW, Kind.END, Kind.SEND_TASK})
_CARRIED = frozenset({Trigger.SIGNAL, Trigger.MESSAGE})

#: A signal or message: its trigger, its name, and the expression of its key.
News = tuple[Trigger | None, str | None, str | None]


def check_echoes(outline: Outline) -> Iterator[Problem]:
    """Yield the events through which a case would call itself for ever."""
    listeners = {element.id: element for element in outline.elements.values() if _listens_on(element)}
    calls = {name: set(_called(outline, element, listeners)) for name, element in listeners.items()}
    for name in sorted(listeners):
        if name in reached_from(calls, name):
            yield problem(
                name,
                "endless_echo",
                "yang dimulai peristiwa ini mengirim lagi hal yang sama tanpa menunggu siapa pun, sehingga berulang "
                "tanpa akhir; tunggu seseorang di antaranya, atau pakai nama lain.",
                "what this event starts sends the same again without waiting for anybody, so that it never ends; wait "
                "for somebody in between, or use another name.",
            )


def _listens_on(element: Element) -> bool:
    return element.kind in _LISTENING and element.trigger in _CARRIED and not element.is_interrupting


def _news(element: Element) -> News:
    use = element.event
    return element.trigger, use.name if use else None, use.key if use else None


def _called(outline: Outline, listener: Element, listeners: Mapping[str, Element]) -> Iterator[str]:
    """Yield the listeners that hear what one of them sends at once."""
    sent = {_news(element) for element in _at_once(outline, listener) if element.kind in _SENDING}
    yield from (name for name, other in listeners.items() if _news(other) in sent)


def _at_once(outline: Outline, first: Element) -> Iterator[Element]:
    """Yield what a token passes from an element on before it waits; at a parallel gateway it waits for the others."""
    waiting, seen = [first], set[str]()
    while waiting:
        element = waiting.pop()
        if element.id in seen:
            continue
        seen.add(element.id)
        yield element
        if element.kind in COMPOUND:
            waiting += [outline.elements[name] for name in outline.first_of(outline.content(element))]
        elif element is first or not _waits(element):
            waiting += outline.next_of(element)


def _waits(element: Element) -> bool:
    is_join = element.kind is Kind.PARALLEL_GATEWAY and len(element.incoming) > 1
    return is_join or element.is_human or element.waits or element.kind is Kind.EVENT_GATEWAY
