"""Background work of allowances: the cases of an opened month."""

from datetime import date

from engine.commands.start_case import StartCases
from engine.engine import Engine
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.incentive.opening import month_cases, open_months, opening_jobs, units_to_open
from processes.incentive.variables import APPROVAL

EVERY_HOUR = "35 * * * *"  # the computer of a small office is off at night


@TASKS.task("open_allowances")
def open_allowances(engine: Engine, tenant: str, year: int, month: int, *, first: int, last: int) -> None:
    """Start the cases of one chunk of units, by their ids; those that exist are left alone."""
    first_day = date(year, month, 1)
    today = engine.clock().astimezone(engine.directory.zone(tenant)).date()
    with engine.database.reading() as read:
        units = [unit for unit in units_to_open(read, tenant, first_day) if first <= unit <= last]
        cases = month_cases(read, tenant, first_day, units, today)
    # One by one: the month of a unit is computed as its case starts, and one that cannot be computed stops no other.
    for item in cases:
        engine.run(StartCases(APPROVAL, (item,)), system_actor(tenant))


@TASKS.task("open_missing_allowances", cron=EVERY_HOUR)
def open_missing_allowances(engine: Engine) -> None:
    """Make the jobs again that start the cases which the opening of a month left out, whatever the reason was."""
    with engine.database.reading() as read:
        jobs = [
            job
            for tenant, month in open_months(read)
            for job in opening_jobs(tenant, month, units_to_open(read, tenant, month))
        ]
    if jobs:
        engine.defer(tuple(jobs))
