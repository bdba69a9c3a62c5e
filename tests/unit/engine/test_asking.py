"""Who is asked, and until when, is what the variables say when a task begins."""

from datetime import date
from pathlib import Path

import pytest

from engine.commands.retry_incident import RetryIncident
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from tests.unit.engine.diagrams import diagram, end, gateway, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 11, 12
SYSTEM = system_actor(CITY)


def forked(task: str, name: str = "p") -> tuple[str, ...]:
    """Two branches: in one a task, in the other a script that makes somebody else of a variable."""
    parts = gateway("parallel", "fork"), task, script("other", name, "12"), gateway("parallel", "join")
    ways = path("begin", "set", "fork", "write", "join", "done"), path("fork", "other", "join")
    return (start(), script("set", "p", "11"), *parts, end(), *ways)


def view(world: World, case: int) -> CaseView:
    return world.engine.read(view_case, SYSTEM, case)


def test_a_script_beside_a_task_does_not_change_whom_it_asks(world: World, tmp_path: Path) -> None:
    due = 'date("2026-10-05") + duration("P1D") * p'
    world.deploy(diagram(tmp_path, *forked(user("write", "p", due=due, priority="p"))))

    world.start("test")

    (row,) = world.tasks(ANN)
    assert (row.due, row.priority) == (date(2026, 10, 16), 11)
    assert world.tasks(BOB) == ()


def test_a_person_who_is_named_too_late_is_an_incident_at_the_task(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, *forked(user("write", "q"), "q")))
    case = world.start("test")
    assert [(item.element, item.code) for item in view(world, case).incidents] == [("write", "element_failed")]

    world.engine.run(RetryIncident(case, view(world, case).incidents[0].token), SYSTEM)

    assert [row.element for row in world.tasks(BOB)] == ["write"]


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"due": "date(said)"}, "2026-02-30"),
        ({"followUp": "date(said)"}, "2026-02-30"),
        ({"due": "working days after(gone, 3)"}, "gone"),
        ({"priority": "number(said)"}, "2026-02-30"),
    ],
)
def test_a_day_that_is_none_is_an_incident(world: World, tmp_path: Path, extra: dict[str, str], reason: str) -> None:
    world.deploy(diagram(tmp_path, start(), user("write", "11", **extra), end(), path("begin", "write", "done")))

    case = world.start("test", said="2026-02-30")

    (incident,) = view(world, case).incidents
    assert incident.element == "write"
    assert "gives nothing" in incident.text


@pytest.mark.parametrize("due", ["null", "limit", "letter.limit", "if limit = null then null else date(limit)"])
def test_a_day_of_which_nothing_is_said_is_none(world: World, tmp_path: Path, due: str) -> None:
    world.deploy(diagram(tmp_path, start(), user("write", "11", due=due), end(), path("begin", "write", "done")))

    world.start("test")

    assert [row.due for row in world.tasks(ANN)] == [None]
