"""Who gets a case when a quarter is opened, who gets it later, and who gets none."""

import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from engine.jobs import run_until_idle
from engine.jobs.tables import jobs
from engine.policy.actor import system_actor
from engine.records.case import CaseStatus, case
from processes.appraisal import opening
from processes.appraisal.appraised import on_unpaid_leave, unled_units
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.jobs import follow_raters, open_employees, open_missing
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.records import employee, leave, placement, reporting_line, role_grant, unit_head
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, OFFICE, OPENS, CityHall, assessment, open_city_hall
from tests.processes.office import CITY

ROOT = Path(__file__).parents[2]
QUARTER = Quarter(CITY, 2026, 3, OPENS)
#: Nobody stands above the secretary.
EVERYBODY = {BUDI, CITRA, DEWI, EKA, HANA}


def change(hall: CityHall, *statements: object) -> None:
    with hall.engine.database.writing() as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]  # any statement


def opened(hall: CityHall, process: str = EMPLOYEE_PROCESS) -> set[int]:
    """Who has a case."""
    with hall.engine.database.reading() as read:
        return set(read.execute(select(case.c.subject).where(case.c.process == process)).scalars())


def ask_to_open(hall: CityHall) -> None:
    """Open the quarter; no worker runs yet."""
    hall.engine.run(OpenQuarter(2026, 3), system_actor(CITY))


def next_hour(hall: CityHall) -> None:
    """Let the hourly job run, and what it makes."""
    open_missing(hall.engine)
    run_until_idle(hall.app)


def leave_service(person: int) -> object:
    """The statement by which somebody had left before the quarter ended."""
    return update(employee).where(employee.c.id == person).values(active_to=date(2026, 9, 1))


