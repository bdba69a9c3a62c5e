"""What sessions of employees and of guests have in common: where one lies, how it is noted, kept and swept out."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Select, Table, Update, bindparam, or_, select

from processes.people.guests import is_guest
from webapp.auth.records import guest_session, sign_in_session
from webapp.current import SignedIn
from webapp.wiring import Settings

#: How often a session notes that it was used; a write a click would cost a commit a click.
NOTE_EVERY = timedelta(minutes=1)


def limits_of(settings: Settings, now: datetime) -> dict[str, datetime]:
    """Return since when a session must have been used, and since when it may have been opened."""
    # One note's interval more than the page tells: the last note may be that old.
    return {"idle_since": now - settings.idle - NOTE_EVERY, "longest_since": now - settings.longest}


def table_of(person: SignedIn) -> Table:
    """Return where the session of a person lies."""
    return guest_session if is_guest(person.actor) else sign_in_session


def note_of(table: Table) -> Update:
    """Return the statement that notes that a session was used."""
    return table.update().where(table.c.token_hash == bindparam("of_hash")).values(seen_at=bindparam("at"))


def searches_of(table: Table) -> Select[Any]:
    """Return the statement that reads the searches of a session in order to add one."""
    # SQLite has one writer at a time; elsewhere the row waits for the other answer of the same browser.
    return select(table.c.searches).where(table.c.token_hash == bindparam("of_hash")).with_for_update()


def keep_in(table: Table) -> Update:
    """Return the statement that keeps the searches of a session."""
    return table.update().where(table.c.token_hash == bindparam("of_hash")).values(searches=bindparam("new_searches"))


def end_of(table: Table) -> Delete:
    """Return the statement that ends a session."""
    return table.delete().where(table.c.token_hash == bindparam("of_hash"))


def others_of(table: Table) -> Delete:
    """Return the statement that ends every session of a person but one."""
    return table.delete().where(_owner(table) == bindparam("of_person"), table.c.token_hash != bindparam("of_hash"))


def open_of(table: Table) -> Select[Any, Any, Any]:
    """Return the statement that reads the sessions of a person that are not over, the one used last first."""
    return (
        select(table.c.token_hash, table.c.created_at, table.c.seen_at)
        .where(
            _owner(table) == bindparam("of_person"),
            table.c.seen_at > bindparam("idle_since"),
            table.c.created_at > bindparam("longest_since"),
        )
        .order_by(table.c.seen_at.desc(), table.c.created_at.desc())
    )


def _owner(table: Table) -> Any:
    return table.c.guest_id if table is guest_session else table.c.account_id


def sweep_of(table: Table) -> Delete:
    """Return the statement that sweeps out the sessions that are over."""
    is_over = or_(table.c.seen_at <= bindparam("idle_since"), table.c.created_at <= bindparam("longest_since"))
    return table.delete().where(is_over)
