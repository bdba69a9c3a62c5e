"""How sub-processes lie inside each other, and through which of them a token can be put into or out of others."""

from engine.bpmn.counterparts import Counterparts
from engine.bpmn.model import Element, Kind, Outline


def is_plain(element: Element | None) -> bool:
    """Say whether an element is an embedded sub-process that runs once: its scope holds tokens and nothing else."""
    return element is not None and element.kind is Kind.SUB_PROCESS and element.loop is None


def way_into(outline: Outline, outer: str, inner: str) -> tuple[Element, ...] | None:
    """Return the sub-processes between a container and one inside it, from the outside inwards.

    None if that does not lie inside, or if one of them is none into which a token can be put from outside.
    """
    found: list[Element] = []
    while inner != outer:
        element = outline.elements.get(inner)
        if element is None or not is_plain(element):
            return None
        found.append(element)
        inner = element.container
    return tuple(reversed(found))


def is_reachable(pair: Counterparts, old: str, new: str) -> bool:
    """Say whether a token can be taken from a container of the old release into one of the new release.

    Out of sub-processes as far as one whose counterpart lies around the new container, and into those between.
    """
    while True:
        base = pair.container(old)
        if base is not None and way_into(pair.new.outline, base, new) is not None:
            return True
        element = pair.old.outline.elements.get(old)
        if element is None or not is_plain(element):
            return False
        old = element.container


def why_apart(outline: Outline, container: str, element: Element) -> str:
    """Return the code of the reason why a token of a container cannot go to an element that is drawn in another."""
    inner: Element | None = outline.elements.get(element.container)
    while inner is not None and inner.id != container:
        if inner.loop is not None:
            return "migration.rounds"
        inner = outline.elements.get(inner.container)
    leaves = way_into(outline, element.container, container)
    return "migration.scope" if leaves is None else "migration.parted"