def hire(person: int) -> list[object]:
    """The statements by which somebody works in the office under Citra."""
    kept = {"id": person, "tenant": CITY}
    since = date(2020, 1, 1)
    nip = f"1986092620150510{person}"
    return [
        insert(employee).values(**kept, nip=nip, name=f"Pegawai {person}", kind="PNS"),
        insert(placement).values(**kept, employee_id=person, unit_id=OFFICE, post_id=DEWI, valid_from=since),
        insert(reporting_line).values(**kept, employee_id=person, appraiser_id=CITRA, valid_from=since),
    ]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of two employees."""
    monkeypatch.setattr(opening, "CHUNK", 2)


@pytest.mark.usefixtures("small_chunks")
def test_whoever_leaves_between_two_chunks_takes_no_place_from_his_neighbour(closed: CityHall) -> None:
    ask_to_open(closed)
    for after in (0, BUDI):
        open_employees(closed.engine, CITY, 2026, 3, after=after, last=after + 2)

    change(closed, leave_service(DEWI))
    run_until_idle(closed.app)

    assert opened(closed) == EVERYBODY


@pytest.mark.usefixtures("small_chunks")
def test_whoever_is_imported_while_the_quarter_is_opened_belongs_to_the_last_chunk(closed: CityHall) -> None:
    ask_to_open(closed)

    change(closed, *hire(10), *hire(11), *hire(12))
    run_until_idle(closed.app)

    assert opened(closed) == EVERYBODY | {10, 11, 12}


@pytest.mark.usefixtures("small_chunks")
def test_an_opening_whose_jobs_are_lost_goes_on_with_the_next_hour(closed: CityHall) -> None:
    ask_to_open(closed)
    change(closed, delete(jobs))
    run_until_idle(closed.app)
    assert opened(closed) == set()

    next_hour(closed)

    assert opened(closed) == EVERYBODY
    assert opened(closed, UNIT_PROCESS) == {101, OFFICE}


@pytest.mark.parametrize("moment", [0, 0.05, 0.2])
def test_an_opening_that_was_killed_goes_on_where_it_stopped(tmp_path: Path, moment: float) -> None:
    command = [sys.executable, "-m", "tests.processes.busy_opening", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None and office.stdout.readline() == "opening\n"
        time.sleep(moment)
        office.kill()

    with open_city_hall(tmp_path) as left:
        next_hour(left)

        assert opened(left) == EVERYBODY
        assert opened(left, UNIT_PROCESS) == {101, OFFICE}
        assert left.waits_for(DEWI) == {("record_realisation", DEWI), ("assess_behaviour", CITRA)}


def test_an_hour_in_which_nobody_is_missing_makes_no_jobs(hall: CityHall) -> None:
    change(hall, delete(jobs))

    open_missing(hall.engine)

    with hall.engine.database.reading() as read:
        assert read.execute(select(jobs.c.id)).all() == []


def leave_dewi_alone(hall: CityHall) -> None:
    """Nobody appraises Dewi: no line, no head, no official."""
    of_dewi = delete(reporting_line).where(reporting_line.c.employee_id == DEWI)
    change(hall, of_dewi, delete(unit_head), delete(role_grant))


def give_dewi_a_line(hall: CityHall) -> None:
    line = {"id": 700, "tenant": CITY, "employee_id": DEWI, "appraiser_id": CITRA, "valid_from": date(2020, 1, 1)}
    change(hall, insert(reporting_line).values(line))


def test_a_line_that_arrives_after_the_opening_brings_the_case_and_the_usual_days(closed: CityHall) -> None:
    leave_dewi_alone(closed)
    closed.open_quarter()
    assert DEWI not in opened(closed)

    give_dewi_a_line(closed)
    closed.now += timedelta(days=20)
    next_hour(closed)

    due = {task.element: task.due for task in closed.case(DEWI).waiting}
    assert due == {"record_realisation": date(2026, 10, 28), "assess_behaviour": date(2026, 11, 4)}


def leaves_on(hall: CityHall, person: int, last: date) -> None:
    change(hall, update(employee).where(employee.c.id == person).values(active_to=last))


def test_an_appraiser_who_left_after_the_first_window_gets_no_task_of_a_case_that_starts_late(
    closed: CityHall,
) -> None:
    leave_dewi_alone(closed)
    closed.open_quarter()
    give_dewi_a_line(closed)
    leaves_on(closed, CITRA, date(2026, 10, 17))  # the window of the others ended on 15 October

    closed.now += timedelta(days=20)
    next_hour(closed)

    assert DEWI not in opened(closed)


def test_the_night_counts_the_window_of_a_late_case_from_its_start_as_the_opening_did(closed: CityHall) -> None:
    head = {"id": 900, "tenant": CITY, "unit_id": OFFICE, "employee_id": BUDI, "kind": "definitif"}
    leave_dewi_alone(closed)
    closed.open_quarter()
    give_dewi_a_line(closed)
    change(closed, insert(unit_head).values(**head, valid_from=date(2020, 1, 1)))
    leaves_on(closed, CITRA, date(2026, 10, 30))  # inside the window of Dewi's case: 21 October to 4 November

    closed.now += timedelta(days=20)
    next_hour(closed)
    follow_raters(closed.engine)

    assert ("assess_behaviour", BUDI) in closed.waits_for(DEWI)


def test_an_appraiser_who_leaves_when_the_window_is_over_is_followed_all_the_same(hall: CityHall) -> None:
    for _day in range(15):
        hall.let_pass(days=1)
    assert hall.waits_for(EKA) == {("confirm_ratings", CITRA)}  # three working days from the carried-over predicate

    leaves_on(hall, CITRA, date(2026, 10, 16))
    hall.now += timedelta(days=1)
    follow_raters(hall.engine)

    assert hall.waits_for(EKA) == {("confirm_ratings", BUDI)}


def test_once_the_results_should_be_reported_no_case_is_added(closed: CityHall) -> None:
    leave_dewi_alone(closed)
    closed.open_quarter()

    give_dewi_a_line(closed)
    closed.now += timedelta(days=70)
    next_hour(closed)

    assert DEWI not in opened(closed)


def on_leave(hall: CityHall, *spans: tuple[date, date]) -> None:
    """Let Dewi be on unpaid leave."""
    rows = [
        {"tenant": CITY, "employee_id": DEWI, "kind": "cltn", "first_day": one, "last_day": two} for one, two in spans
    ]
    change(hall, *(insert(leave).values(id=number, **row) for number, row in enumerate(rows, 5)))


@pytest.mark.parametrize(
    "spans",
    [
        [(date(2026, 6, 1), date(2026, 12, 31))],
        [(date(2026, 7, 1), date(2026, 8, 15)), (date(2026, 8, 16), date(2026, 9, 30))],
    ],
)
def test_whoever_is_on_unpaid_leave_all_quarter_has_no_plan_and_no_case(
    closed: CityHall, spans: list[tuple[date, date]]
) -> None:
    on_leave(closed, *spans)

    closed.open_quarter()

    assert opened(closed) == EVERYBODY - {DEWI}
    with closed.engine.database.reading() as read:
        assert [item.id for item in on_unpaid_leave(read, QUARTER)] == [DEWI]


@pytest.mark.parametrize("first", [date(2026, 7, 2), date(2026, 8, 1)])
def test_whoever_worked_in_the_quarter_is_appraised(closed: CityHall, first: date) -> None:
    on_leave(closed, (first, date(2026, 12, 31)))

    closed.open_quarter()

    assert DEWI in opened(closed)


def test_a_unit_that_nobody_oversees_takes_the_neutral_predicate_and_its_people_go_on(closed: CityHall) -> None:
    change(closed, delete(unit_head), delete(role_grant))
    closed.open_quarter()
    with closed.engine.database.reading() as read:
        assert OFFICE in {unit.id for unit in unled_units(read, QUARTER)}

    closed.does(DEWI, "record_realisation", DEWI)
    closed.does(CITRA, "assess_behaviour", DEWI, **assessment())

    org = closed.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("BAIK", "neutral")
    assert closed.waits_for(DEWI) == {("confirm_ratings", CITRA)}


def test_the_case_of_a_unit_that_nobody_leads_ends_by_itself(closed: CityHall) -> None:
    change(closed, delete(unit_head), delete(role_grant))
    closed.open_quarter()
    closed.does(DEWI, "record_realisation", DEWI)
    closed.does(CITRA, "assess_behaviour", DEWI, **assessment())
    closed.does(CITRA, "confirm_ratings", DEWI, work="SESUAI_EKSPEKTASI", behaviour="SESUAI_EKSPEKTASI")

    closed.until_next_timer(OFFICE, UNIT_PROCESS)

    view = closed.case(OFFICE, UNIT_PROCESS)
    assert (view.case.status, view.waiting, view.incidents) == (CaseStatus.FINISHED, (), ())
