"""Writes a diagram with what pm4py reads: its conversion to a Petri net knows tasks, start, end and three gateways.

What it leaves out is written with what it knows, so that the same orders of steps remain: a gateway at which events
race is a choice; an event on the way is a task; an event at the edge of a task, which takes it away, is a task that is
chosen instead of it. An event at an edge that lets the task go on, and what has a diagram inside, cannot be written so.
"""

from collections.abc import Iterable

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
EVENTS = ("intermediateCatchEvent", "intermediateThrowEvent")
NESTED = ("subProcess", "transaction", "callActivity", "adHocSubProcess")
Node = etree._Element


def plain_diagram(diagram: bytes) -> bytes:
    """Return the diagram for pm4py.

    :raise ValueError: it has something that cannot be written with what pm4py knows.
    """
    root = etree.fromstring(diagram)
    for node in list(root.iter(f"{BPMN}eventBasedGateway")):
        node.tag = f"{BPMN}exclusiveGateway"
    for name in EVENTS:
        for node in list(root.iter(f"{BPMN}{name}")):
            _make_task(node)
    for node in list(root.iter(f"{BPMN}boundaryEvent")):
        _choose_instead(root, node)
    odd = next(iter(_odd(root)), None)
    if odd is not None:
        raise ValueError(f"{odd.get('id')} is no thing that pm4py can be told")
    for node in root.findall("{*}BPMNDiagram"):
        root.remove(node)
    return etree.tostring(root)


def _odd(root: Node) -> Iterable[Node]:
    loops = (node.getparent() for node in root.iter(f"{BPMN}multiInstanceLoopCharacteristics"))
    return (
        *(node for name in NESTED for node in root.iter(f"{BPMN}{name}")),
        *(node for node in loops if node is not None),
    )


def _make_task(node: Node) -> None:
    node.tag = f"{BPMN}task"
    for inside in list(node):
        if etree.QName(inside).localname.endswith("EventDefinition"):
            node.remove(inside)


def _choose_instead(root: Node, edge: Node) -> None:
    """Have a choice in front of the host, of which one way leads to the host and the other one to the event."""
    if edge.get("cancelActivity") == "false":
        raise ValueError(f"{edge.get('id')} lets its task go on")
    host = next(node for node in root.iter() if node.get("id") == edge.get("attachedToRef"))
    parent = host.getparent()
    assert parent is not None, "a task is in a process"
    choice = next((node for node in parent if node.get("id") == f"before_{host.get('id')}"), None)
    if choice is None:
        choice = etree.SubElement(parent, f"{BPMN}exclusiveGateway", id=f"before_{host.get('id')}", name="")
        for flow in root.iter(f"{BPMN}sequenceFlow"):
            if flow.get("targetRef") == host.get("id"):
                flow.set("targetRef", choice.get("id", ""))
        _join(parent, choice, host)
    del edge.attrib["attachedToRef"]
    _make_task(edge)
    _join(parent, choice, edge)


def _join(parent: Node, source: Node, target: Node) -> None:
    ends = {"sourceRef": source.get("id", ""), "targetRef": target.get("id", "")}
    etree.SubElement(parent, f"{BPMN}sequenceFlow", {"id": f"{ends['sourceRef']}-{ends['targetRef']}", **ends})
