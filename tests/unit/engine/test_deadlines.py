"""When a task's time is over it is over, whether or not the sweep has come to its timer."""

from pathlib import Path

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.save_draft import SaveDraft
from engine.errors import AlreadyDone, TooLate
from engine.policy.actor import Actor
from engine.queries.inbox import InboxRow
from engine.queries.task import view_task
from engine.records.counting import count_statements
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB, EVE = 11, 12, 13
CLERK = Actor(CITY, ANN, frozenset({"clerks"}))


def open_task(world: World, folder: Path, task: str, *, interrupting: bool = True) -> None:
    """A task with an hour's time, after which Bob gets one."""
    late = boundary_timer("late", "write", "PT1H", interrupting=interrupting)
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(folder, start(), task, late, user("help", "bob"), end(), *ways))
    world.start("test", ann=ANN, bob=BOB)


@pytest.fixture
def late(world: World, tmp_path: Path) -> InboxRow:
    """Ann's task, whose time is over to the second; the sweep has not come yet."""
    open_task(world, tmp_path, user("write", "ann"))
    row = world.tasks(ANN)[0]
    world.clock.forward(hours=1)
    return row


def test_who_is_one_second_early_is_in_time(world: World, tmp_path: Path) -> None:
    open_task(world, tmp_path, user("write", "ann"))
    world.clock.forward(seconds=3599)

    world.complete(ANN, world.tasks(ANN)[0])

    assert world.tasks(BOB) == ()


def test_completing_a_task_whose_time_is_over_is_refused_before_the_sweep(world: World, late: InboxRow) -> None:
    with pytest.raises(TooLate) as caught:
        world.complete(ANN, late, text="too late")

    assert (caught.value.params["person"], caught.value.params["at"]) == (None, world.clock.now)
    assert issubclass(TooLate, AlreadyDone)


def test_the_sweep_goes_on_where_a_late_person_was_refused(world: World, late: InboxRow) -> None:
    with pytest.raises(TooLate):
        world.complete(ANN, late)

    sweep_timers(world.engine)
    world.work()

    assert world.tasks(ANN) == ()
    assert [row.element for row in world.tasks(BOB)] == ["help"]
    with pytest.raises(AlreadyDone):
        world.complete(ANN, late)


def test_a_draft_is_kept_until_the_task_is_gone(world: World, late: InboxRow) -> None:
    world.engine.run(SaveDraft(late.case_id, late.token, {"text": "half"}), Actor(CITY, ANN))

    view = world.engine.read(view_task, Actor(CITY, ANN), late.case_id, late.token, with_draft=True)

    assert view.draft is not None
    assert view.draft.content == {"text": "half"}


def test_a_task_whose_time_is_over_can_neither_be_claimed_nor_handed_on(world: World, tmp_path: Path) -> None:
    open_task(world, tmp_path, user("write", "", candidate='"clerks"'))
    row = world.queue(ANN, "clerks")[0]
    world.directory.may_take = frozenset({EVE})
    world.engine.run(ClaimTask(row.case_id, row.token), CLERK)
    world.start("test", "2", ann=ANN, bob=BOB)
    world.clock.forward(hours=1)

    with pytest.raises(TooLate):
        world.engine.run(DelegateTask(row.case_id, row.token, EVE), CLERK)
    with pytest.raises(TooLate):
        world.engine.run(ClaimTask(world.queue(ANN, "clerks")[0].case_id, row.token), CLERK)


def test_a_timer_that_only_reminds_makes_nobody_late(world: World, tmp_path: Path) -> None:
    open_task(world, tmp_path, user("write", "ann"), interrupting=False)
    world.clock.forward(hours=2)

    world.complete(ANN, world.tasks(ANN)[0])

    assert world.tasks(ANN) == ()


def test_whether_a_task_is_late_costs_no_statement(world: World, tmp_path: Path) -> None:
    open_task(world, tmp_path, user("write", "ann"))
    row = world.tasks(ANN)[0]
    world.clock.forward(hours=1)

    with count_statements(world.engine.database) as statements, pytest.raises(TooLate):
        world.engine.run(CompleteTask(row.case_id, row.token, {}), Actor(CITY, ANN))

    assert [text.split()[0] for text in statements] == ["SELECT"]
