"""Ways of lines: past all shapes if there is one with three angles, and none through a shape."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.designs.editing.clearing import clear_lines, crossed_in
from engine.designs.editing.connecting import connect
from engine.designs.editing.diagram import Diagram, open_diagram
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box, Point, is_square
from engine.designs.editing.inserting import NewStep, insert_on
from engine.designs.editing.ways import free_way, ways_past
from engine.errors import DiagramRefused
from tests.unit.engine.designs.drawn import NAMES, TIDY, faults, flows, small, steps

SIDE = 12
UNIT = 10


def box(x: int, y: int, width: int = 2, height: int = 2) -> Box:
    """Return a rectangle of the small plane on which all ways can be tried."""
    return Box(x * UNIT, y * UNIT, width * UNIT, height * UNIT)


boxes = st.builds(
    box, st.integers(0, SIDE - 2), st.integers(0, SIDE - 2), st.sampled_from([2, 4]), st.sampled_from([2, 4])
)


def is_free(way: Sequence[Point], source: Box, target: Box, others: Sequence[Box]) -> bool:
    """Say whether a way goes through nothing."""
    return not any(_inside(one, two, shape) for one, two in pairwise(way) for shape in (source, target, *others))


def _inside(one: Point, two: Point, shape: Box) -> bool:
    (left, right), (top, foot) = (sorted(pair) for pair in zip(one, two, strict=True))
    return left < shape.right and right > shape.x and top < shape.bottom and foot > shape.y


def all_ways(source: Box, target: Box) -> Iterator[list[Point]]:
    """Yield every way with at most three angles on the grid, from the midst of a side to the midst of one."""
    places = [float(place) for place in range(-2 * UNIT, (SIDE + 6) * UNIT, UNIT)]
    for start, is_flat in _doors(source):
        for end, ends_flat in _doors(target):
            if is_flat is ends_flat:
                if start[is_flat] == end[is_flat]:
                    yield [start, end]
                for place in places:
                    yield ([start, (place, start[1]), (place, end[1]), end] if is_flat
                           else [start, (start[0], place), (end[0], place), end])  # fmt: skip
                continue
            yield [start, (end[0], start[1]) if is_flat else (start[0], end[1]), end]
            for x in places:
                for y in places:
                    yield ([start, (x, start[1]), (x, y), (end[0], y), end] if is_flat
                           else [start, (start[0], y), (x, y), (x, end[1]), end])  # fmt: skip


def _doors(shape: Box) -> list[tuple[Point, bool]]:
    x, y = shape.center
    return [((shape.right, y), True), ((shape.x, y), True), ((x, shape.y), False), ((x, shape.bottom), False)]


def leaves_straight(way: Sequence[Point], shape: Box) -> bool:
    """Say whether the first piece of a way goes out of a rectangle."""
    (x, y), (to_x, to_y) = way[0], way[1]
    outward = {shape.right: to_x > x, shape.x: to_x < x} if y == shape.center[1] else {}
    upward = {shape.bottom: to_y > y, shape.y: to_y < y} if x == shape.center[0] else {}
    return outward.get(x, False) or upward.get(y, False)


@settings(max_examples=60, deadline=None)
@given(boxes, boxes, st.lists(boxes, max_size=5))
def test_a_way_with_three_angles_is_found_if_there_is_one(source: Box, target: Box, others: list[Box]) -> None:
    assume(not source.meets(target) and not any(other.meets(end) for other in others for end in (source, target)))

    ways = ways_past(source, target, others, 0)
    free = (way for way in all_ways(source, target) if leaves_straight(way, source)
            and leaves_straight(way[::-1], target) and is_free(way, source, target, others))  # fmt: skip
    known = next(free, None)

    assert bool(ways) is (known is not None)
    for found in ways:
        assert len(found) <= 5 and is_square(found) and is_free(found, source, target, others)
        assert leaves_straight(found, source) and leaves_straight(found[::-1], target)


def test_a_way_lies_on_no_other_line_where_there_is_another_one() -> None:
    source, target, wall = box(0, 4), box(10, 4), box(5, 4)

    first = free_way(source, target, [wall])
    second = free_way(source, target, [wall], lines=[first])

    assert len(first) == len(second) and first != second
    assert first[1][1] != second[1][1]


def test_a_new_flow_and_one_that_is_led_elsewhere_run_through_nothing() -> None:
    diagram = small()
    before = crossed_in(diagram)
    flow = connect(diagram, "decide", "awarded").get("id", "")
    plain = {line[0] for line in crossed_in(diagram)}

    clear_lines(diagram, before)

    assert flow in plain
    assert crossed_in(diagram) == before == {}
    assert faults(diagram.write()) == []


def test_what_ran_through_something_before_is_left_as_it_was_drawn() -> None:
    diagram = small()
    connect(diagram, "decide", "awarded")
    before, content = crossed_in(diagram), diagram.write()

    clear_lines(diagram, before)

    assert before and diagram.write() == content


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(sorted(TIDY)), st.integers(0, 10_000), st.integers(0, 10_000))
def test_no_new_line_runs_through_anything_where_there_is_another_way(process: str, one: int, two: int) -> None:
    diagram = open_diagram(TIDY[process])
    before = crossed_in(diagram)
    inserted = insert_on(diagram, flows(diagram)[one % len(flows(diagram))], NewStep("userTask", NAMES))
    try:
        connect(diagram, inserted.get("id", ""), flows(diagram)[two % len(flows(diagram))].get("targetRef", ""))
    except DiagramRefused:
        assume(False)

    clear_lines(diagram, before)
    new = [line for line, names in crossed_in(diagram).items() if names - before.get(line, frozenset())]

    assert faults(diagram.write()) == []
    assert [line for line in new if way_between(diagram, *line[1:])] == []


def way_between(diagram: Diagram, *ends: str) -> list[Point]:
    """Return a way between two steps past all others."""
    boxes, nodes = drawing_of(diagram).boxes(), [diagram.node(end) for end in ends]
    passed = {part for node in nodes for part in (node, *node.iterancestors(), *node.iterdescendants())}
    others = [boxes[step.get("id", "")] for step in steps(diagram) if step not in passed]
    return free_way(boxes[ends[0]], boxes[ends[1]], others)
