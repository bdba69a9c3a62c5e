"""Every employee in a quarter as the reports on fairness need it: no name, the groups, the predicate and the pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, select

from engine.records.schema import Day
from processes.incentive.records import allowance_run, allowance_slip
from processes.people.city import Predicate
from processes.people.nip import InvalidNip, parse_nip
from processes.people.queries import StaffMember, Unit, all_units, staff_on
from processes.people.queries.on_day import TENANT
from processes.people.records import EmployeeKind, employee, result
from processes.reports.quarters import QUARTERS, Quarter
from processes.reports.queries.figures import agencies
from processes.reports.queries.spending import PUBLISHED

YOUNGEST: Final = 20
_FIRST: Any = bindparam("first", type_=Day)
_LAST: Any = bindparam("last", type_=Day)
_kinds = select(employee.c.id, employee.c.kind).where(employee.c.tenant == TENANT)
_results = (
    select(result.c.employee_id, result.c.year, result.c.quarter, result.c.predicate)
    .where(result.c.tenant == TENANT, result.c.year.in_((bindparam("year"), bindparam("year_before"))))
    .order_by(result.c.employee_id, result.c.year, result.c.quarter, result.c.version)
)
# By the runs of the months to the slips of their units: the slips' own months have no index.
_slips = (
    select(
        allowance_slip.c.employee_id,
        allowance_slip.c.month,
        allowance_slip.c.unit_id,
        allowance_slip.c.gross,
        allowance_slip.c.is_void,
    )
    .select_from(allowance_run)
    .join(
        allowance_slip,
        and_(
            allowance_slip.c.tenant == allowance_run.c.tenant,
            allowance_slip.c.unit_id == allowance_run.c.unit_id,
            allowance_slip.c.month == allowance_run.c.month,
        ),
    )
    .where(
        allowance_run.c.tenant == TENANT,
        allowance_run.c.month.between(_FIRST, _LAST),
        allowance_run.c.status.in_(PUBLISHED),
    )
    .order_by(allowance_slip.c.employee_id, allowance_slip.c.version)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An employee on the last day of a quarter.

    :param groups: by way of looking: `sex`, `age`, `grade`, `kind`, `agency`; empty where it is not known.
    :param predicate: of the quarter, or the newest of the four before it; None without one.
    :param pay: mean allowance (gross) of the months of the quarter that were published; None without one.
    """

    groups: Mapping[str, str]
    job_class: int | None
    predicate: Predicate | None
    pay: Decimal | None


def standings(read: Connection, tenant: str, quarter: Quarter) -> tuple[Standing, ...]:
    """Return everybody in service on the last day of a quarter."""
    day = quarter.last_day
    kinds = {row.id: str(EmployeeKind(row.kind)) for row in read.execute(_kinds, {"tenant": tenant})}
    agency = agencies(all_units(read, tenant))
    predicates, pays = _predicates(read, tenant, quarter), _pays(read, tenant, quarter)
    # Whoever holds two posts is one person: the last placement counts.
    staff = {member.id: member for member in staff_on(read, tenant, day)}
    return tuple(
        Standing(
            _groups(member, agency[member.unit_id], kinds[person], day),
            member.job_class,
            predicates.get(person),
            pays.get(person),
        )
        for person, member in staff.items()
    )


def _predicates(read: Connection, tenant: str, quarter: Quarter) -> dict[int, Predicate]:
    """Return everybody's predicate of a quarter, or the newest of the year before, by which allowances are paid."""
    params = {"tenant": tenant, "year": quarter.year, "year_before": quarter.year - 1}
    first = quarter.shifted(-QUARTERS)
    rows = ((row, Quarter(row.year, row.quarter)) for row in read.execute(_results, params))
    return {row.employee_id: Predicate(row.predicate) for row, at in rows if first <= at <= quarter}


def _pays(read: Connection, tenant: str, quarter: Quarter) -> dict[int, Decimal]:
    params = {"tenant": tenant, "first": quarter.first_day, "last": quarter.last_month}
    newest = {(row.employee_id, row.month, row.unit_id): row for row in read.execute(_slips, params)}
    months: dict[int, dict[date, Decimal]] = {}
    for row in newest.values():
        if not row.is_void:
            of_person = months.setdefault(row.employee_id, {})
            of_person[row.month] = of_person.get(row.month, Decimal(0)) + row.gross
    return {person: sum(paid.values(), Decimal(0)) / len(paid) for person, paid in months.items()}


def _groups(member: StaffMember, agency: Unit, kind: str, day: date) -> dict[str, str]:
    sex, age = _sex_and_age(member, day)
    grade = (member.grade or "").partition("/")[0]
    return {"sex": sex, "age": age, "grade": grade, "kind": kind, "agency": agency.name}


def _sex_and_age(member: StaffMember, day: date) -> tuple[str, str]:
    """Return L or P and the ten years somebody's age lies in, as the number of the employee says."""
    try:
        nip = parse_nip(member.nip, lenient=True)
    except InvalidNip:
        return "", ""
    born = nip.birth_date
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    low = max(YOUNGEST, age // 10 * 10)
    return str(nip.sex.value), f"{low}–{low + 9}"
