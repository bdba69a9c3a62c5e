"""Save files of a design."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Final

from engine.bpmn.read import problem
from engine.command import Changes, Context
from engine.commands.begin_design import process_of
from engine.designs.finding import Design, content_mark, find_design
from engine.designs.stepping import forgotten_steps
from engine.designs.storable import check_near
from engine.designs.tidying import tidy_file
from engine.errors import Conflict, DiagramRefused, Problem
from engine.records.changes import Write, write
from engine.records.design import DesignStatus, change_design, delete_revision, insert_revision, newest_revision
from engine.records.packing import pack

#: Saves by one person within so short a time are one stretch of work: of it only the state before is kept.
STRETCH: Final = timedelta(minutes=10)


class StaleFile(Conflict):
    """Somebody has changed this file meanwhile; `params` say which, who it was and when, and the file's mark now."""

    code = "stale_file"


@dataclass(frozen=True, slots=True)
class SaveDesign:
    """Write some files of a design anew; files that are not named stay as they are.

    People who change different files do not disturb each other; who saves over what another one has changed meanwhile
    is told. What was approved is open again. The receipt's value are the marks of the files as they are kept.

    :param files: contents by name; None takes a file away.
    :param seen: by name the mark of the content that was seen; None for a file that was not there.
    :param is_step: what was there before is kept, to be gone back to; what is sent is in its order already.
    """

    design_id: int
    files: Mapping[str, bytes | None] = field(repr=False)
    seen: Mapping[str, str | None] = field(repr=False)
    is_step: bool = False
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep the files, and what was there before this stretch of work.

        :raise DesignClosed: it is a release now, or was discarded.
        :raise StaleFile: somebody has changed one of them meanwhile.
        :raise DiagramRefused: they may not be kept; nothing is.
        """
        subject.require_open()
        self._require_seen(subject)
        files = self._tidied(subject)
        marks = {name: content_mark(files[name]) for name in self.files if name in files}
        if files == subject.files:
            return Changes(subject=subject.id, value=marks)
        change = write(
            change_design,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_content=pack(files),
            new_status=DesignStatus.OPEN,
            new_version=subject.version + 1,
            new_saved_at=context.now,
            new_saved_by=context.actor.person,
        )
        kept = kept_step(context, subject) if self.is_step else kept_revision(context, subject)
        return Changes((change, *kept), subject=subject.id, value=marks)

    def _tidied(self, subject: Design) -> dict[str, bytes]:
        """Return all files as they are to be kept; those that changed are written so that differences stay small."""
        sent = {**subject.files, **self.files}
        files = {name: content for name, content in sent.items() if content is not None}
        if files == subject.files:
            return files
        _require_storable(files, subject.process)
        _require_near(files, subject)
        changed = [name for name in self.files if name in files and files[name] != subject.files.get(name)]
        written = {
            name: tidy_file(name, files[name], subject.files.get(name), is_ordered=self.is_step) for name in changed
        }
        tidied = {**files, **written}
        if tidied != files:
            _require_storable(tidied, subject.process)
        return tidied

    def _require_seen(self, subject: Design) -> None:
        for name in self.files:
            mark = content_mark(subject.files[name]) if name in subject.files else None
            is_same = name in subject.files and subject.files[name] == self.files[name]
            if mark != self.seen.get(name) and not is_same:
                raise StaleFile(file=name, person=subject.saved_by, at=subject.saved_at, mark=mark)


def kept_revision(context: Context, subject: Design) -> Iterator[Write]:
    """Yield the keeping of what the design was, unless it is a state within one stretch of work."""
    newest = context.read.execute(newest_revision, {"design_id": subject.id}).one_or_none()
    is_same_person = subject.saved_by == context.actor.person
    began = newest.saved_at if newest is not None else subject.begun_at
    if newest is None or not is_same_person or context.now - began > STRETCH:
        yield _revision(context, subject)


def kept_step(context: Context, subject: Design) -> Iterator[Write]:
    """Yield the keeping of what the design was before a step, and the forgetting of steps that are long past."""
    yield _revision(context, subject)
    for version in forgotten_steps(context.read, subject, STRETCH, context.now):
        yield write(delete_revision, of_design=subject.id, of_version=version)


def _revision(context: Context, subject: Design) -> Write:
    return write(
        insert_revision,
        design_id=subject.id,
        version=subject.version,
        content=pack(dict(subject.files)),
        saved_at=context.now,
        saved_by=subject.saved_by,
    )


def _require_storable(files: Mapping[str, bytes], process: str) -> None:
    """Refuse files that may not be kept, or are those of another process."""
    if process_of(files) != process:
        raise DiagramRefused((_other_process(process),))


def _require_near(files: Mapping[str, bytes], subject: Design) -> None:
    """Refuse to draw so far away what was nearer; what lay there before must not keep people from changing the rest."""
    for name in (name for name in files if name.endswith(".bpmn") and files[name] != subject.diagram):
        if problems := check_near(name, files[name], subject.diagram):
            raise DiagramRefused(problems)


def _other_process(process: str) -> Problem:
    return problem(
        process,
        "other_process",
        f"rancangan ini untuk proses '{process}', dan id prosesnya tidak dapat diganti; mulai proses baru.",
        f"this design is of the process '{process}', whose id cannot change; begin a new process instead.",
    )
