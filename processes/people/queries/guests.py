"""Guests by their number, their case and their design, and the cases that they may be invited for."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.case import RUNNING, case
from engine.records.design import design
from processes.people.guests import WITH_GUESTS, Guest, guest, is_invited, is_still_designed
from processes.people.queries.on_day import DAY, TENANT, AnyRow

_COLUMNS = (
    guest.c.id,
    guest.c.tenant,
    guest.c.name,
    guest.c.institution,
    guest.c.email,
    guest.c.case_id,
    guest.c.design_id,
    guest.c.valid_until,
    guest.c.revoked_at,
)
_by_id = select(*_COLUMNS).where(guest.c.tenant == TENANT, guest.c.id == bindparam("guest"))
_of_case = (
    select(*_COLUMNS)
    .where(guest.c.tenant == TENANT, guest.c.case_id == bindparam("case_id"), is_invited(DAY))
    .order_by(guest.c.name, guest.c.id)
)
_of_design = (
    select(*_COLUMNS)
    .where(guest.c.tenant == TENANT, guest.c.design_id == bindparam("design_id"), guest.c.revoked_at.is_(None))
    .order_by(guest.c.name, guest.c.id)
)
_by_email = (
    select(guest.c.id)
    .outerjoin(design, design.c.id == guest.c.design_id)
    .where(
        guest.c.tenant == TENANT,
        guest.c.email == bindparam("email"),
        guest.c.id != bindparam("except_for"),
        is_invited(DAY),
        is_still_designed(),
    )
)
_open_cases = (
    select(case.c.id, case.c.title)
    .where(case.c.tenant == TENANT, case.c.process.in_(WITH_GUESTS), case.c.status.in_(RUNNING))
    .order_by(case.c.id.desc())
    .limit(bindparam("limit"))
)


def find_guest(read: Connection, tenant: str, guest_id: int) -> Guest:
    """Return a guest of a city.

    :raise NotFound: the city has no such guest.
    """
    row = read.execute(_by_id, {"tenant": tenant, "guest": guest_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _guest(row)


def guests_of(read: Connection, tenant: str, case_id: int, day: date) -> tuple[Guest, ...]:
    """Return the guests of a case whose invitation holds on a day, by name."""
    rows = read.execute(_of_case, {"tenant": tenant, "case_id": case_id, "day": day})
    return tuple(_guest(row) for row in rows)


def guests_of_design(read: Connection, tenant: str, design_id: int) -> tuple[Guest, ...]:
    """Return the guests of a design by name, also those whose last day is over; not those who were sent away."""
    return tuple(_guest(row) for row in read.execute(_of_design, {"tenant": tenant, "design_id": design_id}))


def is_email_taken(read: Connection, tenant: str, email: str, day: date, except_for: int = 0) -> bool:
    """Say whether somebody with this address is a guest of the city on a day; of a closed design nobody is.

    :param except_for: the number of a guest who is not asked about.
    """
    sought = {"tenant": tenant, "email": email, "day": day, "except_for": except_for}
    return read.execute(_by_email, sought).first() is not None


def cases_with_guests(read: Connection, tenant: str, limit: int) -> dict[int, str]:
    """Return the titles of the running cases that guests may be invited for, newest first."""
    return {row.id: row.title for row in read.execute(_open_cases, {"tenant": tenant, "limit": limit})}


def _guest(row: AnyRow) -> Guest:
    return Guest(**{column.name: getattr(row, column.name) for column in _COLUMNS})
