"""Ask a second person to review a design."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.bpmn.check import Catalogue
from engine.bpmn.release import digest_of
from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import ReviewOpen, deployable, name_of
from engine.notifying import notices
from engine.records.changes import write
from engine.records.design import DesignStatus, design_review, set_design_status

_insert = design_review.insert()


@dataclass(frozen=True, slots=True)
class AskForReview:
    """Ask for the review of a design as it is now; any later change takes the question back.

    :param tell: who is told that it waits.
    """

    design_id: int
    catalogue: Catalogue = field(repr=False)
    tell: frozenset[int] = field(default_factory=frozenset, repr=False)
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep which content is to be reviewed.

        :raise DesignClosed: it is a release now, or was discarded.
        :raise ReviewOpen: it waits for its review already, or was approved.
        :raise DiagramRefused: it could not be deployed as it is.
        """
        subject.require_open()
        if subject.status is not DesignStatus.OPEN:
            raise ReviewOpen()
        deployable(subject.files, self.catalogue)
        row = write(
            _insert,
            id=context.new_id(),
            tenant=subject.tenant,
            design_id=subject.id,
            digest=digest_of(subject.files),
            asked_at=context.now,
            asked_by=context.actor.person,
            verdict=None,
            reason=None,
            decided_at=None,
            decided_by=None,
        )
        status = write(
            set_design_status,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_status=DesignStatus.ASKED,
        )
        told = notices(context, self.tell, "design.review_asked", process=name_of(subject))
        return Changes((row, status, *told), subject=subject.id)
