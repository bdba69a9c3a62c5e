"""Change a guest's invitation: a new code, another last day, or none of it any more."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.days import local_day
from processes.people.guests import Guest, guest
from processes.people.queries.guests import find_guest, is_email_taken
from webapp.auth.codes import VALID_FOR, hash_code, make_code
from webapp.auth.commands.invite_guest import GuestInvitedAlready, require_good_day
from webapp.auth.records import end_guest_sessions, issue_guest_code

_ID: Any = bindparam("of_id")
_revoke = guest.update().where(guest.c.id == _ID, guest.c.revoked_at.is_(None)).values(revoked_at=bindparam("at"))
_extend = guest.update().where(guest.c.id == _ID, guest.c.revoked_at.is_(None)).values(valid_until=bindparam("until"))


class GuestRevoked(Invalid):
    """The invitation was taken back; a new one is written instead."""

    code = "guest.revoked"


@dataclass(frozen=True, slots=True)
class IssueGuestCode:
    """Make a new code for a guest; it takes the place of earlier ones and of the password, and every session ends.

    The guest finds a notice of it when he signs in, so that a code that he never asked for is not hidden from him.
    The receipt's value is the code; it is kept nowhere.
    """

    guest_id: int
    pepper: str = field(repr=False)
    permission: ClassVar[str] = "guest:change"

    def subject(self, context: Context) -> Guest:
        """Return the guest.

        :raise NotFound: the city has no such guest.
        """
        return find_guest(context.read, context.actor.tenant, self.guest_id)

    def execute(self, context: Context, subject: Guest) -> Changes:
        """Replace code and password, end the sessions, tell the guest.

        :raise GuestRevoked: the invitation was taken back.
        :raise GuestInvitedAlready: it is over, and the address belongs to another guest now.
        """
        _require_standing(subject)
        today = local_day(context, subject.tenant)
        if not subject.is_valid_on(today):
            _require_own_address(context, subject, today)
        code, until = make_code(), context.now + VALID_FOR
        hashed = hash_code(code, subject.id, self.pepper)
        return Changes(
            (
                write(issue_guest_code, expect=1, of_guest=subject.id, new_code_hash=hashed, new_code_until=until),
                write(end_guest_sessions, of_guest=subject.id),
                _notice(context, subject),
            ),
            subject=subject.id,
            value=code,
        )


@dataclass(frozen=True, slots=True)
class RevokeGuest:
    """Let a guest in no more, from this very moment on; what he has done stays."""

    guest_id: int
    permission: ClassVar[str] = "guest:change"

    def subject(self, context: Context) -> Guest:
        """Return the guest.

        :raise NotFound: the city has no such guest.
        """
        return find_guest(context.read, context.actor.tenant, self.guest_id)

    def execute(self, context: Context, subject: Guest) -> Changes:
        """Note it and end the sessions.

        :raise GuestRevoked: somebody did so before.
        """
        _require_standing(subject)
        noted = write(_revoke, expect=1, of_id=subject.id, at=context.now)
        return Changes((noted, write(end_guest_sessions, of_guest=subject.id)), subject=subject.id)


@dataclass(frozen=True, slots=True)
class ExtendGuest:
    """Give an invitation another last day, sooner or later than the one it had."""

    guest_id: int
    valid_until: date
    permission: ClassVar[str] = "guest:change"

    def subject(self, context: Context) -> Guest:
        """Return the guest.

        :raise NotFound: the city has no such guest.
        """
        return find_guest(context.read, context.actor.tenant, self.guest_id)

    def execute(self, context: Context, subject: Guest) -> Changes:
        """Set the day.

        :raise GuestRevoked: the invitation was taken back.
        :raise GuestDayRefused: the day is over, or too far away.
        :raise GuestInvitedAlready: the address belongs to another guest now, who could not sign in any more.
        """
        _require_standing(subject)
        today = local_day(context, subject.tenant)
        require_good_day(self.valid_until, today)
        _require_own_address(context, subject, today)
        return Changes((write(_extend, expect=1, of_id=subject.id, until=self.valid_until),), subject=subject.id)


def _require_standing(subject: Guest) -> None:
    if subject.revoked_at is not None:
        raise GuestRevoked()


def _require_own_address(context: Context, subject: Guest, today: date) -> None:
    if is_email_taken(context.read, subject.tenant, subject.email, today, except_for=subject.id):
        raise GuestInvitedAlready()


def _notice(context: Context, subject: Guest) -> Write:
    return write(
        insert_notice,
        id=context.new_id(),
        person=subject.id,
        code="account.code_issued" if subject.design_id is None else "guest.code_issued",
        params=pack({}),
        case_id=None,
        at=context.now,
        read_at=None,
    )
