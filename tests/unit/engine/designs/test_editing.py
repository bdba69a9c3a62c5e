"""Changes to diagrams: what comes out is drawn, hangs together, and goes back to what it was."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn.check import Catalogue
from engine.bpmn.drawn import check_drawn
from engine.bpmn.model import LoopKind, Trigger
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.beginning import new_process
from engine.designs.editing.beside import add_beginning, add_listener, attach_undoing
from engine.designs.editing.connecting import connect, disconnect, reattach, redirect, set_condition, set_default
from engine.designs.editing.diagram import ACTIVITY_TASKS, B, Diagram, lane_members, local, open_diagram, parent_of
from engine.designs.editing.drawing import AROUND, drawing_of
from engine.designs.editing.geometry import is_square
from engine.designs.editing.happening import Happening
from engine.designs.editing.inserting import (
    Fork,
    NewStep,
    append,
    attach_event,
    insert_after,
    insert_branch,
    insert_detour,
    insert_links,
    insert_on,
)
from engine.designs.editing.laning import add_lane, move_to_lane, remove_lane
from engine.designs.editing.moving import copy_step, move_step
from engine.designs.editing.noting import add_data, add_group, add_note, link_data
from engine.designs.editing.removing import remove_step
from engine.designs.editing.retyping import retype
from engine.designs.editing.saying import document, rename
from engine.designs.editing.working import assign, set_form, set_loop, set_parameters
from engine.designs.storable import check_storable
from engine.designs.tidying import tidy
from engine.errors import DiagramRefused
from tests.unit.engine.designs.breaking import DIAGRAMS, catalogue_of, files_of

SMALL = "unit_award"
TIDY = {name: tidy(path.read_bytes()) for name, path in DIAGRAMS.items()}
KINDS = ("userTask", "serviceTask", "subProcess", "exclusiveGateway", "parallelGateway", "intermediateCatchEvent")
NAMES = {"id": "Langkah baru", "en": "New step"}
SIGNAL = Happening(Trigger.SIGNAL, "kabar")
LIMIT = Happening(Trigger.TIMER, time=("timeDuration", "P1D"))


def small() -> Diagram:
    """The smallest of the shipped diagrams."""
    return open_diagram(TIDY[SMALL])


def flows(diagram: Diagram) -> list[etree._Element]:
    return list(diagram.root.iter(f"{B}sequenceFlow"))


def steps(diagram: Diagram) -> list[etree._Element]:
    return [diagram.node(one.get("bpmnElement", "")) for one in diagram.root.iter("{*}BPMNShape")
            if local(diagram.by_id()[one.get("bpmnElement", "")]) in FLOW_NODES]  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a diagram that was changed: not storable, not drawn, not tidy, lines that slant."""
    problems = [*check_storable({"a.bpmn": content}), *check_drawn(read_xml(content, "a.bpmn"))]
    diagram = open_diagram(content)
    drawing = drawing_of(diagram)
    slanting = [flow.get("id", "") for flow in flows(diagram) if not is_square(drawing.points(flow.get("id", "")))]
    return [
        *(f"{one.element} {one.code}" for one in problems),
        *slanting,
        *overlaps(diagram),
        *([] if tidy(content) == content else ["untidy"]),
    ]


def overlaps(diagram: Diagram) -> list[str]:
    """Return which shapes stand on others, or out of what they stand in."""
    nodes, boxes = diagram.by_id(), drawing_of(diagram).boxes()
    solid = {name: box for name, box in boxes.items()
             if local(nodes[name]) not in (*AROUND - {"subProcess", "transaction"}, "boundaryEvent")}  # fmt: skip
    around = {name: {one.get("id", "") for one in nodes[name].iterancestors()} for name in solid}
    on = [f"{one} on {two}" for (one, a), (two, b) in combinations(solid.items(), 2)
          if a.meets(b) and one not in around[two] and two not in around[one]]  # fmt: skip
    out = [f"{name} out of {lane.get('id')}" for lane in diagram.lanes() for name in lane_members(lane)
           if name in solid and not boxes[lane.get("id", "")].holds(boxes[name].center)]  # fmt: skip
    frames = {name: boxes.get(parent_of(nodes[name]).get("id", "")) for name in solid}
    loose = [f"{name} out of its frame" for name, box in solid.items()
             if (frame := frames[name]) is not None and not frame.holds(box.center)]  # fmt: skip
    hung = [f"{name} off its step" for name, box in boxes.items() if local(nodes[name]) == "boundaryEvent"
            and not box.meets(boxes[nodes[name].get("attachedToRef", "")])]  # fmt: skip
    return [*on, *out, *loose, *hung]


