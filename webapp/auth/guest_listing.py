"""The guests of a city as the personnel agency sees them, those whose invitation ends last first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, select

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.case import case
from engine.records.schema import Day
from processes.people.guests import guest, last_day
from processes.people.queries.guests import cases_with_guests
from processes.people.queries.names import names_of
from webapp.auth.records import guest_account
from webapp.wiring import Alur

#: Guests are few: the page shows those of the running and of the latest selections, without turning pages.
MOST: Final = 100
SHOWN_FOR: Final = timedelta(days=180)

_guests = (
    select(
        guest.c.id,
        guest.c.name,
        guest.c.institution,
        guest.c.email,
        guest.c.case_id,
        guest.c.valid_until,
        guest.c.revoked_at,
        guest.c.invited_by,
        case.c.title,
        case.c.ended_at,
        guest_account.c.password.is_not(None).label("has_password"),
    )
    .join(case, case.c.id == guest.c.case_id)
    .join(guest_account, guest_account.c.guest_id == guest.c.id)
    .where(guest.c.tenant == bindparam("tenant"))
)
_latest = (
    _guests.where(guest.c.valid_until >= bindparam("since", type_=Day))
    .order_by(guest.c.valid_until.desc(), guest.c.id.desc())
    .limit(MOST)
)
_one = _guests.where(guest.c.id == bindparam("guest"))


class Standing(StrEnum):
    """How it stands with an invitation."""

    INVITED = "invited"
    IN_USE = "in_use"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ListedGuest:
    """One line of the page; `until` is the last day on which the guest may sign in."""

    id: int
    name: str
    institution: str
    email: str
    case_id: int
    title: str
    until: date
    standing: Standing
    invited_by: str

    @property
    def is_standing(self) -> bool:
        """Say whether the guest may sign in."""
        return self.standing in (Standing.INVITED, Standing.IN_USE)


@dataclass(frozen=True, slots=True)
class GuestPage:
    """The page.

    :param may_invite: the reader may invite and change.
    :param has_cases: a case is running that guests may be invited for.
    """

    guests: tuple[ListedGuest, ...]
    may_invite: bool
    has_cases: bool


def read_guests(read: Any, actor: Actor, alur: Alur) -> GuestPage:
    """Return the guests of the actor's city.

    :raise NotFound: the actor must not see them.
    """
    policy, city = alur.engine.policy, TenantSubject(actor.tenant)
    policy.require(actor, "guest:view", city, read)
    params = {"tenant": actor.tenant, "since": alur.now_in(actor.tenant).date() - SHOWN_FOR}
    may_invite = policy.allows(actor, "guest:invite", city, read)
    has_cases = may_invite and bool(cases_with_guests(read, actor.tenant, 1))
    return GuestPage(_listed(read, actor, alur, read.execute(_latest, params).all()), may_invite, has_cases)


def inviting_cases(read: Any, actor: Actor, alur: Alur) -> dict[int, str]:
    """Return the titles of the cases that guests may be invited for, by number, the newest ones.

    :raise NotFound: the actor must not see guests.
    :raise Forbidden: the actor only reads.
    """
    alur.engine.policy.require(actor, "guest:invite", TenantSubject(actor.tenant), read)
    return cases_with_guests(read, actor.tenant, MOST)


def read_guest(read: Any, actor: Actor, alur: Alur, guest_id: int) -> ListedGuest:
    """Return one guest of the actor's city, for whoever may change the invitation.

    :raise NotFound: the city has no such guest, or the actor must not see guests.
    :raise Forbidden: the actor only reads.
    """
    policy, city = alur.engine.policy, TenantSubject(actor.tenant)
    policy.require(actor, "guest:view", city, read)
    found = read.execute(_one, {"tenant": actor.tenant, "guest": guest_id}).all()
    if not found:
        raise NotFound()
    policy.require(actor, "guest:change", city, read)
    return _listed(read, actor, alur, found)[0]


def _listed(read: Any, actor: Actor, alur: Alur, rows: Sequence[Any]) -> tuple[ListedGuest, ...]:
    names = names_of(read, actor, (row.invited_by for row in rows))
    return tuple(_line(row, names, alur, actor.tenant) for row in rows)


def _line(row: Any, names: dict[int, str], alur: Alur, city: str) -> ListedGuest:
    def day(instant: datetime | None) -> date | None:
        return instant.astimezone(alur.zone(city)).date() if instant is not None else None

    until = last_day(row.valid_until, day(row.ended_at), day(row.revoked_at))
    standing = _standing(row, until, alur.now_in(city).date())
    by = names.get(row.invited_by, "–")
    return ListedGuest(
        row.id, row.name, row.institution, row.email, row.case_id, row.title, until, standing, invited_by=by
    )


def _standing(row: Any, until: date, today: date) -> Standing:
    if row.revoked_at is not None:
        return Standing.REVOKED
    if until < today:
        return Standing.OVER
    return Standing.IN_USE if row.has_password else Standing.INVITED
