"""Forget the figures of a city's processes, so that they are counted again from the first step."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import write
from engine.records.mining import forget_all


@dataclass(frozen=True, slots=True)
class ForgetFigures:
    """Drop everything that was counted; what cannot be counted again from journals alone is lost with it.

    That is which tasks were on time.
    """

    permission: ClassVar[str] = "mining:fold"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Drop it."""
        return Changes(tuple(write(statement, of_tenant=subject.tenant) for statement in forget_all))
