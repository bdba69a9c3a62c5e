"""Why a decision of a case gave what it gave, asked again from the journal of the case."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from engine.commands.change_variables import ChangeVariables
from engine.commands.move_token import MoveToken
from engine.commands.retry_incident import RetryIncident
from engine.commands.skip_element import SkipElement
from engine.dmn.explaining import fates
from engine.errors import NotFound
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.queries.decisions import CaseDecisions, Kept, explain_decisions
from engine.queries.halting import Halt, Halted
from engine.records.history import journal
from tests.unit.engine.decided import ANN, deploy, deploy_days, deploy_rounds, rewrite
from tests.unit.engine.dmn.models import decision, file, given, needs
from tests.unit.engine.dmn.tables import table
from tests.unit.engine.moves import Movers, chain, check_whole
from tests.unit.engine.world import CITY, World

SYSTEM = system_actor(CITY)


def explained(world: World, case: int) -> CaseDecisions:
    return world.engine.read(explain_decisions, SYSTEM, case, world.directory)


def values(found: CaseDecisions) -> list[tuple[int, str, object]]:
    return [(item.step.version, item.element.id, item.value) for item in found.asked]


def test_it_says_which_rule_applied_by_which_values_and_why_no_other_did(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")

    found = explained(world, case)

    (item,) = found.asked
    (asked,) = item.tables
    assert (values(found), item.kept, found.halted) == ([(1, "grade", "C")], Kept.SAME, None)
    assert (asked.values, asked.fired, item.read) == ((70, "cuti"), ("r2",), {"reason": "cuti", "score": 70})
    assert [fate.state for fate in fates(asked)] == ["missed", "fired", "not_asked"]


def test_each_decision_is_told_with_its_step_also_when_the_case_has_ended(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path, "grade", "again")
    case = world.start("test", score=80, reason=None)
    world.complete(ANN, world.tasks(ANN)[0])
    world.complete(ANN, world.tasks(ANN)[0])

    found = explained(world, case)

    assert values(found) == [(1, "grade", "B"), (2, "again", "B")]
    assert [item.step.actor for item in found.asked] == [None, ANN]


def test_every_round_has_a_decision_of_its_own(world: World, tmp_path: Path) -> None:
    deploy_rounds(world, tmp_path)

    found = explained(world, world.start("test", scores=[80, 70, 60], reason="cuti"))

    assert [item.value for item in found.asked] == ["B", "C", "C"]
    assert [item.read["score"] for item in found.asked] == [80, 70, 60]


def test_what_a_decision_requires_is_told_with_it(world: World, tmp_path: Path) -> None:
    body = decision("base", "score * 2", needs("iscore")) + given("iscore")
    body = body.replace('"iscore"', '"score"').replace("#iscore", "#score")
    deploy(world, tmp_path, content=file(body + decision("d", "base + 1", needs("dbase").replace("#dbase", "#base"))))

    (item,) = explained(world, world.start("test", score=20)).asked

    assert (item.value, item.required, item.read, item.tables) == (41, {"base": 40}, {"score": 20}, ())


def stuck(world: World, folder: Path) -> tuple[int, int]:
    """Return a case whose rules contradict, and the token of the decision at which it is stuck."""
    both = file(table(([">= 50"], ['"A"']), (["<= 50"], ['"B"'])))
    deploy(world, folder, content=both)
    case = world.start("test", score=50)
    (incident,) = world.engine.read(view_case, SYSTEM, case).incidents
    return case, incident.token


def test_a_decision_that_failed_is_told_and_so_is_the_one_that_a_retry_made(world: World, tmp_path: Path) -> None:
    case, token = stuck(world, tmp_path)
    world.engine.run(ChangeVariables(case, {"score": 60}, "Salah ketik"), SYSTEM)
    world.engine.run(RetryIncident(case, token), SYSTEM)

    found = explained(world, case)

    assert [(item.step.kind, item.has_failed, item.value) for item in found.asked] == [
        ("start", True, None),
        ("retry", False, "A"),
    ]
    assert (found.asked[1].kept, found.asked[1].read, found.halted) == (Kept.SAME, {"score": 60}, None)


def test_a_decision_that_was_passed_over_is_told_as_the_failed_one(world: World, tmp_path: Path) -> None:
    case, token = stuck(world, tmp_path)
    world.engine.run(SkipElement(case, token, "B", "Diputuskan rapat"), SYSTEM)

    found = explained(world, case)

    assert [(item.step.kind, item.has_failed) for item in found.asked] == [("start", True)]
    assert (found.halted, world.tasks(ANN)[0].variables["grade"]) == (None, "B")


def test_a_case_that_was_moved_back_tells_the_decision_twice(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")
    (task,) = world.tasks(ANN)

    world.engine.run(MoveToken(case, task.token, "grade", 1, "Hitung lagi"), SYSTEM)

    assert values(explained(world, case)) == [(1, "grade", "C"), (2, "grade", "C")]
    check_whole(world)


def moved(world: World, folder: Path) -> tuple[int, Movers]:
    """Return a case that decides by one release, is moved to a stricter one, and decides again by that."""
    deploy(world, folder, "grade", "again")
    case = world.start("test", score=80, reason=None)
    deploy(world, folder, "grade", "again", content=file(table(([">= 90"], ['"B"']), (["< 90"], ['"E"']))))
    movers = Movers(world)
    movers.move()
    return case, movers


def test_each_decision_is_asked_by_the_release_that_the_case_had_then(world: World, tmp_path: Path) -> None:
    case, _ = moved(world, tmp_path)
    world.complete(ANN, world.tasks(ANN)[0])

    found = explained(world, case)

    assert values(found) == [(1, "grade", "B"), (3, "again", "E")]
    assert [item.kept for item in found.asked] == [Kept.SAME, Kept.SAME]
    check_whole(world)


def test_a_move_behind_the_last_decision_does_not_change_by_what_it_is_told(world: World, tmp_path: Path) -> None:
    case, movers = moved(world, tmp_path)

    assert values(explained(world, case)) == [(1, "grade", "B")]

    movers.undo()
    assert values(explained(world, case)) == [(1, "grade", "B")]


def test_rules_that_somebody_has_changed_are_told_apart_from_those_that_were_never_kept(
    world: World, tmp_path: Path
) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")

    rewrite(world, case, lambda entry: entry.update(decided=[[[0]]]))
    (changed,) = explained(world, case).asked
    rewrite(world, case, lambda entry: entry.pop("decided"))
    (earlier,) = explained(world, case).asked

    assert (changed.kept, earlier.kept) == (Kept.OTHER, Kept.NOTHING)
    assert (changed.value, earlier.value) == ("C", "C")


def two_steps(world: World, folder: Path) -> int:
    """Return a case that has decided twice, in its first and its second step."""
    deploy(world, folder, "grade", "again")
    case = world.start("test", score=70, reason="cuti")
    world.complete(ANN, world.tasks(ANN)[0])
    return case


@pytest.mark.parametrize(("lost", "left"), [(1, []), (2, [(1, "grade", "C")])])
def test_without_one_of_its_steps_it_says_from_where_on_nothing_is_known(
    world: World, tmp_path: Path, lost: int, left: list[tuple[int, str, object]]
) -> None:
    case = two_steps(world, tmp_path)
    with world.engine.database.writing() as connection:
        connection.execute(delete(journal).where(journal.c.case_id == case, journal.c.version == lost))

    found = explained(world, case)

    assert (values(found), found.halted) == (left, Halted(lost, Halt.GAP))


def test_a_damaged_step_ends_what_can_be_told(world: World, tmp_path: Path) -> None:
    case = two_steps(world, tmp_path)
    with world.engine.database.writing() as connection:
        damaged = update(journal).where(journal.c.case_id == case, journal.c.version == 2).values(entry=b"\x09")
        connection.execute(damaged)

    found = explained(world, case)

    assert (values(found), found.halted) == ([(1, "grade", "C")], Halted(2, Halt.UNREADABLE))


def test_a_step_that_cannot_have_happened_ends_what_can_be_told(world: World, tmp_path: Path) -> None:
    case = two_steps(world, tmp_path)

    rewrite(world, case, lambda entry: entry.update(token=4242), version=2)

    assert explained(world, case).halted == Halted(2, Halt.DIFFERS)


def test_rules_that_changed_with_the_holidays_are_told_as_that(world: World, tmp_path: Path) -> None:
    deploy_days(world, tmp_path)
    case = world.start("test")
    assert [item.kept for item in explained(world, case).asked] == [Kept.SAME]

    world.directory.holidays = frozenset({date(2026, 10, 6)})

    assert [(item.kept, item.value) for item in explained(world, case).asked] == [(Kept.DAYS, "B")]


def test_a_case_without_decisions_has_none_to_tell(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "write"))

    found = explained(world, world.start("test"))

    assert (found.asked, found.halted) == ((), None)


def test_a_case_of_another_city_is_not_found(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")

    with pytest.raises(NotFound):
        world.engine.read(explain_decisions, system_actor("mataram"), case, world.directory)
