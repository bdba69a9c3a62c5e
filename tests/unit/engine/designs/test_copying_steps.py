"""Copies of steps: what hangs on a step comes along, or it is said why the step cannot be copied."""

import pytest

from engine.bpmn.release import check_release
from engine.designs.editing.beside import attach_undoing
from engine.designs.editing.copying import copy_step
from engine.designs.editing.diagram import B, Diagram, children, local, open_diagram, parent_of
from engine.designs.editing.inserting import NewStep, insert_on
from engine.designs.editing.moving import move_step
from engine.designs.editing.noting import add_data, add_note, link_data
from engine.designs.editing.working import set_service
from engine.designs.trees import Node
from engine.errors import DiagramRefused
from tests.unit.engine.designs.breaking import catalogue_of, files_of
from tests.unit.engine.designs.drawn import SMALL, faults, small

UNDO = {"id": "Cabut keputusan", "en": "Withdraw the decree"}


def hung() -> Diagram:
    """A diagram with a step that is undone by another, keeps data, and has a note."""
    diagram = small()
    step = diagram.node("record_award")
    undoing = attach_undoing(diagram, step, UNDO, "serviceTask")
    set_service(undoing, "recognition.find_unit_authority", "authority", {})
    sign = add_data(diagram, diagram.process(), "authority", {"id": "Pejabat", "en": "Official"})
    link_data(diagram, undoing, sign, reads=False)
    link_data(diagram, diagram.node("decide"), sign, reads=True)
    link_data(diagram, step, sign, reads=True)
    add_note(diagram, step, "Menurut peraturan.")
    return diagram


def handler_of(diagram: Diagram, node: Node) -> Node:
    """Return the step that undoes another."""
    (event,) = [
        one
        for one in diagram.attached(node.get("id", ""))
        if next(children(one, "compensateEventDefinition"), None) is not None
    ]
    (line,) = [one for one in diagram.root.iter(f"{B}association") if one.get("sourceRef") == event.get("id")]
    return diagram.node(line.get("targetRef", ""))


def read_by(diagram: Diagram, node: Node) -> list[str]:
    """Return which variables a step reads and keeps, by its lines."""
    lines = [*children(node, "dataInputAssociation"), *children(node, "dataOutputAssociation")]
    signs = [diagram.find(end) for line in lines for end in diagram.ends_of(line)]
    found = [one for one in signs if one is not None and local(one) == "dataObjectReference"]
    assert all(parent_of(one) in [*node.iterancestors()] for one in found)
    return [one.get("dataObjectRef", "") for one in found]


def problems_of(diagram: Diagram) -> set[tuple[str, str]]:
    files = {**files_of(SMALL), f"{SMALL}.bpmn": diagram.write()}
    return {(found.code, found.severity) for found in check_release(files, catalogue_of(files))}


def test_a_copy_has_what_undoes_it_its_data_and_its_notes() -> None:
    diagram = hung()
    before = problems_of(diagram)

    copy = copy_step(diagram, diagram.node("record_award"), diagram.flow("flow_find_authority__decide"))
    handler = handler_of(diagram, copy)

    assert handler is not handler_of(diagram, diagram.node("record_award"))
    assert (handler.get("name"), handler.get("isForCompensation")) == (UNDO["id"], "true")
    assert read_by(diagram, copy) == read_by(diagram, handler) == ["authority"]
    assert len(list(diagram.root.iter(f"{B}dataObjectReference"))) == 1
    assert len(list(diagram.root.iter(f"{B}textAnnotation"))) == 2
    assert faults(diagram.write()) == [] and problems_of(diagram) == before


def test_what_is_in_a_sub_process_keeps_what_hangs_on_it_when_that_is_copied() -> None:
    diagram = small()
    group = insert_on(diagram, diagram.flow("flow_find_authority__decide"), NewStep("subProcess", {"en": "group"}))
    move_step(diagram, diagram.node("issue_decree"), next(group.iter(f"{B}sequenceFlow")))
    inner = diagram.node("issue_decree")
    attach_undoing(diagram, inner, UNDO, "manualTask")
    signs = [add_data(diagram, place, name, {}) for place, name in ((group, "inside"), (diagram.process(), "outside"))]
    for sign in signs:
        link_data(diagram, inner, sign, reads=True)

    copy = copy_step(diagram, group, diagram.incoming("record_award")[0])
    twin = next(one for one in copy if one.get("name") == inner.get("name"))

    assert parent_of(handler_of(diagram, twin)) is copy
    assert sorted(read_by(diagram, twin)) == ["inside", "outside"]
    assert [one.get("id") for one in diagram.root.iter(f"{B}dataObject")] == ["inside", "outside"]
    assert faults(diagram.write()) == []


def test_data_of_another_process_come_along_or_it_is_said_why_not() -> None:
    diagram, other, refusing = small(), hung(), small()
    other.process().set("id", "other")

    copy = copy_step(diagram, other.node("record_award"), diagram.incoming("record_award")[0], origin=other)
    refusing.node("find_authority").set("id", "authority")
    for flow in refusing.root.iter(f"{B}sequenceFlow"):
        for end in ("sourceRef", "targetRef"):
            flow.set(end, flow.get(end, "").replace("find_authority", "authority"))
    with pytest.raises(DiagramRefused, match="belongs to another part"):
        copy_step(refusing, other.node("record_award"), refusing.incoming("record_award")[0], origin=other)

    (sign,) = diagram.root.iter(f"{B}dataObjectReference")
    assert sign.get("name") == "Pejabat" and "Official" in diagram.write().decode()
    assert read_by(diagram, copy) == read_by(diagram, handler_of(diagram, copy)) == ["authority"]
    assert faults(open_diagram(diagram.write()).write()) == []
