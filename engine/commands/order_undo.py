"""Have the cases of a run taken back in the background."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.commands.undo_migration import check_undo_window
from engine.errors import Conflict
from engine.moving.orders import take_back_job
from engine.moving.runs import MigrationRun, find_run


@dataclass(frozen=True, slots=True)
class OrderUndo:
    """Have every case of a run that nobody moved since taken back, a batch at a time.

    Asking again while it waits to begin makes nothing twice.
    """

    migration: int
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> MigrationRun:
        """Return the run."""
        return find_run(context.read, context.actor.tenant, self.migration)

    def execute(self, context: Context, subject: MigrationRun) -> Changes:
        """Ask for the first batch.

        :raise UndoClosed: what the cases were before is no longer kept.
        :raise Conflict: the run has not ended.
        """
        check_undo_window(context, subject)
        if subject.ended_at is None:
            raise Conflict()
        return Changes((), (take_back_job(subject.tenant, subject.id),), subject=subject.id)
