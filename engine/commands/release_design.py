"""Make a design the release in force."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from engine.bpmn.check import Catalogue
from engine.bpmn.release import digest_of
from engine.command import Changes, Context
from engine.deploying import deployment
from engine.designs.defaults import taking
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import (
    DesignOutdated,
    Outcome,
    ReviewNeeded,
    ScenariosDiffer,
    deployable,
    given_reason,
    name_of,
    newest_review,
    outcomes_of,
)
from engine.notifying import notices
from engine.records.changes import write
from engine.records.design import DesignStatus, Verdict, set_design_status
from engine.records.release import latest_release


@dataclass(frozen=True, slots=True)
class ReleaseDesign:
    """Deploy a design that a second person has approved, and close it; running cases stay on their releases.

    The receipt's subject is the release, its value the number.

    :param reason: why it is released although scenarios do not go as they say.
    :param tell: who is told.
    """

    design_id: int
    catalogue: Catalogue = field(repr=False)
    reason: str = field(default="", repr=False)
    tell: frozenset[int] = field(default_factory=frozenset, repr=False)
    permission: ClassVar[str] = "design:release"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Deploy it as every release is deployed.

        :raise DesignClosed: it is a release now, or was discarded.
        :raise ReviewNeeded: it was not approved as it is.
        :raise DesignOutdated: another release has come into force since it was begun.
        :raise ScenariosDiffer: scenarios do not go as they say, and no reason is given.
        :raise DiagramRefused: it cannot be deployed, such as when a service has gone since.
        """
        subject.require_open()
        _require_approval(context, subject)
        _require_base(context, subject)
        failing = [found for found in outcomes_of(deployable(subject.files, self.catalogue)) if found.problems]
        changes = deployment(
            context,
            subject.tenant,
            subject.files,
            self.catalogue,
            reason=_reason(failing, self.reason),
            brings_back=True,
        )
        status = write(
            set_design_status,
            expect=1,
            of_design=subject.id,
            seen_version=subject.version,
            seen_status=subject.status,
            new_status=DesignStatus.RELEASED,
        )
        taken = taking(subject.tenant, subject.process, subject.taken, context.now) if subject.taken else ()
        told = notices(context, self.tell, "design.released", process=name_of(subject), number=changes.value)
        return replace(changes, writes=(*changes.writes, status, *taken, *told))


def _require_approval(context: Context, subject: Design) -> None:
    review = newest_review(context.read, subject.id)
    is_approved = review is not None and review.verdict is Verdict.APPROVED
    if subject.status is not DesignStatus.APPROVED or not is_approved or review is None:
        raise ReviewNeeded()
    if review.digest != digest_of(subject.files):
        raise ReviewNeeded()


def _require_base(context: Context, subject: Design) -> None:
    params = {"tenant": subject.tenant, "process": subject.process}
    latest = context.read.execute(latest_release, params).one_or_none()
    if (latest.id if latest is not None else None) != subject.base:
        raise DesignOutdated()


def _reason(failing: Iterable[Outcome], given: str) -> str | None:
    names = ", ".join(found.name for found in failing)
    if names and not given.strip():
        raise ScenariosDiffer(names=names)
    return given_reason(given) if given.strip() else None
