"""Invite somebody from outside to a case, with a one-time code for the sign-in."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.errors import Invalid, NotFound
from engine.records.changes import Write, write
from processes.people.days import local_day
from processes.people.guests import LONGEST, WITH_GUESTS, guest
from processes.people.queries.guests import is_email_taken
from webapp.auth.codes import VALID_FOR, hash_code, make_code
from webapp.auth.records import insert_guest_account, issue_guest_code


class GuestInvitedAlready(Invalid):
    """Somebody with this e-mail address is a guest already: one invitation is for one case."""

    code = "guest.invited_already"


class GuestDayRefused(Invalid):
    """An invitation ends on a day that is still to come, and not too far away."""

    code = "guest.day_refused"


class GuestCaseOver(Invalid):
    """The case that the guest is to work in has ended."""

    code = "guest.case_over"


@dataclass(frozen=True, slots=True)
class InviteGuest:
    """Make a guest of a running case, his account and his first code.

    The receipt's subject is the guest, its value the code; it is kept nowhere.

    :param email: as it is kept: in small letters.
    """

    case_id: int
    name: str
    institution: str
    email: str = field(repr=False)
    valid_until: date
    pepper: str = field(repr=False)
    permission: ClassVar[str] = "guest:invite"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case.

        :raise NotFound: the city has no such case, or nobody from outside has a part in one of its kind.
        """
        found = find_case(context.read, context.actor.tenant, self.case_id)
        if found.process not in WITH_GUESTS:
            raise NotFound()
        return found

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Write guest, account and code.

        :raise GuestCaseOver: the case has ended.
        :raise GuestDayRefused: the last day is over, or too far away.
        :raise GuestInvitedAlready: the address belongs to a guest whose invitation holds.
        """
        today = local_day(context, subject.tenant)
        if not subject.status.is_running:
            raise GuestCaseOver()
        require_good_day(self.valid_until, today)
        if is_email_taken(context.read, subject.tenant, self.email, today):
            raise GuestInvitedAlready()
        key, code = context.new_id(), make_code()
        hashed, until = hash_code(code, key, self.pepper), context.now + VALID_FOR
        return Changes(
            (
                self._guest(context, key),
                write(insert_guest_account, guest_id=key, tenant=subject.tenant),
                write(issue_guest_code, expect=1, of_guest=key, new_code_hash=hashed, new_code_until=until),
            ),
            subject=key,
            value=code,
        )

    def _guest(self, context: Context, key: int) -> Write:
        return write(
            guest.insert(),
            id=key,
            tenant=context.actor.tenant,
            name=self.name,
            institution=self.institution,
            email=self.email,
            case_id=self.case_id,
            valid_until=self.valid_until,
            invited_by=context.actor.person,
            invited_at=context.now,
        )


def require_good_day(day: date, today: date) -> None:
    """Do nothing if an invitation may end on that day.

    :raise GuestDayRefused: it is over, or too far away.
    """
    if not today <= day <= today + LONGEST:
        raise GuestDayRefused(longest=LONGEST.days)
