"""A case is mended by hand: its data changed, an element passed over, a token moved; the journal says who and why."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.casework import variables_of
from engine.commands.cancel_case import CancelCase
from engine.commands.change_variables import ChangeVariables
from engine.commands.move_token import MoveToken
from engine.commands.resume_case import ResumeCase
from engine.commands.retry_incident import RetryIncident
from engine.commands.skip_element import SkipElement
from engine.commands.suspend_case import SuspendCase
from engine.errors import Conflict, NotFound, OperationRefused
from engine.plans import MovePlan
from engine.policy.actor import Actor, system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.operations import case_standing
from engine.queries.verification import verify
from engine.records.case import open_task, timer
from engine.records.history import audit
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB = 11, 12
SYSTEM = system_actor(CITY)


def count(call: ServiceContext) -> ServiceResult:
    if not isinstance(call.variables.get("limit"), Decimal):
        raise ServiceFailed("No limit is known.")
    return ServiceResult(call.variables["limit"] + 1)


def name_the_doer(call: ServiceContext) -> ServiceResult:
    return ServiceResult(call.actor)


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which a service wants a number."""
    with open_world(tmp_path, {"count": count, "doer": name_the_doer}) as opened:
        yield opened


def stuck(world: World, folder: Path, **variables: Any) -> tuple[int, int]:
    """Let Ann get stuck at a service behind her task; return the case and the token."""
    parts = start(), user("write", "ann"), service("work", "count", "made"), service("who", "doer", "doer")
    ways = path("begin", "write", "work", "who", "look", "done")
    world.deploy(diagram(folder, *parts, user("look", "bob"), end(), ways))
    case_id = world.start("test", ann=ANN, bob=BOB, **variables)
    world.complete(ANN, world.tasks(ANN)[0], text="kept")
    (incident,) = seen(world, case_id).incidents
    return case_id, incident.token


def timed(world: World, folder: Path) -> tuple[int, int]:
    """Start a case that waits for Ann and for a timer at her task; return it and the token of the task."""
    parts = start(), user("write", "ann"), boundary_timer("late", "write", "PT1H"), user("look", "bob"), end()
    world.deploy(diagram(folder, *parts, path("begin", "write", "look", "done") + path("late", "look")))
    case_id = world.start("test", ann=ANN, bob=BOB)
    return case_id, world.tasks(ANN)[0].token


def seen(world: World, case_id: int) -> CaseView:
    return world.engine.read(view_case, SYSTEM, case_id)


def move(world: World, case_id: int, token: int, target: str) -> MoveToken:
    return MoveToken(case_id, token, target, seen(world, case_id).case.version or 0, "Salah cabang")


def test_a_variable_is_mended_with_a_reason_and_the_step_then_succeeds(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")

    world.engine.run(ChangeVariables(case_id, {"limit": Decimal(10)}, "Terketik sebagai teks"), SYSTEM)
    world.engine.run(RetryIncident(case_id, token), SYSTEM)

    view = seen(world, case_id)
    assert variables_of(view.case)["made"] == Decimal(11)
    assert view.history[2].data == {
        "old": {"limit": "sepuluh"},
        "new": {"limit": Decimal(10)},
        "reason": "Terketik sebagai teks",
    }


def test_a_variable_that_there_was_not_has_no_old_value_in_the_journal(world: World, tmp_path: Path) -> None:
    case_id, _ = stuck(world, tmp_path)

    world.engine.run(ChangeVariables(case_id, {"limit": Decimal(1)}, "Belum ada"), SYSTEM)

    assert seen(world, case_id).history[-1].data["old"] == {}


@pytest.mark.parametrize(
    "value", ["Teks", Decimal("1.50"), date(2026, 10, 5), True, None, [Decimal(1), {"a": "b"}], {"x": [True]}]
)
def test_values_of_every_kind_are_kept_as_they_are_given(world: World, tmp_path: Path, value: object) -> None:
    case_id, _ = stuck(world, tmp_path)

    world.engine.run(ChangeVariables(case_id, {"given": value}, "Perbaikan"), SYSTEM)

    assert variables_of(seen(world, case_id).case)["given"] == value


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"limit": 0.5}, "not_storable"),
        ({"limit": {1, 2}}, "not_storable"),
        ({"two words": 1}, "bad_name"),
        ({"": 1}, "bad_name"),
        ({"x" * 81: 1}, "bad_name"),
        ({"limit": [f"{number:09}" * 3 for number in range(90_000)]}, "too_large"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused(world: World, tmp_path: Path, values: dict[str, Any], why: str) -> None:
    case_id, _ = stuck(world, tmp_path)

    with pytest.raises(OperationRefused, match=why):
        world.engine.run(ChangeVariables(case_id, values, "Perbaikan"), SYSTEM)

    assert "limit" not in variables_of(seen(world, case_id).case)


def test_a_failed_service_is_passed_over_with_a_result_and_a_reason(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path)

    world.engine.run(SkipElement(case_id, token, Decimal(5), "Dihitung dengan tangan"), SYSTEM)

    view = seen(world, case_id)
    assert (view.incidents, [task.element for task in view.waiting]) == ((), ["look"])
    assert variables_of(view.case)["made"] == Decimal(5)
    step = view.history[-1]
    assert (step.kind, step.element, step.data["reason"]) == ("skip", "work", "Dihitung dengan tangan")


def test_what_runs_behind_the_element_stays_the_act_of_whoever_got_stuck_there(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path)

    world.engine.run(SkipElement(case_id, token, None, "Tidak diperlukan"), SYSTEM)

    assert variables_of(seen(world, case_id).case)["doer"] == ANN


def test_a_step_that_gets_stuck_again_behind_a_retried_one_is_still_the_act_of_the_same_person(
    world: World, tmp_path: Path
) -> None:
    services = service("work", "count", "made"), service("more", "count"), service("who", "doer", "doer")
    ways = path("begin", "write", "work", "more", "who", "look", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "ann"), *services, user("look", "bob"), end(), ways))
    case_id = world.start("test", ann=ANN, bob=BOB)
    world.complete(ANN, world.tasks(ANN)[0])
    world.engine.run(SkipElement(case_id, seen(world, case_id).incidents[0].token, None, "Lewati"), SYSTEM)
    (second,) = seen(world, case_id).incidents
    assert second.element == "more"

    world.engine.run(SkipElement(case_id, second.token, None, "Lewati juga"), SYSTEM)

    assert variables_of(seen(world, case_id).case)["doer"] == ANN


