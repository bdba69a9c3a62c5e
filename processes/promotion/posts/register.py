"""What the personnel agency watches: who retires soon, who leads how many, which posts and appraisers are missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from processes.people.city import City, ParameterSet
from processes.people.nip import InvalidNip, parse_nip
from processes.people.queries import StaffMember, Unit, appraiser_on, staff_on, units_with_heads
from processes.people.queries.on_day import (
    TENANT,
    AnySelect,
    holds_on,
    is_active,
    is_present,
    leave_of_employee,
    presence,
)
from processes.people.records import employee, leave, reporting_line
from processes.promotion.parameters import numbers_on
from processes.promotion.posts.retirement import AGES, Retirement, retirement_of, retires_within

#: Key of the parameter set with the limits beyond which the register marks a line.
REGISTER: Final = "promotion.register"
_led: AnySelect = (
    select(reporting_line.c.appraiser_id, reporting_line.c.employee_id)
    .join(employee, employee.c.id == reporting_line.c.employee_id)
    .where(reporting_line.c.tenant == TENANT, holds_on(reporting_line), is_active())
    .order_by(reporting_line.c.appraiser_id, reporting_line.c.employee_id)
)
_appraisers: AnySelect = (
    select(employee.c.id, employee.c.name, *presence())
    .outerjoin(leave, leave_of_employee())
    .where(
        employee.c.tenant == TENANT,
        employee.c.id.in_(select(reporting_line.c.appraiser_id).where(reporting_line.c.tenant == TENANT)),
    )
)


@dataclass(frozen=True, slots=True)
class Retiring:
    """Somebody who retires soon."""

    member: StaffMember
    retirement: Retirement


@dataclass(frozen=True, slots=True)
class SpanOfControl:
    """How many people somebody appraises by their lines."""

    member: StaffMember
    people: int
    is_wide: bool


@dataclass(frozen=True, slots=True)
class MissingAppraiser:
    """An appraiser of lines who is not there to act on them.

    :param has_left: out of service; otherwise on long leave.
    :param stand_in: who appraises in his place; None for nobody.
    """

    person: int
    name: str
    has_left: bool
    people: int
    stand_in: int | None


@dataclass(frozen=True, slots=True)
class HeadlessUnit:
    """A unit that nobody heads, neither by appointment nor acting."""

    unit: Unit
    people: int


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that the register page lists, of the units that its reader sees."""

    limits: ParameterSet
    ages: ParameterSet
    retiring: tuple[Retiring, ...]
    spans: tuple[SpanOfControl, ...]
    missing: tuple[MissingAppraiser, ...]
    headless: tuple[HeadlessUnit, ...]
    unread: int


def read_register(read: Connection, tenant: str, day: date, *, city: City, units: Collection[Unit]) -> Register:
    """Return the register of some units on a day.

    :raise CityError: the city's plugin does not answer.
    """
    limits, ages = numbers_on(read, tenant, REGISTER, day, city), numbers_on(read, tenant, AGES, day, city)
    seen = {unit.id for unit in units}
    staff = [member for member in staff_on(read, tenant, day) if member.unit_id in seen]
    dated = {member.id: retirement_on(member, ages) for member in staff}
    led = _led_by(read, tenant, day)
    return Register(
        limits,
        ages,
        _retiring(staff, dated, day, int(limits.values["retiring_months"])),
        _spans(staff, led, int(limits.values["widest_span"])),
        _missing(read, tenant, day, led, {member.id for member in staff}),
        _headless(read, tenant, day, staff),
        sum(1 for found in dated.values() if found is None),
    )


def retirement_on(member: StaffMember, ages: ParameterSet) -> Retirement | None:
    """Return when somebody retires by his present post; None if his number does not tell the birth date."""
    try:
        birth = parse_nip(member.nip, lenient=True).birth_date
    except InvalidNip:
        return None
    return retirement_of(birth, level=member.level, family=member.family, post=member.post_name or "", ages=ages.values)


def _retiring(
    staff: Iterable[StaffMember], dated: Mapping[int, Retirement | None], day: date, months: int
) -> tuple[Retiring, ...]:
    pairs = ((member, dated[member.id]) for member in staff)
    found = [Retiring(member, one) for member, one in pairs if one is not None and retires_within(one, day, months)]
    return tuple(sorted(found, key=lambda item: (item.retirement.day, item.member.name)))


def _led_by(read: Connection, tenant: str, day: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in read.execute(_led, {"tenant": tenant, "day": day}):
        found.setdefault(row.appraiser_id, []).append(row.employee_id)
    return found


def _spans(staff: Iterable[StaffMember], led: Mapping[int, list[int]], widest: int) -> tuple[SpanOfControl, ...]:
    found = [SpanOfControl(one, len(led[one.id]), len(led[one.id]) > widest) for one in staff if one.id in led]
    return tuple(sorted(found, key=lambda item: (-item.people, item.member.name)))


def _missing(
    read: Connection, tenant: str, day: date, led: Mapping[int, list[int]], seen: Collection[int]
) -> tuple[MissingAppraiser, ...]:
    found: list[MissingAppraiser] = []
    for row in read.execute(_appraisers, {"tenant": tenant, "day": day}):
        people = [person for person in led.get(row.id, ()) if person in seen]
        if people and not is_present(row):
            rater = appraiser_on(read, tenant, people[0], day)
            stand_in = rater.person if rater is not None else None
            found.append(MissingAppraiser(row.id, row.name, not row.is_active, len(people), stand_in))
    return tuple(sorted(found, key=lambda item: (-item.people, item.name)))


def _headless(read: Connection, tenant: str, day: date, staff: Iterable[StaffMember]) -> tuple[HeadlessUnit, ...]:
    people: dict[int, int] = {}
    for member in staff:
        people[member.unit_id] = people.get(member.unit_id, 0) + 1
    heads = units_with_heads(read, tenant, day)
    return tuple(
        HeadlessUnit(one.unit, people[one.unit.id]) for one in heads if one.head is None and one.unit.id in people
    )
