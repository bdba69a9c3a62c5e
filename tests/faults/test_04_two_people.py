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
from engine.services import ServiceContext, ServiceResult
from tests.faults.crowd import CROWD, LENGTH, chain, finish_all, together
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, World, open_world

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


def test_no_service_is_asked_twice_because_others_complete_at_the_same_moment(tmp_path: Path) -> None:
    asked: list[int] = []

    def note(call: ServiceContext) -> ServiceResult:
        asked.append(call.case_id)
        return ServiceResult()

    with open_world(tmp_path, {"note": note}) as world:
        parts = start(), user("write"), service("count", "note"), user("read"), end()
        world.deploy(diagram(tmp_path, *parts, path("begin", "write", "count", "read", "done"), process="noted"))
        world.deploy(chain(tmp_path))
        cases = [world.start("noted", str(person), person=person) for person in range(1, CROWD + 1)]
        for person in range(1, CROWD + 1):
            world.start("test", str(person), person=person)

        done = together([partial(finish_all, world, person) for person in range(1, CROWD + 1)])

        assert done == [2 + LENGTH] * CROWD
        assert sorted(asked) == sorted(cases)
        assert check_history(world).steps == CROWD * (3 + LENGTH + 1)


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
