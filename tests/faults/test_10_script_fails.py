"""Fault 10: a script behind a person's step fails. The step is kept, no partial data, and the incident says why."""

from pathlib import Path

import pytest

from engine.casework import variables_of
from engine.commands.retry_incident import RetryIncident
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 11, 12


TOO_MANY = "for i in 1..(if amount > 0 then 30000 else 1) return i"  # items for one value


@pytest.mark.parametrize("feel", ["amount.nothing[1].there + 1 > today()", 'sum("x")[1]', 'duration("P3M") + amount'])
def test_a_script_that_fails_or_gives_nothing_leaves_the_persons_step_and_its_own_name(
    world: World, tmp_path: Path, feel: str
) -> None:
    think = script("think", "thought", f"{{kept: [1], lost: if amount > 0 then ({feel}) else 1, odd: {TOO_MANY}}}")
    ways = path("begin", "write", "think", "look", "done")
    world.deploy(
        diagram(tmp_path, start(), user("write", "ann"), think, user("look", "bob"), end(), ways, process="money")
    )
    case = world.start("money", ann=ANN, bob=BOB, amount=5)

    world.complete(ANN, world.tasks(ANN)[0], note="kept")

    view = world.engine.read(view_case, system_actor(CITY), case)
    assert ([item.element for item in view.incidents], view.history[-1].data) == (["think"], {"note": "kept"})
    assert "thought" not in variables_of(view.case)
    assert world.tasks(BOB) == ()
    check_history(world)
    world.engine.run(RetryIncident(case, view.incidents[0].token), system_actor(CITY))
    check_history(world)
