"""Cases from start to end through the engine, on a real database."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.commands.claim_task import ClaimTask, UnclaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.save_draft import SaveDraft
from engine.commands.start_case import NewCase, StartCases
from engine.errors import AlreadyClaimed, AlreadyDone, Conflict, Forbidden, Invalid, NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.task import view_task
from engine.records.case import CaseStatus, open_task
from engine.records.history import audit, journal
from tests.unit.engine.diagrams import diagram, end, flow, gateway, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB, EVE = 11, 12, 13
KEY = bytes(range(16))


def approval(folder: Path) -> Path:
    """Two people, one after the other."""
    return diagram(
        folder,
        start(),
        user("write", "writer"),
        user("check", "checker"),
        end(),
        path("begin", "write", "check", "done"),
    )


@pytest.fixture
def case(world: World, tmp_path: Path) -> int:
    """An approval that waits for Ann."""
    world.deploy(approval(tmp_path))
    return world.start("test", writer=ANN, checker=BOB)


def test_a_case_waits_for_the_person_whom_the_diagram_names(world: World, case: int) -> None:
    assert [row.element for row in world.tasks(ANN)] == ["write"]
    assert world.tasks(BOB) == ()


def test_completing_a_task_opens_the_next_one_with_the_answers_kept(world: World, case: int) -> None:
    world.complete(ANN, world.tasks(ANN)[0], amount=Decimal("10.50"))

    row = world.tasks(BOB)[0]
    view = world.engine.read(view_task, Actor(CITY, BOB), row.case_id, row.token)
    assert view.variables["write"] == {"amount": Decimal("10.50")}


def test_a_finished_case_keeps_its_history_and_no_state(world: World, case: int) -> None:
    world.complete(ANN, world.tasks(ANN)[0])
    world.complete(BOB, world.tasks(BOB)[0])

    view = world.engine.read(view_case, Actor(CITY, BOB), case)
    assert (view.case.status, view.case.state) == (CaseStatus.FINISHED, None)
    assert [(step.kind, step.actor) for step in view.history] == [("start", None), ("complete", ANN), ("complete", BOB)]
    assert view.passed == ("begin", "write", "check", "done")


def test_a_task_of_someone_else_is_not_found(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]

    with pytest.raises(NotFound):
        world.engine.run(CompleteTask(row.case_id, row.token, {}), Actor(CITY, EVE))


def test_a_task_of_another_city_is_not_found(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]

    with pytest.raises(NotFound):
        world.engine.run(CompleteTask(row.case_id, row.token, {}), Actor("mataram", ANN))


def test_a_second_completion_says_who_was_first_and_when(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.complete(ANN, row)

    with pytest.raises(AlreadyDone) as caught:
        world.complete(ANN, row)

    assert caught.value.params["person"] == ANN
    assert caught.value.params["at"] == world.clock()


def test_a_repeated_request_has_one_effect_and_the_same_answer(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    command = CompleteTask(row.case_id, row.token, {})
    first = world.engine.run(command, Actor(CITY, ANN), KEY)

    second = world.engine.run(command, Actor(CITY, ANN), KEY)

    assert (first.subject, first.repeated) == (case, False)
    assert (second.subject, second.repeated) == (case, True)
    assert len(world.tasks(BOB)) == 1


def test_a_key_of_one_person_does_not_answer_for_another(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.engine.run(CompleteTask(row.case_id, row.token, {}), Actor(CITY, ANN), KEY)

    with pytest.raises(NotFound):
        world.engine.run(CompleteTask(row.case_id, row.token + 77, {}), Actor(CITY, BOB), KEY)


def test_starting_twice_under_one_business_key_starts_once(world: World, case: int) -> None:
    new = NewCase("1", 1, "Kasus 1", {"writer": ANN, "checker": BOB})

    receipt = world.engine.run(StartCases("test", (new,)), system_actor(CITY))

    assert receipt.value == []
    assert len(world.tasks(ANN)) == 1


def test_many_cases_start_in_one_transaction(world: World, case: int) -> None:
    new = tuple(NewCase(f"k{n}", n, f"Kasus {n}", {"writer": ANN, "checker": BOB}) for n in range(30))

    receipt = world.engine.run(StartCases("test", new), system_actor(CITY))

    assert len(set(receipt.value)) == 30
    assert len(world.tasks(ANN)) == 31


def test_a_process_without_a_release_cannot_start(world: World) -> None:
    with pytest.raises(Invalid, match="no_such"):
        world.start("no_such")


def test_a_running_case_stays_on_its_release(world: World, case: int, tmp_path: Path) -> None:
    shorter = diagram(tmp_path, start(), user("write", "writer"), end(), path("begin", "write", "done"))
    assert world.deploy(shorter) == 2

    world.complete(ANN, world.tasks(ANN)[0])

    assert [row.element for row in world.tasks(BOB)] == ["check"]


def test_deploying_the_same_files_again_makes_no_new_release(world: World, case: int, tmp_path: Path) -> None:
    assert world.deploy(approval(tmp_path)) == 1


def test_every_change_leaves_one_audit_row_with_its_actor(world: World, case: int) -> None:
    world.complete(ANN, world.tasks(ANN)[0])

    with world.engine.database.reading() as read:
        rows = read.execute(select(audit.c.command, audit.c.actor).order_by(audit.c.at, audit.c.id)).all()
        steps = read.execute(select(func.count()).select_from(journal)).scalar_one()
    assert [tuple(row) for row in rows] == [("DeployRelease", None), ("StartCases", None), ("CompleteTask", ANN)]
    assert steps == 2


def test_a_draft_is_kept_with_the_task_and_goes_with_it(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.engine.run(SaveDraft(row.case_id, row.token, {"amount": "10,"}), Actor(CITY, ANN))
    view = world.engine.read(view_task, Actor(CITY, ANN), row.case_id, row.token)
    assert view.draft is not None and view.draft.content == {"amount": "10,"}

    world.complete(ANN, row)

    with world.engine.database.reading() as read:
        assert read.exec_driver_sql("SELECT count(*) FROM draft").scalar() == 0


def test_a_queued_task_is_claimed_by_one_and_given_back(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(tmp_path, start(), user("sort", "", candidate='"clerks"'), end(), path("begin", "sort", "done"))
    )
    world.start("test")
    row = world.queue(ANN, "clerks")[0]

    world.engine.run(ClaimTask(row.case_id, row.token), Actor(CITY, ANN, frozenset({"clerks"})))

    assert [task.element for task in world.tasks(ANN)] == ["sort"]
    with pytest.raises(AlreadyClaimed) as caught:
        world.engine.run(ClaimTask(row.case_id, row.token), Actor(CITY, BOB, frozenset({"clerks"})))
    assert caught.value.params["person"] == ANN
    with pytest.raises(NotFound):
        world.engine.run(ClaimTask(row.case_id, row.token), Actor(CITY, EVE))
    world.engine.run(UnclaimTask(row.case_id, row.token), Actor(CITY, ANN, frozenset({"clerks"})))
    assert len(world.queue(BOB, "clerks")) == 1


def test_an_own_task_that_was_never_queued_cannot_be_given_back(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]

    with pytest.raises(Forbidden):
        world.engine.run(UnclaimTask(row.case_id, row.token), Actor(CITY, ANN))


def test_a_task_is_delegated_only_to_those_the_directory_allows(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    world.directory.may_take = frozenset({BOB})

    with pytest.raises(Forbidden):
        world.engine.run(DelegateTask(row.case_id, row.token, EVE), Actor(CITY, ANN))
    world.engine.run(DelegateTask(row.case_id, row.token, BOB), Actor(CITY, ANN))

    assert [task.element for task in world.tasks(BOB)] == ["write"]


def test_a_choice_takes_the_first_true_flow_and_else_the_default(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(
            tmp_path,
            start(),
            gateway("exclusive", "how_much", default="how_much-done"),
            user("ask"),
            end(),
            path("begin", "how_much"),
            flow("how_much", "ask", "amount > 10"),
            path("ask", "done"),
            flow("how_much", "done"),
        )
    )

    world.start("test", "small", amount=Decimal(5), person=ANN)
    world.start("test", "large", amount=Decimal(50), person=ANN)

    assert [row.title for row in world.tasks(ANN)] == ["Kasus large"]


def revision(folder: Path) -> Path:
    """Two reviewers in parallel, sent back as long as the author says so."""
    return diagram(
        folder,
        start(),
        gateway("exclusive", "round"),
        gateway("parallel", "split"),
        user("left", "ann"),
        user("right", "bob"),
        gateway("parallel", "join"),
        user("verdict", "eve", result="answer"),
        gateway("exclusive", "again", default="again-done"),
        end(),
        path("begin", "round", "split", "left", "join"),
        path("split", "right", "join", "verdict", "again"),
        flow("again", "round", "answer.again"),
        flow("again", "done"),
    )


def test_a_join_in_a_revision_loop_waits_for_both_in_every_round(world: World, tmp_path: Path) -> None:
    world.deploy(revision(tmp_path))
    world.start("test", ann=ANN, bob=BOB, eve=EVE)

    for order in ((ANN, BOB), (BOB, ANN), (ANN, BOB)):
        first, second = order
        world.complete(first, world.tasks(first)[0])
        assert world.tasks(EVE) == ()
        world.complete(second, world.tasks(second)[0])
        world.complete(EVE, world.tasks(EVE)[0], again=True)

    assert len(world.tasks(ANN)) == len(world.tasks(BOB)) == 1


def test_what_one_branch_sets_the_other_cannot_undo(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(
            tmp_path,
            start(),
            gateway("parallel", "split"),
            script("set_x", "x", "2"),
            user("wait"),
            gateway("parallel", "join"),
            user("look"),
            end(),
            path("begin", "split", "set_x", "join"),
            path("split", "wait", "join", "look", "done"),
        )
    )
    world.start("test", x=Decimal(1), person=ANN)

    world.complete(ANN, world.tasks(ANN)[0])

    row = world.tasks(ANN)[0]
    assert world.engine.read(view_task, Actor(CITY, ANN), row.case_id, row.token).variables["x"] == Decimal(2)


def test_a_long_loop_keeps_its_state_small(world: World, tmp_path: Path) -> None:
    world.deploy(revision(tmp_path))
    case = world.start("test", ann=ANN, bob=BOB, eve=EVE)
    sizes = []

    for _ in range(60):
        world.complete(ANN, world.tasks(ANN)[0])
        world.complete(BOB, world.tasks(BOB)[0])
        world.complete(EVE, world.tasks(EVE)[0], again=True)
        state = world.engine.read(view_case, Actor(CITY, EVE), case).case.state
        sizes.append(len(state or b""))

    assert max(sizes) - min(sizes) < 16


def test_a_task_changed_meanwhile_is_a_conflict(world: World, case: int) -> None:
    row = world.tasks(ANN)[0]
    with world.engine.database.writing() as connection:
        connection.execute(open_task.update().values(assignee=EVE))

    with pytest.raises((Conflict, NotFound)):
        world.complete(ANN, row)
