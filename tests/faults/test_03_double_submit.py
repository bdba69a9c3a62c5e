"""Fault 3: the same request comes from eight threads. All are given the first one's result, and it has one effect."""

from functools import partial

from sqlalchemy import func, select

from engine.command import Receipt
from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import Actor, system_actor
from engine.records.history import audit
from tests.faults.crowd import CROWD, together
from tests.faults.history import check_history
from tests.unit.engine.world import CITY, World

ANN = 11
KEY = bytes(range(16))


def count_of(world: World, command: str) -> int:
    with world.engine.database.reading() as read:
        return int(read.execute(select(func.count()).where(audit.c.command == command)).scalar_one())


def test_one_key_from_eight_threads_is_one_effect_and_one_receipt(world: World) -> None:
    case = world.start("test", person=ANN)
    command = CompleteTask(case, world.tasks(ANN)[0].token, {"note": "once"})

    answers = together([partial(world.engine.run, command, Actor(CITY, ANN), KEY)] * CROWD)

    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert len({(receipt.subject, receipt.at) for receipt in receipts}) == 1
    assert (len(receipts), sum(receipt.repeated for receipt in receipts)) == (CROWD, CROWD - 1)
    assert count_of(world, "CompleteTask") == 1
    check_history(world)


def test_one_start_from_eight_threads_starts_one_case(world: World) -> None:
    command = StartCases("test", (NewCase("same", 1, "same", {"person": ANN}),))

    answers = together([partial(world.engine.run, command, system_actor(CITY))] * CROWD)

    assert sorted(len(answer.value) for answer in answers if isinstance(answer, Receipt)) == [0] * (CROWD - 1) + [1]
    assert len(world.tasks(ANN)) == 1
    check_history(world)
