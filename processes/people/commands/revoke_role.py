"""Take a role back."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.queries.roles import RoleGrant, find_grant
from processes.people.records import role_grant

_end = role_grant.update().where(role_grant.c.id == bindparam("of_id")).values(valid_to=bindparam("new_valid_to"))


@dataclass(frozen=True, slots=True)
class RevokeRole:
    """End a grant: its last day is the given one, at the earliest yesterday, so that it holds no more today."""

    grant_id: int
    last_day: date
    permission: ClassVar[str] = "role:revoke"

    def subject(self, context: Context) -> RoleGrant:
        """Return the grant."""
        return find_grant(context.read, context.actor.tenant, self.grant_id)

    def execute(self, context: Context, subject: RoleGrant) -> Changes:
        """Set the last day; what was done under the role stays as it was done.

        :raise Invalid: the day is in the past, or the grant ends earlier already.
        """
        today = local_day(context, subject.tenant)
        if (today - self.last_day).days > 1:
            raise Invalid(f"A role cannot end on {self.last_day}, in the past; it can end yesterday at the earliest.")
        if subject.valid_to is not None and subject.valid_to <= self.last_day:
            raise Invalid(f"The role ends on {subject.valid_to} already.")
        row = write(_end, expect=1, of_id=self.grant_id, new_valid_to=self.last_day)
        return Changes((row,), subject=subject.person)
