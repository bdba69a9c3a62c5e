"""Say something of a design."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import LONGEST_REMARK, ReasonNeeded, RemarkKind, name_of, require_room
from engine.notifying import news
from engine.records.changes import write
from engine.records.design import design_remark

_insert = design_remark.insert()


@dataclass(frozen=True, slots=True)
class RemarkOnDesign:
    """Leave a remark or a suggestion at an element, at a file or at the whole; it changes nothing in the design.

    The receipt's value is the number of the remark.

    :param file: at which it stands; None for the whole.
    :param element: in that file.
    """

    design_id: int
    kind: RemarkKind
    text: str = field(repr=False)
    file: str | None = None
    element: str | None = None
    permission: ClassVar[str] = "design:remark"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep it, and tell who has begun the design, if he is not to read of an earlier remark on it still.

        :raise DesignClosed: it is a release now, or was discarded.
        :raise ReasonNeeded: nothing is said, or more than there is room for.
        :raise TooManyRemarks: the actor has said `MOST_REMARKS` things of this design.
        """
        subject.require_open()
        require_room(context.read, subject.id, context.actor.person)
        identifier = context.new_id()
        row = write(
            _insert,
            id=identifier,
            tenant=subject.tenant,
            design_id=subject.id,
            answers=None,
            kind=self.kind,
            file=self.file if self.file in subject.files else None,
            element=self.element[:121] if self.element and self.file in subject.files else None,
            text=said(self.text),
            said_at=context.now,
            said_by=context.actor.person,
            settled_at=None,
            settled_by=None,
        )
        told = news(context, subject.begun_by, "design.remarked", process=name_of(subject), design=subject.id)
        return Changes((row, *told), subject=subject.id, value=identifier)


def said(text: str) -> str:
    """Return what is said without the room around it.

    :raise ReasonNeeded: nothing is, or more than there is room for.
    """
    found = text.strip()
    if not found or len(found) > LONGEST_REMARK:
        raise ReasonNeeded(longest=LONGEST_REMARK)
    return found
