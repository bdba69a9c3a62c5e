"""Background work of the appraisal cycle: the cases of an opened quarter, chunk by chunk."""

from contextlib import suppress

from sqlalchemy import Connection, bindparam, select

from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.errors import Conflict
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.appraisal.commands.reassign_tasks import ReassignTasks
from processes.appraisal.opening import Quarter, employee_cases, unit_cases
from processes.appraisal.raters import changed_raters
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

_opens_on = select(period.c.opens_on).where(
    *(period.c[name] == bindparam(name) for name in ("tenant", "year", "quarter"))
)


_open_quarters = select(period.c.tenant, period.c.year, period.c.quarter, period.c.opens_on).where(
    period.c.status == PeriodStatus.OPEN.value
)

EVERY_NIGHT = "10 17 * * *"  # in UTC: shortly after midnight in western and central Indonesia
FOLLOWED = "Garis penilaian atau penjabat berubah"


@TASKS.task("open_units")
def open_units(engine: Engine, tenant: str, year: int, quarter: int) -> None:
    """Start the cases of all units; those that exist are left alone."""
    with engine.database.reading() as read:
        found = unit_cases(read, _quarter(read, tenant, year, quarter))
    _start(engine, tenant, UNIT_PROCESS, found)


@TASKS.task("open_employees")
def open_employees(engine: Engine, tenant: str, year: int, quarter: int, offset: int) -> None:
    """Start the cases of one chunk of employees; those that exist are left alone."""
    city = engine.directory.city(tenant)
    with engine.database.reading() as read:
        found = employee_cases(read, city, _quarter(read, tenant, year, quarter), offset)
    _start(engine, tenant, EMPLOYEE_PROCESS, found)


@TASKS.task("follow_raters", cron=EVERY_NIGHT)
def follow_raters(engine: Engine) -> None:
    """Give evaluations that nobody has rated to whoever stands there now; those that were rated stay as they are."""
    with engine.database.reading() as read:
        quarters = [Quarter(row.tenant, row.year, row.quarter, row.opens_on) for row in read.execute(_open_quarters)]
        moves = [(quarter.tenant, move) for quarter in quarters for move in changed_raters(read, quarter)]
    for tenant, move in moves:
        with suppress(Conflict):  # somebody works on that case at this moment: tomorrow night again
            engine.run(ReassignTasks(move.case_id, move.person, FOLLOWED), system_actor(tenant))


def _quarter(read: Connection, tenant: str, year: int, quarter: int) -> Quarter:
    params = {"tenant": tenant, "year": year, "quarter": quarter}
    return Quarter(tenant, year, quarter, read.execute(_opens_on, params).scalar_one())


def _start(engine: Engine, tenant: str, process: str, cases: tuple[NewCase, ...]) -> None:
    if cases:
        engine.run(StartCases(process, cases), system_actor(tenant))
