"""Changes to diagrams: what comes out is drawn, hangs together, and goes back to what it was."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn.check import Catalogue
from engine.bpmn.drawn import check_drawn
from engine.bpmn.model import LoopKind, Trigger
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release
from engine.designs.editing.beginning import new_process
from engine.designs.editing.connecting import connect, disconnect, redirect, set_condition, set_default
from engine.designs.editing.diagram import B, Diagram, lane_members, local, open_diagram
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import is_square
from engine.designs.editing.happening import Happening
from engine.designs.editing.inserting import Fork, NewStep, append, attach_event, insert_after, insert_branch, insert_on
from engine.designs.editing.laning import add_lane, move_to_lane, remove_lane
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
LIMIT = Happening(Trigger.TIMER, time=("timeDuration", "P1D"))


def small() -> Diagram:
    """The smallest of the shipped diagrams."""
    return open_diagram(TIDY[SMALL])


def flows(diagram: Diagram) -> list[etree._Element]:
    return list(diagram.root.iter(f"{B}sequenceFlow"))


def steps(diagram: Diagram) -> list[etree._Element]:
    return [diagram.node(one.get("bpmnElement", "")) for one in diagram.root.iter("{*}BPMNShape")
            if local(diagram.by_id()[one.get("bpmnElement", "")]) not in ("lane", "participant")]  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a diagram that was changed: not storable, not drawn, not tidy, lines that slant."""
    problems = [*check_storable({"a.bpmn": content}), *check_drawn(read_xml(content, "a.bpmn"))]
    diagram = open_diagram(content)
    drawing = drawing_of(diagram)
    slanting = [flow.get("id", "") for flow in flows(diagram) if not is_square(drawing.points(flow.get("id", "")))]
    return [
        *(f"{one.element} {one.code}" for one in problems),
        *slanting,
        *([] if tidy(content) == content else ["untidy"]),
    ]


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

    # A way back below a step is drawn anew, for the step would stand on it.
    assert left in ([], ["flow_decide_late__find_authority"])


@pytest.mark.long
@pytest.mark.timeout(600)
def test_what_is_put_into_any_flow_can_be_taken_out_again() -> None:
    places = [(process, flow.get("id", "")) for process in DIAGRAMS for flow in flows(open_diagram(TIDY[process]))]

    left = [place for place in places if put_in_and_take_out(*place, kind="userTask") != TIDY[place[0]]]

    assert len(left) <= len(places) // 100


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
    "disconnect": lambda diagram, one, _two: disconnect(diagram, _one(flows(diagram), one)),
    "rename": lambda diagram, one, _two: rename(_one(steps(diagram), one), NAMES),
    "loop": lambda diagram, one, two: set_loop(
        _one([step for step in steps(diagram) if local(step) == "userTask"], one),
        list(LoopKind)[two % 3],
        {"collection": "x", "item": "y", "most": "3"},
    ),
}


def change_at_random(process: str, done: list[tuple[str, int, int]]) -> None:
    """Do some operations one after another; what is refused changes nothing."""
    content = TIDY[process]
    for name, one, two in done:
        diagram = open_diagram(content)
        try:
            OPERATIONS[name](diagram, one, two)
        except DiagramRefused:
            continue
        content = diagram.write()
        assert faults(content) == [], name


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
