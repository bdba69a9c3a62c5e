"""Changes to diagrams: what comes out is drawn, and hangs together."""

import re

import pytest
from lxml import etree

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.beginning import new_process
from engine.designs.editing.connecting import connect, set_condition, set_default
from engine.designs.editing.copying import copy_step
from engine.designs.editing.diagram import B, Diagram, lane_members, local, open_diagram, parent_of
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.inserting import (
    Fork,
    NewStep,
    attach_event,
    insert_after,
    insert_branch,
    insert_detour,
    insert_on,
)
from engine.designs.editing.laning import add_lane, move_to_lane, remove_lane
from engine.designs.editing.moving import move_step
from engine.designs.editing.removing import remove_step
from engine.designs.editing.retyping import retype
from engine.designs.editing.saying import document, rename
from engine.designs.editing.working import assign, set_form, set_parameters
from engine.errors import DiagramRefused
from tests.unit.engine.designs.breaking import catalogue_of, files_of
from tests.unit.engine.designs.drawn import LIMIT, NAMES, SMALL, TIDY, faults, flows, small


def test_a_second_approver_above_an_amount_leaves_the_diagram_clean() -> None:
    files = files_of(SMALL)
    diagram = small()
    step = NewStep("userTask", {"id": "Setujui kedua", "en": "Second approval"}, "lane_agency")

    fork = Fork("exclusiveGateway", {"id": "Di atas 10 juta?", "en": "Above 10 million?"}, "amount > 10000000")
    node = insert_branch(diagram, diagram.flow("flow_find_authority__decide"), fork, step)
    assign(node, {"candidate": '"hr_head"', "due": "working days after(today(), 3)"})
    set_form(node, "unit_award_decision", "second")

    changed = {**files, f"{SMALL}.bpmn": diagram.write()}
    catalogue = catalogue_of(files)
    assert check_release(changed, catalogue) == check_release(files, catalogue) == ()
    assert "second_approval" in lane_members(diagram.lanes()[-1])


@pytest.mark.parametrize("kind", ["manualTask", "userTask"])
def test_a_complete_step_on_any_flow_leaves_a_clean_diagram_clean(kind: str) -> None:
    files = files_of(SMALL)
    catalogue = catalogue_of(files)
    form = "unit_award_decision" if kind == "userTask" else ""
    for flow in [one.get("id", "") for one in flows(small())]:
        diagram = small()
        node = insert_on(diagram, diagram.flow(flow), NewStep(kind, NAMES))
        assign(node, {"assignee": "authority.person"})
        set_form(node, form, "extra" if form else "")

        assert check_release({**files, f"{SMALL}.bpmn": diagram.write()}, catalogue) == (), flow


def test_a_step_that_is_removed_hands_its_flows_on() -> None:
    diagram = small()

    remove_step(diagram, diagram.node("issue_decree"))

    assert [flow.get("targetRef") for flow in diagram.outgoing("is_granted")] == ["record_award", "record_declined"]
    assert faults(diagram.write()) == []


def test_a_step_with_several_ways_on_is_not_removed() -> None:
    diagram = small()

    with pytest.raises(DiagramRefused, match="several flows leave this"):
        remove_step(diagram, diagram.node("is_granted"))
    connect(diagram, "record_award", "declined")
    with pytest.raises(DiagramRefused, match="choose the one"):
        insert_after(diagram, diagram.node("record_award"), NewStep("manualTask", NAMES))


def test_a_step_is_moved_with_its_events_and_the_gap_is_closed() -> None:
    diagram = small()

    move_step(diagram, diagram.node("decide"), diagram.outgoing("record_award")[0])
    again = diagram.outgoing("find_authority")[0]

    assert again.get("targetRef") == "is_granted"
    assert [flow.get("sourceRef") for flow in diagram.incoming("decide")] == ["record_award"]
    assert [one.get("id") for one in diagram.attached("decide")] == ["decide_late"]
    assert faults(diagram.write()) == []


