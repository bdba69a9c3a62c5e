"""Sessions of guests: their ids say what they are, so that an employee's page asks nothing about guests."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select

from engine.policy.actor import Actor
from engine.records.case import case
from engine.records.design import design
from engine.records.schema import Day, UtcDateTime
from engine.records.tenant import require_open
from processes.people.guests import (
    AFTERWARDS,
    design_guest_actor,
    guest,
    guest_actor,
    is_invited,
    is_still_designed,
)
from webapp.auth.codes import hash_token, make_token
from webapp.auth.records import end_guest_sessions, guest_account, guest_session
from webapp.auth.session_rows import limits_of
from webapp.auth.sessions import forget_sessions, load_session
from webapp.current import SignedIn
from webapp.wiring import Alur

PREFIX: Final = "tamu-"

_TODAY: Any = bindparam("today", type_=Day)
_ENDED_SINCE: Any = bindparam("ended_since", type_=UtcDateTime)
_is_open = is_invited(_TODAY) & or_(case.c.ended_at.is_(None), case.c.ended_at > _ENDED_SINCE)
_load = (
    select(
        guest.c.id,
        guest.c.name,
        guest.c.institution,
        guest.c.case_id,
        guest.c.design_id,
        guest_session.c.seen_at,
        guest_session.c.must_choose,
        guest_session.c.searches,
    )
    .join(guest, guest.c.id == guest_session.c.guest_id)
    .outerjoin(case, case.c.id == guest.c.case_id)
    .outerjoin(design, design.c.id == guest.c.design_id)
    .where(
        guest_session.c.token_hash == bindparam("hash"),
        guest_session.c.seen_at > bindparam("idle_since"),
        guest_session.c.created_at > bindparam("longest_since"),
        guest.c.tenant == bindparam("tenant"),
        _is_open,
        is_still_designed(),
    )
)
_part_of = (
    select(guest.c.id, guest.c.case_id, guest.c.design_id)
    .outerjoin(case, case.c.id == guest.c.case_id)
    .outerjoin(design, design.c.id == guest.c.design_id)
    .where(guest.c.id == bindparam("guest"), guest.c.tenant == bindparam("tenant"), _is_open, is_still_designed())
)
_insert = guest_session.insert()
_secret = select(guest_account.c.password).where(guest_account.c.guest_id == bindparam("guest"))
_choose = (
    guest_account.update()
    .where(guest_account.c.guest_id == bindparam("of_guest"))
    .values(password=bindparam("new_password"), code_hash=None, code_until=None, code_tries=0)
)


def is_guest_token(token: str | None) -> bool:
    """Say whether a session id is a guest's, also one that is over."""
    return token is not None and token.startswith(PREFIX)


def load_person(alur: Alur, city: str, token: str) -> SignedIn | None:
    """Return the person of a session id in a city, in one statement; None if unknown, over, or of another city."""
    return _load_guest(alur, city, token) if is_guest_token(token) else load_session(alur, city, token)


def _load_guest(alur: Alur, city: str, token: str) -> SignedIn | None:
    token_hash = hash_token(token)
    limits = limits_of(alur.settings, alur.clock())
    with alur.database.reading() as read:
        row = read.execute(_load, {"hash": token_hash, **open_params(alur, city), **limits}).one_or_none()
    if row is None:
        return None
    return SignedIn(
        account=row.id,
        actor=_actor(row, city, alur.now_in(city).date()),
        name=row.name,
        post=row.institution,
        session=token_hash,
        seen_at=row.seen_at,
        must_choose=bool(row.must_choose),
        searches=row.searches,
    )


def _actor(row: Any, city: str, today: date | None = None) -> Actor:
    if row.design_id is not None:
        return design_guest_actor(city, row.id, row.design_id, today)
    return guest_actor(city, row.id, row.case_id, today)


def open_params(alur: Alur, city: str) -> dict[str, Any]:
    """Return what the question needs whether a guest may be in on this day."""
    return {"tenant": city, "today": alur.now_in(city).date(), "ended_since": alur.clock() - AFTERWARDS}


def actor_of_guest(read: Connection, alur: Alur, city: str, guest_id: int) -> Actor | None:
    """Return a guest who may be in today, of a case or of a design; None for anybody else."""
    row = read.execute(_part_of, {"guest": guest_id, **open_params(alur, city)}).one_or_none()
    return _actor(row, city) if row is not None else None


def begin_guest_session(connection: Connection, alur: Alur, city: str, guest_id: int, *, must_choose: bool) -> str:
    """Open a session inside a write transaction, sweep out those that are over, and return the new id.

    :raise TenantClosed: the city was closed at this very moment.
    """
    require_open(connection, city)
    now, token = alur.clock(), PREFIX + make_token()
    forget_sessions(connection, alur.settings, now)
    row = {"token_hash": hash_token(token), "guest_id": guest_id, "created_at": now, "seen_at": now}
    connection.execute(_insert, {**row, "must_choose": must_choose})
    return token


def choose_guest_password(connection: Connection, alur: Alur, person: SignedIn, hashed: str) -> str:
    """Keep a new password inside a write transaction, and return the id of the only session that goes on."""
    connection.execute(_choose, {"of_guest": person.account, "new_password": hashed})
    connection.execute(end_guest_sessions, {"of_guest": person.account})
    return begin_guest_session(connection, alur, person.actor.tenant, person.account, must_choose=False)


def guest_secret(alur: Alur, person: SignedIn) -> str | None:
    """Return the hash of a guest's password."""
    with alur.database.reading() as read:
        found: str | None = read.execute(_secret, {"guest": person.account}).scalar_one_or_none()
    return found
