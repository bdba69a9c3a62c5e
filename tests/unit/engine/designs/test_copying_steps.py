"""Copies of steps: what hangs on a step comes along, or it is said why the step cannot be copied."""

import pytest
from lxml import etree

from engine.bpmn.model import Trigger
from engine.bpmn.release import check_release
from engine.designs.editing.beside import attach_undoing
from engine.designs.editing.copying import copy_step
from engine.designs.editing.diagram import B, Diagram, add_child, children, local, open_diagram, parent_of
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.happening import Happening
from engine.designs.editing.inserting import Fork, NewStep, insert_branch, insert_on
from engine.designs.editing.moving import move_step
from engine.designs.editing.noting import add_data, add_note, link_data, unlink
from engine.designs.editing.removing import remove_step
from engine.designs.editing.working import set_service
from engine.designs.tidying import BPMNDI
from engine.designs.trees import Node
from engine.errors import DiagramRefused
from tests.unit.engine.designs.breaking import catalogue_of, files_of
from tests.unit.engine.designs.drawn import SMALL, faults, small

LONG = {"en": "Check that the completeness of every document of nomination is proven"}
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


def grouped() -> tuple[Diagram, Node]:
    """A diagram with a sub-process on the way to the decision."""
    diagram = small()
    flow = diagram.flow("flow_find_authority__decide")
    return diagram, insert_on(diagram, flow, NewStep("subProcess", {"en": "group"}))


def inside(group: Node) -> Node:
    """Return the first flow in a sub-process."""
    return next(group.iter(f"{B}sequenceFlow"))


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
    diagram, group = grouped()
    move_step(diagram, diagram.node("issue_decree"), inside(group))
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


def opened(diagram: Diagram, group: Node) -> Diagram:
    """Draw what is in a sub-process on a plane of its own, as drawing tools do where it is collapsed."""
    drawing, name = drawing_of(diagram), group.get("id", "")
    chart = etree.SubElement(diagram.root, f"{{{BPMNDI}}}BPMNDiagram", {"id": "apart"})
    plane = etree.SubElement(chart, f"{{{BPMNDI}}}BPMNPlane", {"id": "apart_plane", "bpmnElement": name})
    plane.extend(drawing.lift([one.get("id", "") for one in group.iterdescendants() if one.get("id")]))
    shape = drawing.shape(name)
    assert shape is not None and len(plane) > 2
    shape.set("isExpanded", "false")
    return diagram


@pytest.mark.parametrize("is_other", [False, True])
def test_a_sub_process_that_is_drawn_on_a_plane_of_its_own_is_copied_with_it(
    is_other: bool,
) -> None:
    source = opened(*grouped())
    diagram = small() if is_other else source
    group = next(source.root.iter(f"{B}subProcess"))

    copy = copy_step(diagram, group, diagram.incoming("record_award")[0], origin=source)

    (plane,) = drawing_of(diagram).planes_of({copy.get("id", "")})
    inner = {
        one.get("id") for one in copy.iterdescendants() if local(one) in {"startEvent", "endEvent", "sequenceFlow"}
    }
    assert {part.get("bpmnElement") for part in plane} == inner
    assert len(inner) > 2
    assert not [code for code, _severity in problems_of(diagram) if "drawn" in code]
    assert faults(diagram.write()) == []


def test_a_sub_process_that_goes_takes_the_plane_with_it_that_it_is_drawn_on() -> None:
    diagram = opened(*grouped())
    group = next(diagram.root.iter(f"{B}subProcess"))

    remove_step(diagram, group)

    assert len(list(diagram.root.iter(f"{{{BPMNDI}}}BPMNPlane", f"{{{BPMNDI}}}BPMNDiagram"))) == 2
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


