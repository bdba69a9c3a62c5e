"""Keep what a person has typed so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.casework import TaskSubject, find_task
from engine.command import Changes, Context
from engine.records.case import delete_draft, insert_draft
from engine.records.changes import write
from engine.records.packing import pack


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep the raw texts of a half-filled form with its task; the last save wins.

    :param content: bounded texts per declared field, as the form layer gives them.
    """

    case_id: int
    token: int
    content: Mapping[str, Any] = field(repr=False)
    permission: ClassVar[str] = "task:complete"
    is_brief: ClassVar[bool] = True

    def subject(self, context: Context) -> TaskSubject:
        """Return the task."""
        return find_task(context.read, context.actor, self.case_id, self.token)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Replace the draft."""
        return Changes(
            (
                write(delete_draft, of_case=self.case_id, of=self.token),
                write(
                    insert_draft,
                    case_id=self.case_id,
                    token=self.token,
                    person=context.actor.person,
                    content=pack(dict(self.content)),
                    saved_at=context.now,
                ),
            ),
            subject=self.case_id,
            value=context.now,
        )
