"""What a rater needs beside the rows of his people: who is not ready and why, and how the units' ratings spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from engine.bpmn.state import decode_state
from engine.policy.actor import Actor
from engine.records.case import RUNNING, case, case_state, incident, open_task
from engine.records.packing import Unreadable
from processes.appraisal.queries.org_results import OrgResult, org_result
from processes.appraisal.queries.rated_quarters import RATED_ELEMENTS
from processes.appraisal.records import assessment, evaluation
from processes.appraisal.spread import Spread, unit_spread
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import City
from processes.people.queries.on_day import TENANT, holds_on
from processes.people.records import employee, reporting_line, unit

_PERSON: Any = bindparam("person")
_of_quarter = (
    assessment.c.tenant == TENANT,
    assessment.c.year == bindparam("year"),
    assessment.c.quarter == bindparam("quarter"),
)
_assessed_by_me = select(assessment.c.employee_id).where(*_of_quarter, assessment.c.entered_by == _PERSON)
_led_by_me = select(reporting_line.c.employee_id).where(
    reporting_line.c.tenant == TENANT, reporting_line.c.appraiser_id == _PERSON, holds_on(reporting_line)
)
_line = select(reporting_line.c.id).where(
    reporting_line.c.tenant == TENANT, reporting_line.c.employee_id == case.c.subject, holds_on(reporting_line)
)
_is_assessed = (
    select(assessment.c.employee_id)
    .where(*_of_quarter, assessment.c.employee_id == case.c.subject)
    .correlate(case)
    .exists()
)
_own, _assessing, _entering = (open_task.alias(name) for name in ("own", "assessing", "entering"))
_my_task = select(_own.c.case_id).where(
    _own.c.case_id == case.c.id, _own.c.assignee == _PERSON, _own.c.element.in_(RATED_ELEMENTS)
)
_failed = select(incident.c.case_id).where(incident.c.case_id == case.c.id)
# Only the state of a case says for certain who rates it, for lines change and cases stay. These are all that can be the
# reader's: those whom he assessed or leads, those whom nobody leads by a line (an acting head rates them), and those
# whose time to be assessed passed, which are few and soon rated. The states of a whole city are too many to read.
_may_be_mine = or_(
    case.c.subject.in_(_assessed_by_me.union(_led_by_me)),
    ~_line.correlate(case).exists(),
    and_(~_is_assessed, _assessing.c.case_id.is_(None)),
)
# Nothing is computed yet, and no task of the rater waits: he has done his part, or the time for it is over.
_unready = (
    select(
        case.c.id,
        case.c.subject,
        employee.c.name,
        case_state.c.content.label("state"),
        _is_assessed.label("is_assessed"),
        _assessing.c.case_id.is_not(None).label("is_handed_on"),
        _entering.c.case_id.is_not(None).label("is_unrealised"),
        _entering.c.due,
        _failed.correlate(case).exists().label("is_stuck"),
    )
    .select_from(case)
    .join(case_state, case_state.c.case_id == case.c.id)
    .join(employee, employee.c.id == case.c.subject)
    .outerjoin(_entering, and_(_entering.c.case_id == case.c.id, _entering.c.element == "record_realisation"))
    .outerjoin(_assessing, and_(_assessing.c.case_id == case.c.id, _assessing.c.element == "assess_behaviour"))
    .outerjoin(evaluation, evaluation.c.case_id == case.c.id)
    .where(
        case.c.tenant == TENANT,
        case.c.process == EMPLOYEE_PROCESS,
        case.c.status.in_(RUNNING),
        case.c.business_key >= bindparam("first_key"),
        case.c.business_key < bindparam("last_key"),
        evaluation.c.case_id.is_(None),
        ~_my_task.correlate(case).exists(),
        _may_be_mine,
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
    """What an evaluation waits for before anything can be recommended; a deputy was given the rater's own task."""

    DEPUTY = "deputy"
    REALISATION = "realisation"
    ORG_PREDICATE = "org_predicate"
    REPAIR = "repair"


@dataclass(frozen=True, slots=True)
class UnreadyPerson:
    """Somebody whose rating cannot be recommended yet.

    :param is_late: nobody entered rubric and behaviour, and the time for it is over.
    :param due: last day for the employee's own results, if it is those that are missing.
    """

    case_id: int
    employee_id: int
    name: str
    is_late: bool
    waits_for: WaitsFor
    due: date | None


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """A unit by its name, with its own predicate and how those of its people spread."""

    unit_id: int
    name: str
    spread: Spread
    org: OrgResult | None

    @property
    def total(self) -> int:
        """How many people have a predicate so far."""
        return sum(self.spread.counts.values())


def unready_people(read: Connection, actor: Actor, year: int, quarter: int, day: date) -> tuple[UnreadyPerson, ...]:
    """Return the people whose cases the actor rates but for whom nothing is recommended or waits for him, by name."""
    params = {"tenant": actor.tenant, "year": year, "quarter": quarter, "person": actor.person, "day": day}
    # Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
    rows = read.execute(_unready, {**params, "first_key": f"{year}-{quarter}:", "last_key": f"{year}-{quarter};"})
    return tuple(_unready_person(row) for row in rows.all() if _rater(row.state) == actor.person)


def _rater(state: bytes) -> int | None:
    try:
        return int(decode_state(state).variables["rating_by"]["person"])
    except Unreadable:
        return None  # it needs the administrator first


def _unready_person(row: Row[*tuple[Any, ...]]) -> UnreadyPerson:
    is_late = not row.is_assessed and not row.is_handed_on
    return UnreadyPerson(row.id, row.subject, row.name, is_late, _waits_for(row), row.due)


def _waits_for(row: Row[*tuple[Any, ...]]) -> WaitsFor:
    if row.is_stuck:
        return WaitsFor.REPAIR
    if row.is_handed_on:
        return WaitsFor.DEPUTY
    return WaitsFor.REALISATION if row.is_unrealised else WaitsFor.ORG_PREDICATE


def unit_spreads(read: Connection, actor: Actor, city: City, cases: Iterable[int]) -> tuple[UnitSpread, ...]:
    """Return how the predicates of the units of some cases spread, by the unit's name."""
    rows = read.execute(_units_of_cases, {"tenant": actor.tenant, "cases": sorted(set(cases))}).all()
    return tuple(_spread(read, actor, city, row) for row in rows)


def _spread(read: Connection, actor: Actor, city: City, row: Row[*tuple[Any, ...]]) -> UnitSpread:
    where = {"unit_id": row.unit_id, "year": row.year, "quarter": row.quarter}
    found = unit_spread(read, city, actor.tenant, **where)
    return UnitSpread(row.unit_id, row.name, found, org_result(read, actor, **where))
