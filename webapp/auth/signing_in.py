"""Lets a person in: the same answer and the same time whether the number is unknown or the password is wrong."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from processes.people.nip import InvalidNip, parse_nip
from processes.people.records import employee
from webapp.auth.codes import MOST_TRIES, hash_code, read_code
from webapp.auth.passwords import is_password, spend_the_time
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.auth.throttle import Attempt, count_failure, forgive, wait_for
from webapp.wiring import Alur

_by_nip = (
    select(
        employee.c.id.label("employee"),
        account.c.id,
        account.c.password,
        account.c.code_hash,
        account.c.code_until,
        account.c.code_tries,
    )
    .join(account, account.c.employee_id == employee.c.id)
    .where(
        employee.c.tenant == bindparam("tenant"),
        employee.c.nip == bindparam("nip"),
        account.c.active,
        or_(employee.c.active_to.is_(None), employee.c.active_to >= bindparam("today")),
    )
)
_count_try = (
    account.update()
    .where(account.c.id == bindparam("of_account"), account.c.code_hash.is_not(None))
    .values(code_tries=account.c.code_tries + 1)
)
_note_sign_in = account.update().where(account.c.id == bindparam("of_account")).values(signed_in_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class Welcome:
    """The person is in.

    :param token: the new session's id, for the cookie.
    """

    token: str
    must_choose: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The number, the password or the code is wrong; which of them is not said.

    :param wait: how long nothing more is tried, if too many attempts failed.
    """

    wait: timedelta | None = None


def sign_in(alur: Alur, city: str, nip: str, secret: str, address: str) -> Welcome | Refused:
    """Open a session for a person who gives his NIP and his password or one-time code."""
    now, number = alur.clock(), _digits(nip)
    attempt = Attempt.of(alur.settings.pepper, city, number, address)
    params = {"tenant": city, "nip": number, "today": alur.now_in(city).date()}
    with alur.database.reading() as read:
        wait = wait_for(read, attempt, now)
        found = read.execute(_by_nip, params).one_or_none()
    if wait is not None:
        return Refused(wait)
    code = read_code(secret)
    is_right = is_code(alur, found, code) if code else is_password(secret, found.password if found else None)
    with alur.database.writing() as connection:
        if is_right and found is not None:
            return _let_in(connection, alur, city, found.id, attempt, must_choose=code is not None)
        count_failure(connection, attempt, now)
        connection.execute(_count_try, {"of_account": found.id if found and code else 0})
    return Refused()


def _digits(nip: str) -> str:
    """Return the number as it is kept; what is no NIP stays as it is and is found nowhere."""
    try:
        return parse_nip(nip, lenient=True).digits
    except InvalidNip:
        return nip[:100]


def is_code(alur: Alur, found: Row[*tuple[Any, ...]] | None, code: str) -> bool:
    """Say whether this is the one-time code of an account, still good, in the same time whether there is one or not."""
    spend_the_time()
    if found is None or found.code_hash is None:
        return False
    is_open = found.code_until > alur.clock() and found.code_tries < MOST_TRIES
    is_same = hmac.compare_digest(found.code_hash, hash_code(code, found.id, alur.settings.pepper))
    return bool(is_open and is_same)


def _let_in(
    connection: Connection, alur: Alur, city: str, account_id: int, attempt: Attempt, *, must_choose: bool
) -> Welcome:
    forgive(connection, attempt)
    connection.execute(_note_sign_in, {"of_account": account_id, "at": alur.clock()})
    return Welcome(begin_session(connection, alur, city, account_id, must_choose=must_choose), must_choose)
