"""A case that somebody suspends stands still whatever happens, and one that is cancelled is over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from engine.command import Command
from engine.commands.cancel_case import CancelCase
from engine.commands.change_variables import ChangeVariables
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.move_token import MoveToken
from engine.commands.resume_case import ResumeCase
from engine.commands.retry_incident import RetryIncident
from engine.commands.save_draft import SaveDraft
from engine.commands.skip_element import SkipElement
from engine.commands.suspend_case import SuspendCase
from engine.commands.wake_event import WakeEvent
from engine.errors import AlreadyDone, CaseSuspended, Conflict, NotFound, OperationRefused
from engine.policy.actor import Actor, system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.operations import suspension_of
from engine.records.case import CaseStatus, case, case_state, draft, incident, open_task, subscription, timer
from engine.records.outbox import delivery, notice
from engine.services import ServiceContext, ServiceResult
from engine.worker import reconcile, sweep_timers
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, service, start, throw, user
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB = 11, 12
SYSTEM = system_actor(CITY)
WAITING = (open_task, timer, subscription, incident, delivery)

__all__ = ["open_world"]  # so that these tests run on both databases


def begun(world: World, folder: Path, key: str = "1") -> int:
    """Start a case that waits for Ann for an hour, and then for Bob."""
    parts = start(), user("write", "ann"), boundary_timer("late", "write", "PT1H"), user("help", "bob"), end()
    world.deploy(diagram(folder, *parts, path("begin", "write", "done"), path("late", "help", "done")))
    return world.start("test", key, ann=ANN, bob=BOB)


def listening(world: World, folder: Path) -> int:
    """Start a case that waits for news, and deploy one that sends them."""
    parts = start(), catch("hear", '"k"', "heard"), user("look", "ann"), end()
    world.deploy(diagram(folder, *parts, path("begin", "hear", "look", "done")))
    say = start(), throw("say", '"k"', "{news: said}"), end()
    world.deploy(diagram(folder, *say, path("begin", "say", "done"), process="sender"))
    return world.start("test", ann=ANN)


def stuck(world: World, folder: Path) -> int:
    """Start a case whose script cannot keep what it makes."""
    broken = throw("say", "nowhere", "{}")
    world.deploy(diagram(folder, start(), broken, user("look", "ann"), end(), path("begin", "say", "look", "done")))
    return world.start("test", ann=ANN)


def suspend(world: World, case_id: int, reason: str = "Data diperiksa") -> None:
    world.engine.run(SuspendCase(case_id, reason), SYSTEM)


def resume(world: World, case_id: int) -> None:
    world.engine.run(ResumeCase(case_id, "Sudah diperiksa"), SYSTEM)


def seen(world: World, case_id: int) -> CaseView:
    return world.engine.read(view_case, SYSTEM, case_id)


def rows_of(world: World, case_id: int) -> int:
    """Return how much waits in a case or for it."""
    with world.engine.database.reading() as read:
        counts = (select(func.count()).where(table.c.case_id == case_id) for table in WAITING)
        return sum(read.execute(count).scalar_one() for count in counts)


def test_nobody_completes_a_task_of_a_suspended_case_until_it_goes_on(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    row = world.tasks(ANN)[0]
    suspend(world, case_id)

    with pytest.raises(CaseSuspended):
        world.complete(ANN, row, text="x")
    assert len(world.tasks(ANN)) == 1
    resume(world, case_id)
    world.complete(ANN, row, text="x")

    assert seen(world, case_id).case.status is CaseStatus.FINISHED


@pytest.mark.parametrize(
    "command",
    [
        lambda case_id, token: CompleteTask(case_id, token, {}),
        WakeEvent,
        RetryIncident,
        lambda case_id, token: SkipElement(case_id, token, None, "x"),
        lambda case_id, token: MoveToken(case_id, token, "look", 2, "x"),
        lambda case_id, token: SuspendCase(case_id, "x"),
    ],
    ids=["complete", "wake", "retry", "skip", "move", "suspend"],
)
def test_no_command_moves_a_suspended_case(
    world: World, tmp_path: Path, command: Callable[[int, int], Command]
) -> None:
    case_id = stuck(world, tmp_path)
    token = seen(world, case_id).incidents[0].token
    suspend(world, case_id)
    before = rows_of(world, case_id)

    with pytest.raises((CaseSuspended, NotFound)):
        world.engine.run(command(case_id, token), SYSTEM)

    assert (rows_of(world, case_id), seen(world, case_id).case.status) == (before, CaseStatus.SUSPENDED)


def test_a_timer_that_comes_due_meanwhile_fires_when_the_case_goes_on(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    suspend(world, case_id)
    world.clock.forward(hours=2)

    sweep_timers(world.engine)
    world.work()
    assert [row.element for row in world.tasks(BOB)] == []
    resume(world, case_id)
    world.work()

    assert [row.element for row in world.tasks(BOB)] == ["help"]


def test_a_timer_whose_job_waits_already_finds_the_case_suspended(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    suspend(world, case_id)

    world.work()
    assert world.tasks(BOB) == ()
    resume(world, case_id)
    world.work()

    assert [row.element for row in world.tasks(BOB)] == ["help"]


def test_suspended_timers_take_no_place_in_the_sweep_from_others(world: World, tmp_path: Path) -> None:
    first = begun(world, tmp_path)
    world.start("test", "2", ann=ANN, bob=BOB)
    suspend(world, first)
    world.clock.forward(hours=2)

    sweep_timers(world.engine, limit=1)
    world.work()

    assert [row.element for row in world.tasks(BOB)] == ["help"]


def test_a_message_waits_for_a_suspended_case(world: World, tmp_path: Path) -> None:
    case_id = listening(world, tmp_path)
    suspend(world, case_id)

    world.start("sender", said="first")
    world.work()
    reconcile(world.engine)
    world.work()
    assert world.tasks(ANN) == ()
    resume(world, case_id)
    world.work()

    assert [row.element for row in world.tasks(ANN)] == ["look"]


def test_a_suspended_case_stays_suspended_and_goes_on_with_mended_variables(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    suspend(world, case_id)

    world.engine.run(ChangeVariables(case_id, {"bob": 13}, "Orangnya berganti"), SYSTEM)

    assert seen(world, case_id).case.status is CaseStatus.SUSPENDED
    world.clock.forward(hours=2)
    resume(world, case_id)
    world.work()
    assert [row.element for row in world.tasks(13)] == ["help"]


def test_drafts_are_kept_while_a_case_is_suspended(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    row = world.tasks(ANN)[0]
    suspend(world, case_id)

    world.engine.run(SaveDraft(case_id, row.token, {"text": "half"}), Actor(CITY, ANN))

    with world.engine.database.reading() as read:
        assert len(read.execute(select(draft)).all()) == 1


def test_a_step_that_was_computed_before_the_case_was_suspended_is_not_written(world: World, tmp_path: Path) -> None:
    def suspend_meanwhile(call: ServiceContext) -> ServiceResult:
        suspend(world, call.case_id)
        return ServiceResult()

    world.directory.services = {"slow": suspend_meanwhile}
    parts = start(), user("write", "ann"), service("work", "slow"), user("look", "bob"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "work", "look", "done")))
    case_id = world.start("test", ann=ANN, bob=BOB)

    with pytest.raises(CaseSuspended):
        world.complete(ANN, world.tasks(ANN)[0])

    assert seen(world, case_id).case.status is CaseStatus.SUSPENDED
    assert (len(world.tasks(ANN)), world.tasks(BOB)) == (1, ())


def test_who_suspended_a_case_and_why_can_be_told(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    suspend(world, case_id, "  Menunggu putusan banding ")
    world.clock.forward(hours=1)
    world.engine.run(ChangeVariables(case_id, {"x": 1}, "Salah ketik"), SYSTEM)

    told = world.engine.read(suspension_of, SYSTEM, seen(world, case_id).case)

    assert told is not None
    assert (told.reason, told.by) == ("Menunggu putusan banding", None)
    resume(world, case_id)
    assert world.engine.read(suspension_of, SYSTEM, seen(world, case_id).case) is None


def test_a_case_is_still_suspended_for_a_server_that_starts_anew(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    row = world.tasks(ANN)[0]
    suspend(world, case_id)

    with open_world(tmp_path) as again, pytest.raises(CaseSuspended):
        again.complete(ANN, row)


def test_every_operation_wants_a_reason(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)

    for command in (SuspendCase(case_id, " "), CancelCase(case_id, ""), ChangeVariables(case_id, {"x": 1}, "")):
        with pytest.raises(OperationRefused, match="no_reason"):
            world.engine.run(command, SYSTEM)
    with pytest.raises(OperationRefused, match="long_reason"):
        world.engine.run(SuspendCase(case_id, "x" * 1001), SYSTEM)

    assert len(seen(world, case_id).history) == 1


def test_a_case_that_is_not_suspended_cannot_be_let_go_on(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)

    with pytest.raises(OperationRefused, match="not_suspended"):
        resume(world, case_id)


@pytest.mark.parametrize("is_suspended", [False, True])
def test_cancelling_closes_everything_and_tells_those_who_were_asked(
    world: World, tmp_path: Path, is_suspended: bool
) -> None:
    case_id = begun(world, tmp_path)
    world.engine.run(SaveDraft(case_id, world.tasks(ANN)[0].token, {"text": "half"}), Actor(CITY, ANN))
    if is_suspended:
        suspend(world, case_id)

    world.engine.run(CancelCase(case_id, "Pegawai pensiun"), SYSTEM)

    with world.engine.database.reading() as read:
        row = read.execute(select(case).where(case.c.id == case_id)).one()
        told = [(item.person, item.code) for item in read.execute(select(notice))]
        left = read.execute(select(func.count()).select_from(case_state)).scalar_one()
    assert (row.status, row.ended_at, left) == (CaseStatus.CANCELLED, world.clock(), 0)
    assert (rows_of(world, case_id), told) == (0, [(ANN, "case.cancelled")])


def test_the_history_of_a_cancelled_case_says_who_and_why(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)

    world.engine.run(CancelCase(case_id, "Pegawai pensiun"), SYSTEM)

    last = seen(world, case_id).history[-1]
    assert (last.kind, last.data) == ("cancel", {"reason": "Pegawai pensiun"})


def test_whoever_opens_a_task_of_a_cancelled_case_is_told_that_it_is_gone(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    row = world.tasks(ANN)[0]
    world.engine.run(CancelCase(case_id, "Pegawai pensiun"), SYSTEM)

    with pytest.raises(AlreadyDone):
        world.complete(ANN, row)

    with pytest.raises(Conflict):
        world.engine.run(CancelCase(case_id, "Lagi"), SYSTEM)


def test_a_cancelled_case_hears_no_timer_and_no_message_any_more(world: World, tmp_path: Path) -> None:
    case_id = listening(world, tmp_path)
    world.start("sender", said="first")
    world.engine.run(CancelCase(case_id, "Keliru dibuka"), SYSTEM)

    world.work()
    reconcile(world.engine)
    world.work()

    assert world.tasks(ANN) == ()
    assert seen(world, case_id).case.status is CaseStatus.CANCELLED


def test_a_damaged_case_can_be_suspended_and_cancelled(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    with world.engine.database.writing() as connection:
        connection.execute(update(case_state).values(content=b"\x01\xc1"))

    suspend(world, case_id)
    world.engine.run(CancelCase(case_id, "Isinya tidak terbaca"), SYSTEM)

    assert rows_of(world, case_id) == 0


def test_the_same_request_twice_suspends_once(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path)
    key = bytes(16)

    world.engine.run(SuspendCase(case_id, "Data diperiksa"), SYSTEM, key)
    again = world.engine.run(SuspendCase(case_id, "Data diperiksa"), SYSTEM, key)

    assert again.repeated
    assert [step.kind for step in seen(world, case_id).history] == ["start", "suspend"]


def test_a_queued_task_of_a_suspended_case_may_be_taken_but_not_done(world: World, tmp_path: Path) -> None:
    asked = user("write", "", candidate='"team"')
    world.deploy(diagram(tmp_path, start(), asked, end(), path("begin", "write", "done")))
    case_id = world.start("test")
    (row,) = world.queue(ANN, "team")
    suspend(world, case_id)

    world.engine.run(ClaimTask(case_id, row.token), Actor(CITY, ANN, frozenset({"team"})))

    with pytest.raises(CaseSuspended):
        world.complete(ANN, row)
