"""Forget looks ahead whose time is over."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.foresight.keeping import KEPT
from engine.records.changes import write
from engine.records.foresight import delete_old_foresights


@dataclass(frozen=True, slots=True)
class ForgetForesights:
    """Drop what was asked too long ago, with what was found."""

    permission: ClassVar[str] = "mining:fold"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Drop it."""
        return Changes((write(delete_old_foresights, of_tenant=subject.tenant, before=context.now - KEPT),))
