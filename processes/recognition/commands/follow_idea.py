"""Follow an idea up: its owner notes what happened, the head of the unit takes it to the next stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Final

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import Write, write
from processes.recognition.queries.ideas import Idea, find_idea
from processes.recognition.records import Stage, innovation, innovation_step

LONGEST_NOTE: Final = 2000
#: Which stages may follow: an idea is tried before it is adopted.
NEXT: Final[Mapping[Stage, tuple[Stage, ...]]] = MappingProxyType(
    {Stage.IDEA: (Stage.TRIAL, Stage.STOPPED), Stage.TRIAL: (Stage.ADOPTED, Stage.STOPPED)}
)
# Only from the stage that was read: of two who decide at once, one does.
_move = (
    innovation.update()
    .where(
        innovation.c.id == bindparam("of_id"),
        innovation.c.tenant == bindparam("of_tenant"),
        innovation.c.stage == bindparam("was_stage"),
    )
    .values(stage=bindparam("new_stage"))
)


class WrongStage(Conflict):
    """The idea does not go from where it stands to that stage."""

    code = "innovation.stage"


@dataclass(frozen=True, slots=True)
class NoteFollowUp:
    """Note what was done about one's own idea; its stage stays."""

    innovation_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "innovation:follow"

    def subject(self, context: Context) -> Idea:
        """Return the idea.

        :raise NotFound: there is none of that id in the city.
        """
        return find_idea(context.read, context.actor.tenant, self.innovation_id)

    def execute(self, context: Context, subject: Idea) -> Changes:
        """Add the note.

        :raise Invalid: it is empty or too long.
        """
        return Changes((_step(context, subject, subject.stage, self.note),), subject=subject.owner)


@dataclass(frozen=True, slots=True)
class MoveIdea:
    """Take an idea to its next stage, with the reason."""

    innovation_id: int
    stage: Stage
    note: str = field(repr=False)
    permission: ClassVar[str] = "innovation:decide"

    def subject(self, context: Context) -> Idea:
        """Return the idea.

        :raise NotFound: there is none of that id in the city.
        """
        return find_idea(context.read, context.actor.tenant, self.innovation_id)

    def execute(self, context: Context, subject: Idea) -> Changes:
        """Change the stage and note why.

        :raise Invalid: the note is empty or too long.
        :raise WrongStage: that stage does not follow.
        """
        if self.stage not in NEXT.get(subject.stage, ()):
            raise WrongStage()
        key = {"of_id": subject.id, "of_tenant": subject.tenant, "was_stage": str(subject.stage)}
        moved = write(_move, expect=1, **key, new_stage=str(self.stage))
        return Changes((moved, _step(context, subject, self.stage, self.note)), subject=subject.owner)


def _step(context: Context, idea: Idea, stage: Stage, note: str) -> Write:
    words = note.strip()
    if not words or len(words) > LONGEST_NOTE:
        raise Invalid(f"A note needs 1 to {LONGEST_NOTE} characters.")
    return write(
        innovation_step.insert(),
        id=context.new_id(),
        tenant=idea.tenant,
        innovation_id=idea.id,
        stage=str(stage),
        note=words,
        noted_at=context.now,
        noted_by=context.actor.person,
    )
