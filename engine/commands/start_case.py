"""Start cases of a process, one or many in one transaction."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Connection

from engine.bpmn.beginnings import has_plain_start
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import Write
from engine.records.release import latest_release
from engine.records.wordbook import find_wordbook
from engine.starting import NewCase, existing_keys, start_one
from engine.steps import missed_messages, outcome_jobs
from engine.surroundings import CaseSurroundings

__all__ = ["NewCase", "StartCases"]


@dataclass(frozen=True, slots=True)
class StartCases:
    """Start cases of the newest release of a process; those whose business key exists already are left alone.

    They begin at its plain start event. The receipt's value is the list of ids of the cases that were started.
    """

    process: str
    cases: tuple[NewCase, ...]
    permission: ClassVar[str] = "case:start"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Run every new case up to its first waits.

        :raise Invalid: no release of the process is deployed, or only what happens begins its cases.
        """
        row = context.read.execute(latest_release, {"tenant": subject.tenant, "process": self.process}).one_or_none()
        if row is None:
            raise Invalid(f"No release of process '{self.process}' is deployed.", process=self.process)
        release = find_release(context.read, row.id, row.digest)
        if not has_plain_start(release.outline):
            raise Invalid(f"Process '{self.process}' has no plain start event.", process=self.process)
        book = find_wordbook(context.read, row.wordbook_id)
        fresh = self._without_existing(context.read, subject.tenant)
        started = [
            start_one(release, row.id, CaseSurroundings(context, subject.tenant, context.new_id(), book), item)
            for item in fresh
        ]
        return Changes(
            tuple(_in_table_order([item for one in started for item in one.writes])),
            next((jobs for one in started if (jobs := outcome_jobs(one.outcome))), ()),
            subject=started[0].case_id if len(started) == 1 else None,
            value=[one.case_id for one in started],
            finish=missed_messages(subject.tenant, [item for one in started for item in one.outcome.subscriptions]),
        )

    def _without_existing(self, read: Connection, tenant: str) -> list[NewCase]:
        existing = existing_keys(read, tenant, self.process, (item.business_key for item in self.cases))
        fresh = {item.business_key: item for item in reversed(self.cases) if item.business_key not in existing}
        return list(reversed(fresh.values()))  # named twice in one command: the first counts


def _in_table_order(writes: list[Write]) -> list[Write]:
    """Bring writes of the same statement together, so that many cases need few executions; first seen goes first."""
    order: dict[int, int] = {}
    for item in writes:
        order.setdefault(id(item.statement), len(order))
    return sorted((item for item in writes if item.rows), key=lambda item: order[id(item.statement)])
