"""What a rater needs beside the rows of his people: who is not ready and why, and how the units' ratings spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select

from engine.casework import find_case, variables_of
from engine.errors import CaseDamaged
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case, incident, open_task
from processes.appraisal.queries.people import RATED_ELEMENTS
from processes.appraisal.records import assessment, evaluation
from processes.appraisal.spread import Spread, unit_spread
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import City
from processes.people.queries.on_day import holds_on
from processes.people.records import employee, reporting_line, unit

_assessed_by_me = select(assessment.c.employee_id).where(
    assessment.c.tenant == bindparam("tenant"),
    assessment.c.year == bindparam("year"),
    assessment.c.quarter == bindparam("quarter"),
    assessment.c.entered_by == bindparam("person"),
)
_led_by_me = select(reporting_line.c.employee_id).where(
    reporting_line.c.tenant == bindparam("tenant"),
    reporting_line.c.appraiser_id == bindparam("person"),
    holds_on(reporting_line),
)
_mine = open_task.alias("mine")
_my_task = select(_mine.c.case_id).where(
    _mine.c.case_id == case.c.id, _mine.c.assignee == bindparam("person"), _mine.c.element.in_(RATED_ELEMENTS)
)
_failed = select(incident.c.case_id).where(incident.c.case_id == case.c.id)
# Nothing is computed yet, and no task of the rater waits: he has done his part, or the time for it is over.
_unready = (
    select(
        case.c.id,
        case.c.subject,
        employee.c.name,
        (case.c.subject.in_(_assessed_by_me)).label("is_assessed"),
        open_task.c.element,
        open_task.c.due,
        _failed.correlate(case).exists().label("is_stuck"),
    )
    .select_from(case)
    .join(employee, employee.c.id == case.c.subject)
    .outerjoin(open_task, and_(open_task.c.case_id == case.c.id, open_task.c.element == "record_realisation"))
    .outerjoin(evaluation, evaluation.c.case_id == case.c.id)
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.process == EMPLOYEE_PROCESS,
        case.c.status == CaseStatus.OPEN,
        case.c.subject.in_(_assessed_by_me.union(_led_by_me)),
        case.c.business_key.startswith(bindparam("quarter_key")),
        evaluation.c.case_id.is_(None),
        ~_my_task.correlate(case).exists(),
    )
    .order_by(employee.c.name, case.c.id)
)
_units_of_cases = (
    select(evaluation.c.unit_id, unit.c.name, evaluation.c.year, evaluation.c.quarter)
    .join(unit, unit.c.id == evaluation.c.unit_id)
    .where(
        evaluation.c.tenant == bindparam("tenant"),
        evaluation.c.version == 1,
        evaluation.c.case_id.in_(bindparam("cases", expanding=True)),
    )
    .distinct()
    .order_by(unit.c.name)
)


class WaitsFor(StrEnum):
    """What an evaluation waits for before anything can be recommended."""

    REALISATION = "realisation"
    ORG_PREDICATE = "org_predicate"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class UnreadyPerson:
    """Somebody whose rating cannot be recommended yet.

    :param is_assessed: the rater entered rubric and behaviour; otherwise the time for it is over.
    :param due: last day for the employee's own results, if it is those that are missing.
    """

    case_id: int
    employee_id: int
    name: str
    is_assessed: bool
    waits_for: WaitsFor
    due: date | None


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """A unit by its name, with how its predicates spread."""

    unit_id: int
    name: str
    spread: Spread

    @property
    def total(self) -> int:
        """How many people have a predicate so far."""
        return sum(self.spread.counts.values())


def unready_people(read: Connection, actor: Actor, year: int, quarter: int, day: date) -> tuple[UnreadyPerson, ...]:
    """Return the people of the actor for whom nothing is recommended and none of his tasks waits, by name.

    A person whom he has not assessed is his only if the case says that he rates it: lines change, cases stay.
    """
    params = {"tenant": actor.tenant, "year": year, "quarter": quarter, "person": actor.person, "day": day}
    rows = read.execute(_unready, {**params, "quarter_key": f"{year}-{quarter}:"})
    return tuple(_unready_person(row) for row in rows.all() if row.is_assessed or _rates(read, actor, row.id))


def _unready_person(row: Row[*tuple[Any, ...]]) -> UnreadyPerson:
    waits_for = WaitsFor.REALISATION if row.element else WaitsFor.ORG_PREDICATE
    if row.is_stuck:
        waits_for = WaitsFor.REPAIR
    return UnreadyPerson(row.id, row.subject, row.name, bool(row.is_assessed), waits_for, row.due)


def _rates(read: Connection, actor: Actor, case_id: int) -> bool:
    try:
        variables = variables_of(find_case(read, actor.tenant, case_id))
    except CaseDamaged:
        return False  # it needs the administrator first
    return int(variables["rating_by"]["person"]) == actor.person


def unit_spreads(read: Connection, actor: Actor, city: City, cases: Iterable[int]) -> tuple[UnitSpread, ...]:
    """Return how the predicates of the units of some cases spread, by the unit's name."""
    rows = read.execute(_units_of_cases, {"tenant": actor.tenant, "cases": sorted(set(cases))}).all()
    return tuple(_spread(read, actor.tenant, city, row) for row in rows)


def _spread(read: Connection, tenant: str, city: City, row: Row[*tuple[Any, ...]]) -> UnitSpread:
    found = unit_spread(read, city, tenant, unit_id=row.unit_id, year=row.year, quarter=row.quarter)
    return UnitSpread(row.unit_id, row.name, found)
