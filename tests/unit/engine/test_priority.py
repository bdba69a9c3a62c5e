"""What a diagram says of how much a task matters and from when: it is kept, shown in order, and told anew."""

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from engine.casework import find_case
from engine.command import Changes, Context, TenantSubject
from engine.commands.claim_task import ClaimTask
from engine.journal import Step
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.task import view_task
from engine.steps import load_run, step_changes
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 11, 12


class Renew:
    """What processes do when somebody else is asked: the task is opened anew by changed variables."""

    permission: ClassVar[str] = "case:advance"

    def __init__(self, case: int, token: int, **variables: Any) -> None:
        self.case, self.token, self.variables = case, token, variables

    def subject(self, context: Context) -> TenantSubject:
        return TenantSubject(CITY)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        case = find_case(context.read, CITY, self.case)
        run, around = load_run(context, case)
        run.renew(self.variables, (self.token,))
        return step_changes(case, run.outcome(), around, Step("reassign"))


def start_task(world: World, folder: Path, key: str = "1", **variables: Any) -> int:
    """Start a case with one task whose priority and days are variables."""
    task = user("write", "ann", due="limit", priority="weight", followUp="later")
    world.deploy(diagram(folder, start(), task, end(), path("begin", "write", "done")))
    known: dict[str, Any] = {"ann": ANN, "weight": None, "later": None, "limit": None, **variables}
    return world.start("test", key, **known)


def said(world: World, case: int) -> list[str]:
    return [item.text for item in world.engine.read(view_case, system_actor(CITY), case).incidents]


def test_a_task_has_the_priority_and_the_follow_up_day_that_its_diagram_says(world: World, tmp_path: Path) -> None:
    start_task(world, tmp_path, weight=80, later=date(2026, 10, 12))

    row = world.tasks(ANN)[0]

    assert (row.priority, row.follow_up) == (80, date(2026, 10, 12))
    task = world.engine.read(view_task, Actor(CITY, ANN), row.case_id, row.token).task
    assert (task.priority, task.follow_up) == (80, date(2026, 10, 12))


def test_a_task_of_which_nothing_is_said_matters_like_any_other(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("write", "ann"), end(), path("begin", "write", "done")))
    world.start("test", ann=ANN)

    row = world.tasks(ANN)[0]

    assert (row.priority, row.follow_up) == (50, None)


def test_what_is_due_on_one_day_is_shown_by_how_much_it_matters(world: World, tmp_path: Path) -> None:
    friday, monday = date(2026, 10, 9), date(2026, 10, 12)
    for key, weight, limit in (("a", 0, friday), ("b", 100, friday), ("c", 50, friday), ("d", 100, monday)):
        start_task(world, tmp_path, key, weight=weight, limit=limit)
    start_task(world, tmp_path, "e", weight=100)
    start_task(world, tmp_path, "f", weight=70)

    rows = world.tasks(ANN)

    assert [row.title[-1] for row in rows] == ["b", "c", "a", "d", "e", "f"]


@pytest.mark.parametrize("weight", [-1, 101, "high", True])
def test_a_priority_that_is_none_is_an_incident(world: World, tmp_path: Path, weight: object) -> None:
    case = start_task(world, tmp_path, weight=weight)

    assert ["The priority 'weight' of task 'write'" in text for text in said(world, case)] == [True]


def test_a_follow_up_day_that_is_none_is_an_incident(world: World, tmp_path: Path) -> None:
    case = start_task(world, tmp_path, later="soon")

    assert ["The follow-up date 'later' of task 'write' gives no date" in text for text in said(world, case)] == [True]


def test_a_task_that_is_opened_anew_is_weighed_anew(world: World, tmp_path: Path) -> None:
    case = start_task(world, tmp_path, weight=80, later=date(2026, 10, 12))
    token = world.tasks(ANN)[0].token

    world.engine.run(Renew(case, token, ann=BOB, weight=10, later=None), system_actor(CITY))

    row = world.tasks(BOB)[0]
    assert (row.token, row.priority, row.follow_up) == (token, 10, None)


def test_a_task_that_is_taken_from_the_queue_keeps_its_priority(world: World, tmp_path: Path) -> None:
    task = user("write", "", candidate='"clerks"', priority="90", followUp="today()")
    world.deploy(diagram(tmp_path, start(), task, end(), path("begin", "write", "done")))
    case = world.start("test")
    queued = world.queue(ANN, "clerks")[0]

    world.engine.run(ClaimTask(case, queued.token), Actor(CITY, ANN, frozenset({"clerks"})))

    row = world.tasks(ANN)[0]
    assert (queued.priority, row.priority, row.follow_up) == (90, 90, date(2026, 10, 5))
