"""Deploy a release of a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.bpmn.check import Catalogue
from engine.bpmn.release import compile_release, pack_files
from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.journal import common_entries
from engine.records.changes import Write, write
from engine.records.release import insert_release, latest_release, release_by_digest
from engine.records.wordbook import insert_wordbook, is_stored, make_wordbook, wordbook_row
from engine.start_events import NO_CASE, start_event_writes
from engine.surroundings import CaseSurroundings


@dataclass(frozen=True, slots=True)
class DeployRelease:
    """Check the files of a process and keep them as the city's newest release; running cases stay on theirs.

    From now on its start events begin cases, and those of the release before no more.

    Files that are already the newest release change nothing. The receipt's value is the release number.
    """

    files: Mapping[str, bytes]
    catalogue: Catalogue
    permission: ClassVar[str] = "release:deploy"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Compile everything once, so that a release that is kept can run.

        :raise DiagramRefused: with every problem found; a start event whose time cannot be told is found only here.
        :raise Invalid: these files are an older release of the process.
        """
        release = compile_release(self.files, self.catalogue)
        params = {"tenant": subject.tenant, "process": release.process}
        latest = context.read.execute(latest_release, params).one_or_none()
        if latest is not None and latest.digest == release.digest:
            return Changes(subject=latest.id, value=latest.number)
        number = latest.number + 1 if latest is not None else 1
        earlier = context.read.execute(release_by_digest, {**params, "digest": release.digest}).scalar_one_or_none()
        if earlier is not None:
            raise Invalid(
                f"These files are release {earlier} of '{release.process}' already, and a newer one is in force; "
                "change the version text in the diagram to bring them back as a new release.",
                number=earlier,
            )
        identifier = context.new_id()
        book = make_wordbook((*common_entries(release.outline), *context.directory.samples(subject.tenant)))
        known = is_stored(context.read, book)
        row = write(
            insert_release,
            id=identifier,
            tenant=subject.tenant,
            process=release.process,
            number=number,
            digest=release.digest,
            content=pack_files(self.files),
            wordbook_id=book.id,
            deployed_at=context.now,
            deployed_by=context.actor.person,
        )
        new_book = () if known else (Write(insert_wordbook, (wordbook_row(book),)),)
        around = CaseSurroundings(context, subject.tenant, NO_CASE, book)
        starts = start_event_writes(release, identifier, around, latest)
        return Changes((*new_book, row, *starts), subject=identifier, value=number)
