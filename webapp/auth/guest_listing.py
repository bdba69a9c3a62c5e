"""Guests as those see them who invite: the personnel agency those of cases, process owners those of a design."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, not_, select

from engine.command import TenantSubject
from engine.designs.finding import find_design
from engine.designs.reviewing import name_of
from engine.policy.actor import Actor
from engine.records.case import case
from engine.records.design import design
from engine.records.schema import Day
from processes.people.guests import guest, is_still_designed, last_day
from processes.people.queries.guests import cases_with_guests, find_guest
from processes.people.queries.names import names_of
from webapp.auth.records import guest_account
from webapp.wiring import Alur

#: Guests are few: the page shows those of the running and of the latest selections, without turning pages.
MOST: Final = 100
SHOWN_FOR: Final = timedelta(days=180)

_guests = (
    select(
        guest.c.id,
        guest.c.tenant,
        guest.c.name,
        guest.c.institution,
        guest.c.email,
        guest.c.case_id,
        guest.c.design_id,
        guest.c.valid_until,
        guest.c.revoked_at,
        guest.c.invited_by,
        case.c.title,
        case.c.ended_at,
        not_(is_still_designed()).label("is_closed"),
        guest_account.c.password.is_not(None).label("has_password"),
    )
    .outerjoin(case, case.c.id == guest.c.case_id)
    .outerjoin(design, design.c.id == guest.c.design_id)
    .join(guest_account, guest_account.c.guest_id == guest.c.id)
    .where(guest.c.tenant == bindparam("tenant"))
)
_latest = (
    _guests.where(guest.c.case_id.is_not(None), guest.c.valid_until >= bindparam("since", type_=Day))
    .order_by(guest.c.valid_until.desc(), guest.c.id.desc())
    .limit(MOST)
)
_one = _guests.where(guest.c.id == bindparam("guest"))


class Standing(StrEnum):
    """How it stands with an invitation."""

    INVITED = "invited"
    IN_USE = "in_use"
    OVER = "over"
    CLOSED = "closed"
    """The design is worked on no more."""
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ListedGuest:
    """One line of the page.

    :param title: what the case is called, or the process whose design it is.
    :param until: the last day on which the guest may sign in.
    """

    id: int
    name: str
    institution: str
    email: str
    case_id: int | None
    design_id: int | None
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
    """Return the guests of cases of the actor's city.

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
    found = find_guest(read, actor.tenant, guest_id)
    alur.engine.policy.require(actor, "guest:change", found, read)
    return _listed(read, actor, alur, read.execute(_one, {"tenant": actor.tenant, "guest": guest_id}).all())[0]


def require_inviting(read: Any, actor: Actor, alur: Alur, design_id: int) -> None:
    """Do nothing if the actor may invite somebody to a design.

    :raise NotFound: it does not exist, or is not for this reader.
    :raise Forbidden: the actor may look at the design only.
    :raise DesignClosed: it is a release now, or was discarded.
    """
    found = find_design(read, actor.tenant, design_id)
    alur.engine.policy.require(actor, "design:change", found, read)
    found.require_open()


def _listed(read: Any, actor: Actor, alur: Alur, rows: Sequence[Any]) -> tuple[ListedGuest, ...]:
    names = names_of(read, actor, (row.invited_by for row in rows))
    return tuple(_line(row, _title(read, actor, row), names, alur) for row in rows)


def _title(read: Any, actor: Actor, row: Any) -> str:
    return row.title if row.design_id is None else name_of(find_design(read, actor.tenant, row.design_id))


def _line(row: Any, title: str, names: dict[int, str], alur: Alur) -> ListedGuest:
    def day(instant: datetime | None) -> date | None:
        return instant.astimezone(alur.zone(row.tenant)).date() if instant is not None else None

    until = last_day(row.valid_until, day(row.ended_at), day(row.revoked_at))
    standing = _standing(row, until, alur.now_in(row.tenant).date())
    return ListedGuest(
        row.id,
        row.name,
        row.institution,
        row.email,
        row.case_id,
        row.design_id,
        title,
        until,
        standing,
        names.get(row.invited_by, "–"),
    )


def _standing(row: Any, until: date, today: date) -> Standing:
    if row.revoked_at is not None:
        return Standing.REVOKED
    if row.is_closed:
        return Standing.CLOSED
    if until < today:
        return Standing.OVER
    return Standing.IN_USE if row.has_password else Standing.INVITED
