"""Roles granted to a person, as the groups of an actor."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from processes.people.queries.on_day import TENANT, AnyRow, holds_on
from processes.people.records import Role, role_grant


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role somebody holds; a unit's HR officer holds it for that unit and every unit below."""

    id: int
    tenant: str
    person: int
    role: Role
    unit_id: int | None
    valid_from: date
    valid_to: date | None

    @property
    def group(self) -> str:
        """The group that an actor with this role is in: `hr_verifier`, `unit_hr_officer:17`."""
        return str(self.role) if self.unit_id is None else f"{self.role}:{self.unit_id}"


_grant = select(
    role_grant.c.id,
    role_grant.c.tenant,
    role_grant.c.employee_id,
    role_grant.c.role,
    role_grant.c.unit_id,
    role_grant.c.valid_from,
    role_grant.c.valid_to,
).where(role_grant.c.tenant == TENANT)
_of_person = _grant.where(role_grant.c.employee_id == bindparam("person"), holds_on(role_grant)).order_by(
    role_grant.c.id
)
_by_id = _grant.where(role_grant.c.id == bindparam("grant_id"))
_holders = (
    select(role_grant.c.employee_id)
    .where(role_grant.c.tenant == TENANT, role_grant.c.role == bindparam("role"), holds_on(role_grant))
    .distinct()
)


def roles_on(read: Connection, tenant: str, person: int, day: date) -> tuple[RoleGrant, ...]:
    """Return the roles that a person holds on a day."""
    rows = read.execute(_of_person, {"tenant": tenant, "person": person, "day": day})
    return tuple(_grant_of(row) for row in rows)


def groups_on(read: Connection, tenant: str, person: int, day: date) -> frozenset[str]:
    """Return the groups of the actor that a person is on a day."""
    return frozenset(grant.group for grant in roles_on(read, tenant, person, day))


def holders_on(read: Connection, tenant: str, role: Role, day: date) -> tuple[int, ...]:
    """Return the persons who hold a role on a day."""
    return tuple(read.execute(_holders, {"tenant": tenant, "role": str(role), "day": day}).scalars())


def find_grant(read: Connection, tenant: str, grant_id: int) -> RoleGrant:
    """Return a grant of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "grant_id": grant_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _grant_of(row)


def _grant_of(row: AnyRow) -> RoleGrant:
    return RoleGrant(row.id, row.tenant, row.employee_id, Role(row.role), row.unit_id, row.valid_from, row.valid_to)
