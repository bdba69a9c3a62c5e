"""Counts the deadlines of a stored case again, and finds the cases whose deadlines are given in working days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from engine.begun import last_time
from engine.bpmn.days import local_day
from engine.bpmn.moved_starts import is_cycle, moved_cycle, moved_start
from engine.bpmn.recounting import OpenTask, Recount, Waiting, counts_working_days, recount
from engine.calendar import WorkCalendar
from engine.casework import CaseSubject, find_release, release_of, variables_of
from engine.city_time import CityTime
from engine.errors import CaseDamaged, ElementFailed
from engine.records.deadlines import (
    coming_starts,
    days_of_tasks,
    releases_in_use,
    running_cases,
    start_of_case,
    timers_of_case,
)
from engine.records.packing import Unreadable
from engine.services import Directory


def recount_case(read: Connection, directory: Directory, case: CaseSubject, now: datetime) -> Recount:
    """Return what the list of holidays, as it is now, changes in a running case.

    :raise CaseDamaged: the stored state cannot be read.
    """
    assert case.state is not None, "the case runs"
    tasks = read.execute(days_of_tasks, {"case_id": case.id})
    timers = read.execute(timers_of_case, {"case_id": case.id})
    waiting = Waiting(
        {row.token: OpenTask(row.opened_at, row.due, row.follow_up) for row in tasks},
        {row.token: row.set_at for row in timers},
    )
    when = CityTime(read, directory, case.tenant, now)
    try:
        counted = _counted_days(read, directory, case, when)
        return recount(release_of(read, case), case.state, waiting, counted, when)
    except (Unreadable, KeyError) as error:
        raise CaseDamaged(case_id=case.id) from error


def _counted_days(read: Connection, directory: Directory, case: CaseSubject, when: CityTime) -> Mapping[str, date]:
    """Return the days that the case carries with it since it began; none if its working days are not known."""
    started = local_day(read.execute(start_of_case, {"case_id": case.id}).scalar_one(), when.zone)
    try:
        return directory.counted_days(case.process, started, when.calendar(variables_of(case)))
    except ElementFailed:
        return {}


@dataclass(frozen=True, slots=True)
class MovedStart:
    """A process that begins by itself at another instant now.

    :param release_id: by which it begins.
    :param names: the label of its start event by language.
    :param process_names: that of the process.
    """

    process: str
    element: str
    release_id: int
    names: Mapping[str, str]
    process_names: Mapping[str, str]
    before: datetime
    due: datetime


def recount_starts(read: Connection, directory: Directory, tenant: str, now: datetime) -> list[MovedStart]:
    """Return which processes of a city begin at another time by the list of holidays as it is now."""
    when = CityTime(read, directory, tenant, now)
    rows = read.execute(coming_starts, {"tenant": tenant, "now": now})
    return [found for row in rows.all() if (found := _moved_start(read, row, when)) is not None]


def _moved_start(read: Connection, row: Row[*tuple[Any, ...]], when: CityTime) -> MovedStart | None:
    release = find_release(read, row.release_id, row.digest)
    start = release.element(row.element)
    if is_cycle(start):
        last = last_time(read, when.tenant, row.process, start.id, row.since)
        due = moved_cycle(start, row.due, row.since, when, last)
    else:
        due = moved_start(start, row.due, row.enacted_at, when)
    if due is None:
        return None
    return MovedStart(row.process, start.id, row.release_id, start.names, release.outline.names, row.due, due)


def cases_with_working_days(
    read: Connection, directory: Directory, tenant: str, after: int, limit: int
) -> Sequence[int]:
    """Return the next running cases of a city whose process counts anything in working days, by id."""
    rows = read.execute(releases_in_use, {"tenant": tenant}).all()
    releases = [row.id for row in rows if _counts(read, directory, row)]
    params = {"tenant": tenant, "releases": releases, "after": after, "limit": limit}
    return read.execute(running_cases, params).scalars().all()


def _counts(read: Connection, directory: Directory, row: Row[*tuple[Any, ...]]) -> bool:
    names = directory.counted_days(row.process, date.min, WorkCalendar("", frozenset(), 5))
    return counts_working_days(find_release(read, row.id, row.digest).outline, names)
