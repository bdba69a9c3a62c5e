"""Fault 4: several people reach for one task. One has it, the others are told, and nothing is lost."""

from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from engine.command import Receipt
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.errors import AlreadyClaimed, AlreadyDone
from engine.policy.actor import Actor
from engine.records.history import audit
from tests.faults.crowd import CROWD, LENGTH, finish_all, together
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN = 11


def count_of(world: World, command: str) -> int:
    with world.engine.database.reading() as read:
        return int(read.execute(select(func.count()).where(audit.c.command == command)).scalar_one())


def test_eight_people_finish_a_hundred_and_sixty_tasks_without_a_lock(world: World) -> None:
    for person in range(1, CROWD + 1):
        world.start("test", str(person), person=person)

    done = together([partial(finish_all, world, person) for person in range(1, CROWD + 1)])

    assert done == [LENGTH] * CROWD
    assert check_history(world).steps == CROWD * (LENGTH + 1)


def test_of_eight_people_who_reach_for_one_queued_task_one_gets_it(world: World, tmp_path: Path) -> None:
    sort = user("sort", "", candidate='"clerks"')
    world.deploy(diagram(tmp_path, start(), sort, end(), path("begin", "sort", "done"), process="queue"))
    case = world.start("queue")
    command = ClaimTask(case, world.queue(ANN, "clerks")[0].token)
    clerks = [Actor(CITY, person, frozenset({"clerks"})) for person in range(1, CROWD + 1)]

    answers = together([partial(world.engine.run, command, clerk) for clerk in clerks])

    winners = [number for number, answer in enumerate(answers, start=1) if isinstance(answer, Receipt)]
    told = [answer.params["person"] for answer in answers if isinstance(answer, AlreadyClaimed)]
    assert (len(winners), told) == (1, winners * (CROWD - 1))
    assert len(world.tasks(winners[0])) == 1


def test_of_eight_completions_of_one_task_one_counts_and_the_others_are_told(world: World) -> None:
    case = world.start("test", person=ANN)
    command = CompleteTask(case, world.tasks(ANN)[0].token, {})

    answers = together([partial(world.engine.run, command, Actor(CITY, ANN))] * CROWD)

    assert sum(isinstance(answer, Receipt) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == CROWD - 1
    assert count_of(world, "CompleteTask") == 1
    check_history(world)
