"""Put a design away."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.records.changes import write
from engine.records.design import DesignStatus, set_design_status
from engine.records.foresight import delete_foresights_of


@dataclass(frozen=True, slots=True)
class DiscardDesign:
    """Put a design away; it stays readable, and nothing in it changes any more. Looks ahead at it are forgotten."""

    design_id: int
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Close it.

        :raise DesignClosed: it is closed already.
        """
        subject.require_open()
        change = write(
            set_design_status,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_status=DesignStatus.DISCARDED,
        )
        return Changes((change, write(delete_foresights_of, of_design=subject.id)), subject=subject.id)
