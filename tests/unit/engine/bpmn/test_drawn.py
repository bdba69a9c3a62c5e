"""What the parts of a file say of each other is true: lanes, pools, lines, lists of flows, and the drawing."""

import pytest

from engine.bpmn.release import compile_release
from tests.unit.engine.bpmn.drawings import CATALOGUE, around, call, found, inside, process, whole
from tests.unit.engine.diagrams import user

DI = 'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
SHAPES = "".join(f'<di:BPMNShape bpmnElement="{name}" />' for name in ("begin", "x", "done"))
EDGES = "".join(f'<di:BPMNEdge bpmnElement="{name}" />' for name in ("begin-x", "x-done"))


def with_lanes(*lanes: str) -> set[tuple[str, str]]:
    """The problems of a process with lanes, each the ids of what it holds."""
    drawn = [
        f'<bpmn:lane id="lane{n}">{"".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in lane.split())}'
        "</bpmn:lane>"
        for n, lane in enumerate(lanes)
    ]
    return found(*around(user("x", "1")), f"<bpmn:laneSet>{''.join(drawn)}</bpmn:laneSet>")


def drawn_with(content: str) -> set[tuple[str, str]]:
    """The problems of a diagram with a drawing."""
    picture = f'<di:BPMNDiagram {DI} id="picture"><di:BPMNPlane id="plane">{content}</di:BPMNPlane></di:BPMNDiagram>'
    return found(*around(user("x", "1")), beside=picture)


def test_lanes_hold_steps_of_their_process_each_once() -> None:
    assert with_lanes("begin x", "done") == set()
    assert with_lanes("begin gone") == {("lane0", "lane_reference")}
    assert with_lanes("x", "x done") == {("x", "two_lanes")}


def test_a_lane_may_hold_what_is_refused_for_another_reason() -> None:
    lane = '<bpmn:laneSet><bpmn:lane id="lane"><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'

    assert found(*around('<bpmn:task id="x" />'), lane) == {("x", "not_executed")}


@pytest.mark.parametrize("tag", ["incoming", "outgoing"])
def test_a_list_of_flows_that_contradicts_the_flows_is_refused(tag: str) -> None:
    true = {"incoming": "begin-x", "outgoing": "x-done"}[tag]
    listed = [
        user("x", "1").replace("</bpmn:userTask>", f"<bpmn:{tag}>{name}</bpmn:{tag}></bpmn:userTask>")
        for name in (true, "gone")
    ]

    assert found(*around(listed[0])) == set()
    assert found(*around(listed[1])) == {("x", "flow_reference")}


def test_a_pool_names_a_process_of_the_file_and_no_other_names_it_too() -> None:
    pool = '<bpmn:participant id="{}" processRef="{}" />'
    pools = [pool.format("p", "gone"), pool.format("p", "test") + pool.format("q", "test")]

    drawn = [found(*around(user("x", "1")), beside=f'<bpmn:collaboration id="c">{inner}</bpmn:collaboration>')
             for inner in pools]  # fmt: skip

    assert drawn == [{("p", "pool_reference")}, {("p", "two_pools"), ("q", "two_pools")}]


@pytest.mark.parametrize(
    "line",
    ['<bpmn:association id="line" sourceRef="gone" targetRef="x" />', '<bpmn:association id="line" sourceRef="x" />',
     '<bpmn:group id="line" categoryValueRef="gone" />'],
)  # fmt: skip
def test_a_line_that_ends_nowhere_is_refused(line: str) -> None:
    assert found(*around(user("x", "1")), line) == {("line", "line_reference")}


def test_what_runs_unseen_is_a_warning_where_there_is_a_drawing_at_all() -> None:
    assert found(*around(user("x", "1"))) == set()
    assert drawn_with(SHAPES + EDGES) == set()
    assert drawn_with(SHAPES) == {("begin-x", "not_drawn"), ("x-done", "not_drawn")}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "wide", "", "1e308", "-1000001"])
def test_a_place_in_the_drawing_is_a_number(number: str) -> None:
    placed = SHAPES.replace(
        ' bpmnElement="x" />', f' id="box" bpmnElement="x"><dc:Bounds x="{number}" y="1" /></di:BPMNShape>'
    )

    assert drawn_with(placed + EDGES) == {("box", "drawing_number")}


def test_the_lanes_of_a_called_process_are_known_too() -> None:
    lane = '<bpmn:lane id="lane" name="Bagian"><bpmn:flowNodeRef>z</bpmn:flowNodeRef></bpmn:lane>'
    other = process("other", f"<bpmn:laneSet>{lane}</bpmn:laneSet>", *inside("other", "z", user("z", "1")))

    outline = compile_release({"a.bpmn": whole(*around(call("x", "other")), beside=other).encode()}, CATALOGUE).outline

    assert [found_lane.names["id"] for found_lane in outline.lanes] == ["Bagian"]
    assert outline.elements["z"].lane == "lane"
