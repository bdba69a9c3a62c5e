"""A task that would ask somebody who is not there is an incident, in whichever step it opens, at no statement more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from sqlalchemy import delete, select, update

from engine.commands.change_variables import ChangeVariables
from engine.commands.move_token import MoveToken
from engine.commands.retry_incident import RetryIncident
from engine.commands.retry_incidents import RetryIncidents
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.incidents import incident_groups
from engine.queries.verification import verify
from engine.records.counting import count_statements
from engine.records.history import journal
from engine.records.wordbook import unpack_stored
from processes.people.queries.asked import STAFF
from processes.people.records import employee
from tests.unit.engine.bpmn.drawings import instances
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, start, throw, user
from tests.unit.engine.test_start_events import at, elapse
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB, LEFT, STRANGER, NOBODY = 11, 12, 13, 14, 99
SYSTEM = system_actor(CITY)


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world with Ann, Bob, somebody who has left, and somebody of another city."""
    with open_world(tmp_path) as opened:
        opened.directory.persons = STAFF
        enrol(opened, ANN)
        enrol(opened, BOB)
        enrol(opened, LEFT, last=date(2026, 10, 4))
        enrol(opened, STRANGER, city="mataram")
        yield opened


def enrol(world: World, person: int, *, city: str = CITY, last: date | None = None) -> None:
    row = {"id": person, "tenant": city, "nip": str(person), "name": f"N{person}", "kind": "PNS", "active_to": last}
    with world.engine.database.writing() as connection:
        connection.execute(employee.insert(), row)


def two_steps(world: World, folder: Path, *more: str) -> None:
    """Ann writes, then a person of the case checks."""
    parts = start(), user("write", "11"), user("check", "who"), end(), path("begin", "write", "check", "done")
    world.deploy(diagram(folder, *parts, *more))


def view(world: World, case: int) -> CaseView:
    return world.engine.read(view_case, SYSTEM, case)


def stuck_at(world: World, case: int) -> list[str]:
    return [item.element for item in view(world, case).incidents]


def is_sound(world: World) -> bool:
    with world.engine.database.reading() as read:
        return not list(verify(read, world.directory).findings())


@pytest.mark.parametrize("who", [NOBODY, LEFT, STRANGER])
def test_a_completion_is_kept_beside_the_incident_of_a_task_that_nobody_would_see(
    world: World, tmp_path: Path, who: int
) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=who)

    world.complete(ANN, world.tasks(ANN)[0], text="kept")

    (incident,) = view(world, case).incidents
    assert (incident.element, incident.code) == ("check", "element_failed")
    assert f"Person {who}, whom 'who' names for task 'check', is not there" in incident.text
    assert view(world, case).history[-1].data == {"text": "kept"}
    assert is_sound(world)


def test_whoever_leaves_today_is_still_asked(world: World, tmp_path: Path) -> None:
    enrol(world, 15, last=date(2026, 10, 5))
    two_steps(world, tmp_path)
    case = world.start("test", who=15)

    world.complete(ANN, world.tasks(ANN)[0])

    assert stuck_at(world, case) == []
    assert [row.element for row in world.tasks(15)] == ["check"]


def test_a_case_starts_with_the_incident(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("check", "who"), end(), path("begin", "check", "done")))

    case = world.start("test", who=NOBODY)

    assert stuck_at(world, case) == ["check"]
    assert is_sound(world)


def test_of_many_cases_only_those_of_the_absent_are_stuck(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("check", "who"), end(), path("begin", "check", "done")))
    people = [ANN, NOBODY, BOB, LEFT] * 25
    new = tuple(NewCase(str(number), who, "Kasus", {"who": who}) for number, who in enumerate(people))

    with count_statements(world.engine.database) as statements:
        cases = world.engine.run(StartCases("test", new), SYSTEM).value

    assert len(world.tasks(ANN)) == len(world.tasks(BOB)) == 25
    assert [bool(stuck_at(world, case)) for case in cases] == [False, True] * 50
    assert len(statements) < 30


def test_a_timer_opens_it_as_an_incident(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "11"), boundary_timer("late", "write", "P1D"), user("check", "who"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "done") + path("late", "check", "done")))
    case = world.start("test", who=LEFT)

    elapse(world, days=2)

    assert stuck_at(world, case) == ["check"]
    assert is_sound(world)


def test_a_message_opens_it_as_an_incident(world: World, tmp_path: Path) -> None:
    parts = start(), catch("hear", '"k"', "news"), user("check", "news.who"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "hear", "check", "done")))
    said = start(), throw("say", '"k"', "{who: 99}"), end(), path("begin", "say", "done")
    world.deploy(diagram(tmp_path, *said, process="speaker"))
    case = world.start("test")

    world.start("speaker")
    world.work()

    assert stuck_at(world, case) == ["check"]
    assert is_sound(world)


def test_a_process_that_begins_by_itself_begins_with_the_incident(world: World, tmp_path: Path) -> None:
    parts = at("timeDuration", "P1D"), user("check", "99"), end(), path("at", "check", "done")
    world.deploy(diagram(tmp_path, *parts))

    elapse(world, days=1)

    assert [group.size for group in world.engine.read(incident_groups, SYSTEM)] == [1]


def rounds(world: World, folder: Path, people: str) -> int:
    check = user("check", "who").replace(
        "</bpmn:userTask>",
        instances(collection=escape(people), item="who", output="checked", gives="check") + "</bpmn:userTask>",
    )
    world.deploy(diagram(folder, start(), check, end(), path("begin", "check", "done")))
    return world.start("test")