def test_a_step_goes_into_a_sub_process_and_out_of_it_again() -> None:
    diagram = small()
    group = insert_on(diagram, diagram.flow("flow_find_authority__decide"), NewStep("subProcess", {"en": "group"}))
    inner = next(group.iter(f"{B}sequenceFlow"))

    move_step(diagram, diagram.node("issue_decree"), inner)
    assert parent_of(diagram.node("issue_decree")) is group
    assert diagram.lane_of("issue_decree") is diagram.lane_of("group")
    assert faults(diagram.write()) == []
    move_step(diagram, diagram.node("issue_decree"), diagram.incoming("record_award")[0])

    assert local(parent_of(diagram.node("issue_decree"))) == "process"
    assert [flow.get("targetRef") for flow in diagram.outgoing("issue_decree")] == ["record_award"]
    assert faults(diagram.write()) == []


def test_a_sub_process_is_copied_with_all_that_is_in_it_under_new_ids() -> None:
    diagram = small()
    insert_on(diagram, diagram.flow("flow_find_authority__decide"), NewStep("subProcess", {"en": "group"}))
    move_step(diagram, diagram.node("issue_decree"), next(diagram.node("group").iter(f"{B}sequenceFlow")))

    copy = copy_step(diagram, diagram.node("group"), diagram.incoming("record_award")[0])

    assert diagram.node("issue_decree").get("name") in {one.get("name") for one in copy}
    ids = [node.get("id") for node in diagram.root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert faults(diagram.write()) == []


def test_a_step_of_another_process_brings_what_it_throws_and_no_more() -> None:
    diagram, other = small(), open_diagram(TIDY["incentive_approval"])
    node = next(
        one for one in other.root.iter(f"{B}*") if local(one) in FLOW_NODES and one.get("id") in _throwing(other)
    )

    copy = copy_step(diagram, node, diagram.incoming("record_award")[0], origin=other)

    assert faults(diagram.write()) == []
    assert copy.get("name") == node.get("name")


def _throwing(diagram: Diagram) -> set[str]:
    tags = (f"{B}intermediateThrowEvent", f"{B}sendTask", f"{B}intermediateCatchEvent", f"{B}serviceTask")
    return {node.get("id", "") for node in diagram.root.iter(*tags)}


def test_what_a_step_cannot_be_moved_to_is_refused() -> None:
    diagram = small()
    event = diagram.attached("decide")[0]

    for node, spot in (("proposed", "declined"), ("decide", event.get("id", "")),
                       ("awarded", "flow_find_authority__decide")):  # fmt: skip
        with pytest.raises(DiagramRefused):
            move_step(diagram, diagram.node(node), diagram.by_id()[spot])
    with pytest.raises(DiagramRefused):
        move_step(diagram, diagram.node("decide"), diagram.flow("flow_find_authority__decide"))


def test_a_way_beside_several_steps_joins_again_where_it_is_told() -> None:
    diagram = small()
    fork = Fork("parallelGateway", {})

    node = insert_detour(diagram, diagram.flow("flow_find_authority__decide"), diagram.incoming("record_award")[0],
                         fork, NewStep("manualTask", NAMES))  # fmt: skip

    (after,) = diagram.outgoing(node.get("id", ""))
    assert len(diagram.incoming(after.get("targetRef", ""))) == 2
    assert faults(diagram.write()) == []


def test_lanes_are_added_filled_emptied_and_removed() -> None:
    diagram = small()
    before = diagram.write()

    lane = add_lane(diagram, {"id": "Bendahara", "en": "Treasurer"})
    move_to_lane(diagram, diagram.node("record_declined"), "lane_treasurer")
    with pytest.raises(DiagramRefused, match="there are steps in this lane"):
        remove_lane(diagram, lane)
    box, around = drawing_of(diagram).box("record_declined"), drawing_of(diagram).box("lane_treasurer")
    assert box is not None and around is not None and around.holds(box.center)

    move_to_lane(diagram, diagram.node("record_declined"), "lane_system")
    remove_lane(diagram, lane)
    assert "lane_treasurer" not in diagram.write().decode()
    assert len(open_diagram(before).lanes()) == len(diagram.lanes())
    assert faults(diagram.write()) == []


def test_a_time_limit_stands_at_the_edge_beside_the_one_that_is_there() -> None:
    diagram = small()

    event = attach_event(diagram, diagram.node("decide"), LIMIT, {"id": "1 hari"}, "", is_interrupting=False)

    boxes = [drawing_of(diagram).box(one.get("id", "")) for one in diagram.attached("decide")]
    assert len(boxes) == 2 and boxes[0] is not None and boxes[1] is not None and not boxes[0].meets(boxes[1])
    assert event.get("cancelActivity") == "false"
    assert faults(diagram.write()) == []


@pytest.mark.parametrize("width", ["1e308", "inf", "nan", "2"])
def test_an_edge_of_any_width_has_a_place_for_an_event(width: str) -> None:
    content = small().write()
    head, rest = content.split(b'bpmnElement="decide"', 1)
    odd = head + b'bpmnElement="decide"' + re.sub(rb'width="[^"]*"', f'width="{width}"'.encode(), rest, count=1)
    diagram = open_diagram(odd)

    attach_event(diagram, diagram.node("decide"), LIMIT, {"id": "1 hari"}, "", is_interrupting=False)

    assert len(open_diagram(diagram.write()).attached("decide")) == 2


def test_what_a_kind_of_step_does_not_know_goes_when_it_becomes_one() -> None:
    diagram = small()
    node = diagram.node("decide")

    retype(diagram, node, "manualTask")
    assert "unit_award_decision" not in etree.tostring(node).decode()
    assert "authority.person" in etree.tostring(node).decode()
    retype(diagram, diagram.node("is_granted"), "parallelGateway")

    assert diagram.node("is_granted").get("default") is None
    assert all("conditionExpression" not in etree.tostring(flow).decode() for flow in diagram.outgoing("is_granted"))
    with pytest.raises(DiagramRefused):
        retype(diagram, node, "exclusiveGateway")


def test_conditions_and_defaults_are_set_and_taken_away() -> None:
    diagram = small()
    one, two = diagram.outgoing("is_granted")

    set_default(diagram, diagram.node("is_granted"), one.get("id", ""))
    set_condition(two, "decision.answer = 1")

    assert one.find(f"{B}conditionExpression") is None
    assert two.findtext(f"{B}conditionExpression") == "decision.answer = 1"
    retype(diagram, diagram.node("is_granted"), "parallelGateway")
    with pytest.raises(DiagramRefused):
        set_default(diagram, diagram.node("is_granted"), one.get("id", ""))


def test_names_and_explanations_are_said_in_both_languages_or_one() -> None:
    diagram = small()
    node = diagram.node("decide")

    rename(node, {"id": "Putuskan", "en": "Putuskan"})
    document(node, {"id": "Alasan.", "en": ""})

    assert "lang" not in etree.tostring(node).decode()
    assert node.findtext(f"{B}documentation") == "Alasan."
    document(node, {})
    assert node.find(f"{B}documentation") is None


def test_values_are_handed_over_by_name() -> None:
    diagram = small()
    node = diagram.node("record_award")

    set_parameters(node, "service", "input", {"amount": "10", "": "x", "empty": ""})
    assert [dict(one.attrib) for one in node.iter("{*}input")] == [{"name": "amount", "value": "10"}]
    set_parameters(node, "service", "input", {})

    assert list(node.iter("{*}input")) == []


def test_a_new_process_is_clean() -> None:
    content = new_process(
        "study_permit", {"id": "Izin belajar", "en": "Study permit"}, [{"id": "Pegawai"}, {"id": "Atasan"}]
    )

    assert check_release({"study_permit.bpmn": content}, Catalogue()) == ()
    assert faults(content) == []
    with pytest.raises(DiagramRefused):
        new_process("Izin Belajar", {"id": "Izin"}, [{"id": "Pegawai"}])


def test_no_flow_enters_a_start_or_leaves_an_end() -> None:
    diagram = small()

    for source, target in (("declined", "decide"), ("decide", "proposed"), ("decide", "decide"), ("decide", "gone")):
        with pytest.raises(DiagramRefused):
            connect(diagram, source, target)
    with pytest.raises(DiagramRefused):
        insert_on(diagram, flows(diagram)[0], NewStep("endEvent"))
