"""Ways out where flows lead nowhere, or nobody knows when they are taken."""

from collections.abc import Iterator
from functools import partial

from engine.bpmn.read import NAMES
from engine.designs.editing.connecting import disconnect, lead_to, set_condition, set_default
from engine.designs.editing.diagram import Diagram, add_child, local
from engine.designs.editing.inserting import NewStep, append
from engine.designs.editing.removing import remove_step
from engine.designs.mending.broken import Broken, Fix, on_diagram
from engine.designs.trees import Node

_MOST = 4
_END = {"id": "Selesai", "en": "Done"}


def choose_default(broken: Broken) -> Iterator[Fix]:
    """Offer each flow out of an element as the one that is taken when no condition holds."""
    for flow in broken.diagram.outgoing(broken.id)[:_MOST]:
        name, words = flow.get("id", ""), _flow_words(broken.diagram, flow)
        yield on_diagram(
            broken,
            f"default:{name}",
            (f"Jadikan alur ke {words} alur baku", f"Make the flow to {words} the default"),
            partial(_set_default, broken.id, name),
        )


def make_default(broken: Broken) -> Iterator[Fix]:
    """Offer to make a flow without a condition the default of its gateway, if it has none."""
    flow = broken.node
    source = broken.diagram.find(flow.get("sourceRef", "")) if flow is not None else None
    if source is not None and not source.get("default"):
        label = ("Jadikan alur baku (diambil bila syarat lain tidak benar)", "Make it the default flow")
        yield on_diagram(broken, "default", label, lambda diagram: _make_default(diagram, broken.id))


def drop_condition(broken: Broken) -> Iterator[Fix]:
    """Offer to take a condition away that nobody looks at."""
    label = ("Hapus syaratnya", "Delete its condition")
    yield on_diagram(broken, "drop_condition", label, lambda diagram: set_condition(diagram.flow(broken.id), ""))


def drop_default(broken: Broken) -> Iterator[Fix]:
    """Offer to take away the mark of a default flow, at the flow or at its source."""
    label = ("Hapus tanda alur baku", "Delete the mark of the default flow")
    yield on_diagram(broken, "drop_default", label, lambda diagram: _drop_default(diagram, broken.id))


def add_end(broken: Broken) -> Iterator[Fix]:
    """Offer an end behind a step that leads nowhere."""
    label = ("Tambahkan akhir sesudah langkah ini", "Add an end after this step")
    yield on_diagram(broken, "add_end", label, lambda diagram: _append_end(diagram, diagram.node(broken.id)))


def remove_unreached(broken: Broken) -> Iterator[Fix]:
    """Offer to delete a step to which nothing leads."""
    node = broken.node
    if node is not None and len(broken.diagram.outgoing(broken.id)) < 2 and local(node) != "boundaryEvent":
        label = ("Hapus langkah ini", "Delete this step")
        yield on_diagram(broken, "remove", label, lambda diagram: remove_step(diagram, diagram.node(broken.id)))


def remove_flow(broken: Broken) -> Iterator[Fix]:
    """Offer to delete a flow that connects nothing; a step that it leaves alone gets an end."""
    flow = broken.node
    if flow is not None and _is_entered_otherwise(broken.diagram, flow):
        label = ("Hapus alur ini", "Delete this flow")
        yield on_diagram(broken, "remove_flow", label, lambda diagram: _remove_flow(diagram, diagram.flow(broken.id)))


def remove_flows_out(broken: Broken) -> Iterator[Fix]:
    """Offer to delete what leaves an end, if all of it is reached some other way."""
    flows = broken.diagram.outgoing(broken.id)
    if all(_is_entered_otherwise(broken.diagram, flow) for flow in flows):
        label = ("Hapus alur keluarnya", "Delete the flows out of it")
        yield on_diagram(broken, "remove_flows", label, lambda diagram: _remove_flows_out(diagram, broken.id))


def lead_past_start(broken: Broken) -> Iterator[Fix]:
    """Offer to lead what comes to a start to the step behind it."""
    targets = [flow.get("targetRef", "") for flow in broken.diagram.outgoing(broken.id)]
    sources = {flow.get("sourceRef") for flow in broken.diagram.incoming(broken.id)}
    if len(targets) == 1 and not sources & set(targets):
        label = ("Sambungkan ke langkah sesudah awal", "Connect it to the step behind the start")
        yield on_diagram(broken, "past_start", label, lambda diagram: _lead_on(diagram, broken.id, targets[0]))


def lead_to_host(broken: Broken) -> Iterator[Fix]:
    """Offer to lead what comes to an event at an activity to the activity."""
    host = broken.node.get("attachedToRef", "") if broken.node is not None else ""
    sources = {flow.get("sourceRef") for flow in broken.diagram.incoming(broken.id)}
    if broken.diagram.find(host) is not None and host not in sources:
        label = ("Sambungkan ke aktivitasnya", "Connect it to its activity")
        yield on_diagram(broken, "to_host", label, lambda diagram: _lead_on(diagram, broken.id, host))


def list_flows(broken: Broken) -> Iterator[Fix]:
    """Offer to write down at a step which flows come and go, as they do."""
    label = ("Samakan daftar alurnya dengan gambar", "List its flows as they are drawn")
    yield on_diagram(broken, "list_flows", label, lambda diagram: _list_flows(diagram, diagram.node(broken.id)))


def _set_default(identifier: str, flow: str, diagram: Diagram) -> None:
    set_default(diagram, diagram.node(identifier), flow)


def _make_default(diagram: Diagram, identifier: str) -> None:
    flow = diagram.flow(identifier)
    set_default(diagram, diagram.node(flow.get("sourceRef", "")), identifier)


def _drop_default(diagram: Diagram, identifier: str) -> None:
    found = diagram.find(identifier)
    source = diagram.find(found.get("sourceRef", "")) if found is not None and found.get("sourceRef") else found
    if source is not None:
        source.attrib.pop("default", "")


def _append_end(diagram: Diagram, node: Node) -> None:
    append(diagram, node, NewStep("endEvent", _END))


def _remove_flow(diagram: Diagram, flow: Node) -> None:
    source = flow.get("sourceRef", "")
    disconnect(diagram, flow)
    node = diagram.find(source)
    if node is not None and local(node) != "endEvent" and not diagram.outgoing(source):
        _append_end(diagram, node)


def _remove_flows_out(diagram: Diagram, identifier: str) -> None:
    for flow in diagram.outgoing(identifier):
        disconnect(diagram, flow)


def _lead_on(diagram: Diagram, identifier: str, target: str) -> None:
    for flow in diagram.incoming(identifier):
        lead_to(diagram, flow, target)


def _list_flows(diagram: Diagram, node: Node) -> None:
    identifier = node.get("id", "")
    for tag, flows in (("incoming", diagram.incoming(identifier)), ("outgoing", diagram.outgoing(identifier))):
        for listed in node.findall(f"bpmn:{tag}", NAMES):
            node.remove(listed)
        for flow in flows:
            add_child(node, tag, flow.get("id"))


def _is_entered_otherwise(diagram: Diagram, flow: Node) -> bool:
    target = flow.get("targetRef", "")
    return diagram.find(target) is None or len(diagram.incoming(target)) > 1


def _flow_words(diagram: Diagram, flow: Node) -> str:
    target = diagram.find(flow.get("targetRef", ""))
    words = flow.get("name") or (target.get("name") if target is not None else None)
    return f"«{words or flow.get('targetRef', '')}»"