def put_in_and_take_out(process: str, flow: str, kind: str) -> bytes:
    diagram = open_diagram(TIDY[process])
    node = insert_on(diagram, diagram.flow(flow), NewStep(kind, NAMES))
    assert faults(diagram.write()) == []
    remove_step(diagram, node)
    return diagram.write()


@pytest.mark.parametrize("process", [SMALL, "incentive_dispute"])
def test_what_is_put_in_and_taken_out_again_leaves_no_trace(process: str) -> None:
    names = [flow.get("id", "") for flow in flows(open_diagram(TIDY[process]))]

    left = [name for name in names if put_in_and_take_out(process, name, "userTask") != TIDY[process]]

    # A way back below a step is drawn anew, for the step would stand on it; or it would stand across two lanes.
    assert left in ([], ["flow_decide_late__find_authority"], ["flow_decide_late__escalate"])


@pytest.mark.long
@pytest.mark.timeout(600)
def test_what_is_put_into_any_flow_can_be_taken_out_again() -> None:
    places = [(process, flow.get("id", "")) for process in DIAGRAMS for flow in flows(open_diagram(TIDY[process]))]

    after = {place: put_in_and_take_out(*place, kind="userTask") for place in places}
    said_otherwise = [place for place, content in after.items() if undrawn(content) != undrawn(TIDY[place[0]])]
    drawn_otherwise = [place for place, content in after.items() if content != TIDY[place[0]]]

    assert said_otherwise == []
    # A lane that had to grow for the step stays as it is: the step would have stood across two lanes.
    assert len(drawn_otherwise) <= len(places) // 15


def undrawn(content: bytes) -> bytes:
    """Return what a diagram says, without its drawing."""
    return content.partition(b"<bpmndi:BPMNDiagram")[0]


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int]]]:
    """Draw a shipped process and what is done to it: an operation, and the numbers of what it is done to."""
    numbers = st.integers(0, 10_000)
    return draw(st.sampled_from(sorted(DIAGRAMS))), draw(
        st.lists(st.tuples(st.sampled_from(sorted(OPERATIONS)), numbers, numbers), min_size=1, max_size=5)
    )


def _one(found: list[etree._Element], number: int) -> etree._Element:
    return found[number % len(found)]


def _insert(diagram: Diagram, one: int, two: int) -> None:
    lane = _one(diagram.lanes(), two).get("id", "") if two % 2 else ""
    insert_on(diagram, _one(flows(diagram), one), NewStep(KINDS[two % len(KINDS)], NAMES, lane))


def _branch(diagram: Diagram, one: int, two: int) -> None:
    gateway = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")[two % 3]
    fork = Fork(gateway, {"id": "Perlu?"}, "x > 1")
    insert_branch(diagram, _one(flows(diagram), one), fork, NewStep("userTask", NAMES))


def _attach(diagram: Diagram, one: int, two: int) -> None:
    target = _one(steps(diagram), two).get("id", "") if two % 2 else ""
    attach_event(diagram, _one(steps(diagram), one), LIMIT, {"id": "1 hari"}, target)


def _detour(diagram: Diagram, one: int, two: int) -> None:
    fork = Fork(("exclusiveGateway", "parallelGateway")[two % 2], {"id": "Perlu?"}, "x > 1")
    insert_detour(diagram, _one(flows(diagram), one), _one(flows(diagram), two), fork, NewStep("manualTask", NAMES))


def _bring(diagram: Diagram, one: int, two: int) -> None:
    other = open_diagram(TIDY[sorted(TIDY)[two % len(TIDY)]])
    copy_step(diagram, _one(steps(other), one), _one(flows(diagram), two), origin=other)


def _lane(diagram: Diagram, number: int) -> str:
    return _one(diagram.lanes(), number).get("id", "") if number % 2 else ""


def _step(diagram: Diagram, number: int) -> str:
    return _one(steps(diagram), number).get("id", "")


def activities(diagram: Diagram) -> list[etree._Element]:
    return [step for step in steps(diagram) if local(step) in ACTIVITY_TASKS | {"subProcess"}]


def containers(diagram: Diagram) -> list[etree._Element]:
    return [diagram.process(), *diagram.root.iter(f"{B}subProcess", f"{B}transaction")]


