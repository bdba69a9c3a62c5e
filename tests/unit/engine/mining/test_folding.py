"""The figures of a process, taken in from the journals of its cases."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, func, select

from engine.calendar import WorkCalendar
from engine.commands.cancel_case import CancelCase
from engine.commands.claim_task import ClaimTask
from engine.commands.fold_steps import FoldSteps
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Forbidden, NotFound
from engine.folding import fold_city, fold_steps
from engine.mining.folding import pack_trace, read_trace
from engine.mining.office import OfficeTime, wall_minutes
from engine.mining.spread import bin_of, quantile
from engine.policy.actor import Actor, system_actor
from engine.queries.mining import ElementTotals, read_watch
from engine.records import mining
from engine.records.counting import count_statements
from engine.records.packing import pack
from engine.records.tenant import insert_tenant
from tests.unit.engine.diagrams import diagram, end, flow, gateway, path, start, user
from tests.unit.engine.world import CITY, SmallDirectory, World

ANN, BOB = 11, 12
JAKARTA = ZoneInfo("Asia/Jakarta")


def with_rework(folder: Path) -> Path:
    """One writes, another checks and may send it back."""
    return diagram(
        folder,
        start(),
        user("write", "writer", due='today() + duration("P2D")'),
        user("check", "checker"),
        gateway("exclusive", "good", "good-write"),
        end(),
        path("begin", "write", "check", "good"),
        flow("good", "done", "check.ok = true"),
        flow("good", "write"),
    )


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    world.deploy(with_rework(tmp_path))
    return world


def totals(world: World) -> dict[str, ElementTotals]:
    fold_city(world.engine, CITY)
    return dict(world.engine.read(read_watch, system_actor(CITY), "test").elements)


def test_minutes_count_only_inside_working_time() -> None:
    holidays = frozenset({date(2026, 10, 7)})
    office = OfficeTime(WorkCalendar("v", holidays, 5), JAKARTA)
    friday = datetime(2026, 10, 2, 14, 0, tzinfo=JAKARTA)

    assert office.minutes_between(friday, datetime(2026, 10, 5, 8, 0, tzinfo=JAKARTA)) == 60 + 30
    assert office.minutes_between(friday, datetime(2026, 10, 8, 7, 0, tzinfo=JAKARTA)) == 60 + 450 + 450
    assert office.minutes_between(friday, friday) == 0
    assert wall_minutes(friday, datetime(2026, 10, 5, 14, 0, tzinfo=JAKARTA)) == 3 * 24 * 60


def test_a_week_of_six_days_has_as_many_hours_on_more_days() -> None:
    office = OfficeTime(WorkCalendar("v", frozenset(), 6), JAKARTA)
    friday = datetime(2026, 10, 2, 7, 30, tzinfo=JAKARTA)

    assert office.minutes_between(friday, datetime(2026, 10, 9, 7, 30, tzinfo=JAKARTA)) == 2_250
    assert office.minutes_between(friday, datetime(2026, 10, 5, 7, 30, tzinfo=JAKARTA)) == 2 * 375


class UnitsOfTwoWeeks(SmallDirectory):
    """A city in which unit 6 works on Saturdays, too, and unit 9 is not known; whatever is asked, it looks up."""

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        read.execute(select(1))
        if variables.get("unit") == 9:
            raise NotFound()
        return WorkCalendar("v", frozenset(), 6 if variables.get("unit") == 6 else 5)

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        read.execute(select(1))
        units = (number for number in range(1, 40) if number != 9)
        return {number: WorkCalendar("v", frozenset(), 6 if number == 6 else 5) for number in units}


@pytest.mark.parametrize(("unit", "minutes"), [(6, 375), (5, 0), (9, 0)])
def test_time_is_counted_by_the_week_of_the_unit_of_the_case(office: World, unit: int, minutes: int) -> None:
    office.engine.directory = UnitsOfTwoWeeks()
    office.clock.now = datetime(2026, 10, 3, 0, 0, tzinfo=UTC)  # a Saturday
    office.start("test", writer=ANN, checker=BOB, unit=unit)
    totals(office)
    office.clock.forward(days=1)
    office.complete(ANN, office.tasks(ANN)[0], text="x")

    assert totals(office)["write"].figures.working_minutes == minutes


def test_a_trace_of_an_earlier_version_is_read() -> None:
    at = datetime(2026, 10, 5, tzinfo=UTC)
    stored = pack([[[1, "write", at, True, None, None]], ["begin"], {}, [["write", at.date(), 7]]])

    trace = read_trace(3, stored)

    assert (trace.version, trace.stays[1].since, trace.claims, trace.unit) == (3, at, [], None)
    assert read_trace(3, pack_trace(trace)) == trace


def test_a_quantile_is_right_within_a_step_of_the_spread() -> None:
    spread = {bin_of(minutes): 1 for minutes in (1, 10, 100, 1_000, 10_000)}

    assert quantile({}, 0.5) is None
    assert quantile(spread, 0.5) == pytest.approx(100, rel=0.1)
    assert quantile({0: 3}, 0.5) == pytest.approx(0.5)


def test_what_was_done_is_counted_once_however_often_it_is_taken_in(office: World) -> None:
    office.start("test", writer=ANN, checker=BOB)
    office.clock.forward(hours=1)
    office.complete(ANN, office.tasks(ANN)[0], text="x")

    first, again = totals(office), totals(office)

    assert first == again
    assert (again["write"].figures.entered, again["write"].figures.left_count) == (1, 1)
    assert again["write"].figures.working_minutes == 60
    assert again["write"].figures.on_time == 0  # it was done before anybody had seen until when
    assert again["check"].standing == {date(2026, 10, 5): 1}


def test_taking_in_step_by_step_gives_the_same_as_all_at_once(office: World) -> None:
    for key in ("1", "2"):
        office.start("test", key=key, writer=ANN, checker=BOB)
    by_steps = []
    for is_good in (False, True):
        office.complete(ANN, office.tasks(ANN)[0], text="x")
        by_steps.append(totals(office))
        office.clock.forward(days=1)
        office.complete(BOB, office.tasks(BOB)[0], ok=is_good)
        by_steps.append(totals(office))
    with office.engine.database.writing() as connection:
        for table in (mining.element_figure, mining.element_standing, mining.mined_case, mining.mining_mark):
            connection.execute(table.delete())

    at_once = totals(office)

    assert {name: one.figures.left_count for name, one in at_once.items()} == {
        name: one.figures.left_count for name, one in by_steps[-1].items()
    }
    assert at_once["write"].standing == by_steps[-1]["write"].standing
    assert at_once["write"].figures.returned == by_steps[-1]["write"].figures.returned == 1
    assert at_once["good-write"].figures.left_count == at_once["good-done"].figures.left_count == 1


def test_due_dates_are_kept_from_the_list_of_open_tasks(office: World) -> None:
    for key in ("1", "2"):
        office.start("test", key=key, writer=ANN, checker=BOB)
    totals(office)
    office.complete(ANN, office.tasks(ANN)[0], text="x")
    office.clock.forward(days=7)
    office.complete(ANN, office.tasks(ANN)[0], text="x")

    figures = totals(office)["write"].figures

    assert (figures.on_time, figures.late) == (1, 1)


def test_what_waits_for_a_group_is_told_from_the_work_on_it(world: World, tmp_path: Path) -> None:
    task = user("check", "", candidate='"checkers"')
    world.deploy(diagram(tmp_path, start(), task, end(), path("begin", "check", "done")))
    case = world.start("test")
    totals(world)
    world.clock.forward(hours=2)
    row = world.queue(BOB, "checkers")[0]
    world.engine.run(ClaimTask(row.case_id, row.token), Actor(CITY, BOB, frozenset({"checkers"})))
    world.clock.forward(hours=1)
    totals(world)
    world.complete(BOB, world.tasks(BOB)[0])
    world.clock.forward(minutes=3)

    figures = totals(world)["check"].figures

    assert (figures.queued, figures.handled) == ({bin_of(120): 1}, {bin_of(60): 1})
    assert world.engine.read(read_watch, system_actor(CITY), "test").elements["check"].standing == {}
    assert case


def test_a_cancelled_case_stands_nowhere_and_its_task_was_taken_away(office: World) -> None:
    case = office.start("test", writer=ANN, checker=BOB)
    totals(office)
    office.engine.run(CancelCase(case, "salah"), system_actor(CITY))

    write = totals(office)["write"]

    assert (write.figures.withdrawn, write.figures.left_count, write.standing) == (1, 0, {})


def test_many_cases_are_taken_in_batch_by_batch(office: World) -> None:
    for number in range(7):
        office.start("test", key=str(number), writer=ANN, checker=BOB)

    is_done = fold_city(office.engine, CITY, most=1, size=3)
    figures = totals(office)["write"].figures

    assert not is_done
    assert figures.entered == 7


def test_a_worker_takes_in_the_cases_of_every_open_city(office: World) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(insert_tenant, {"code": CITY, "created_at": office.clock()})
    office.start("test", writer=ANN, checker=BOB)

    fold_steps(office.engine)

    with office.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(mining.mined_case)).scalar_one() == 1


def test_nobody_but_the_system_takes_in_and_only_the_owner_reads(office: World) -> None:
    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(FoldSteps(), Actor(CITY, ANN, frozenset({"process_owner"})))


def test_a_moment_is_in_the_month_of_its_city(office: World) -> None:
    office.clock.now = datetime(2026, 10, 31, 23, 0, tzinfo=UTC)
    office.start("test", writer=ANN, checker=BOB)
    fold_city(office.engine, CITY)

    with office.engine.database.reading() as read:
        months = read.execute(select(mining.element_figure.c.month).distinct()).scalars().all()

    assert months == [date(2026, 11, 1)]


def test_a_batch_costs_the_same_with_two_units_and_with_twenty(office: World) -> None:
    def asked(units: range) -> int:
        new = [NewCase(str(unit), unit, "Kasus", {"writer": ANN, "checker": BOB, "unit": unit}) for unit in units]
        office.engine.run(StartCases("test", tuple(new)), system_actor(CITY))
        with count_statements(office.engine.database) as statements:
            office.engine.run(FoldSteps(), system_actor(CITY))
        return len(statements)

    office.engine.directory = UnitsOfTwoWeeks()
    asked(range(30, 31))

    assert asked(range(1, 3)) == asked(range(10, 30))


def test_a_page_costs_the_same_with_ten_cases_and_with_a_thousand(office: World) -> None:
    def asked(cases: range) -> tuple[int, int]:
        new = [NewCase(str(key), key, f"Kasus {key}", {"writer": ANN, "checker": BOB}) for key in cases]
        office.engine.run(StartCases("test", tuple(new)), system_actor(CITY))
        fold_city(office.engine, CITY)
        with count_statements(office.engine.database) as statements:
            office.engine.read(read_watch, system_actor(CITY), "test")
        with office.engine.database.reading() as read:
            tables = (mining.element_figure, mining.element_standing)
            return len(statements), sum(len(read.execute(select(table)).all()) for table in tables)

    assert asked(range(10)) == asked(range(10, 1_000))
