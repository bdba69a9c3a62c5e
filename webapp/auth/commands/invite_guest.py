"""Invite somebody from outside to a case or to a design, with a one-time code for the sign-in."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.errors import Invalid, NotFound
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.guests import LONGEST, WITH_GUESTS, guest
from processes.people.queries.guests import is_email_taken
from webapp.auth.codes import VALID_FOR, hash_code, make_code
from webapp.auth.records import insert_guest_account, issue_guest_code


class GuestInvitedAlready(Invalid):
    """Somebody with this e-mail address is a guest already: one invitation is for one part."""

    code = "guest.invited_already"


class GuestDayRefused(Invalid):
    """An invitation ends on a day that is still to come, and not too far away."""

    code = "guest.day_refused"


class GuestCaseOver(Invalid):
    """The case that the guest is to work in has ended."""

    code = "guest.case_over"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Make a guest, his account and his first code, for a part in something.

    The receipt's subject is the guest, its value the code; it is kept nowhere.

    :param about: the case, or the design.
    :param email: as it is kept: in small letters.
    """

    about: int
    name: str
    institution: str
    email: str = field(repr=False)
    valid_until: date
    pepper: str = field(repr=False)

    def entered(self, context: Context, **part: int) -> Changes:
        """Write guest, account and code.

        :param part: the column of the guest that says what he has a part in.
        :raise GuestDayRefused: the last day is over, or too far away.
        :raise GuestInvitedAlready: the address belongs to a guest whose invitation holds.
        """
        tenant, today = context.actor.tenant, local_day(context, context.actor.tenant)
        require_good_day(self.valid_until, today)
        if is_email_taken(context.read, tenant, self.email, today):
            raise GuestInvitedAlready()
        key, code = context.new_id(), make_code()
        hashed, until = hash_code(code, key, self.pepper), context.now + VALID_FOR
        row = write(
            guest.insert(),
            id=key,
            tenant=tenant,
            name=self.name,
            institution=self.institution,
            email=self.email,
            valid_until=self.valid_until,
            invited_by=context.actor.person,
            invited_at=context.now,
            **part,
        )
        account = write(insert_guest_account, guest_id=key, tenant=tenant)
        issued = write(issue_guest_code, expect=1, of_guest=key, new_code_hash=hashed, new_code_until=until)
        return Changes((row, account, issued), subject=key, value=code)


@dataclass(frozen=True, slots=True)
class InviteGuest(Invitation):
    """Make a guest of a running case."""

    permission: ClassVar[str] = "guest:invite"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case.

        :raise NotFound: the city has no such case, or nobody from outside has a part in one of its kind.
        """
        found = find_case(context.read, context.actor.tenant, self.about)
        if found.process not in WITH_GUESTS:
            raise NotFound()
        return found

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Write guest, account and code.

        :raise GuestCaseOver: the case has ended.
        """
        if not subject.status.is_running:
            raise GuestCaseOver()
        return self.entered(context, case_id=subject.id)


@dataclass(frozen=True, slots=True)
class InviteGuestToDesign(Invitation):
    """Make a guest of a design that is worked on."""

    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design.

        :raise NotFound: the city has no such design.
        """
        return find_design(context.read, context.actor.tenant, self.about)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Write guest, account and code.

        :raise DesignClosed: the design is a release now, or was discarded.
        """
        subject.require_open()
        return self.entered(context, design_id=subject.id)


def require_good_day(day: date, today: date) -> None:
    """Do nothing if an invitation may end on that day.

    :raise GuestDayRefused: it is over, or too far away.
    """
    if not today <= day <= today + LONGEST:
        raise GuestDayRefused(longest=LONGEST.days)
