"""Who appraises an employee, and who stands above the appraiser (PermenPANRB 6/2022 Ps 23-26; dossier 1.4, 12.10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from engine.records.schema import Day
from processes.people.queries.heads import UnitHead, heads_above, officials_on, people_above, units_headed_by
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on, is_present, leave_of_employee, presence
from processes.people.queries.staff import employees_of_unit, placement_on
from processes.people.records import HeadKind, employee, leave, reporting_line


class RaterBasis(StrEnum):
    """Why this person appraises."""

    LINE = "line"
    ACTING_HEAD = "acting_head"
    UNIT_HEAD = "unit_head"
    PARENT_HEAD = "parent_head"
    TOP_OFFICIAL = "top_official"


@dataclass(frozen=True, slots=True)
class Rater:
    """Who appraises and why; `line_id` is the reporting line it follows from, which the case keeps."""

    person: int
    basis: RaterBasis
    line_id: int | None = None


_FIRST: Any = bindparam("first", type_=Day)
_LAST: Any = bindparam("last", type_=Day)
_PRESENT_ON: Any = bindparam("present_on", type_=Day)
_lines: AnySelect = (
    select(
        reporting_line.c.id,
        reporting_line.c.employee_id,
        reporting_line.c.appraiser_id,
        reporting_line.c.valid_from,
        reporting_line.c.valid_to,
        *presence(_PRESENT_ON),
    )
    .select_from(reporting_line)
    .join(employee, employee.c.id == reporting_line.c.appraiser_id)
    .outerjoin(leave, leave_of_employee(_PRESENT_ON))
    .where(
        reporting_line.c.tenant == TENANT,
        reporting_line.c.employee_id.in_(bindparam("employees", expanding=True)),
        reporting_line.c.valid_from <= _LAST,
        or_(reporting_line.c.valid_to.is_(None), reporting_line.c.valid_to >= _FIRST),
    )
    .order_by(reporting_line.c.valid_from)
)
_direct = (
    select(reporting_line.c.employee_id)
    .join(employee, employee.c.id == reporting_line.c.employee_id)
    .where(
        reporting_line.c.tenant == TENANT,
        reporting_line.c.appraiser_id == bindparam("person"),
        holds_on(reporting_line),
    )
)


def appraiser_on(read: Connection, tenant: str, employee_id: int, day: date) -> Rater | None:
    """Return who appraises an employee on a day.

    The reporting line decides. If there is none, or its appraiser has left or is on long leave, the acting or
    definitive head of the employee's unit does, else the next head above, at the top the authorized official.
    """
    line = _own_line(read, tenant, employee_id, day)
    return rater_by(line) or rater_above(read, tenant, employee_id, day, {employee_id})


def appraiser_superior(
    read: Connection, tenant: str, employee_id: int, day: date, appraiser: int | None = None
) -> Rater | None:
    """Return the appraiser's own appraiser, who decides objections and steps in for a late appraiser.

    If that is the appraiser again or the employee (double post), it goes one level up (dossier 12.10.11).

    :param appraiser: who appraises in fact, as the case keeps it; otherwise whoever does on that day.
    """
    if appraiser is None:
        found = appraiser_on(read, tenant, employee_id, day)
        if found is None:
            return None
        appraiser = found.person
    involved = {employee_id, appraiser}
    seen: set[int] = set()
    person = appraiser
    while person not in seen:
        seen.add(person)
        rater = rater_by(_own_line(read, tenant, person, day))
        if rater is None:
            break
        if rater.person not in involved:
            return rater
        person = rater.person
    return rater_above(read, tenant, appraiser, day, involved)


def people_led_by(read: Connection, tenant: str, person: int, day: date) -> tuple[int, ...]:
    """Return the employees whom a person appraises on a day, by line or in the place of an appraiser who is away."""
    direct = set(read.execute(_direct, {"tenant": tenant, "person": person, "day": day}).scalars())
    below = {
        member.id
        for unit_id in units_headed_by(read, tenant, person, day)
        for member in employees_of_unit(read, tenant, unit_id, day)
    }
    # The lines of all of them at once: whoever stands at the top has thousands below.
    others = below - direct - {person}
    lines = read_lines_of(read, tenant, sorted(others), day, present_on=day) if others else {}
    stood_in = {
        other
        for other in others
        if line_on(lines.get(other, []), day) is None
        and (rater := appraiser_on(read, tenant, other, day)) is not None
        and rater.person == person
    }
    return tuple(sorted(direct | stood_in))


def leads(read: Connection, tenant: str, person: int, employee_id: int, day: date) -> bool:
    """Say whether a person appraises an employee on a day."""
    rater = appraiser_on(read, tenant, employee_id, day)
    return rater is not None and rater.person == person


def read_lines_of(
    read: Connection,
    tenant: str,
    employee_ids: Sequence[int],
    first: date,
    *,
    last: date | None = None,
    present_on: date,
) -> dict[int, list[AnyRow]]:
    """Return the reporting lines that hold on some day from `first` to `last`, by employee, oldest first.

    :param present_on: the day on which `is_present` asks whether the appraiser is there.
    """
    days = {"first": first, "last": last or first, "present_on": present_on}
    lines: dict[int, list[AnyRow]] = {}
    for row in read.execute(_lines, {"tenant": tenant, "employees": list(employee_ids), **days}):
        lines.setdefault(row.employee_id, []).append(row)
    return lines


def line_on(lines: list[AnyRow], day: date) -> AnyRow | None:
    """Return the line that holds on a day, if its appraiser is there to act on it."""
    held = [line for line in lines if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)]
    return held[-1] if held and is_present(held[-1]) else None


def rater_by(line: AnyRow | None) -> Rater | None:
    """Return who appraises by a line."""
    return Rater(line.appraiser_id, RaterBasis.LINE, line.id) if line is not None else None


def _own_line(read: Connection, tenant: str, employee_id: int, day: date) -> AnyRow | None:
    return line_on(read_lines_of(read, tenant, [employee_id], day, present_on=day).get(employee_id, []), day)


def rater_above(read: Connection, tenant: str, person: int, day: date, not_these: Collection[int]) -> Rater | None:
    """Return the nearest one above a person who is none of these people: a head, at the top an official.

    Somebody whose own line leads to the person stands below him, whatever he heads: it never goes down.
    """
    place = placement_on(read, tenant, person, day)
    heads = heads_above(read, tenant, place.unit_id, day) if place is not None else ()
    above = (one for one in people_above(person, heads, officials_on(read, tenant, day)) if one not in not_these)
    found = next((one for one in above if not _is_below(read, tenant, one, person, day)), None)
    if found is None:
        return None
    head = next((item for item in heads if item.person == found), None)
    return Rater(found, _basis(head) if head is not None else RaterBasis.TOP_OFFICIAL)


def _is_below(read: Connection, tenant: str, one: int, person: int, day: date) -> bool:
    seen: set[int] = set()
    while one not in seen:
        seen.add(one)
        line = _own_line(read, tenant, one, day)
        if line is None:
            return False
        one = line.appraiser_id
        if one == person:
            return True
    return False


def _basis(head: UnitHead) -> RaterBasis:
    if head.distance > 0:
        return RaterBasis.PARENT_HEAD
    return RaterBasis.UNIT_HEAD if head.kind is HeadKind.DEFINITIVE else RaterBasis.ACTING_HEAD
