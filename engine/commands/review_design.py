"""Approve a design, or give it back."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam

from engine.bpmn.release import digest_of
from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import ReviewNeeded, given_reason, name_of, newest_review
from engine.notifying import notices
from engine.records.changes import write
from engine.records.design import DesignStatus, Verdict, design_review, set_design_status

_decide = (
    design_review.update()
    .where(design_review.c.id == bindparam("of_review"), design_review.c.verdict.is_(None))
    .values(
        verdict=bindparam("new_verdict"),
        reason=bindparam("new_reason"),
        decided_at=bindparam("new_decided_at"),
        decided_by=bindparam("new_decided_by"),
    )
)


@dataclass(frozen=True, slots=True)
class ReviewDesign:
    """Decide about a design as a second person: whoever has worked on it, or asks, does not.

    :param digest: of the content that was looked at.
    :param reason: needed to give it back; welcome otherwise.
    """

    design_id: int
    verdict: Verdict
    digest: str
    reason: str = field(default="", repr=False)
    permission: ClassVar[str] = "design:review"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep the decision, and tell who has asked.

        :raise DesignClosed: it is a release now, or was discarded.
        :raise ReviewNeeded: nobody asks for a review of the content that was looked at, or it was decided meanwhile.
        :raise ReasonNeeded: it is given back without a reason.
        """
        subject.require_open()
        review = newest_review(context.read, subject.id)
        is_asked = subject.status is DesignStatus.ASKED and review is not None and review.verdict is None
        if not is_asked or review is None or digest_of(subject.files) != self.digest:
            raise ReviewNeeded()
        is_approved = self.verdict is Verdict.APPROVED
        reason = self.reason.strip() and given_reason(self.reason) if is_approved else given_reason(self.reason)
        decision = write(
            _decide,
            expect=1,
            of_review=review.id,
            new_verdict=self.verdict,
            new_reason=reason or None,
            new_decided_at=context.now,
            new_decided_by=context.actor.person,
        )
        status = write(
            set_design_status,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_status=DesignStatus.APPROVED if is_approved else DesignStatus.OPEN,
        )
        code = "design.approved" if is_approved else "design.returned"
        told = notices(context, (review.asked_by, subject.begun_by), code, process=name_of(subject))
        return Changes((decision, status, *told), subject=subject.id)
