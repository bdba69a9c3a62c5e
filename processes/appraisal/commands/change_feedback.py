"""Correct or take back one's own feedback, as long as no ratings have been recommended with it."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, NotFound
from engine.records.changes import write
from processes.appraisal.colleagues import is_counted
from processes.appraisal.commands.give_feedback import checked_text
from processes.appraisal.queries.feedback import GivenFeedback, find_given
from processes.appraisal.records import feedback

# Asked again while writing: the ratings may have been recommended since the page was read.
_is_changeable = (feedback.c.id == bindparam("of_id"), feedback.c.tenant == bindparam("of_tenant"), ~is_counted)
_correct = (
    feedback.update()
    .where(*_is_changeable)
    .values(is_positive=bindparam("new_is_positive"), text=bindparam("new_text"))
)
_withdraw = feedback.delete().where(*_is_changeable)


class FeedbackCounted(Conflict):
    """Ratings have been recommended with this feedback: it stays as it is."""

    code = "feedback.counted"


@dataclass(frozen=True, slots=True)
class CorrectFeedback:
    """Put other words in the place of one's own feedback; the audit trail keeps who did it and when."""

    feedback_id: int
    is_positive: bool = field(repr=False)
    text: str = field(repr=False)
    permission: ClassVar[str] = "feedback:change"

    def subject(self, context: Context) -> GivenFeedback:
        """Return the feedback.

        :raise NotFound: there is none of that id in the city.
        """
        return _find(context, self.feedback_id)

    def execute(self, context: Context, subject: GivenFeedback) -> Changes:
        """Change the row.

        :raise Invalid: the text is empty or too long.
        :raise FeedbackCounted: ratings have been recommended with it.
        """
        _require_changeable(subject)
        words = {"new_is_positive": self.is_positive, "new_text": checked_text(self.text)}
        row = write(_correct, expect=1, of_id=subject.id, of_tenant=subject.tenant, **words)
        return Changes((row,), subject=subject.person)


@dataclass(frozen=True, slots=True)
class WithdrawFeedback:
    """Take one's own feedback back: the words are gone, the audit trail keeps that there were some."""

    feedback_id: int
    permission: ClassVar[str] = "feedback:change"

    def subject(self, context: Context) -> GivenFeedback:
        """Return the feedback.

        :raise NotFound: there is none of that id in the city.
        """
        return _find(context, self.feedback_id)

    def execute(self, context: Context, subject: GivenFeedback) -> Changes:
        """Delete the row.

        :raise FeedbackCounted: ratings have been recommended with it.
        """
        _require_changeable(subject)
        row = write(_withdraw, expect=1, of_id=subject.id, of_tenant=subject.tenant)
        return Changes((row,), subject=subject.person)


def _find(context: Context, feedback_id: int) -> GivenFeedback:
    found = find_given(context.read, context.actor.tenant, feedback_id)
    if found is None:
        raise NotFound()
    return found


def _require_changeable(subject: GivenFeedback) -> None:
    if not subject.is_changeable:
        raise FeedbackCounted()
