"""A diagram that is being changed, as a tree: what is in it, how it hangs together, and how it is written again."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.bpmn.read import NAMES, problem, read_xml
from engine.bpmn.vocabulary import ALUR, BPMN, FLOW_NODES
from engine.designs.tidying import write_diagram
from engine.designs.trees import Node
from engine.errors import DiagramRefused

B: Final = f"{{{BPMN}}}"
A: Final = f"{{{ALUR}}}"
CONTAINERS: Final = frozenset({"process", "subProcess", "transaction"})
ACTIVITY_TASKS: Final = frozenset(
    {"userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask"}
)
_NODES = tuple(f"{B}{tag}" for tag in FLOW_NODES)
_LONGEST_ID = 60
# The order in which BPMN wants what stands in an element; steps and flows stand between the last two.
_RANKS: Mapping[str, int] = {
    "documentation": 0, "extensionElements": 1, "incoming": 2, "outgoing": 3, "property": 4,
    "dataInputAssociation": 5, "dataOutputAssociation": 5, "standardLoopCharacteristics": 6,
    "multiInstanceLoopCharacteristics": 6, "laneSet": 7, "textAnnotation": 9, "association": 9, "group": 9,
}  # fmt: skip
_RANK_OF_CONTENT = 8


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram in work: the functions of this package change it in place.

    :param root: the `definitions` of the file.
    """

    root: Node

    def write(self) -> bytes:
        """Return the diagram in the form in which it is kept."""
        return write_diagram(self.root)

    def find(self, identifier: str) -> Node | None:
        """Return the part of BPMN with an id, of whatever kind; None if there is none."""
        found = (node for node in self.root.iter(f"{B}*") if node.get("id") == identifier)
        return next(found, None)

    def by_id(self) -> dict[str, Node]:
        """Return all parts of BPMN by their ids."""
        return {node.get("id", ""): node for node in self.root.iter(f"{B}*") if node.get("id")}

    def node(self, identifier: str) -> Node:
        """Return a step, event or gateway.

        :raise DiagramRefused: there is none with that id.
        """
        found = self.find(identifier)
        if found is None or found.tag not in _NODES:
            raise _no_step(identifier)
        return found

    def flow(self, identifier: str) -> Node:
        """Return a sequence flow.

        :raise DiagramRefused: there is none with that id.
        """
        found = self.find(identifier)
        if found is None or local(found) != "sequenceFlow":
            raise _no_step(identifier)
        return found

    def process(self) -> Node:
        """Return the process that cases run.

        :raise DiagramRefused: there is none.
        """
        processes = self.root.findall("bpmn:process", NAMES)
        found = [node for node in processes if node.get("isExecutable") in ("true", "1")] or processes
        if not found:
            raise _no_step("process")
        return found[0]

    def flows(self, end: str, identifier: str) -> list[Node]:
        """Return the flows of which one end (`sourceRef`, `targetRef`) is at an element, in their order."""
        return [flow for flow in self.root.iter(f"{B}sequenceFlow") if flow.get(end) == identifier]

    def ends_of(self, line: Node) -> tuple[str, str]:
        """Return from where and to where a flow, an association, or a line of a data object leads."""
        said = [next(children(line, end), None) for end in ("sourceRef", "targetRef")]
        source, target = ((one.text or "").strip() if one is not None else "" for one in said)
        owner = parent_of(line).get("id", "")
        if local(line) == "dataInputAssociation":
            return source, owner
        if local(line) == "dataOutputAssociation":
            return owner, target
        return line.get("sourceRef", ""), line.get("targetRef", "")

    def outgoing(self, identifier: str) -> list[Node]:
        """Return the flows out of an element."""
        return self.flows("sourceRef", identifier)

    def incoming(self, identifier: str) -> list[Node]:
        """Return the flows into an element."""
        return self.flows("targetRef", identifier)

    def attached(self, identifier: str) -> list[Node]:
        """Return the events at the edge of an activity."""
        return [node for node in self.root.iter(f"{B}boundaryEvent") if node.get("attachedToRef") == identifier]

    def lanes(self) -> list[Node]:
        """Return all lanes, in their order."""
        return list(self.root.iter(f"{B}lane"))

    def lane_of(self, identifier: str) -> Node | None:
        """Return the lane that holds an element; for what stands in a sub-process that of the sub-process."""
        node = self.find(identifier)
        while node is not None and local(node) != "process":
            for lane in self.lanes():
                if node.get("id") in lane_members(lane):
                    return lane
            node = node.getparent()
        return None

    def new_id(self, wanted: str, default: str = "step") -> str:
        """Return an id that is not taken, made of words: `setujui_usulan`, `setujui_usulan_2`."""
        return free_id(wanted, self.taken(), default)

    def taken(self) -> set[str]:
        """Return the ids of all that stands in the file, also of what is drawn."""
        return {node.get("id", "") for node in self.root.iter() if node.get("id")}


