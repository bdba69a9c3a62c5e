"""How the predicates of a unit spread against the guide of SE MenPANRB 3/2023, and whether it is read yet."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select

from processes.appraisal.appraised import UNPAID, away_all
from processes.appraisal.facts import org_of_unit, predicate_counts
from processes.appraisal.parameters import DISTRIBUTION, parameters_on
from processes.appraisal.rules import Coverage, distribution_warnings
from processes.people.city import City, Message, OrgPredicate, Period, Predicate
from processes.people.queries.on_day import TENANT, holds_on, is_active
from processes.people.records import employee, leave, placement

# With the leave that leaves somebody without a plan: it must not be waited for that he is rated.
_staff = (
    select(placement.c.employee_id, leave.c.first_day, leave.c.last_day)
    .join_from(placement, employee, employee.c.id == placement.c.employee_id)
    .outerjoin(leave, and_(leave.c.employee_id == placement.c.employee_id, UNPAID))
    .where(
        placement.c.tenant == TENANT,
        placement.c.unit_id == bindparam("unit_id"),
        placement.c.post_id.is_not(None),
        holds_on(placement),
        is_active(),
    )
    .order_by(leave.c.first_day)
)


@dataclass(frozen=True, slots=True)
class Spread:
    """The predicates of a unit so far.

    :param org: None while the unit's own predicate is not set.
    :param coverage: None where no guide is in force.
    :param warnings: how the unit leaves the guide; none before enough of its people are rated.
    """

    org: OrgPredicate | None
    counts: dict[Predicate, int]
    coverage: Coverage | None
    warnings: tuple[Message, ...]


def unit_spread(
    read: Connection,
    city: City,
    tenant: str,
    *,
    unit_id: int,
    year: int,
    quarter: int,
    also: tuple[int, Predicate] | None = None,
) -> Spread:
    """Return how the predicates of a unit spread in a quarter, in three statements.

    :param also: an employee and the predicate that he is being given in this very step: it cannot be read yet, and an
        earlier one of his, which nobody signed, does not count any more.
    """
    org = org_of_unit(read, tenant, unit_id, year, quarter)
    employee_id, given = also if also is not None else (None, None)
    counts = predicate_counts(read, tenant, unit_id, year, quarter, besides=employee_id)
    if given is not None:
        counts[given] = counts.get(given, 0) + 1
    period = Period.quarter(year, quarter)
    guide = parameters_on(city, DISTRIBUTION, period.end)
    staff = _staff_of(read, tenant, unit_id, period)
    rated = sum(counts.values())
    coverage = Coverage(rated, max(staff, rated), guide.values["read_from"]) if guide is not None else None
    is_read = org is not None and coverage is not None and coverage.is_enough
    return Spread(org, counts, coverage, distribution_warnings(org, counts) if org is not None and is_read else ())


def _staff_of(read: Connection, tenant: str, unit_id: int, period: Period) -> int:
    """Return how many people of a unit are appraised for a quarter."""
    days = {"day": period.end, "first": period.start, "last": period.end}
    rows = read.execute(_staff, {"tenant": tenant, "unit_id": unit_id, **days}).all()
    away = away_all((row for row in rows if row.first_day is not None), period)
    return len({row.employee_id for row in rows} - away)
