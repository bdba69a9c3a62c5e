"""Background work of the appraisal cycle: the cases of an opened quarter, and raters who change while it runs."""

from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.errors import Conflict
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.appraisal.commands.reassign_tasks import ReassignTasks
from processes.appraisal.opening import employee_cases, missing_jobs, unit_cases
from processes.appraisal.raters import changed_raters, open_quarters, raters_of_open_cases
from processes.appraisal.records import period
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

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
    with engine.database.reading() as read:
        found = [missing_jobs(read, item, _today(engine, item.tenant)) for item in open_quarters(read)]
    jobs = [job for of_quarter in found for job in of_quarter]
    if jobs:
        engine.defer(jobs)


@TASKS.task("follow_raters", cron=EVERY_NIGHT)
def follow_raters(engine: Engine) -> None:
    """Give evaluations that nobody has rated to whoever stands there now; those that were rated stay as they are."""
    with engine.database.reading() as read:
        moves = [(quarter.tenant, move) for quarter in open_quarters(read) for move in changed_raters(read, quarter)]
    for tenant, move in moves:
        with suppress(Conflict):  # somebody works on that case at this moment: tomorrow night again
            engine.run(ReassignTasks(move.case_id, move.person, FOLLOWED), system_actor(tenant))


@TASKS.task("follow_line")
def follow_line(engine: Engine, tenant: str, employee_id: int, proposal: int) -> None:
    """Give the open evaluations of an employee whose line was corrected to whoever should rate them now.

    A case that somebody works on at this moment fails the job, which is tried again; what has moved stays moved.
    """
    with engine.database.reading() as read:
        found = raters_of_open_cases(read, tenant, employee_id)
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
