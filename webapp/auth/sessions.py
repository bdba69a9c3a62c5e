"""Sessions on the server: a random id in the browser, its hash in the table, and one statement to read all about it."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, or_, select

from engine.policy.actor import Actor
from engine.records.tenant import require_open
from processes.people.records import employee, placement, post, role_grant
from webapp.auth.codes import hash_token, make_token
from webapp.auth.records import account, end_sessions, guest_session, sign_in_session
from webapp.auth.session_rows import (
    NOTE_EVERY,
    end_of,
    keep_in,
    limits_of,
    note_of,
    others_of,
    searches_of,
    sweep_of,
    table_of,
)
from webapp.current import SignedIn
from webapp.searches import Search
from webapp.wiring import Alur, Settings

_today: BindParameter[date] = bindparam("today")
_post = (
    select(post.c.name)
    .join(placement, placement.c.post_id == post.c.id)
    .where(
        placement.c.tenant == account.c.tenant,
        placement.c.employee_id == account.c.employee_id,
        placement.c.valid_from <= _today,
        or_(placement.c.valid_to.is_(None), placement.c.valid_to >= _today),
    )
    .order_by(placement.c.valid_from.desc())
    .limit(1)
    .correlate(account)
    .scalar_subquery()
)
_granted = (
    (role_grant.c.tenant == account.c.tenant)
    & (role_grant.c.employee_id == account.c.employee_id)
    & (role_grant.c.valid_from <= _today)
    & or_(role_grant.c.valid_to.is_(None), role_grant.c.valid_to >= _today)
)
_employed = or_(employee.c.active_to.is_(None), employee.c.active_to >= _today)

# A row a role, or one row without any: session, account, person, post and roles of today in one statement.
_load = (
    select(
        sign_in_session.c.account_id,
        sign_in_session.c.seen_at,
        sign_in_session.c.grants,
        sign_in_session.c.must_choose,
        sign_in_session.c.searches,
        account.c.employee_id,
        employee.c.name,
        _post.label("post"),
        role_grant.c.role,
        role_grant.c.unit_id,
    )
    .join(account, account.c.id == sign_in_session.c.account_id)
    .join(employee, employee.c.id == account.c.employee_id)
    .outerjoin(role_grant, _granted)
    .where(
        sign_in_session.c.token_hash == bindparam("hash"),
        sign_in_session.c.seen_at > bindparam("idle_since"),
        sign_in_session.c.created_at > bindparam("longest_since"),
        account.c.tenant == bindparam("tenant"),
        account.c.active,
        _employed,
    )
)
_groups = (
    select(role_grant.c.role, role_grant.c.unit_id)
    .select_from(account)
    .join(role_grant, _granted)
    .where(account.c.id == bindparam("of_account"))
)
_insert = sign_in_session.insert()
_renew = (
    sign_in_session.update()
    .where(sign_in_session.c.token_hash == bindparam("of_hash"))
    .values(token_hash=bindparam("new_hash"), grants=bindparam("new_grants"), seen_at=bindparam("at"))
)


def load_session(alur: Alur, city: str, token: str) -> SignedIn | None:
    """Return the person of a session id in a city; None if it is unknown, over, or of another city."""
    token_hash, today = hash_token(token), alur.now_in(city).date()
    with alur.database.reading() as read:
        rows = read.execute(
            _load, {"hash": token_hash, "tenant": city, "today": today, **limits_of(alur.settings, alur.clock())}
        ).all()
    return _signed_in(city, token_hash, rows, today) if rows else None


def forget_sessions(connection: Connection, settings: Settings, now: datetime) -> None:
    """Sweep out the sessions that are over, inside a write transaction."""
    for table in (sign_in_session, guest_session):
        connection.execute(sweep_of(table), limits_of(settings, now))


def _signed_in(city: str, token_hash: bytes, rows: Sequence[Row[*tuple[Any, ...]]], today: date) -> SignedIn:
    first = rows[0]
    groups = _group_names((row.role, row.unit_id) for row in rows)
    return SignedIn(
        account=first.account_id,
        actor=Actor(city, first.employee_id, groups, today),
        name=first.name,
        post=first.post,
        session=token_hash,
        seen_at=first.seen_at,
        must_choose=bool(first.must_choose),
        has_new_roles=first.grants != _fingerprint(groups),
        searches=first.searches,
    )


def _group_names(grants: Iterable[tuple[str | None, int | None]]) -> frozenset[str]:
    """Return `hr_verifier` for a role in the whole city, `unit_hr_officer:17` for one in a unit."""
    return frozenset(role if unit is None else f"{role}:{unit}" for role, unit in grants if role is not None)


def _fingerprint(groups: frozenset[str]) -> bytes:
    return hashlib.sha256("\0".join(sorted(groups)).encode()).digest()[:16]


def begin_session(connection: Connection, alur: Alur, city: str, account_id: int, *, must_choose: bool = False) -> str:
    """Open a session inside a write transaction, sweep out those that are over, and return the new id.

    :raise TenantClosed: the city was closed at this very moment.
    """
    require_open(connection, city)
    now, token = alur.clock(), make_token()
    params = {"of_account": account_id, "today": alur.now_in(city).date()}
    groups = _group_names((row.role, row.unit_id) for row in connection.execute(_groups, params))
    forget_sessions(connection, alur.settings, now)
    connection.execute(
        _insert,
        {
            "token_hash": hash_token(token),
            "account_id": account_id,
            "created_at": now,
            "seen_at": now,
            "grants": _fingerprint(groups),
            "must_choose": must_choose,
        },
    )
    return token


def note_use(alur: Alur, person: SignedIn) -> None:
    """Note that a session was used, once a minute at most."""
    now = alur.clock()
    if now - person.seen_at >= NOTE_EVERY:
        with alur.database.writing() as connection:
            connection.execute(note_of(table_of(person)), {"of_hash": person.session, "at": now})


def is_idle(alur: Alur, person: SignedIn) -> bool:
    """Say whether the page of a session may have told by now that nothing happened for too long."""
    return alur.clock() - person.seen_at >= alur.settings.idle


def renew_session(alur: Alur, person: SignedIn) -> str:
    """Give a session a new id, and return it: the roles have changed, and an id seen before must not gain any."""
    token = make_token()
    with alur.database.writing() as connection:
        params = {"new_hash": hash_token(token), "new_grants": _fingerprint(person.actor.groups), "at": alur.clock()}
        connection.execute(_renew, {"of_hash": person.session, **params})
    return token


def keep_search(alur: Alur, person: SignedIn, search: Search) -> None:
    """Keep a search with its session: of two answers at once, none loses what the other keeps.

    A session that ended meanwhile keeps nothing.
    """
    with alur.database.writing() as connection:
        table = table_of(person)
        stored = connection.execute(searches_of(table), {"of_hash": person.session}).scalar_one_or_none()
        connection.execute(keep_in(table), {"of_hash": person.session, "new_searches": search.added_to(stored)})


def end_session(alur: Alur, person: SignedIn) -> None:
    """End this session."""
    with alur.database.writing() as connection:
        connection.execute(end_of(table_of(person)), {"of_hash": person.session})


def end_other_sessions(alur: Alur, person: SignedIn) -> int:
    """End every session of the person but this one, and return how many there were."""
    with alur.database.writing() as connection:
        params = {"of_person": person.account, "of_hash": person.session}
        return connection.execute(others_of(table_of(person)), params).rowcount


def end_all_sessions(connection: Connection, account_id: int) -> None:
    """End every session of an account, inside a write transaction."""
    connection.execute(end_sessions, {"of_account": account_id})
