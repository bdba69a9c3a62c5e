"""Forget what cases were before they were moved, once that can no longer be undone."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, exists, select

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import Write
from engine.records.migration import forget_content, migrated_case, migration

_closed = select(migration.c.id).where(
    migration.c.tenant == bindparam("tenant"),
    migration.c.kept_until < bindparam("now"),
    exists().where(migrated_case.c.migration_id == migration.c.id, migrated_case.c.content.is_not(None)),
)


@dataclass(frozen=True, slots=True)
class ForgetMigrations:
    """Drop the states of before of every run whose time is over; what became of each case stays known."""

    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Look for runs whose time is over."""
        closed = context.read.execute(_closed, {"tenant": subject.tenant, "now": context.now}).scalars().all()
        return Changes((Write(forget_content, [{"of_migration": run} for run in closed]),), value=list(closed))
