"""The cases of a quarter for the people who watch over it: page by page, by unit, step and delay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select
from sqlalchemy import case as sql_case

from engine.bpmn.model import HUMAN_TASKS
from engine.casework import find_release
from engine.jobs.tables import jobs
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case, incident, open_task
from engine.records.release import latest_release
from engine.records.schema import Day
from processes.appraisal.definitions import PROCESSES
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.records import placement

PAGE = 50
OPENING_JOBS = ("open_units", "open_employees")

_last = case.alias("last_shown")

_unit_of_employee = (
    select(placement.c.unit_id)
    .where(
        placement.c.tenant == case.c.tenant,
        placement.c.employee_id == case.c.subject,
        placement.c.valid_from <= bindparam("day", type_=Day),
    )
    .order_by(placement.c.valid_from.desc())
    .limit(1)
    .correlate(case)
    .scalar_subquery()
)
_unit = sql_case((case.c.process == UNIT_PROCESS, case.c.subject), else_=_unit_of_employee)
_of_quarter = and_(
    case.c.tenant == bindparam("tenant"),
    case.c.process.in_((EMPLOYEE_PROCESS, UNIT_PROCESS)),
    case.c.business_key >= bindparam("first_key"),
    case.c.business_key < bindparam("last_key"),
)
_listed: Any = (
    select(case.c.id, case.c.title, case.c.process, case.c.status).where(_of_quarter).order_by(case.c.title, case.c.id)
)
_tasks = (
    select(open_task.c.case_id, open_task.c.element, open_task.c.assignee, open_task.c.due)
    .where(open_task.c.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(open_task.c.case_id, open_task.c.token)
)
_stuck = (
    select(incident.c.case_id, func.count().label("stuck"))
    .where(incident.c.case_id.in_(bindparam("cases", expanding=True)))
    .group_by(incident.c.case_id)
)
_pending = select(func.count()).where(
    jobs.c.task_name.in_(OPENING_JOBS),
    jobs.c.status.in_(("todo", "doing")),
    jobs.c.args["tenant"].as_string() == bindparam("tenant"),
    jobs.c.args["year"].as_integer() == bindparam("year"),
    jobs.c.args["quarter"].as_integer() == bindparam("quarter"),
)


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What the reader wants to see.

    :param overdue_on: only cases with a task that was due before that day.
    :param text: part of the name of an employee or unit.
    :param is_reported: only employees' cases that have ended, whose results are reported.
    """

    unit_id: int | None = None
    element: str = ""
    overdue_on: date | None = None
    text: str = ""
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A task of a listed case that waits for somebody."""

    element: str
    assignee: int | None
    due: date | None


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One case of the quarter."""

    id: int
    title: str
    process: str
    status: CaseStatus
    waiting: tuple[WaitingStep, ...]
    incidents: int


@dataclass(frozen=True, slots=True)
class CasesPage:
    """A page of cases by title; the next one goes on behind the case `next`: an address must not hold a name."""

    rows: tuple[ListedCase, ...]
    next: int | None


def quarter_cases(
    read: Connection,
    actor: Actor,
    year: int,
    quarter: int,
    *,
    units: frozenset[int],
    filters: CaseFilters = CaseFilters(),
    after: int | None = None,
) -> CasesPage:
    """Return the cases of a quarter in some units, by title; three statements whatever is shown.

    :param units: the units whose cases the actor may see.
    """
    bounds = {"first_key": f"{year}-{quarter}:", "last_key": f"{year}-{quarter};"}
    params = {"tenant": actor.tenant, "day": actor.day, **bounds}
    chosen = units & {filters.unit_id} if filters.unit_id is not None else units
    statement = _filtered(_listed.where(_unit.in_(sorted(chosen))), filters).limit(PAGE + 1)
    if after is not None:
        title = select(_last.c.title).where(_last.c.tenant == actor.tenant, _last.c.id == after).scalar_subquery()
        statement = statement.where(or_(case.c.title > title, and_(case.c.title == title, case.c.id > after)))
    found = read.execute(statement, params).all()
    ids = [row.id for row in found[:PAGE]]
    waiting = _waiting_by_case(read, ids)
    stuck = {row.case_id: int(row.stuck) for row in read.execute(_stuck, {"cases": ids})}
    rows = tuple(
        ListedCase(
            row.id, row.title, row.process, CaseStatus(row.status), waiting.get(row.id, ()), stuck.get(row.id, 0)
        )
        for row in found[:PAGE]
    )
    return CasesPage(rows, rows[-1].id if len(found) > PAGE else None)


def _filtered(statement: Any, filters: CaseFilters) -> Any:
    if filters.is_reported:
        statement = statement.where(case.c.process == EMPLOYEE_PROCESS, case.c.status == CaseStatus.FINISHED)
    if filters.text:
        statement = statement.where(case.c.title.icontains(filters.text, autoescape=True))
    if not filters.element and filters.overdue_on is None:
        return statement
    waits = select(open_task.c.case_id).where(open_task.c.case_id == case.c.id)
    if filters.element:
        waits = waits.where(open_task.c.element == filters.element)
    if filters.overdue_on is not None:
        waits = waits.where(open_task.c.due < filters.overdue_on)
    return statement.where(waits.exists())


def _waiting_by_case(read: Connection, ids: list[int]) -> dict[int, tuple[WaitingStep, ...]]:
    waiting: dict[int, tuple[WaitingStep, ...]] = {}
    for row in read.execute(_tasks, {"cases": ids}):
        waiting[row.case_id] = (*waiting.get(row.case_id, ()), WaitingStep(row.element, row.assignee, row.due))
    return waiting


def step_names(read: Connection, actor: Actor, *, also_automatic: bool = False) -> dict[str, Mapping[str, str]]:
    """Return the names of the steps that people do, by element id in the order of the city's newest diagrams.

    :param also_automatic: those of every other element too.
    """
    names: dict[str, Mapping[str, str]] = {}
    for process in PROCESSES:
        row = read.execute(latest_release, {"tenant": actor.tenant, "process": process}).one_or_none()
        if row is not None:
            outline = find_release(read, row.id, row.digest).outline
            elements = outline.elements.values()
            chosen = (element for element in elements if also_automatic or element.kind in HUMAN_TASKS)
            names.update((element.id, element.names) for element in chosen)
    return names


def pending_openings(read: Connection, actor: Actor, year: int, quarter: int) -> int:
    """Return how many jobs that start cases of a quarter still wait or run; 0 when the opening is done."""
    params = {"tenant": actor.tenant, "year": year, "quarter": quarter}
    return int(read.execute(_pending, params).scalar_one())