def open_diagram(content: bytes) -> Diagram:
    """Return a diagram to be changed.

    :raise DiagramRefused: the bytes are no diagram that may be read.
    """
    return Diagram(read_xml(content, "diagram.bpmn"))


def local(node: Node) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(node).localname)


def parent_of(node: Node) -> Node:
    """Return the element in which one stands."""
    found = node.getparent()
    assert found is not None, "only the definitions of a file stand in nothing, and they are no part of a process"
    return found


def lane_members(lane: Node) -> list[str]:
    """Return the ids of what a lane holds."""
    return [(reference.text or "").strip() for reference in lane.findall("bpmn:flowNodeRef", NAMES)]


def slug_of(text: str) -> str:
    """Return a text as an id: small letters, digits and underscores, a letter first."""
    words = re.sub(r"[^a-z0-9_]+", "_", text.lower()).strip("_")
    return f"n_{words}" if words[:1].isdigit() else words


def free_id(wanted: str, taken: Collection[str], default: str = "step") -> str:
    """Return an id made of words that is not among some others."""
    slug = slug_of(wanted)[:_LONGEST_ID].strip("_") or default
    if slug not in taken:
        return slug
    return next(name for name in (f"{slug}_{number}" for number in range(2, len(taken) + 3)) if name not in taken)


def add_child(node: Node, tag: str, text: str | None = None, **attributes: str) -> Node:
    """Return a new BPMN element inside another, put where BPMN wants it."""
    child = etree.Element(f"{B}{tag}", attributes)
    child.text = text
    put_child(node, child)
    return child


def put_child(node: Node, child: Node) -> None:
    """Put an element into another behind all that BPMN wants before it."""
    rank = _rank(child)
    place = next((number for number, other in enumerate(node) if _rank(other) > rank), len(node))
    node.insert(place, child)


def put_after(sibling: Node, child: Node) -> None:
    """Put an element right behind another."""
    parent = parent_of(sibling)
    parent.insert(parent.index(sibling) + 1, child)


def remove(node: Node) -> None:
    """Take an element out of the diagram."""
    parent_of(node).remove(node)


def children(node: Node, tag: str) -> Iterator[Node]:
    """Yield the BPMN children of a name."""
    return iter(node.findall(f"bpmn:{tag}", NAMES))


def refusal(element: str, id_text: str, en_text: str) -> DiagramRefused:
    """Return why a change cannot be made, to be raised."""
    return DiagramRefused((problem(element, "edit", id_text, en_text),))


def _rank(node: Node) -> int:
    return _RANKS.get(local(node), _RANK_OF_CONTENT)


def _no_step(identifier: str) -> DiagramRefused:
    return refusal(
        identifier[:60],
        "bagian ini tidak ada lagi di diagram; muat ulang halaman.",
        "this part is not in the diagram any more; load the page again.",
    )
