"""Many people at the same moment, on one real SQLite file."""

from functools import partial
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import func, select

from engine.command import Receipt
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import NewCase, StartCases
from engine.errors import AlreadyClaimed, AlreadyDone
from engine.policy.actor import Actor, system_actor
from engine.records.history import audit, journal
from engine.services import ServiceContext, ServiceResult
from engine.worker import fire_timer
from tests.faults.crowd import LENGTH, PATIENCE, together
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, World, open_world

CROWD = 8
ANN, BOB = 11, 12
KEY = bytes(range(16))


def finish_all(world: World, person: int) -> int:
    """Complete whatever waits for a person until nothing is left; return how often."""
    count = 0
    while rows := world.tasks(person):
        world.complete(person, rows[0], note=f"step {count}")
        count += 1
    return count


def count_of(world: World, command: str) -> int:
    with world.engine.database.reading() as read:
        return int(read.execute(select(func.count()).where(audit.c.command == command)).scalar_one())


def test_eight_people_finish_a_hundred_and_sixty_tasks_without_a_lock(world: World) -> None:
    for person in range(1, CROWD + 1):
        world.start("test", str(person), person=person)

    done = together([partial(finish_all, world, person) for person in range(1, CROWD + 1)])

    assert done == [LENGTH] * CROWD
    with world.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(journal)).scalar_one() == CROWD * (LENGTH + 1)
        check_history(read)


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


def test_one_key_from_eight_threads_is_one_effect_and_one_receipt(world: World) -> None:
    case = world.start("test", person=ANN)
    command = CompleteTask(case, world.tasks(ANN)[0].token, {"note": "once"})

    answers = together([partial(world.engine.run, command, Actor(CITY, ANN), KEY)] * CROWD)

    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert len({(receipt.subject, receipt.at) for receipt in receipts}) == 1
    assert (len(receipts), sum(receipt.repeated for receipt in receipts)) == (CROWD, CROWD - 1)
    assert count_of(world, "CompleteTask") == 1


def test_one_start_from_eight_threads_starts_one_case(world: World) -> None:
    command = StartCases("test", (NewCase("same", 1, "same", {"person": ANN}),))

    answers = together([partial(world.engine.run, command, system_actor(CITY))] * CROWD)

    assert sorted(len(answer.value) for answer in answers if isinstance(answer, Receipt)) == [0] * (CROWD - 1) + [1]
    assert len(world.tasks(ANN)) == 1


def test_a_timer_polled_by_eight_workers_fires_once(world: World, tmp_path: Path) -> None:
    late = boundary_timer("late", "write", "PT1H", interrupting=False), user("help", "12")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways, process="deadline"))
    case = world.start("deadline")
    token = world.tasks(ANN)[0].token + 1
    world.clock.forward(hours=2)

    answers = together([partial(fire_timer, world.engine, CITY, case, token)] * CROWD)

    assert answers == [None] * CROWD
    assert len(world.tasks(BOB)) == 1


def test_a_service_that_hangs_stops_nobody_else(tmp_path: Path) -> None:
    entered, leave = Event(), Event()

    def hang(call: ServiceContext) -> ServiceResult:
        entered.set()
        leave.wait(2 * PATIENCE)
        return ServiceResult()

    with open_world(tmp_path, {"hang": hang}) as world:
        parts = start(), user("write"), service("work", "hang"), user("read"), end()
        world.deploy(diagram(tmp_path, *parts, path("begin", "write", "work", "read", "done"), process="slow"))
        world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
        world.start("slow", person=ANN)
        world.start("test", person=BOB)
        stuck = Thread(target=finish_all, args=(world, ANN))
        stuck.start()
        assert entered.wait(PATIENCE)

        finish_all(world, BOB)

        assert world.tasks(BOB) == ()
        leave.set()
        stuck.join(PATIENCE)
        assert world.tasks(ANN) == ()
