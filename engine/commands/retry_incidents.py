"""Try everything again that is stuck for one cause."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, func, select

from engine.batches import RETRY_GROUP, retry_lock
from engine.command import Changes, Context, Job, TenantSubject
from engine.errors import NotFound
from engine.records.case import case, incident

_size = (
    select(func.count())
    .select_from(incident)
    .join(case, case.c.id == incident.c.case_id)
    .where(
        incident.c.tenant == bindparam("tenant"),
        incident.c.cause == bindparam("cause"),
        case.c.process == bindparam("process"),
    )
)


@dataclass(frozen=True, slots=True)
class RetryIncidents:
    """Have every incident of one process and cause tried again in the background, a batch at a time.

    Each that is there now is tried once, whatever breaks down on the way; one that fails again waits with its new
    reason. Asking again while it waits to begin makes nothing twice. The receipt's value is how many there are.
    """

    process: str
    cause: str
    permission: ClassVar[str] = "incident:retry_group"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Ask for the first batch.

        :raise NotFound: nothing is stuck for that cause.
        """
        group = {"tenant": subject.tenant, "process": self.process, "cause": self.cause}
        size = context.read.execute(_size, group).scalar_one()
        if not size:
            raise NotFound()
        order = {"before": context.now.isoformat(), "total": size, "by": context.actor.person}
        job = Job(RETRY_GROUP, {**group, **order}, unique=retry_lock(**group))
        return Changes((), (job,), value=size)
