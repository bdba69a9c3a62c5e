"""Which variables the elements of a diagram set and read, and what they share them with."""

from collections.abc import Iterable, Iterator

from engine.bpmn.model import Element, LoopKind, Outline
from engine.feel import FeelSyntaxError, compile_expression


def set_by(element: Element) -> Iterator[str]:
    """Yield the variables that an element sets."""
    loop = element.loop
    found = [element.result, element.event.result if element.event else None, *element.outputs]
    found += [loop.item, loop.output] if loop is not None else []
    yield from (name for name in found if name)


def setters_of(elements: Iterable[Element], name: str) -> list[Element]:
    """Return those of some elements that set a variable."""
    return [element for element in elements if name in set_by(element)]


def names_read(expression: str) -> frozenset[str]:
    """Return the variables that an expression names; none if it does not compile, which is said elsewhere."""
    try:
        return frozenset(compile_expression(expression).names) if expression else frozenset()
    except FeelSyntaxError:
        return frozenset()


def around(outline: Outline, element: Element) -> Iterator[Element]:
    """Yield an element and what it is drawn in, from the inside outwards."""
    seen = set[str]()
    while element.id not in seen:
        seen.add(element.id)
        yield element
        element = outline.elements.get(element.container, element)


def within(outline: Outline, element: Element) -> list[Element]:
    """Return what is drawn in an activity, at any depth, but not what it calls."""
    waiting, found = list(outline.inside.get(element.id, ())), dict[str, Element]()
    while waiting:
        inner = waiting.pop(0)
        if inner.id not in found:
            found[inner.id] = inner
            waiting += outline.inside.get(inner.id, ())
    return list(found.values())


def has_rounds(element: Element) -> bool:
    """Say whether an activity runs several times, each with variables of its own."""
    return element.loop is not None and element.loop.kind is not LoopKind.STANDARD


def process_of(outline: Outline, element: Element) -> str:
    """Return the process in which an element is drawn; one that is called has variables of its own."""
    return list(around(outline, element))[-1].container
