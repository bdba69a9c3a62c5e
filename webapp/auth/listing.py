"""The people to whom a reader may give codes: by unit and name, a page at a time, and what a code would end."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from engine.policy.actor import Actor
from processes.people.queries import ids_below
from processes.people.queries.on_day import holds_on, is_active
from processes.people.queries.sought import Sought
from processes.people.records import Role, employee, placement, role_grant, unit
from webapp.auth.codes import MOST_TRIES
from webapp.auth.records import account

#: As many people as a phone scrolls through without getting lost.
PAGE_LENGTH = 25
#: Codes of one sheet: some 17 pages of paper, and a wait of a few seconds.
MOST_AT_ONCE = 100

_joined = (
    employee.outerjoin(placement, (placement.c.employee_id == employee.c.id) & holds_on(placement))
    .outerjoin(unit, unit.c.id == placement.c.unit_id)
    .outerjoin(account, account.c.employee_id == employee.c.id)
)
_columns = (
    employee.c.id,
    employee.c.name,
    employee.c.nip,
    unit.c.name.label("unit"),
    account.c.password.is_not(None).label("has_password"),
    account.c.code_until,
    account.c.code_tries,
    account.c.active,
)
_holds_a_role = select(role_grant.c.id).where(role_grant.c.employee_id == employee.c.id, holds_on(role_grant)).exists()
_order = (unit.c.name, employee.c.name, employee.c.id)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the code page.

    :param nip: tells people of the same name apart, and is what they sign in with.
    :param code_until: until when a code that was given and not used yet is good; None without one.
    :param is_closed: the account is closed: a code would not let the person in.
    """

    person: int
    name: str
    unit: str
    has_password: bool
    code_until: datetime | None
    is_closed: bool
    nip: str = field(repr=False)

    @property
    def would_lose(self) -> bool:
        """A new code ends something that works: a password, or a code on paper."""
        return self.has_password or self.code_until is not None


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the list somebody looks at.

    :param words: parts of the name, or the NIP.
    :param unit: None for all units of the reader.
    :param page: from 1; one too far is taken as the last.
    """

    words: str = ""
    unit: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list.

    :param pages: how many there are.
    :param units: key and name of the units that the reader may choose.
    :param unit: name of the chosen unit; empty for all.
    :param without: the first people of that unit who have neither password nor code, as many as a sheet holds.
    :param all_without: how many such people there are.
    """

    people: tuple[Listed, ...]
    total: int
    page: int
    pages: int
    units: tuple[tuple[int, str], ...]
    unit: str
    without: tuple[int, ...]
    all_without: int


@dataclass(frozen=True, slots=True)
class Scope:
    """To whom the reader gives codes, and when he asks."""

    read: Connection
    actor: Actor
    day: date
    now: datetime

    def select(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        """Return a statement over the reader's people: those of his units, or of the whole city."""
        statement = (
            select(*columns)
            .select_from(_joined)
            .where(employee.c.tenant == self.actor.tenant, employee.c.id != (self.actor.person or 0), is_active())
        )
        if Role.CITY_ADMIN in self.actor.groups:
            return statement
        # What the rule table would refuse is not offered: people with a role get their code from the administrator.
        return statement.where(placement.c.unit_id.in_(_units_of(self.read, self.actor)), ~_holds_a_role)

    def rows(self, statement: Select[*tuple[Any, ...]]) -> Any:
        """Return what the database answers."""
        return self.read.execute(statement, {"tenant": self.actor.tenant, "day": self.day}).all()

    def count(self, statement: Select[Any]) -> int:
        """Return how many rows a statement has."""
        return int(self.rows(select(func.count()).select_from(statement.subquery()))[0][0])

    def listed(self, statement: Select[Any]) -> tuple[Listed, ...]:
        """Return the people of a statement by unit and name."""
        return tuple(
            Listed(
                person=row.id,
                name=row.name,
                unit=row.unit or "–",
                has_password=row.has_password,
                code_until=row.code_until if _is_open(row, self.now) else None,
                is_closed=row.active is False,
                nip=row.nip,
            )
            for row in self.rows(statement.order_by(*_order))
        )


def people_for_codes(scope: Scope, look: Look) -> Listing:
    """Return the page of the list that a reader looks at."""
    units = tuple((row.id, row.name) for row in scope.rows(_units(scope)))
    name = dict(units).get(look.unit or 0, "")
    of_unit = [placement.c.unit_id == look.unit] if name else []
    found = scope.select(*_columns).where(*of_unit, *_sought(look.words))
    total = scope.count(found)
    pages = max(1, -(-total // PAGE_LENGTH))
    page = min(max(1, look.page), pages)
    people = scope.listed(found.limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH))
    bare = scope.select(employee.c.id).where(*of_unit, *_without(scope.now))
    without = tuple(row.id for row in scope.rows(bare.order_by(*_order).limit(MOST_AT_ONCE)))
    return Listing(people, total, page, pages, units, name, without, scope.count(bare))


def chosen_for_codes(scope: Scope, persons: frozenset[int]) -> tuple[Listed, ...]:
    """Return those of the persons to whom the reader may give codes; the others are left out."""
    return scope.listed(scope.select(*_columns).where(employee.c.id.in_(persons))) if persons else ()


def _is_open(row: Any, now: datetime) -> bool:
    return row.code_until is not None and row.code_until > now and row.code_tries < MOST_TRIES


def _units(scope: Scope) -> Select[Any]:
    return scope.select(unit.c.id, unit.c.name).where(unit.c.id.is_not(None)).distinct().order_by(unit.c.name)


def _sought(words: str) -> list[Any]:
    sought = Sought.read(words)
    named = [employee.c.name.icontains(part, autoescape=True) for part in sought.names]
    return [*named, employee.c.nip.contains(sought.number)] if sought.number else named


def _without(now: datetime) -> tuple[Any, ...]:
    has_no_code = account.c.code_until.is_(None) | (account.c.code_until <= now) | (account.c.code_tries >= MOST_TRIES)
    return account.c.password.is_(None), has_no_code, account.c.active.is_not(False)


def _units_of(read: Connection, actor: Actor) -> list[int]:
    """Return the units that the actor is HR officer of, and all below them."""
    prefix = f"{Role.UNIT_HR_OFFICER}:"
    own = [int(group.removeprefix(prefix)) for group in actor.groups if group.startswith(prefix)]
    return sorted({below for one in own for below in ids_below(read, actor.tenant, one)})
