"""Background work of the appraisal cycle: the cases of an opened quarter, and raters who change while it runs."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.errors import Conflict, NotFound
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.appraisal.closing import is_reported
from processes.appraisal.commands.close_quarter import CloseQuarter
from processes.appraisal.commands.hand_on_task import HandOnTask
from processes.appraisal.commands.reassign_tasks import ReassignTasks
from processes.appraisal.departed import left_tasks
from processes.appraisal.opening import employee_cases, missing_jobs, unit_cases
from processes.appraisal.raters import changed_raters, open_quarters, raters_of_open_cases
from processes.appraisal.records import period
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.city import CityError

logger = logging.getLogger(__name__)

_opens_on = select(period.c.opens_on).where(
    *(period.c[name] == bindparam(name) for name in ("tenant", "year", "quarter"))
)

EVERY_NIGHT = "10 17 * * *"  # in UTC: shortly after midnight in western and central Indonesia
EVERY_HOUR = "25 * * * *"  # the computer of a small office is off at night
FOLLOWED = "Garis penilaian atau penjabat berubah"


@TASKS.task("open_units")
def open_units(engine: Engine, tenant: str, year: int, quarter: int) -> None:
    """Start the cases of all units; those that exist are left alone."""
    with engine.database.reading() as read:
        found = unit_cases(read, _quarter(read, tenant, year, quarter), today=_today(engine, tenant))
    _start(engine, tenant, UNIT_PROCESS, found)


@TASKS.task("open_employees")
def open_employees(
    engine: Engine, tenant: str, year: int, quarter: int, *, after: int = 0, last: int | None = None
) -> None:
    """Start the cases of one chunk of employees, by their ids; those that exist are left alone."""
    city = engine.directory.city(tenant)
    with engine.database.reading() as read:
        of_quarter = _quarter(read, tenant, year, quarter)
        found = employee_cases(read, city, of_quarter, after, last, today=_today(engine, tenant))
    _start(engine, tenant, EMPLOYEE_PROCESS, found)


@TASKS.task("open_missing", cron=EVERY_HOUR)
def open_missing(engine: Engine) -> None:
    """Make the jobs again that start the cases which the opening of a quarter left out, whatever the reason was."""
    _in_each_quarter(engine, _open_missing)


def _open_missing(engine: Engine, quarter: Quarter, today: date) -> None:
    with engine.database.reading() as read:
        jobs = missing_jobs(read, quarter, today)
    if jobs:
        engine.defer(jobs)


@TASKS.task("follow_raters", cron=EVERY_NIGHT)
def follow_raters(engine: Engine) -> None:
    """Give evaluations that nobody has rated to whoever stands there now; those that were rated stay as they are.

    A task that then still waits for somebody who has left goes on with whoever may rate, sign or hand over now, or
    decide the objection.
    """
    _in_each_quarter(engine, _follow_raters)


def _follow_raters(engine: Engine, quarter: Quarter, today: date) -> None:
    zone = engine.directory.zone(quarter.tenant)
    with engine.database.reading() as read:
        moves = changed_raters(read, quarter, today, zone)
    for move in moves:
        with suppress(Conflict):  # somebody works on that case at this moment: tomorrow night again
            engine.run(ReassignTasks(move.case_id, move.person, FOLLOWED), system_actor(quarter.tenant))
    with engine.database.reading() as read:
        left = left_tasks(read, quarter, today)
    for task in left:
        with suppress(Conflict, NotFound):  # as above, or it has just been done
            engine.run(HandOnTask(task.case_id, task.token, task.person, FOLLOWED), system_actor(quarter.tenant))


@TASKS.task("close_quarters", cron=EVERY_NIGHT)
def close_quarters(engine: Engine) -> None:
    """Close the quarters whose results are complete, and tell the authorized official of each."""
    _in_each_quarter(engine, _close_quarter)


def _close_quarter(engine: Engine, quarter: Quarter, today: date) -> None:
    with engine.database.reading() as read:
        is_complete = is_reported(read, quarter, today)
    if is_complete:
        engine.run(CloseQuarter(quarter), system_actor(quarter.tenant))


def _in_each_quarter(engine: Engine, work: Callable[[Engine, Quarter, date], None]) -> None:
    """Do something for every open quarter, each on its own: what is broken in one city holds up no other.

    A city whose rules cannot be asked waits for the next round; any other failure is raised when all had their turn.
    """
    with engine.database.reading() as read:
        quarters = open_quarters(read)
    failures: list[Exception] = []
    for quarter in quarters:
        try:
            work(engine, quarter, _today(engine, quarter.tenant))
        except CityError as error:
            logger.warning("City %s waits, its rules cannot be asked: %s", quarter.tenant, type(error).__name__)
        except Exception as error:
            # Whatever it is, the next city has nothing to do with it.
            failures.append(error)
    if failures:
        raise failures[0]


@TASKS.task("follow_line")
def follow_line(engine: Engine, tenant: str, employee_id: int, proposal: int) -> None:
    """Give the open evaluations of an employee whose line was corrected to whoever should rate them now.

    A case that somebody works on at this moment fails the job, which is tried again; what has moved stays moved.
    """
    with engine.database.reading() as read:
        zone = engine.directory.zone(tenant)
        found = raters_of_open_cases(read, tenant, employee_id, _today(engine, tenant), zone)
    for item in found:
        engine.run(ReassignTasks(item.case_id, item.person, f"line_proposal:{proposal}"), system_actor(tenant))


def _quarter(read: Connection, tenant: str, year: int, quarter: int) -> Quarter:
    params = {"tenant": tenant, "year": year, "quarter": quarter}
    return Quarter(tenant, year, quarter, read.execute(_opens_on, params).scalar_one())


def _today(engine: Engine, tenant: str) -> date:
    return engine.clock().astimezone(engine.directory.zone(tenant)).date()


def _start(engine: Engine, tenant: str, process: str, cases: tuple[NewCase, ...]) -> None:
    if cases:
        engine.run(StartCases(process, cases), system_actor(tenant))
