"""After a new list of holidays the deadlines that count working days are shown as they would be, and then moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.recount_all import RecountAll
from engine.commands.recount_deadlines import RecountDeadlines
from engine.commands.save_draft import SaveDraft
from engine.errors import NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.deadlines import ComingDeadline, coming_recount
from engine.queries.notices import latest_notices
from engine.queries.task import view_task
from engine.records.case import timer
from engine.records.history import journal
from engine.records.packing import unpack
from engine.worker import sweep_timers
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN = 11
SYSTEM = system_actor(CITY)
# The world's clock stands on Monday the 5th of October 2026; three working days later it is Thursday the 8th.
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 10, day) for day in (5, 7, 8, 9))
IN_THREE_DAYS = "working days after(today(), 3)"


def open_limited(world: World, folder: Path, due: str = "") -> int:
    """Start a case with a task that a timer takes away after three working days."""
    limit = boundary_timer("late", "write", IN_THREE_DAYS, kind="timeDate")
    ways = path("begin", "write", "done"), path("late", "over")
    world.deploy(diagram(folder, start(), user("write", "11", due=due), limit, end(), end("over"), *ways))
    return world.start("test")


def coming(world: World) -> list[tuple[Any, Any]]:
    found = world.engine.read(coming_recount, SYSTEM, world.directory, world.clock.now)
    return [(move.before, move.due) for move in found.moves]


def timers(world: World) -> list[datetime]:
    with world.engine.database.reading() as read:
        return list(read.execute(select(timer.c.due).order_by(timer.c.due)).scalars())


def entry(world: World, case_id: int) -> Mapping[str, Any]:
    with world.engine.database.reading() as read:
        last = select(journal.c.entry).where(journal.c.case_id == case_id).order_by(journal.c.version.desc()).limit(1)
        found = unpack(read.execute(last).scalar_one())
    assert isinstance(found, dict)
    return found


def test_a_new_holiday_gives_a_day_more_once_it_is_approved(world: World, tmp_path: Path) -> None:
    open_limited(world, tmp_path)
    (before,) = timers(world)
    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == [(THURSDAY, FRIDAY)]
    assert timers(world) == [before]
    world.engine.run(RecountAll(), SYSTEM)
    world.work()

    assert timers(world) == [before + timedelta(days=1)]
    assert [row.due for row in world.tasks(ANN)] == [FRIDAY]
    assert coming(world) == []


def test_a_cycle_in_working_days_is_counted_again_from_when_it_came_last(world: World, tmp_path: Path) -> None:
    often = boundary_timer("often", "write", "R/working days after(today(), 1)", kind="timeCycle", interrupting=False)
    ways = path("begin", "write", "done"), path("often", "over")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), often, end(), end("over"), *ways))
    world.start("test")
    world.clock.forward(days=2)  # Tuesday is over, and the cycle has come
    sweep_timers(world.engine)
    world.work()
    (before,) = timers(world)

    world.directory.holidays = frozenset({WEDNESDAY, THURSDAY})
    world.engine.run(RecountAll(), SYSTEM)
    world.work()

    assert timers(world) == [before + timedelta(days=2)]
    check_history(world)


def test_a_step_counts_by_the_calendar_that_it_names_whatever_the_unit(world: World, tmp_path: Path) -> None:
    six = '<alur:calendar name="six_days" />'
    days = "working days after(today(), 5)"
    task = user("write", "11", due=days).replace("<alur:assignment", f"{six}<alur:assignment")
    limit = boundary_timer("late", "write", days, kind="timeDate").replace(
        "<bpmn:timerEventDefinition>",
        f"<bpmn:extensionElements>{six}</bpmn:extensionElements><bpmn:timerEventDefinition>",
    )
    other = boundary_timer("other", "write", days, kind="timeDate")
    ways = path("begin", "write", "done"), path("late", "over"), path("other", "gone")
    world.deploy(diagram(tmp_path, start(), task, limit, other, end(), end("over"), end("gone"), *ways))
    world.start("test")

    saturday, next_monday = (datetime(2026, 10, day, 17, tzinfo=UTC) for day in (10, 12))
    assert timers(world) == [saturday, next_monday]
    assert [row.due for row in world.tasks(ANN)] == [saturday.date()]
    world.directory.holidays = frozenset({WEDNESDAY})
    world.engine.run(RecountAll(), SYSTEM)
    world.work()

    assert timers(world) == [next_monday, next_monday + timedelta(days=1)]
    assert [row.due for row in world.tasks(ANN)] == [next_monday.date()]
    check_history(world)


def test_the_person_is_told_and_the_journal_names_the_list(world: World, tmp_path: Path) -> None:
    case_id = open_limited(world, tmp_path)
    world.directory.holidays = frozenset({WEDNESDAY})

    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    (told,) = world.engine.read(latest_notices, Actor(CITY, ANN))
    assert (told.code, told.params["before"], told.params["due"]) == ("deadline.moved", "08/10/2026", "09/10/2026")
    found = entry(world, case_id)
    assert (found["kind"], found["data"]["calendar"]) == ("recount", "test 1")
    assert [item[1] for item in found["data"]["tasks"] + found["data"]["timers"]] == ["write", "late"]


def test_a_task_keeps_its_draft_and_its_person(world: World, tmp_path: Path) -> None:
    case_id = open_limited(world, tmp_path)
    (row,) = world.tasks(ANN)
    world.engine.run(SaveDraft(case_id, row.token, {"text": "half"}), Actor(CITY, ANN))
    world.directory.holidays = frozenset({WEDNESDAY})

    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    view = world.engine.read(view_task, Actor(CITY, ANN), case_id, row.token, with_draft=True)
    assert view.draft is not None and view.draft.content == {"text": "half"}
    world.complete(ANN, row)
    assert timers(world) == []


def test_a_deadline_is_counted_from_when_it_was_set(world: World, tmp_path: Path) -> None:
    open_limited(world, tmp_path)
    world.clock.forward(days=2)
    world.directory.holidays = frozenset({THURSDAY})

    assert coming(world) == [(THURSDAY, FRIDAY)]


def test_running_it_again_moves_nothing_more(world: World, tmp_path: Path) -> None:
    case_id = open_limited(world, tmp_path)
    world.directory.holidays = frozenset({WEDNESDAY})

    moved = [world.engine.run(RecountDeadlines(case_id), SYSTEM).value for _ in range(2)]

    assert moved == [2, 0]


def test_a_holiday_that_goes_leaves_the_next_working_day_at_least(world: World, tmp_path: Path) -> None:
    world.directory.holidays = frozenset({WEDNESDAY})
    open_limited(world, tmp_path)
    world.clock.forward(days=3)
    world.directory.holidays = frozenset()

    assert coming(world) == []


def test_a_holiday_that_goes_brings_a_deadline_nearer(world: World, tmp_path: Path) -> None:
    world.directory.holidays = frozenset({WEDNESDAY})
    case_id = open_limited(world, tmp_path)
    world.directory.holidays = frozenset()

    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    assert [row.due for row in world.tasks(ANN)] == [THURSDAY]
    world.clock.forward(days=4)
    sweep_timers(world.engine)
    world.work()
    assert world.tasks(ANN) == ()


def test_a_due_date_and_a_limit_of_their_own_both_move(world: World, tmp_path: Path) -> None:
    open_limited(world, tmp_path, due="working days after(today(), 2)")
    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == [(WEDNESDAY, THURSDAY)]
    world.engine.run(RecountAll(), SYSTEM)
    world.work()

    assert [row.due for row in world.tasks(ANN)] == [THURSDAY]
    assert [due.date() for due in timers(world)] == [FRIDAY]


def test_a_timer_on_the_way_moves_as_well(world: World, tmp_path: Path) -> None:
    wait = f"<bpmn:timerEventDefinition><bpmn:timeDate>{IN_THREE_DAYS}</bpmn:timeDate></bpmn:timerEventDefinition>"
    catch = f'<bpmn:intermediateCatchEvent id="wait" name="wait">{wait}</bpmn:intermediateCatchEvent>'
    world.deploy(diagram(tmp_path, start(), catch, end(), path("begin", "wait", "done")))
    case_id = world.start("test")
    (before,) = timers(world)
    world.directory.holidays = frozenset({WEDNESDAY})
    world.clock.forward(days=1)

    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    assert timers(world) == [before + timedelta(days=1)]


def test_a_day_that_was_counted_when_the_case_began_is_counted_anew(world: World, tmp_path: Path) -> None:
    limit = boundary_timer("late", "write", "window_end", kind="timeDate")
    ways = path("begin", "write", "done"), path("late", "over")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), limit, end(), end("over"), *ways))
    case_id = world.start("test", window_end=THURSDAY)
    world.directory.counted, world.directory.holidays = {"window_end": 3, "unknown": 1}, frozenset({WEDNESDAY})

    assert coming(world) == [(THURSDAY, FRIDAY)]
    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    assert [row.variables["window_end"] for row in world.tasks(ANN)] == [FRIDAY]
    assert [row.due for row in world.tasks(ANN)] == [FRIDAY]


def test_the_history_of_a_case_still_proves_itself(world: World, tmp_path: Path) -> None:
    limit = boundary_timer("late", "write", "window_end", kind="timeDate")
    ways = path("begin", "write", "done"), path("late", "over")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), limit, end(), end("over"), *ways))
    case_id = world.start("test", window_end=THURSDAY)
    world.directory.counted, world.directory.holidays = {"window_end": 3}, frozenset({WEDNESDAY})

    world.engine.run(RecountDeadlines(case_id), SYSTEM)

    assert check_history(world).cases == 1


def test_deadlines_in_plain_days_stay(world: World, tmp_path: Path) -> None:
    limit = boundary_timer("late", "write", "P3D")
    ways = path("begin", "write", "done"), path("late", "over")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), limit, end(), end("over"), *ways))
    world.start("test")
    world.directory.holidays = frozenset({WEDNESDAY})

    assert coming(world) == []


def test_who_has_no_say_in_it_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        world.engine.run(RecountAll(), Actor(CITY, ANN))


def test_a_case_that_has_ended_meanwhile_is_passed_over(world: World, tmp_path: Path) -> None:
    open_limited(world, tmp_path)
    world.directory.holidays = frozenset({WEDNESDAY})
    world.engine.run(RecountAll(), SYSTEM)

    world.complete(ANN, world.tasks(ANN)[0])
    world.work()

    assert coming(world) == []


def test_the_limit_of_a_task_is_listed_once_with_its_step(world: World, tmp_path: Path) -> None:
    case_id = open_limited(world, tmp_path)
    world.directory.holidays = frozenset({WEDNESDAY})

    (move,) = world.engine.read(coming_recount, SYSTEM, world.directory, world.clock.now).moves

    expected = ComingDeadline(case_id, "Kasus 1", "test", {"id": "write", "en": ""}, THURSDAY, FRIDAY)
    assert replace(move, names={**move.names, "en": ""}) == expected
