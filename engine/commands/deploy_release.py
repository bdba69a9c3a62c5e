"""Deploy a release of a process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from engine.bpmn.check import Catalogue
from engine.bpmn.release import compile_release, pack_files
from engine.command import Changes, Context, TenantSubject
from engine.records.changes import write
from engine.records.release import insert_release, latest_release


@dataclass(frozen=True, slots=True)
class DeployRelease:
    """Check the files of a process and keep them as the city's newest release; running cases stay on theirs.

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

        :raise DiagramRefused: with every problem found.
        """
        release = compile_release(self.files, self.catalogue)
        params = {"tenant": subject.tenant, "process": release.process}
        latest = context.read.execute(latest_release, params).one_or_none()
        if latest is not None and latest.digest == release.digest:
            return Changes(subject=latest.id, value=latest.number)
        number = latest.number + 1 if latest is not None else 1
        identifier = context.new_id()
        row = write(
            insert_release,
            id=identifier,
            **params,
            number=number,
            digest=release.digest,
            content=pack_files(self.files),
            deployed_at=context.now,
            deployed_by=context.actor.person,
        )
        return Changes((row,), subject=identifier, value=number)
