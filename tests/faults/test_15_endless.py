"""Fault 15: an endless diagram, one that explodes, one that calls itself, a thousand million rounds. Each is refused at
deploy, or stopped by a budget as an incident behind the person's step."""

from pathlib import Path

import pytest

from engine.errors import DiagramRefused
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, flow, gateway, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN = 11
ROUNDS = (
    '<bpmn:scriptTask id="many"><bpmn:extensionElements><alur:script result="x" /></bpmn:extensionElements>'
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>{count}</bpmn:loopCardinality>"
    "</bpmn:multiInstanceLoopCharacteristics><bpmn:script>1</bpmn:script></bpmn:scriptTask>"
)
CALL = '<bpmn:callActivity id="again" calledElement="endless" />'

#: Parts behind the task `write`, and the flows among them.
ENDLESS = {
    "a loop whose condition never holds": (
        gateway("exclusive", "round"),
        script("count", "n", "if n = null then 1 else n + 1"),
        gateway("exclusive", "enough", default="enough-round"),
        path("write", "round", "count", "enough", "round") + flow("enough", "done", "n < 0"),
    ),
    "tokens that double": (
        gateway("exclusive", "round"),
        gateway("parallel", "split"),
        script("left", "l", "1"),
        script("right", "r", "1"),
        path("write", "round", "split", "left", "round")
        + path("split", "right", "round")
        + flow("round", "done", "l = 7"),
    ),
    "a thousand million rounds": (ROUNDS.format(count="1000000000"), path("write", "many", "done")),
    "rounds that nobody can count": (ROUNDS.format(count="10 ** 30 * big"), path("write", "many", "done")),
    "a process that calls itself": (CALL, path("write", "again", "done")),
    "a list without end": (script("list", "x", "for i in 1..1000000000 return i"), path("write", "list", "done")),
    "a text without end": (
        script("text", "x", "for i in 1..100000 return if i = 1 then [big] else partial"),
        path("write", "text", "done"),
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_refused_or_stopped(world: World, tmp_path: Path, name: str) -> None:
    try:
        world.deploy(
            diagram(tmp_path, start(), user("write"), *ENDLESS[name], end(), path("begin", "write"), process="endless")
        )
    except DiagramRefused as refused:
        assert refused.problems
        return
    case = world.start("endless", person=ANN, big=10, n=None, l=None)

    world.complete(ANN, next(row for row in world.tasks(ANN) if row.case_id == case), note="kept")

    view = world.engine.read(view_case, system_actor(CITY), case)
    assert view.incidents
    assert view.history[-1].data == {"note": "kept"}
    check_history(world)
