"""What a rater needs beside the rows of his people: who is not ready and why, and how the units' ratings spread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select

from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case, open_task
from processes.appraisal.facts import org_of_unit, predicate_counts
from processes.appraisal.records import assessment, evaluation
from processes.appraisal.rules import distribution_warnings
from processes.appraisal.variables import EMPLOYEE_PROCESS, business_key
from processes.people.city import Message, OrgPredicate, Predicate
from processes.people.records import employee, unit

_same_quarter = and_(
    assessment.c.tenant == bindparam("tenant"),
    assessment.c.year == bindparam("year"),
    assessment.c.quarter == bindparam("quarter"),
)
# Their rubric and behaviour were entered by the rater, so that no task of his waits there, and nothing is computed yet.
_assessed = (
    select(case.c.id, case.c.business_key, case.c.subject, employee.c.name, open_task.c.due, open_task.c.element)
    .select_from(assessment)
    .join(
        case,
        and_(
            case.c.tenant == assessment.c.tenant,
            case.c.process == EMPLOYEE_PROCESS,
            case.c.subject == assessment.c.employee_id,
            case.c.status == CaseStatus.OPEN,
        ),
    )
    .join(employee, employee.c.id == case.c.subject)
    .outerjoin(open_task, open_task.c.case_id == case.c.id)
    .outerjoin(evaluation, evaluation.c.case_id == case.c.id)
    .where(_same_quarter, assessment.c.entered_by == bindparam("person"), evaluation.c.case_id.is_(None))
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


@dataclass(frozen=True, slots=True)
class UnreadyPerson:
    """Somebody whose rating cannot be recommended yet.

    :param realisation_due: last day for the employee's own results, if it is those that are missing.
    """

    case_id: int
    employee_id: int
    name: str
    waits_for_realisation: bool
    realisation_due: date | None


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """The predicates of a unit so far against the guide (SE MenPANRB 3/2023); `org` is None while it is not set."""

    unit_id: int
    name: str
    org: OrgPredicate | None
    counts: dict[Predicate, int]
    warnings: tuple[Message, ...]

    @property
    def total(self) -> int:
        """How many people have a predicate so far."""
        return sum(self.counts.values())


def unready_people(read: Connection, actor: Actor, year: int, quarter: int) -> tuple[UnreadyPerson, ...]:
    """Return the people whom the actor has assessed and whose recommendation still waits for something, by name."""
    params = {"tenant": actor.tenant, "year": year, "quarter": quarter, "person": actor.person}
    return tuple(
        UnreadyPerson(row.id, row.subject, row.name, row.element == "record_realisation", row.due)
        for row in read.execute(_assessed, params)
        if row.business_key == business_key(row.subject, year, quarter)
    )


def unit_spreads(read: Connection, actor: Actor, cases: Iterable[int]) -> tuple[UnitSpread, ...]:
    """Return how the predicates of the units of some cases spread, by the unit's name."""
    rows = read.execute(_units_of_cases, {"tenant": actor.tenant, "cases": sorted(set(cases))}).all()
    return tuple(_spread(read, actor.tenant, row) for row in rows)


def _spread(read: Connection, tenant: str, row: Row[*tuple[Any, ...]]) -> UnitSpread:
    org = org_of_unit(read, tenant, row.unit_id, row.year, row.quarter)
    counts = predicate_counts(read, tenant, row.unit_id, row.year, row.quarter)
    return UnitSpread(row.unit_id, row.name, org, counts, distribution_warnings(org, counts) if org is not None else ())
