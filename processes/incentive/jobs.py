"""Background work of allowances: opening the month that has ended, its cases, and its signals."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from sqlalchemy import select

from engine.commands.start_case import StartCases
from engine.engine import Engine
from engine.errors import Invalid
from engine.policy.actor import system_actor
from engine.records.tenant import not_open, tenant
from engine.worker import TASKS
from processes.incentive.commands.find_signals import FindSignals
from processes.incentive.commands.open_month import OpenMonth
from processes.incentive.ended import month_to_open
from processes.incentive.opening import month_cases, open_months, opening_jobs, units_to_open
from processes.incentive.runs import runs_of_month
from processes.incentive.signals import signals
from processes.incentive.signals.kept import news_of
from processes.incentive.variables import APPROVAL
from processes.people.city import CityError

EVERY_HOUR = "35 * * * *"  # the computer of a small office is off at night
LATER = "50 * * * *"

_cities = select(tenant.c.code).where(tenant.c.code.not_in(not_open)).order_by(tenant.c.code)


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
    _find(engine, tenant, first_day, units)


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


@TASKS.task("open_ended_months", cron=EVERY_HOUR)
def open_ended_months(engine: Engine) -> None:
    """Open the month that has ended, in every city that has set a day for it and has amounts."""
    with engine.database.reading() as read:
        codes = tuple(read.execute(_cities).scalars())
    for code in codes:
        with suppress(CityError, Invalid):  # its plugin is away, or somebody was faster
            today = engine.clock().astimezone(engine.directory.zone(code)).date()
            with engine.database.reading() as read:
                month = month_to_open(read, code, today, city=engine.directory.city(code))
            if month is not None:
                engine.run(OpenMonth(month.year, month.month), system_actor(code))


@TASKS.task("find_allowance_signals")
def find_allowance_signals(engine: Engine, tenant: str, unit: int, year: int, month: int) -> None:
    """Look for signals in the month of one unit."""
    _find(engine, tenant, date(year, month, 1), (unit,))


@TASKS.task("find_all_allowance_signals", cron=LATER)
def find_all_allowance_signals(engine: Engine) -> None:
    """Look for signals in the months that are being worked on, after whatever was imported or corrected meanwhile."""
    with engine.database.reading() as read:
        months = [
            (code, month, tuple(run.unit_id for run in runs_of_month(read, code, month) if not run.is_locked))
            for code, month in open_months(read)
        ]
    for code, month, units in months:
        with suppress(CityError):
            _find(engine, code, month, units)


def _find(engine: Engine, tenant: str, month: date, units: Iterable[int]) -> None:
    """Run the command where there is news: what changes nothing leaves no trace in the audit trail."""
    city = engine.directory.city(tenant)
    for unit_id in units:
        with engine.database.reading() as read:
            found = signals(read, tenant, unit_id, month, city=city)
            news = found and news_of(read, tenant, unit_id, month, found, now=engine.clock(), new_id=engine.new_id)
        if news:
            engine.run(FindSignals(unit_id, month), system_actor(tenant))
