"""Keeps a chosen password: it ends the one-time code and every session, and opens a new one."""

from sqlalchemy import bindparam

from processes.people.guests import is_guest
from processes.people.queries import find_employee
from processes.people.queries.guests import find_guest
from webapp.auth.guest_sessions import choose_guest_password, guest_secret
from webapp.auth.models import datastore
from webapp.auth.passwords import hash_new_password, is_password, normal_password
from webapp.auth.records import account
from webapp.auth.sessions import begin_session, end_all_sessions
from webapp.current import SignedIn, current_alur
from webapp.wiring import Alur

_choose = (
    account.update()
    .where(account.c.id == bindparam("of_account"))
    .values(password=bindparam("new_password"), code_hash=None, code_until=None, code_tries=0)
)


def choose_password(alur: Alur, person: SignedIn, password: str) -> str:
    """Keep a new password, and return the id of the only session that goes on."""
    # Hashed before the lock is taken: it takes a tenth of a second.
    hashed = hash_new_password(password)
    with alur.database.writing() as connection:
        if is_guest(person.actor):
            return choose_guest_password(connection, alur, person, hashed)
        connection.execute(_choose, {"of_account": person.account, "new_password": hashed})
        end_all_sessions(connection, person.account)
        return begin_session(connection, alur, person.actor.tenant, person.account)


def known_about(alur: Alur, person: SignedIn) -> list[str]:
    """Return what others know about a person and a password must not be made of."""
    with alur.database.reading() as read:
        if is_guest(person.actor):
            found = find_guest(read, person.actor.tenant, person.person)
            return [found.name, found.institution, found.email.partition("@")[0]]
        nip = find_employee(read, person.actor.tenant, person.person).nip
    return [person.name, nip, nip[:8]]


def knows_password(person: SignedIn, password: str) -> bool:
    """Say whether this is the person's present password."""
    if is_guest(person.actor):
        return is_password(password, guest_secret(current_alur(), person))
    user = datastore().find_user(id=person.account)
    normal, known = normal_password(password), user is not None and user.password is not None
    return bool(known and user is not None and user.verify_and_update_password(normal))
