"""Merge another version of a process into a design."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.commands.begin_design import process_of
from engine.commands.save_design import StaleFile, kept_revision
from engine.designs.finding import Design, content_mark, find_design
from engine.designs.merging import Side
from engine.designs.others import Other, other_default, other_release
from engine.errors import Invalid
from engine.records.changes import write
from engine.records.design import DesignStatus, change_design
from engine.records.packing import pack

_merge_design = change_design.values(base_id=bindparam("new_base"), taken=bindparam("new_taken"))

Files = Mapping[str, bytes]


class ConflictsLeft(Invalid):
    """Both versions changed the same things, and for some of them nobody has chosen whose version is to be taken."""

    code = "conflicts_left"


@dataclass(frozen=True, slots=True)
class MergeDesign:
    """Take over into a design what another version has changed since both were the same.

    The other version is a release of the process, which becomes the base of the design; or a national default, which
    counts as taken over when the design is released. What was approved is open again. The receipt's value is the new
    version of the design.

    :param seen: the version of the design for which the choices were made.
    :param release_id: the release that is merged; None for a default.
    :param default: the files of the national default that is merged.
    :param scenarios: those that Alur ships for the process; a release from before they were part of it has these.
    """

    design_id: int
    seen: int
    release_id: int | None = None
    default: Files = field(default_factory=dict, repr=False)
    choices: Mapping[str, Side] = field(default_factory=dict)
    scenarios: Files = field(default_factory=dict, repr=False)
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Merge, and keep what comes of it.

        :raise DesignClosed: the design is a release now, or was discarded.
        :raise StaleFile: somebody has changed the design since the choices were made.
        :raise ConflictsLeft: a conflict is left without a choice.
        :raise NotFound: the release is none of this process.
        :raise DiagramRefused: what comes of it may not be kept.
        """
        subject.require_open()
        self._require_seen(subject)
        other = self._other(context, subject)
        merged = other.merged_into(subject, self.choices)
        if not merged.is_settled:
            raise ConflictsLeft()
        process_of(merged.files)
        taken = self.default if other.release_id is None else subject.taken
        change = write(
            _merge_design,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_content=pack(dict(merged.files)),
            new_status=DesignStatus.OPEN,
            new_version=subject.version + 1,
            new_saved_at=context.now,
            new_saved_by=context.actor.person,
            new_base=subject.base if other.release_id is None else other.release_id,
            new_taken=pack(dict(taken)) if taken else None,
        )
        return Changes((change, *kept_revision(context, subject)), subject=subject.id, value=subject.version + 1)

    def _other(self, context: Context, subject: Design) -> Other:
        if self.release_id is None:
            return other_default(context.read, subject, self.default, self.scenarios)
        return other_release(context.read, subject, self.release_id, self.scenarios)

    def _require_seen(self, subject: Design) -> None:
        if subject.version != self.seen:
            name, mark = subject.diagram_name, content_mark(subject.diagram)
            raise StaleFile(file=name, person=subject.saved_by, at=subject.saved_at, mark=mark)
