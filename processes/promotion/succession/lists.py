"""The succession lists of a city: which key posts have one, and one version with its names."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from processes.people.records import employee
from processes.promotion.succession.drawing import Exclusion, Readiness, Successor
from processes.promotion.succession.records import succession_list, succession_name

_TENANT: Any = bindparam("tenant")
_versions = (
    select(succession_list)
    .where(succession_list.c.tenant == _TENANT, succession_list.c.post_id == bindparam("post_id"))
    .order_by(succession_list.c.version.desc())
)
_by_id = select(succession_list).where(
    succession_list.c.tenant == _TENANT, succession_list.c.id == bindparam("list_id")
)
_names = (
    select(succession_name, employee.c.name, employee.c.nip)
    .join(employee, employee.c.id == succession_name.c.employee_id)
    .where(succession_name.c.tenant == _TENANT, succession_name.c.list_id == bindparam("list_id"))
    .order_by(succession_name.c.place.is_(None), succession_name.c.place, employee.c.name)
)
_newest = (
    select(succession_list.c.post_id, func.max(succession_list.c.version).label("version"))
    .where(succession_list.c.tenant == _TENANT)
    .group_by(succession_list.c.post_id)
    .subquery()
)
_IS_NEWEST = (_newest.c.post_id == succession_list.c.post_id) & (_newest.c.version == succession_list.c.version)
_standing = select(succession_list).join(_newest, _IS_NEWEST).where(succession_list.c.tenant == _TENANT)
_ready = (
    select(succession_name.c.list_id, succession_name.c.readiness, func.count().label("people"))
    .select_from(succession_list)
    .join(_newest, _IS_NEWEST)
    .join(succession_name, succession_name.c.list_id == succession_list.c.id)
    .where(succession_list.c.tenant == _TENANT, succession_name.c.place.is_not(None))
    .group_by(succession_name.c.list_id, succession_name.c.readiness)
)


@dataclass(frozen=True, slots=True)
class SuccessionList:
    """A version of the list of a post.

    :param approved_on: None as long as the appointing authority has not approved it.
    """

    id: int
    tenant: str
    post_id: int
    version: int
    rules: str
    drawn_on: date
    drawn_by: int | None
    decree: str | None
    approved_on: date | None

    @property
    def is_approved(self) -> bool:
        """It is, or was, in force."""
        return self.approved_on is not None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list."""

    successor: Successor
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of a post's list, and how many of it are ready."""

    list: SuccessionList
    now: int
    soon: int


def versions_of(read: Connection, tenant: str, post_id: int) -> tuple[SuccessionList, ...]:
    """Return the versions of a post's list, the newest first."""
    return tuple(_list_of(row) for row in read.execute(_versions, {"tenant": tenant, "post_id": post_id}))


def find_list(read: Connection, tenant: str, list_id: int) -> SuccessionList:
    """Return a list of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "list_id": list_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _list_of(row)


def names_on(read: Connection, tenant: str, list_id: int) -> tuple[Listed, ...]:
    """Return the lines of a list: those with a place, then those who were left out."""
    rows = read.execute(_names, {"tenant": tenant, "list_id": list_id})
    return tuple(Listed(_successor_of(row), row.name, row.nip) for row in rows)


def standings(read: Connection, tenant: str) -> dict[int, Standing]:
    """Return the newest list of each post that has one, by post."""
    ready = {(row.list_id, row.readiness): row.people for row in read.execute(_ready, {"tenant": tenant})}
    found = (_list_of(row) for row in read.execute(_standing, {"tenant": tenant}))
    return {
        item.post_id: Standing(item, ready.get((item.id, Readiness.NOW), 0), ready.get((item.id, Readiness.SOON), 0))
        for item in found
    }


def _list_of(row: Any) -> SuccessionList:
    return SuccessionList(
        row.id,
        row.tenant,
        row.post_id,
        row.version,
        row.rules,
        row.drawn_on,
        row.drawn_by,
        row.decree,
        row.approved_on,
    )


def _successor_of(row: Any) -> Successor:
    return Successor(
        row.employee_id,
        row.box,
        row.value,
        row.fit,
        row.short,
        row.levels,
        row.unassessed,
        Readiness(row.readiness) if row.readiness is not None else None,
        Exclusion(row.excluded) if row.excluded is not None else None,
        row.place,
    )