def test_a_result_that_cannot_be_kept_is_refused(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path)

    with pytest.raises(OperationRefused, match="not_storable"):
        world.engine.run(SkipElement(case_id, token, 0.5, "Dihitung"), SYSTEM)


def test_a_token_moves_and_its_timer_goes_with_its_task(world: World, tmp_path: Path) -> None:
    case_id, token = timed(world, tmp_path)

    world.engine.run(move(world, case_id, token, "look"), SYSTEM)

    with world.engine.database.reading() as read:
        left = [row.element for row in read.execute(select(open_task))], len(read.execute(select(timer)).all())
    assert left == (["look"], 0)
    step = seen(world, case_id).history[-1]
    assert (step.kind, step.element, step.data) == ("move", "write", {"to": "look", "reason": "Salah cabang"})


def test_a_preview_says_what_the_move_then_does_and_writes_nothing(world: World, tmp_path: Path) -> None:
    case_id, token = timed(world, tmp_path)
    command = move(world, case_id, token, "look")

    plan: MovePlan = world.engine.preview(command, SYSTEM)

    assert (plan.tasks, plan.timers, plan.incidents, plan.joins) == (("write",), ("late",), (), ())
    assert [(task.element, task.assignee) for task in plan.outcome.tasks] == [("look", BOB)]
    assert len(seen(world, case_id).history) == 1
    with world.engine.database.reading() as read:
        assert "MoveToken" not in read.execute(select(audit.c.command)).scalars().all()
    done: MovePlan = world.engine.run(command, SYSTEM).value
    assert (done.tasks, done.timers, done.outcome.state) == (plan.tasks, plan.timers, plan.outcome.state)


def test_a_plan_that_is_older_than_the_case_is_not_carried_out(world: World, tmp_path: Path) -> None:
    case_id, token = timed(world, tmp_path)
    command = move(world, case_id, token, "look")
    world.engine.run(ChangeVariables(case_id, {"bob": 13}, "Orangnya berganti"), SYSTEM)

    with pytest.raises(Conflict):
        world.engine.run(command, SYSTEM)

    assert [row.element for row in world.tasks(ANN)] == ["write"]


def test_what_runs_by_itself_after_a_move_is_nobodys_own_act(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path)

    world.engine.run(move(world, case_id, token, "who"), SYSTEM)

    assert variables_of(seen(world, case_id).case)["doer"] is None


def test_where_a_case_stands_says_with_which_data_each_element_waits(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")

    standing = world.engine.read(case_standing, SYSTEM, case_id)

    found = standing.token(token)
    assert found is not None
    assert (found.element, found.has_failed, found.can_skip, found.result) == ("work", True, True, "made")
    assert found.variables["limit"] == "sepuluh"
    assert "look" in found.targets
    assert standing.token(99) is None


def test_a_case_that_was_mended_in_every_way_is_replayed_to_the_same_state(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")
    run = world.engine.run
    run(SuspendCase(case_id, "Diperiksa dahulu"), SYSTEM)
    run(ChangeVariables(case_id, {"limit": Decimal(10), "note": None}, "Salah ketik"), SYSTEM)
    run(ResumeCase(case_id, "Sudah diperiksa"), SYSTEM)
    run(move(world, case_id, token, "write"), SYSTEM)
    world.complete(ANN, world.tasks(ANN)[0])
    run(ChangeVariables(case_id, {"limit": "x"}, "Dicoba"), SYSTEM)
    run(move(world, case_id, seen_token(world, case_id), "work"), SYSTEM)
    run(SkipElement(case_id, seen(world, case_id).incidents[0].token, Decimal(1), "Dihitung"), SYSTEM)
    world.start("test", "2", ann=ANN, bob=BOB)

    with world.engine.database.reading() as read:
        check = verify(read, world.directory)
        findings, tally = list(check.findings()), check.tally

    assert (findings, tally.replayed, tally.not_replayed) == ([], 2, 0)


def test_a_cancelled_case_passes_the_check_as_well(world: World, tmp_path: Path) -> None:
    case_id, _ = timed(world, tmp_path)
    world.engine.run(SuspendCase(case_id, "Diperiksa dahulu"), SYSTEM)
    world.engine.run(CancelCase(case_id, "Keliru dibuka"), SYSTEM)

    with world.engine.database.reading() as read:
        assert list(verify(read, world.directory).findings()) == []


def seen_token(world: World, case_id: int) -> int:
    return world.engine.read(case_standing, SYSTEM, case_id).tokens[0].token


def test_only_the_system_mends_a_case_until_a_process_names_somebody(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path)
    owner = Actor(CITY, BOB, frozenset({"process_owner"}))

    for command in (
        SkipElement(case_id, token, None, "x"),
        ChangeVariables(case_id, {"x": 1}, "x"),
        move(world, case_id, token, "look"),
    ):
        with pytest.raises(NotFound):
            world.engine.run(command, owner)
