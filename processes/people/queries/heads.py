"""Who heads a unit on a day, and who stands above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, bindparam, case, select

from processes.people.queries.on_day import DAY, TENANT, AnySelect, holds_on, is_present, leave_of_employee, presence
from processes.people.queries.units import MAX_DEPTH, Unit, all_units, units_above
from processes.people.records import HeadKind, Role, employee, leave, role_grant, unit_head


@dataclass(frozen=True, slots=True)
class UnitHead:
    """A head who is there on the day.

    :param distance: 0 for the unit itself, 1 for its parent, and so on.
    """

    person: int
    kind: HeadKind
    unit_id: int
    distance: int


@dataclass(frozen=True, slots=True)
class HeadedUnit:
    """A unit with its head, the one above its head, and the one above that; None where nobody is."""

    unit: Unit
    head: int | None
    superior: int | None
    deputy: int | None

    @property
    def setter(self) -> int | None:
        """Who sets the unit's organisation predicate: the one above its head, at the top the head himself."""
        return self.superior or self.head


# An acting head in force goes before the definitive one: he is named because that one cannot act (UU 30/2014 Ps 14).
_PRECEDENCE = {HeadKind.ACTING: 0, HeadKind.DAILY_ACTING: 1, HeadKind.DEFINITIVE: 2}

_heads: AnySelect = (
    select(unit_head.c.employee_id, unit_head.c.kind, units_above.c.id, units_above.c.depth, *presence())
    .select_from(units_above)
    .join(unit_head, (unit_head.c.unit_id == units_above.c.id) & (unit_head.c.tenant == TENANT) & holds_on(unit_head))
    .join(employee, employee.c.id == unit_head.c.employee_id)
    .outerjoin(leave, leave_of_employee())
    .order_by(units_above.c.depth, unit_head.c.valid_from.desc())
)
_all_heads: AnySelect = (
    select(unit_head.c.unit_id, unit_head.c.employee_id, unit_head.c.kind, *presence())
    .select_from(unit_head)
    .join(employee, employee.c.id == unit_head.c.employee_id)
    .outerjoin(leave, leave_of_employee())
    .where(unit_head.c.tenant == TENANT, holds_on(unit_head))
    .order_by(unit_head.c.unit_id, unit_head.c.valid_from.desc())
)
_officials: AnySelect = (
    select(role_grant.c.employee_id, *presence())
    .select_from(role_grant)
    .join(employee, employee.c.id == role_grant.c.employee_id)
    .outerjoin(leave, leave_of_employee())
    .where(
        role_grant.c.tenant == TENANT,
        role_grant.c.role.in_((Role.AUTHORIZED_OFFICIAL.value, Role.APPOINTING_AUTHORITY.value)),
        holds_on(role_grant),
    )
    .order_by(case((role_grant.c.role == Role.AUTHORIZED_OFFICIAL.value, 0), else_=1), role_grant.c.valid_from.desc())
)
_headed = (
    select(unit_head.c.unit_id)
    .where(unit_head.c.tenant == TENANT, unit_head.c.employee_id == bindparam("person"), holds_on(unit_head, DAY))
    .distinct()
)


def heads_above(read: Connection, tenant: str, unit_id: int, day: date) -> tuple[UnitHead, ...]:
    """Return the present heads of a unit and of the units above it, in the order in which they would act."""
    rows = read.execute(_heads, {"tenant": tenant, "unit_id": unit_id, "day": day})
    return _in_order(
        UnitHead(row.employee_id, HeadKind(row.kind), row.id, row.depth) for row in rows if is_present(row)
    )


def unit_head_on(read: Connection, tenant: str, unit_id: int, day: date) -> UnitHead | None:
    """Return who heads a unit on a day: a Plt or Plh in force, else the definitive head; None if nobody is there."""
    return next((head for head in heads_above(read, tenant, unit_id, day) if head.distance == 0), None)


def superior_head(read: Connection, tenant: str, unit_id: int, day: date) -> int | None:
    """Return the person above the head of a unit: the next other head upwards, at the top the authorized official."""
    return _leaders(heads_above(read, tenant, unit_id, day), officials_on(read, tenant, day))[1]


def units_with_heads(read: Connection, tenant: str, day: date) -> tuple[HeadedUnit, ...]:
    """Return the units of a city by code with those who lead them on a day, in three statements."""
    rows = read.execute(_all_heads, {"tenant": tenant, "day": day})
    by_unit: dict[int, list[UnitHead]] = {}
    for row in rows:
        if is_present(row):
            by_unit.setdefault(row.unit_id, []).append(UnitHead(row.employee_id, HeadKind(row.kind), row.unit_id, 0))
    officials = officials_on(read, tenant, day)
    units = {item.id: item for item in all_units(read, tenant)}
    return tuple(HeadedUnit(item, *_leaders(_chain(item, units, by_unit), officials)) for item in units.values())


def _chain(start: Unit, units: Mapping[int, Unit], by_unit: Mapping[int, list[UnitHead]]) -> tuple[UnitHead, ...]:
    found: list[UnitHead] = []
    item: Unit | None = start
    for distance in range(MAX_DEPTH):
        if item is None:
            break
        found += [replace(head, distance=distance) for head in by_unit.get(item.id, ())]
        item = units.get(item.parent_id) if item.parent_id is not None else None
    return _in_order(found)


def _in_order(heads: Iterable[UnitHead]) -> tuple[UnitHead, ...]:
    return tuple(sorted(heads, key=lambda head: (head.distance, _PRECEDENCE[head.kind])))


def _leaders(heads: Sequence[UnitHead], officials: Sequence[int]) -> tuple[int | None, int | None, int | None]:
    """Return the head, the one above, and the one above that: three different people, as far as there are any."""
    own = next((head.person for head in heads if head.distance == 0), None)
    others = iter(people_above(own, heads, officials))
    return own, next(others, None), next(others, None)


def people_above(person: int | None, heads: Iterable[UnitHead], officials: Sequence[int]) -> tuple[int, ...]:
    """Return who stands above a person, nearest first: the heads of higher units, then the officials in their order.

    It only goes up. Above an official are only the officials behind him, nobody above the last, who is the appointing
    authority; whoever stands behind an official in the way up is none of those below him.

    :param heads: of the person's unit and the units above it; of a unit whom the person heads himself nobody is above.
    """
    if person in officials:
        return tuple(officials[officials.index(person) + 1 :])
    heads = tuple(heads)
    own = max((head.distance for head in heads if head.person == person), default=-1)
    found: list[int] = []
    highest = -1
    for other in (*(head.person for head in heads if head.distance > own), *officials):
        rank = officials.index(other) if other in officials else highest
        if other not in (person, *found) and rank >= highest:
            found.append(other)
            highest = rank
    return tuple(found)


def officials_on(read: Connection, tenant: str, day: date) -> tuple[int, ...]:
    """Return who stands at the top on a day, the highest last: the authorized official (Sekda), the regional head."""
    rows = read.execute(_officials, {"tenant": tenant, "day": day})
    return tuple(dict.fromkeys(row.employee_id for row in rows if is_present(row)))


def units_headed_by(read: Connection, tenant: str, person: int, day: date) -> tuple[int, ...]:
    """Return the units that a person heads on a day, in whatever way."""
    return tuple(read.execute(_headed, {"tenant": tenant, "person": person, "day": day}).scalars())
