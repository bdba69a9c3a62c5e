"""What becomes of thanks: the receiver shows or keeps them, the giver takes them back, a reader reports them."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import write
from processes.recognition.queries.thanks import Thanks, find_thanks
from processes.recognition.records import Shown, kudos

LONGEST_REPORT: Final = 600
_KEY = ("id", "tenant")
_found = tuple(kudos.c[name] == bindparam(f"of_{name}") for name in _KEY)
_delete = kudos.delete().where(*_found)


def _update(*names: str) -> Any:
    return kudos.update().where(*_found).values({name: bindparam(f"new_{name}") for name in names})


_show = _update("shown")
_report = _update("reported_by", "report")
_review = _update("is_fitting", "reviewed_by")


class AlreadyReported(Conflict):
    """Somebody has reported these thanks before; the personnel agency looks at them."""

    code = "kudos.reported"


@dataclass(frozen=True, slots=True)
class AnswerThanks:
    """Let one's unit read thanks that are for oneself, or keep them."""

    kudos_id: int
    shown: Shown
    permission: ClassVar[str] = "kudos:answer"

    def subject(self, context: Context) -> Thanks:
        """Return the thanks.

        :raise NotFound: there are none of that id in the city.
        """
        return find_thanks(context.read, context.actor.tenant, self.kudos_id)

    def execute(self, context: Context, subject: Thanks) -> Changes:
        """Change the row."""
        return Changes((write(_show, expect=1, **_of(subject), new_shown=str(self.shown)),), subject=subject.receiver)


@dataclass(frozen=True, slots=True)
class WithdrawThanks:
    """Take one's own thanks back: the words are gone, the audit trail keeps that there were some."""

    kudos_id: int
    permission: ClassVar[str] = "kudos:withdraw"

    def subject(self, context: Context) -> Thanks:
        """Return the thanks.

        :raise NotFound: there are none of that id in the city.
        """
        return find_thanks(context.read, context.actor.tenant, self.kudos_id)

    def execute(self, context: Context, subject: Thanks) -> Changes:
        """Delete the row."""
        return Changes((write(_delete, expect=1, **_of(subject)),), subject=subject.receiver)


@dataclass(frozen=True, slots=True)
class ReportThanks:
    """Say why thanks do not fit; they leave the wall until the personnel agency has looked at them."""

    kudos_id: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "kudos:report"

    def subject(self, context: Context) -> Thanks:
        """Return the thanks.

        :raise NotFound: there are none of that id in the city.
        """
        return find_thanks(context.read, context.actor.tenant, self.kudos_id)

    def execute(self, context: Context, subject: Thanks) -> Changes:
        """Change the row.

        :raise Invalid: there is no reason, or it is too long.
        :raise AlreadyReported: somebody was faster.
        """
        reason = self.reason.strip()
        if not reason or len(reason) > LONGEST_REPORT:
            raise Invalid(f"A report needs a reason of at most {LONGEST_REPORT} characters.")
        if subject.is_reported:
            raise AlreadyReported()
        row = write(_report, expect=1, **_of(subject), new_reported_by=context.actor.person, new_report=reason)
        return Changes((row,), subject=subject.receiver)


@dataclass(frozen=True, slots=True)
class ReviewThanks:
    """Say whether reported thanks fit: then they may stand on the wall again, else nobody but the giver reads them."""

    kudos_id: int
    is_fitting: bool
    permission: ClassVar[str] = "kudos:review"

    def subject(self, context: Context) -> Thanks:
        """Return the thanks.

        :raise NotFound: there are none of that id in the city.
        """
        return find_thanks(context.read, context.actor.tenant, self.kudos_id)

    def execute(self, context: Context, subject: Thanks) -> Changes:
        """Change the row.

        :raise Invalid: nobody has reported them.
        """
        if not subject.is_reported:
            raise Invalid("Only what was reported is reviewed.")
        news = {"new_is_fitting": self.is_fitting, "new_reviewed_by": context.actor.person}
        return Changes((write(_review, expect=1, **_of(subject), **news),), subject=subject.receiver)


def _of(subject: Thanks) -> dict[str, Any]:
    return {"of_id": subject.id, "of_tenant": subject.tenant}