def test_what_is_drawn_of_a_copy_has_ids_of_its_own_however_long_the_names_are() -> None:
    diagram, group = grouped()
    insert_on(diagram, inside(group), NewStep("manualTask", LONG))
    insert_branch(diagram, inside(group), Fork("parallelGateway"), NewStep("manualTask", LONG))
    shape = drawing_of(diagram).shape(group.get("id", ""))
    assert shape is not None
    etree.SubElement(shape, f"{{{BPMNDI}}}BPMNLabel", id="label_of_group")

    copy_step(diagram, group, diagram.incoming("record_award")[0])

    ids = [one.get("id") for one in diagram.root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {"label_of_group", "label_of_group_2"} <= {one.get("id") for one in diagram.root.iter("{*}BPMNLabel")}
    assert faults(diagram.write()) == []


def test_a_copied_event_undoes_the_one_activity_that_its_original_undoes() -> None:
    diagram = hung()
    undoing = Happening(Trigger.COMPENSATION, activity="record_award")
    flow = diagram.outgoing("record_award")[0]
    event = insert_on(diagram, flow, NewStep("intermediateThrowEvent", {"en": "undo"}, happening=undoing))

    beside = copy_step(diagram, event, diagram.outgoing(event.get("id", ""))[0])
    named = [one.get("activityRef") for one in beside.iter(f"{B}compensateEventDefinition")]
    before = problems_of(diagram)
    group = insert_on(diagram, flow, NewStep("subProcess", {"en": "group"}))
    copy_step(diagram, event, inside(group))

    assert named == ["record_award"]
    assert problems_of(diagram) - before >= {("compensation_activity", "error")}


def test_a_copy_keeps_a_placeholder_that_one_of_its_lines_still_names() -> None:
    diagram, group = grouped()
    step = insert_on(diagram, inside(group), NewStep("manualTask", {"en": "read"}))
    add_child(step, "property", None, id="shared", name="__targetRef_placeholder")
    for place, name in ((group, "inside"), (diagram.process(), "outside")):
        line = link_data(diagram, step, add_data(diagram, place, name, {}), reads=True)
        etree.SubElement(line, f"{B}targetRef").text = "shared"

    copy = copy_step(diagram, group, diagram.incoming("record_award")[0])
    alone = copy_step(diagram, step, diagram.incoming("record_award")[0])

    (placeholder,) = copy.iter(f"{B}property")
    named = [one.text for line in copy.iter(f"{B}dataInputAssociation") for one in children(line, "targetRef")]
    assert named == [placeholder.get("id")] != ["shared"]
    assert list(alone.iter(f"{B}property")) == []
    assert faults(diagram.write()) == []


def test_a_line_that_goes_leaves_the_placeholder_of_another_and_the_last_one_takes_it_along() -> None:
    diagram = small()
    step = diagram.node("decide")
    add_child(step, "property", None, id="shared", name="__targetRef_placeholder")
    lines = [link_data(diagram, step, add_data(diagram, diagram.process(), name, {}), reads=True) for name in "ab"]
    for line, text in zip(lines, ("shared", "\n  shared\n"), strict=True):
        etree.SubElement(line, f"{B}targetRef").text = text

    unlink(diagram, lines[0])
    kept = len(list(step.iter(f"{B}property")))
    unlink(diagram, lines[1])

    assert (kept, list(step.iter(f"{B}property"))) == (1, [])


@pytest.mark.parametrize("copies", [1, 2])
def test_data_of_a_sub_process_that_is_taken_out_stay_where_its_copies_see_them(copies: int) -> None:
    diagram, group = grouped()
    step = insert_on(diagram, inside(group), NewStep("manualTask", {"en": "read"}))
    link_data(diagram, step, add_data(diagram, group, "inside", {}), reads=True)
    made = [copy_step(diagram, group, diagram.incoming("record_award")[0]) for _ in range(copies)]

    remove_step(diagram, group)

    (data,) = diagram.root.iter(f"{B}dataObject")
    assert parent_of(data) is (made[0] if copies == 1 else diagram.process())
    assert not {code for code, _ in problems_of(diagram)} & {"data_reference"}
    assert faults(diagram.write()) == []