OPERATIONS: dict[str, Callable[[Diagram, int, int], object]] = {
    "insert": _insert,
    "branch": _branch,
    "attach": _attach,
    "remove": lambda diagram, one, _two: remove_step(diagram, _one(steps(diagram), one)),
    "append": lambda diagram, one, two: append(
        diagram, _one(steps(diagram), one), NewStep(("endEvent", "manualTask")[two % 2], NAMES)
    ),
    "lane": lambda diagram, _one, _two: add_lane(diagram, {"id": "Lajur baru"}),
    "move": lambda diagram, one, two: move_to_lane(
        diagram, _one(steps(diagram), one), _one(diagram.lanes(), two).get("id", "")
    ),
    "retype": lambda diagram, one, two: retype(diagram, _one(steps(diagram), one), KINDS[two % len(KINDS)]),
    "connect": lambda diagram, one, two: connect(
        diagram, _one(steps(diagram), one).get("id", ""), _one(steps(diagram), two).get("id", "")
    ),
    "redirect": lambda diagram, one, two: redirect(
        diagram, _one(flows(diagram), one), _one(steps(diagram), two).get("id", "")
    ),
    "reattach": lambda diagram, one, two: reattach(
        diagram, _one(flows(diagram), one), _one(steps(diagram), two).get("id", "")
    ),
    "detour": _detour,
    "links": lambda diagram, one, _two: insert_links(diagram, _one(flows(diagram), one), "lanjutan"),
    "beginning": lambda diagram, one, two: add_beginning(
        diagram,
        diagram.process(),
        SIGNAL,
        {"id": "Awal lain"},
        lane=_lane(diagram, two),
        target=_step(diagram, one) if one % 2 else "",
    ),
    "listener": lambda diagram, one, two: add_listener(
        diagram,
        _one(containers(diagram), one),
        SIGNAL,
        {"id": "Bila ada"},
        _lane(diagram, two),
        is_interrupting=bool(two % 3),
    ),
    "undoing": lambda diagram, one, _two: attach_undoing(
        diagram, _one(activities(diagram), one), {"id": "Batalkan"}, "serviceTask"
    ),
    "note": lambda diagram, one, two: add_note(
        diagram, _one([*steps(diagram), diagram.process()], one), "Menurut peraturan yang berlaku. " * (two % 4 + 1)
    ),
    "data": lambda diagram, one, two: link_data(
        diagram,
        _one(activities(diagram), one),
        add_data(diagram, diagram.process(), f"data_{two % 5}", {"id": "Data"}),
        reads=bool(two % 2),
    ),
    "group": lambda diagram, one, two: add_group(
        diagram, diagram.process(), {"id": "Bersama"}, [_step(diagram, one), _step(diagram, two)]
    ),
    "shift": lambda diagram, one, two: move_step(
        diagram, _one(steps(diagram), one), _one([*flows(diagram), *steps(diagram)], two), _lane(diagram, one)
    ),
    "copy": lambda diagram, one, two: copy_step(
        diagram, _one(steps(diagram), one), _one([*flows(diagram), *steps(diagram)], two), _lane(diagram, one)
    ),
    "bring": _bring,
    "disconnect": lambda diagram, one, _two: disconnect(diagram, _one(flows(diagram), one)),
    "rename": lambda diagram, one, _two: rename(_one(steps(diagram), one), NAMES),
    "loop": lambda diagram, one, two: set_loop(
        _one([step for step in steps(diagram) if local(step) == "userTask"], one),
        list(LoopKind)[two % 3],
        {"collection": "x", "item": "y", "most": "3"},
    ),
}


#: A kind of gateway at which nothing is chosen takes the conditions of its flows away.
_SAY_MORE = ("retype", "reattach")


def said(content: bytes) -> dict[str, str]:
    """Return what each step and flow says of itself, beside how it hangs together with others."""
    nodes = open_diagram(content).by_id().items()
    told = {name: node for name, node in nodes if local(node) in (*FLOW_NODES, "sequenceFlow", "lane", "process")}
    return {name: " ".join([local(node), node.get("name", ""), *_parts_of(node)]) for name, node in told.items()}


def _parts_of(node: etree._Element) -> list[str]:
    parts = [child for child in node if local(child) in _TOLD or local(child).endswith("EventDefinition")]
    return [etree.tostring(part, with_tail=False).decode() for part in parts]


_TOLD = ("documentation", "extensionElements", "conditionExpression", "script", "multiInstanceLoopCharacteristics")


def change_at_random(process: str, done: list[tuple[str, int, int]]) -> None:
    """Do some operations one after another; what is refused changes nothing."""
    content = TIDY[process]
    for name, one, two in done:
        diagram = open_diagram(content)
        try:
            OPERATIONS[name](diagram, one, two)
        except DiagramRefused:
            continue
        before, content = said(content), diagram.write()
        after = said(content)
        changed = [one for one in before.keys() & after.keys() if before[one] != after[one]]
        assert faults(content) == [], name
        assert name in _SAY_MORE or len(changed) <= 1, (name, changed)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changes())
def test_whatever_is_done_to_a_diagram_it_stays_drawn_and_storable(
    change: tuple[str, list[tuple[str, int, int]]],
) -> None:
    change_at_random(*change)


@pytest.mark.long
@pytest.mark.timeout(900)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changes())
def test_whatever_is_done_at_length_it_stays_drawn_and_storable(change: tuple[str, list[tuple[str, int, int]]]) -> None:
    change_at_random(*change)


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
