"""What somebody reads about himself on the page of his account: who he is here, who appraises him, where he is in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from processes.people.guests import Guest, is_guest
from processes.people.queries import (
    RoleGrant,
    all_units,
    appraiser_on,
    appraiser_superior,
    find_employee,
    placement_on,
    roles_on,
)
from processes.people.queries.guests import find_guest
from processes.people.queries.names import names_of
from processes.people.records import EmployeeKind
from webapp.auth.session_rows import limits_of, open_of, table_of
from webapp.current import SignedIn
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of the reader; `unit` is empty for one in the whole city."""

    grant: RoleGrant
    unit: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Where somebody is signed in."""

    since: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """What the records say of an employee.

    :param appraiser: empty where nobody appraises him, as is `above` where nobody stands above that one.
    """

    nip: str = field(repr=False)
    kind: EmployeeKind
    grade: str
    post: str
    unit: str
    appraiser: str
    above: str
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An account as its person sees it: an employee's records, or a guest's invitation."""

    records: OwnRecords | None
    guest: Guest | None
    sessions: tuple[OpenSession, ...]


def read_own_account(read: Any, actor: Actor, alur: Alur, person: SignedIn) -> OwnAccount:
    """Return what the reader may know of his own account: everything but its secrets."""
    sessions = tuple(_open_sessions(read, alur, person))
    if is_guest(actor):
        return OwnAccount(None, find_guest(read, actor.tenant, person.person), sessions)
    return OwnAccount(_records(read, actor, person.person, alur.now_in(actor.tenant).date()), None, sessions)


def _open_sessions(read: Connection, alur: Alur, person: SignedIn) -> Iterable[OpenSession]:
    params = {"of_person": person.account, **limits_of(alur.settings, alur.clock())}
    for row in read.execute(open_of(table_of(person)), params):
        yield OpenSession(row.created_at, row.seen_at, row.token_hash == person.session)


def _records(read: Connection, actor: Actor, person: int, day: date) -> OwnRecords:
    employee, place = find_employee(read, actor.tenant, person), placement_on(read, actor.tenant, person, day)
    appraiser = appraiser_on(read, actor.tenant, person, day)
    above = appraiser_superior(read, actor.tenant, person, day, appraiser.person) if appraiser is not None else None
    names = names_of(read, actor, (rater.person for rater in (appraiser, above) if rater is not None))
    return OwnRecords(
        nip=employee.nip,
        kind=employee.kind,
        grade=employee.grade or "",
        post=(place.post_name or "") if place is not None else "",
        unit=place.unit_name if place is not None else "",
        appraiser=names.get(appraiser.person, "") if appraiser is not None else "",
        above=names.get(above.person, "") if above is not None else "",
        roles=_held(read, actor, person, day),
    )


def _held(read: Connection, actor: Actor, person: int, day: date) -> tuple[HeldRole, ...]:
    grants = roles_on(read, actor.tenant, person, day)
    units = {unit.id: unit.name for unit in all_units(read, actor.tenant)} if grants else {}
    return tuple(HeldRole(grant, units.get(grant.unit_id or 0, "")) for grant in grants)