def test_of_five_hundred_rounds_the_absent_are_incidents_by_two_statements_more(world: World, tmp_path: Path) -> None:
    with count_statements(world.engine.database) as statements:
        case = rounds(world, tmp_path, "for n in 1..500 return if n <= 480 then 11 else 1000 + n")

    assert len(view(world, case).incidents) == 20
    assert sum(text.startswith("SELECT employee.id") for text in statements) == 1
    assert sum(text.startswith("INSERT INTO open_task") for text in statements) == 3
    assert is_sound(world)


def test_the_incidents_are_one_cause_and_are_tried_again_together(world: World, tmp_path: Path) -> None:
    case = rounds(world, tmp_path, "[11, 991, 992]")
    (group,) = world.engine.read(incident_groups, SYSTEM)
    enrol(world, 991)
    enrol(world, 992)

    world.engine.run(RetryIncidents(group.process, group.cause), SYSTEM)
    world.work()

    assert stuck_at(world, case) == []
    assert [len(world.tasks(person)) for person in (ANN, 991, 992)] == [1, 1, 1]
    assert is_sound(world)


def test_a_retry_before_the_data_are_mended_is_stuck_again(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=NOBODY)
    world.complete(ANN, world.tasks(ANN)[0])

    world.engine.run(RetryIncident(case, view(world, case).incidents[0].token), SYSTEM)

    assert stuck_at(world, case) == ["check"]
    assert is_sound(world)


def test_a_changed_variable_gives_the_task_to_somebody_else(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=NOBODY)
    world.complete(ANN, world.tasks(ANN)[0])

    world.engine.run(ChangeVariables(case, {"who": BOB}, "salah orang"), SYSTEM)
    world.engine.run(RetryIncident(case, view(world, case).incidents[0].token), SYSTEM)

    assert [row.element for row in world.tasks(BOB)] == ["check"]
    assert stuck_at(world, case) == []
    assert is_sound(world)


def test_whoever_comes_back_finds_the_task_and_his_completion_ends_the_incident(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=LEFT)
    world.complete(ANN, world.tasks(ANN)[0])
    with world.engine.database.writing() as connection:
        connection.execute(update(employee).where(employee.c.id == LEFT).values(active_to=None))

    world.complete(LEFT, world.tasks(LEFT)[0])

    assert (stuck_at(world, case), view(world, case).case.version) == ([], None)
    assert is_sound(world)


def test_the_time_of_such_a_task_takes_it_away_with_its_incident(world: World, tmp_path: Path) -> None:
    parts = start(), user("check", "who"), boundary_timer("late", "check", "P1D"), user("after", "11"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "check", "done") + path("late", "after", "done")))
    case = world.start("test", who=NOBODY)

    elapse(world, days=2)

    assert stuck_at(world, case) == []
    assert [row.element for row in world.tasks(ANN)] == ["after"]
    assert is_sound(world)


def test_somebody_who_is_there_costs_no_statement(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    counts: list[tuple[int, int]] = []
    for directory in (None, STAFF):
        world.directory.persons = directory
        world.start("test", str(len(counts)), who=BOB)
        with count_statements(world.engine.database) as statements:
            world.complete(ANN, world.tasks(ANN)[0])
        counts.append((len(statements), statements.commits))

    assert counts[0] == counts[1]


def test_whoever_is_taken_off_the_list_while_a_step_is_computed_is_not_asked(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=BOB)
    row = world.tasks(ANN)[0]
    with open_world(tmp_path) as elsewhere, elsewhere.engine.database.writing() as connection:
        connection.execute(delete(employee).where(employee.c.id == BOB))

    world.complete(ANN, row)

    assert stuck_at(world, case) == ["check"]
    enrol(world, BOB)
    world.engine.run(RetryIncident(case, view(world, case).incidents[0].token), SYSTEM)
    assert stuck_at(world, case) == []


def test_the_journal_says_who_was_not_there_and_nothing_of_it_otherwise(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=NOBODY)
    world.complete(ANN, world.tasks(ANN)[0])

    with world.engine.database.reading() as read:
        found = read.execute(select(journal.c.entry).where(journal.c.case_id == case).order_by(journal.c.version))
        entries: list[Any] = [unpack_stored(read, entry) for entry in found.scalars().all()]
    assert [entry.get("absent") for entry in entries] == [None, [NOBODY]]


def test_an_open_task_of_whoever_left_is_given_to_somebody_else_by_hand(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=BOB)
    world.complete(ANN, world.tasks(ANN)[0])
    (row,) = world.tasks(BOB)
    with world.engine.database.writing() as connection:
        connection.execute(update(employee).where(employee.c.id == BOB).values(active_to=date(2026, 10, 4)))

    world.engine.run(ChangeVariables(case, {"who": ANN}, "Bob pensiun"), SYSTEM)
    world.engine.run(MoveToken(case, row.token, "check", 3, "Bob pensiun"), SYSTEM)

    assert (world.tasks(BOB), [task.element for task in world.tasks(ANN)]) == ((), ["check"])
    assert is_sound(world)


def test_a_look_at_a_move_by_hand_says_that_nobody_is_there(world: World, tmp_path: Path) -> None:
    two_steps(world, tmp_path)
    case = world.start("test", who=LEFT)
    (row,) = world.tasks(ANN)

    plan = world.engine.preview(MoveToken(case, row.token, "check", 1, "lewati"), SYSTEM)

    assert [item.element for item in plan.outcome.incidents] == ["check"]
    assert stuck_at(world, case) == []
