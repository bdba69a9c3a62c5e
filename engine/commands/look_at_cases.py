"""Look at the next running cases of a move that is considered."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.moving.judging import judge_cases
from engine.moving.looks import Look, find_look
from engine.moving.runs import find_route
from engine.records.changes import write
from engine.records.migration import set_look

BATCH = 200


@dataclass(frozen=True, slots=True)
class LookAtCases:
    """Look at up to `most` cases behind the last one; the receipt's value is how many there were.

    None means that the look has ended. Nothing of any case is changed.

    :param after: where the look is, as its caller knows it; each batch is counted once.
    """

    look: int
    after: int
    most: int = BATCH
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> Look:
        """Return the look."""
        return find_look(context.read, context.actor.tenant, self.look)

    def execute(self, context: Context, subject: Look) -> Changes:
        """Look at the cases and return the figures with them."""
        route = find_route(context.read, subject.old, subject.new, subject.pairs, subject.values)
        judged = judge_cases(context, route, self.after, self.most)
        progress = write(
            set_look,
            expect=1,
            of_look=subject.id,
            old_reached=self.after,
            new_reached=judged[-1].case_id if judged else self.after,
            new_ended_at=None if judged else context.now,
            new_found=subject.findings.with_more(judged).packed(),
        )
        return Changes((progress,), subject=subject.id, value=len(judged))
