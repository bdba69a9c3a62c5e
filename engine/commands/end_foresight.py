"""Keep what a look ahead at a design has found, or why it found nothing."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import AlreadyDone
from engine.foresight.answer import Answer
from engine.foresight.keeping import Foresight, Trouble, find_foresight
from engine.foresight.packing import pack_answer
from engine.records.changes import write
from engine.records.foresight import end_foresight


@dataclass(frozen=True, slots=True)
class EndForesight:
    """Answer what was asked, once.

    :param found: the answer, or why there is none.
    """

    number: int
    found: Answer | Trouble = field(repr=False)
    permission: ClassVar[str] = "mining:fold"

    def subject(self, context: Context) -> Foresight:
        """Return what was asked."""
        return find_foresight(context.read, context.actor.tenant, self.number)

    def execute(self, context: Context, subject: Foresight) -> Changes:
        """Keep it.

        :raise AlreadyDone: it has been answered.
        """
        if subject.ended_at is not None:
            raise AlreadyDone()
        is_answer = isinstance(self.found, Answer)
        change = write(
            end_foresight,
            expect=1,
            of_foresight=subject.id,
            new_ended_at=context.now,
            new_trouble=None if is_answer else self.found,
            new_found=pack_answer(self.found) if isinstance(self.found, Answer) else None,
        )
        return Changes((change,), subject=subject.id)
