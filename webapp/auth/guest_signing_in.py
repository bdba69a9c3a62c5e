"""Lets a guest in by his e-mail address; who knows the secret of an invitation that is over is told so, nobody else."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, not_, select

from engine.records.case import case
from engine.records.design import design
from processes.people.guests import guest, is_still_designed, last_day
from webapp.auth.codes import read_code
from webapp.auth.guest_sessions import begin_guest_session
from webapp.auth.passwords import is_password
from webapp.auth.records import guest_account
from webapp.auth.signing_in import Refused, Welcome, is_code
from webapp.auth.throttle import Attempt, count_failure, forgive, wait_for
from webapp.wiring import Alur

# Who was invited again, after an earlier invitation was over, has the newest one.
_is_closed = not_(is_still_designed())
_by_email = (
    select(
        guest.c.id,
        guest.c.valid_until,
        guest.c.revoked_at,
        guest.c.design_id,
        case.c.ended_at,
        _is_closed.label("is_closed"),
        guest_account.c.password,
        guest_account.c.code_hash,
        guest_account.c.code_until,
        guest_account.c.code_tries,
    )
    .join(guest_account, guest_account.c.guest_id == guest.c.id)
    .outerjoin(case, case.c.id == guest.c.case_id)
    .outerjoin(design, design.c.id == guest.c.design_id)
    .where(guest.c.tenant == bindparam("tenant"), guest.c.email == bindparam("email"))
    .order_by(guest.c.revoked_at.is_not(None), _is_closed, guest.c.valid_until.desc(), guest.c.id.desc())
    .limit(1)
)
_count_try = (
    guest_account.update()
    .where(guest_account.c.guest_id == bindparam("of_guest"), guest_account.c.code_hash.is_not(None))
    .values(code_tries=guest_account.c.code_tries + 1)
)
_note_sign_in = (
    guest_account.update().where(guest_account.c.guest_id == bindparam("of_guest")).values(signed_in_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Over:
    """The secret is right, but the invitation held only until a day.

    :param is_of_design: it was for a design, and not for a case.
    :param is_closed: the design is worked on no more, whatever day was named.
    """

    until: date
    is_of_design: bool
    is_closed: bool


def sign_in_guest(alur: Alur, city: str, email: str, secret: str, address: str) -> Welcome | Refused | Over:
    """Open a session for a guest who gives his e-mail address and his password or one-time code."""
    name = normal_email(email)
    attempt = Attempt.of(alur.settings.pepper, city, name, address)
    with alur.database.reading() as read:
        wait = wait_for(read, attempt, alur.clock())
        found = read.execute(_by_email, {"tenant": city, "email": name}).one_or_none()
    if wait is not None:
        return Refused(wait)
    code = read_code(secret)
    is_right = is_code(alur, found, code) if code else is_password(secret, found.password if found else None)
    if not is_right or found is None:
        return _refuse(alur, attempt, found.id if found and code else 0)
    until = _until(alur, city, found)
    if found.revoked_at is not None or found.is_closed or until < alur.now_in(city).date():
        return Over(until, found.design_id is not None, bool(found.is_closed))
    return _let_in(alur, city, found.id, attempt, must_choose=code is not None)


def normal_email(email: str) -> str:
    """Return an e-mail address as it is kept and looked for."""
    return email.strip().lower()


def _refuse(alur: Alur, attempt: Attempt, counted: int) -> Refused:
    with alur.database.writing() as connection:
        count_failure(connection, attempt, alur.clock())
        connection.execute(_count_try, {"of_guest": counted})
    return Refused()


def _until(alur: Alur, city: str, found: Row[*tuple[Any, ...]]) -> date:
    def day(instant: datetime | None) -> date | None:
        return instant.astimezone(alur.zone(city)).date() if instant is not None else None

    return last_day(found.valid_until, day(found.ended_at), day(found.revoked_at))


def _let_in(alur: Alur, city: str, guest_id: int, attempt: Attempt, *, must_choose: bool) -> Welcome:
    with alur.database.writing() as connection:
        forgive(connection, attempt)
        connection.execute(_note_sign_in, {"of_guest": guest_id, "at": alur.clock()})
        token = begin_guest_session(connection, alur, city, guest_id, must_choose=must_choose)
    return Welcome(token, must_choose)
