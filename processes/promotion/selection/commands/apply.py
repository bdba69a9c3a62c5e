"""Apply for an announced post, and withdraw again: the candidate's own doing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import Write, write
from engine.records.files import StoredFile
from processes.people.days import local_day
from processes.promotion.selection.queries.selections import Selection, find_selection
from processes.promotion.selection.records import FileKind, Step, selection_candidate, selection_file

SHORTEST_REASON = 5
LONGEST_REASON = 500
_withdraw = (
    selection_candidate.update()
    .where(
        *(selection_candidate.c[name] == bindparam(f"of_{name}") for name in ("tenant", "case_id", "employee_id")),
        selection_candidate.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("new_withdrawn_at"), withdrawn_reason=bindparam("new_withdrawn_reason"))
)


class NotReceiving(Conflict):
    """One cannot apply now, or sits on the panel, or has applied already."""

    code = "selection.not_receiving"


class CannotWithdraw(Conflict):
    """The candidate has withdrawn before, or the choice has been made."""

    code = "selection.cannot_withdraw"


@dataclass(frozen=True, slots=True)
class ApplyForPost:
    """Apply with one's own files; the number under which the paper is read is the next one.

    Whether the requirements are met is asked after the last day, of all who applied alike.
    """

    case_id: int
    files: Mapping[FileKind, StoredFile] = field(repr=False)
    permission: ClassVar[str] = "selection:apply"

    def subject(self, context: Context) -> Selection:
        """Return the selection.

        :raise NotFound: there is none with that number in the city.
        """
        return find_selection(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: Selection) -> Changes:
        """Keep the application with its files.

        :raise NotReceiving: the actor cannot apply now.
        :raise Invalid: a file is missing.
        """
        person = context.actor.person
        assert person is not None, "a person applies"
        is_known = person in subject.applicants | subject.members
        if is_known or not subject.is_receiving(local_day(context, subject.tenant)):
            raise NotReceiving()
        if set(self.files) != set(FileKind):
            raise Invalid("An application needs all of its files.")
        # Two who apply at the same moment would take the same number: the later one is refused by the records.
        number = 1 + max((item.number for item in subject.people), default=0)
        of: dict[str, Any] = {"tenant": subject.tenant, "case_id": subject.case_id, "employee_id": person}
        row = write(
            selection_candidate.insert(),
            **of,
            number=number,
            applied_at=context.now,
            withdrawn_at=None,
            withdrawn_reason=None,
        )
        return Changes((row, *(_file(of, kind, file) for kind, file in self.files.items())), subject=person)


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """Withdraw one's own application, with the reason; what was scored stays, the ranking leaves the person out."""

    case_id: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "selection:withdraw"

    def subject(self, context: Context) -> Selection:
        """Return the selection.

        :raise NotFound: there is none with that number in the city.
        """
        return find_selection(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: Selection) -> Changes:
        """Mark the application; after the choice nobody withdraws here, for the inauguration can be cancelled.

        :raise CannotWithdraw: it is too late, or was done before.
        :raise Invalid: the reason is missing or too long.
        """
        own = subject.applicant(context.actor.person)
        if own is None or own.is_withdrawn or subject.is_over or subject.stage is Step.APPOINTING:
            raise CannotWithdraw()
        if not SHORTEST_REASON <= len(self.reason.strip()) <= LONGEST_REASON:
            raise Invalid(f"A withdrawal needs a reason of {SHORTEST_REASON} to {LONGEST_REASON} characters.")
        row = write(
            _withdraw,
            expect=1,
            of_tenant=subject.tenant,
            of_case_id=subject.case_id,
            of_employee_id=own.employee,
            new_withdrawn_at=context.now,
            new_withdrawn_reason=self.reason.strip(),
        )
        return Changes((row,), subject=own.employee)


def _file(of: Mapping[str, Any], kind: FileKind, file: StoredFile) -> Write:
    return write(
        selection_file.insert(),
        **of,
        kind=str(kind),
        sha256=file.sha256,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
    )
