"""A case keeps why its decisions gave what they gave: the rules that applied, and the inputs they looked at."""

from pathlib import Path

from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.dmn.models import file
from tests.unit.engine.dmn.tables import table
from tests.unit.engine.moves import check_whole, entries
from tests.unit.engine.world import World

ANN = 11
RULES = [([">= 76", "-"], ['"B"']), (["< 76", '"cuti"'], ['"C"']), (["-", "-"], ['"D"'])]
DECIDES = (
    '<bpmn:businessRuleTask id="grade"><bpmn:extensionElements><alur:decision ref="d" result="grade"/>'
    "</bpmn:extensionElements></bpmn:businessRuleTask>"
)


def deploy(world: World, folder: Path) -> None:
    drawn = diagram(folder, start(), DECIDES, user("wait", "11"), end(), path("begin", "grade", "wait", "done"))
    rules = folder / "rules.dmn"
    rules.write_bytes(file(table(*RULES, inputs=("score", "reason"), policy="FIRST")))
    world.deploy(drawn, rules)


def test_the_step_that_decided_holds_the_rules_and_their_inputs(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)

    case = world.start("test", score=70, reason="cuti")

    (begun,) = entries(world, case)
    assert begun["decided"] == [["d", [["Nilai", ["r2"], {"score": "70", "reason": '"cuti"'}]]]]
    assert world.tasks(ANN)[0].variables["grade"] == "C"


def test_a_step_without_a_decision_keeps_none_and_the_case_is_in_order(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=80, reason=None)

    world.complete(ANN, world.tasks(ANN)[0])

    first, second = entries(world, case)
    assert ("decided" in first, "decided" in second) == (True, False)
    check_whole(world)
