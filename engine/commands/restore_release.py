"""Put an earlier release in force again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from sqlalchemy import Row, bindparam, select

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.deploying import restoration
from engine.designs.reviewing import given_reason
from engine.errors import DiagramRefused, NotFound, Problem
from engine.notifying import notices
from engine.records.release import latest_release, release

_by_number = select(release.c.id, release.c.number, release.c.digest).where(
    release.c.tenant == bindparam("tenant"),
    release.c.process == bindparam("process"),
    release.c.number == bindparam("number"),
)


@dataclass(frozen=True, slots=True)
class RestoreRelease:
    """Let cases begin by an earlier release again; running cases stay on theirs, and no number changes.

    What is in force already changes nothing. No second person is asked: that release was approved before. It is held
    against what is installed today, though: a service or a form that it needs may have gone since.

    :param tell: who is told.
    :param despite_errors: put it in force although the check finds errors in it by now; its cases get stuck there.
    """

    process: str
    number: int
    catalogue: Catalogue = field(repr=False)
    reason: str = field(repr=False)
    tell: frozenset[int] = field(default_factory=frozenset, repr=False)
    despite_errors: bool = False
    permission: ClassVar[str] = "release:deploy"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Put it in force, its start events with it.

        :raise NotFound: the process has no release of that number.
        :raise ReasonNeeded: no reason is given.
        :raise DiagramRefused: a start event gives no time any more, or the check finds errors by now.
        """
        reason, found = given_reason(self.reason), self._release(context, subject.tenant)
        params = {"tenant": subject.tenant, "process": self.process}
        latest = context.read.execute(latest_release, params).one()
        if latest.id == found.id:
            return Changes(subject=found.id, value=found.number)
        kept = find_release(context.read, found.id, found.digest)
        if not self.despite_errors and (errors := errors_in(kept.files, self.catalogue)):
            raise DiagramRefused(errors)
        changes = restoration(context, subject.tenant, self.process, found, reason)
        name = kept.outline.names.get("id") or self.process
        told = notices(context, self.tell, "release.restored", process=name, number=self.number)
        return replace(changes, writes=(*changes.writes, *told))

    def _release(self, context: Context, tenant: str) -> Row[*tuple[Any, ...]]:
        params = {"tenant": tenant, "process": self.process, "number": self.number}
        found = context.read.execute(_by_number, params).one_or_none()
        if found is None:
            raise NotFound()
        return found


def errors_in(files: Mapping[str, bytes], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return what the check of today finds wrong with the files of a release of an earlier day."""
    return tuple(found for found in check_release(files, catalogue) if found.severity == "error")
