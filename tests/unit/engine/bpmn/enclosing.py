"""Draws sub-processes around steps of a diagram, or takes some away: nobody who works sees a difference."""

from random import Random

from lxml import etree

from engine.bpmn.model import Element, Kind, Outline, Trigger
from engine.bpmn.nesting import is_plain
from engine.bpmn.release import Release
from tests.unit.engine.bpmn.relocation import release_of

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def redrawn(release: Release, random: Random) -> Release:
    """Return the diagram with some sub-processes put around steps, on several levels at times, and some taken away."""
    for number in range(random.randint(1, 4)):
        root, outline = etree.fromstring(release.diagram), release.outline
        parts = [item for item in outline.elements.values() if _may_go(root, outline, item)]
        steps = [item for item in outline.elements.values() if _may_be_inside(outline, item)]
        if parts and random.random() < 0.5:
            _take_away(root, outline, random.choice(parts))
        elif steps:
            _put_around(root, outline, random.choice(steps), f"stage{number}")
        release = release_of(etree.tostring(root).decode())
    return release


def _may_be_inside(outline: Outline, element: Element) -> bool:
    is_step = _waits(element) and not element.is_handler and element.id not in outline.boundaries
    is_on_path = len(element.incoming) == len(element.outgoing) == 1 and element.trigger is not Trigger.LINK
    return is_step and is_on_path and outline.elements[_source(outline, element)].kind is not Kind.EVENT_GATEWAY


def _waits(element: Element) -> bool:
    """Say whether a step waits: of others it matters how soon they run beside what goes on in other branches."""
    return element.is_human or (element.waits and element.kind is not Kind.BOUNDARY)


def _source(outline: Outline, element: Element) -> str:
    return outline.flows[element.incoming[0]].source


def _put_around(root: etree._Element, outline: Outline, element: Element, name: str) -> None:
    step = _node(root, element.id)
    around = etree.Element(f"{{{BPMN}}}subProcess", id=name, name=name)
    step.addprevious(around)
    first, last = f"{name}_in", f"{name}_out"
    etree.SubElement(around, f"{{{BPMN}}}startEvent", id=first)
    etree.SubElement(around, f"{{{BPMN}}}endEvent", id=last)
    around.append(step)
    for source, target in ((first, element.id), (element.id, last)):
        etree.SubElement(around, f"{{{BPMN}}}sequenceFlow", id=f"{source}-{target}", sourceRef=source, targetRef=target)
    _node(root, element.incoming[0]).set("targetRef", name)
    _node(root, element.outgoing[0]).set("sourceRef", name)


def _may_go(root: etree._Element, outline: Outline, part: Element) -> bool:
    inner = outline.inside.get(part.id, ())
    # What ends there ends no more than the sub-process, and the way out of that waits for everything inside.
    has_more = any(item.kind is Kind.EVENT_SUB_PROCESS or item.trigger is Trigger.TERMINATE for item in inner)
    has_more |= sum(item.kind is Kind.END for item in inner) > 1
    is_alone = part.id not in outline.boundaries and not has_more
    if not is_plain(part) or not is_alone or not len(part.incoming) == len(part.outgoing) == 1:
        return False
    (first,) = outline.starts(part.id)
    if not _waits(next(outline.next_of(first))):
        return False
    way = _node(root, _out_of(outline, part).incoming[0])
    return len(way) == 0 and root.find(f".//*[@default='{way.get('id')}']") is None


def _out_of(outline: Outline, part: Element) -> Element:
    """Return the end to which the way through a sub-process leads."""
    return next(item for item in outline.inside[part.id] if item.kind is Kind.END)


def _take_away(root: etree._Element, outline: Outline, part: Element) -> None:
    first, last = next(outline.starts(part.id)), _out_of(outline, part)
    entry = outline.flows[first.outgoing[0]].target
    _node(root, part.incoming[0]).set("targetRef", entry)
    _node(root, part.outgoing[0]).set("sourceRef", _source(outline, last))
    for name in (first.id, last.id, first.outgoing[0], last.incoming[0]):
        _drop(_node(root, name))
    around = _node(root, part.id)
    for node in list(around):
        around.addprevious(node)
    _drop(around)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _node(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f".//*[@id='{name}']")
    assert found is not None, name
    return found
