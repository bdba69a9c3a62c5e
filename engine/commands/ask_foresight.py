"""Ask what a design would do with the cases of the last months."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from typing import Any, ClassVar, Final

from engine.bpmn.days import local_day
from engine.command import Changes, Context
from engine.designs.finding import Design, content_mark, find_design
from engine.forecasts import foresee_job
from engine.foresight.keeping import KEPT, MOST_KEPT, Foresight, ListedForesight, find_foresight, foresights_of
from engine.foresight.packing import pack_question
from engine.foresight.question import Question
from engine.records.changes import Write, write
from engine.records.foresight import delete_foresight, delete_old_foresights, insert_foresight
from engine.records.packing import pack
from engine.records.release import latest_release

_MARK_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class AskForesight:
    """Have it worked out in the background; the receipt's value and subject are the number of the look ahead.

    What has been asked of the same content on the same day is not worked out again.

    :param filled: what was filled in, for whoever asks again with something changed.
    """

    design_id: int
    question: Question = field(repr=False)
    filled: Mapping[str, Any] = field(repr=False)
    permission: ClassVar[str] = "mining:view"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep the question with the diagram as it is, and ask for the job.

        :raise DesignClosed: the design is a release now, or was discarded.
        """
        subject.require_open()
        mark, kept = self._mark(context, subject), foresights_of(context.read, subject.tenant, subject.id)
        known = _known(context, mark, kept)
        if known is not None:
            # One whose job was given up gets another; a job that waits already is not made twice.
            jobs = (foresee_job(subject.tenant, known.id),) if known.ended_at is None else ()
            return Changes((), jobs, subject=known.id, value=known.id)
        number = context.new_id()
        writes = (*_forgetting(context, subject, mark, kept), self._row(context, subject, number, mark))
        return Changes(writes, (foresee_job(subject.tenant, number),), subject=number, value=number)

    def _mark(self, context: Context, design: Design) -> str:
        """Return what names all that the answer depends on."""
        params = {"tenant": design.tenant, "process": design.process}
        latest = context.read.execute(latest_release, params).one_or_none()
        day = local_day(context.now, context.directory.zone(design.tenant))
        release = latest.id if latest is not None else None
        told = [pack_question(self.question), content_mark(design.diagram), release, day, version("alur")]
        return sha256(pack(told)).hexdigest()[:_MARK_LENGTH]

    def _row(self, context: Context, design: Design, number: int, mark: str) -> Write:
        return write(
            insert_foresight,
            id=number,
            tenant=design.tenant,
            design_id=design.id,
            mark=mark,
            content_mark=content_mark(design.diagram),
            question=pack_question(self.question),
            filled=pack(dict(self.filled)),
            diagram=pack(design.diagram),
            asked_at=context.now,
            asked_by=context.actor.person,
        )


def _known(context: Context, mark: str, kept: tuple[ListedForesight, ...]) -> Foresight | None:
    """Return what was asked before, if it has an answer that this version reads, or waits for one."""
    same = next((one for one in kept if one.mark == mark), None)
    known = find_foresight(context.read, context.actor.tenant, same.id) if same is not None else None
    return known if known is not None and known.trouble is None else None


def _forgetting(context: Context, design: Design, mark: str, kept: tuple[ListedForesight, ...]) -> Iterator[Write]:
    """Yield the deletion of what is in the way, too much, or too old."""
    for place, one in enumerate(kept):
        if one.mark == mark or place >= MOST_KEPT - 1:
            yield write(delete_foresight, of_foresight=one.id)
    yield write(delete_old_foresights, of_tenant=design.tenant, before=context.now - KEPT)
