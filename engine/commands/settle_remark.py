"""Settle a remark on a design, or open it again."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import find_remark
from engine.records.changes import write
from engine.records.design import design_remark

_settle = (
    design_remark.update()
    .where(design_remark.c.id == bindparam("of_remark"))
    .values(settled_at=bindparam("new_settled_at"), settled_by=bindparam("new_settled_by"))
)


@dataclass(frozen=True, slots=True)
class SettleRemark:
    """Mark a remark as dealt with; what it says stays readable.

    :param is_settled: False opens it again.
    """

    remark_id: int
    is_settled: bool = True
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        remark = find_remark(context.read, context.actor.tenant, self.remark_id)
        return find_design(context.read, context.actor.tenant, remark.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Mark it.

        :raise DesignClosed: the design is a release now, or was discarded.
        """
        subject.require_open()
        at, by = (context.now, context.actor.person) if self.is_settled else (None, None)
        row = write(_settle, expect=1, of_remark=self.remark_id, new_settled_at=at, new_settled_by=by)
        return Changes((row,), subject=subject.id)
