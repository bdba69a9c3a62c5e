"""Employees with where they work: one, those of a unit and below, or all of a city on a day."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from processes.people.city import PositionFacts, PositionLevel, UnitKind
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on, is_active
from processes.people.queries.units import units_below
from processes.people.records import EmployeeKind, employee, placement, post, unit


@dataclass(frozen=True, slots=True)
class Employee:
    """A person in the records. The NIP holds birth date and sex: it is kept out of `repr` and of addresses."""

    id: int
    tenant: str
    name: str
    kind: EmployeeKind
    grade: str | None
    active_from: date | None
    active_to: date | None
    nip: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An employee in a unit and, mostly, a post on a certain day."""

    id: int
    name: str
    grade: str | None
    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: UnitKind
    week: int
    post_id: int | None
    post_name: str | None
    level: PositionLevel
    family: str
    job_class: int | None
    since: date
    nip: str = field(repr=False)

    @property
    def position(self) -> PositionFacts:
        """What a city's rules may know."""
        return PositionFacts(self.family, self.level, self.unit_kind)


_employee = select(
    employee.c.id,
    employee.c.tenant,
    employee.c.name,
    employee.c.kind,
    employee.c.grade,
    employee.c.active_from,
    employee.c.active_to,
    employee.c.nip,
).where(employee.c.tenant == TENANT)
_by_id = _employee.where(employee.c.id == bindparam("employee_id"))
_by_nip = _employee.where(employee.c.nip == bindparam("nip"))

_staff: AnySelect = (
    select(
        employee.c.id,
        employee.c.name,
        employee.c.grade,
        unit.c.id.label("unit_id"),
        unit.c.code.label("unit_code"),
        unit.c.name.label("unit_name"),
        unit.c.kind.label("unit_kind"),
        unit.c.week,
        post.c.id.label("post_id"),
        post.c.name.label("post_name"),
        post.c.level,
        post.c.family,
        post.c.job_class,
        placement.c.valid_from.label("since"),
        employee.c.nip,
    )
    .select_from(placement)
    .join(employee, employee.c.id == placement.c.employee_id)
    .join(unit, unit.c.id == placement.c.unit_id)
    .outerjoin(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, holds_on(placement))
)
_placed = _staff.where(placement.c.employee_id == bindparam("employee_id"))
_ever_placed = _staff.order_by(unit.c.code, employee.c.name, employee.c.id)
_all = _ever_placed.where(is_active())
_of_unit = _all.where(unit.c.id.in_(select(units_below.c.id)))


def find_employee(read: Connection, tenant: str, employee_id: int) -> Employee:
    """Return an employee of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "employee_id": employee_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _employee_of(row)


def employee_by_nip(read: Connection, tenant: str, nip: str) -> Employee | None:
    """Return the employee with a number of 18 digits, for signing in and for imports."""
    row = read.execute(_by_nip, {"tenant": tenant, "nip": nip}).one_or_none()
    return _employee_of(row) if row is not None else None


def placement_on(read: Connection, tenant: str, employee_id: int, day: date) -> StaffMember | None:
    """Return where an employee works on a day, also after leaving service; None if no placement holds."""
    rows = read.execute(_placed, {"tenant": tenant, "employee_id": employee_id, "day": day}).all()
    return _member_of(rows[-1]) if rows else None


def employees_of_unit(read: Connection, tenant: str, unit_id: int, day: date) -> tuple[StaffMember, ...]:
    """Return the active employees of a unit and of every unit below it on a day, by unit and name."""
    rows = read.execute(_of_unit, {"tenant": tenant, "unit_id": unit_id, "day": day})
    return tuple(_member_of(row) for row in rows)


def staff_on(read: Connection, tenant: str, day: date, *, also_left: bool = False) -> tuple[StaffMember, ...]:
    """Return the employees of a city in their posts on a day, by unit and name.

    :param also_left: those too who have left service and keep the last post.
    """
    rows = read.execute(_ever_placed if also_left else _all, {"tenant": tenant, "day": day})
    return tuple(_member_of(row) for row in rows)


def _employee_of(row: AnyRow) -> Employee:
    return Employee(
        row.id, row.tenant, row.name, EmployeeKind(row.kind), row.grade, row.active_from, row.active_to, row.nip
    )


def _member_of(row: AnyRow) -> StaffMember:
    return StaffMember(
        row.id,
        row.name,
        row.grade,
        row.unit_id,
        row.unit_code,
        row.unit_name,
        UnitKind(row.unit_kind),
        row.week,
        row.post_id,
        row.post_name,
        # Without a post somebody is a pelaksana of no special family until the post is imported.
        PositionLevel(row.level) if row.level is not None else PositionLevel.EXECUTOR,
        row.family if row.family is not None else "general",
        row.job_class,
        row.since,
        row.nip,
    )
