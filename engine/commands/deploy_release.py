"""Deploy a release of a process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from engine.bpmn.check import Catalogue
from engine.command import Changes, Context, TenantSubject
from engine.deploying import deployment
from engine.designs.defaults import taking


@dataclass(frozen=True, slots=True)
class DeployRelease:
    """Check the files of a process and put them in force as the city's release; running cases stay on theirs.

    From now on its start events begin cases, and those of the release before no more.

    Files that are in force already change nothing. The receipt's value is the release number.

    :param default_of: the process of which these files are the national default, so that the city learns of newer ones.
    """

    files: Mapping[str, bytes]
    catalogue: Catalogue
    default_of: str | None = None
    permission: ClassVar[str] = "release:deploy"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Compile everything once, so that a release that is kept can run.

        :raise Invalid: these files are an earlier release, which is put in force again by its number alone.
        :raise DiagramRefused: with every problem found; a start event whose time cannot be told is found only here.
        """
        changes = deployment(context, subject.tenant, self.files, self.catalogue)
        if self.default_of is None:
            return changes
        taken = taking(subject.tenant, self.default_of, self.files, context.now)
        return replace(changes, writes=(*changes.writes, *taken))
