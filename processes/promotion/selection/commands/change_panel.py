"""Name who sits on the panel of a selection, and take somebody off before names are known."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid, NotFound
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.queries import find_employee
from processes.people.queries.guests import find_guest
from processes.promotion.selection.queries.selections import Selection, find_selection
from processes.promotion.selection.records import Step, selection_member

SHORTEST_REASON = 10
LONGEST_REASON = 500
_remove = selection_member.delete().where(
    *(selection_member.c[name] == bindparam(f"of_{name}") for name in ("tenant", "case_id", "person"))
)


class NotForPanel(Conflict):
    """This person is a candidate, sits on the panel already, or was not invited for this selection."""

    code = "selection.not_for_panel"


class ReasonNeeded(Invalid):
    """Names are known: whoever joins the panel now does so for a reason."""

    code = "selection.reason_needed"


class NamesKnown(Conflict):
    """Applications are over: nobody is taken off the panel any more."""

    code = "selection.names_known"


@dataclass(frozen=True, slots=True)
class AddPanelMember:
    """Name somebody for the panel: an employee, or a guest who was invited for this selection.

    :param reason: why; needed after applications are over.
    """

    case_id: int
    person: int
    reason: str = field(default="", repr=False)
    permission: ClassVar[str] = "selection:panel"

    def subject(self, context: Context) -> Selection:
        """Return the selection.

        :raise NotFound: there is none with that number in the city.
        """
        return find_selection(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: Selection) -> Changes:
        """Add the row.

        :raise NotForPanel: this person cannot be a member.
        :raise ReasonNeeded: names are known and no reason is given.
        :raise NotFound: there is nobody with that number in the city.
        """
        is_internal = self._is_internal(context, subject)
        if self.person in subject.members | subject.applicants or subject.is_over:
            raise NotForPanel()
        if subject.stage is not Step.RECEIVING and len(self.reason.strip()) < SHORTEST_REASON:
            raise ReasonNeeded()
        row = write(
            selection_member.insert(),
            tenant=subject.tenant,
            case_id=subject.case_id,
            person=self.person,
            is_internal=is_internal,
            reason=self.reason.strip()[:LONGEST_REASON] or None,
            added_at=context.now,
            added_by=context.actor.person,
        )
        return Changes((row,), subject=self.person)

    def _is_internal(self, context: Context, subject: Selection) -> bool:
        try:
            find_employee(context.read, subject.tenant, self.person)
        except NotFound:
            guest = find_guest(context.read, subject.tenant, self.person)
        else:
            return True
        day = local_day(context, subject.tenant)
        if guest.case_id != subject.case_id or not guest.is_valid_on(day):
            raise NotForPanel()
        return False


@dataclass(frozen=True, slots=True)
class RemovePanelMember:
    """Take somebody off the panel while nobody can know who applies."""

    case_id: int
    person: int
    permission: ClassVar[str] = "selection:panel"

    def subject(self, context: Context) -> Selection:
        """Return the selection.

        :raise NotFound: there is none with that number in the city.
        """
        return find_selection(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: Selection) -> Changes:
        """Delete the row; that somebody else has done so already is fine.

        :raise NamesKnown: applications are over.
        """
        if subject.stage is not Step.RECEIVING:
            raise NamesKnown()
        if self.person not in subject.members:
            return Changes(subject=self.person)
        row = write(
            _remove,
            expect=1,
            of_tenant=subject.tenant,
            of_case_id=subject.case_id,
            of_person=self.person,
        )
        return Changes((row,), subject=self.person)
