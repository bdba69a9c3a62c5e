"""Answer a remark on a design."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.commands.remark_on_design import said
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import RemarkKind, find_remark, name_of, require_room
from engine.notifying import notices
from engine.records.changes import write
from engine.records.design import design_remark

_insert = design_remark.insert()


@dataclass(frozen=True, slots=True)
class AnswerRemark:
    """Say something to a remark; an answer to an answer stands with the remark that both are about."""

    remark_id: int
    text: str = field(repr=False)
    permission: ClassVar[str] = "design:remark"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        remark = find_remark(context.read, context.actor.tenant, self.remark_id)
        return find_design(context.read, context.actor.tenant, remark.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep it, and tell who has made the remark.

        :raise DesignClosed: the design is a release now, or was discarded.
        :raise ReasonNeeded: nothing is said, or more than there is room for.
        :raise TooManyRemarks: the actor has said `MOST_REMARKS` things of this design.
        """
        subject.require_open()
        require_room(context.read, subject.id, context.actor.person)
        remark = find_remark(context.read, context.actor.tenant, self.remark_id)
        identifier = context.new_id()
        row = write(
            _insert,
            id=identifier,
            tenant=subject.tenant,
            design_id=subject.id,
            answers=remark.answers or remark.id,
            kind=RemarkKind.REMARK,
            file=remark.file,
            element=remark.element,
            text=said(self.text),
            said_at=context.now,
            said_by=context.actor.person,
            settled_at=None,
            settled_by=None,
        )
        told = notices(context, (remark.said_by,), "design.answered", process=name_of(subject))
        return Changes((row, *told), subject=subject.id, value=identifier)
