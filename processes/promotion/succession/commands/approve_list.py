"""Approve the newest version of a succession list."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import write
from processes.people.days import local_day
from processes.promotion.succession.lists import SuccessionList, find_list, versions_of
from processes.promotion.succession.records import succession_list

# Only what nobody has approved yet: of two who approve at once, one does.
_approve = (
    succession_list.update()
    .where(
        succession_list.c.id == bindparam("of_id"),
        succession_list.c.tenant == bindparam("of_tenant"),
        succession_list.c.approved_on.is_(None),
    )
    .values(
        decree=bindparam("new_decree"),
        approved_on=bindparam("new_day"),
        approved_by=bindparam("new_by"),
        approved_at=bindparam("new_at"),
    )
)
LONGEST_DECREE = 120


class NotNewest(Conflict):
    """A later version of the list was drawn meanwhile, or this one was approved."""

    code = "succession.not_newest"


@dataclass(frozen=True, slots=True)
class ApproveList:
    """Put a version of a list in force, with the number of the decision."""

    list_id: int
    decree: str
    permission: ClassVar[str] = "succession:approve"

    def subject(self, context: Context) -> SuccessionList:
        """Return the list.

        :raise NotFound: there is none with that id in the city.
        """
        return find_list(context.read, context.actor.tenant, self.list_id)

    def execute(self, context: Context, subject: SuccessionList) -> Changes:
        """Plan the change.

        :raise Invalid: the decision has no number.
        :raise NotNewest: there is a later version, or this one is in force already.
        """
        decree = self.decree.strip()
        if not decree or len(decree) > LONGEST_DECREE:
            raise Invalid("A list is approved by a decision with a number.")
        if subject.is_approved or versions_of(context.read, subject.tenant, subject.post_id)[0].id != subject.id:
            raise NotNewest()
        change = write(
            _approve,
            expect=1,
            of_id=subject.id,
            of_tenant=subject.tenant,
            new_decree=decree,
            new_day=local_day(context, subject.tenant),
            new_by=context.actor.person,
            new_at=context.now,
        )
        return Changes((change,), subject=subject.post_id)
