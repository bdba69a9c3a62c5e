"""Start cases of a process, one or many in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Connection, select

from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun, Outcome
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.journal import Step
from engine.records.case import CaseStatus, case, delete_message, insert_case, insert_message, insert_state
from engine.records.changes import Write, write
from engine.records.release import latest_release
from engine.records.wordbook import find_wordbook
from engine.steps import missed_messages, outcome_jobs, outcome_writes
from engine.surroundings import CaseSurroundings


@dataclass(frozen=True, slots=True)
class NewCase:
    """What one case starts with.

    :param business_key: unique per city and process, such as `2026-3:4711`: starting twice is refused by it.
    :param subject: the employee or unit that the case is about.
    """

    business_key: str
    subject: int
    title: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StartCases:
    """Start cases of the newest release of a process; those whose business key exists already are left alone.

    The receipt's value is the list of ids of the cases that were started.
    """

    process: str
    cases: tuple[NewCase, ...]
    permission: ClassVar[str] = "case:start"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Run every new case up to its first waits.

        :raise Invalid: no release of the process is deployed.
        """
        row = context.read.execute(latest_release, {"tenant": subject.tenant, "process": self.process}).one_or_none()
        if row is None:
            raise Invalid(f"No release of process '{self.process}' is deployed.", process=self.process)
        release = find_release(context.read, row.id, row.digest)
        book = find_wordbook(context.read, row.wordbook_id)
        fresh = self._without_existing(context.read, subject.tenant)
        started = [
            self._start(release, row.id, CaseSurroundings(context, subject.tenant, context.new_id(), book), item)
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
        keys = [item.business_key for item in self.cases]
        found = select(case.c.business_key).where(
            case.c.tenant == tenant, case.c.process == self.process, case.c.business_key.in_(keys)
        )
        existing = set(read.execute(found).scalars())
        fresh = {item.business_key: item for item in reversed(self.cases) if item.business_key not in existing}
        return list(reversed(fresh.values()))  # named twice in one command: the first counts

    def _start(self, release: Release, release_id: int, around: CaseSurroundings, new: NewCase) -> "_Started":
        outcome = CaseRun(release, around, None, new.variables).outcome()
        row = write(
            insert_case,
            id=around.case_id,
            tenant=around.tenant,
            process=self.process,
            business_key=new.business_key,
            release_id=release_id,
            subject=new.subject,
            title=new.title,
            status=int(CaseStatus.OPEN if outcome.state else CaseStatus.FINISHED),
            started_at=around.now,
            ended_at=None if outcome.state else around.now,
        )
        state = [{"case_id": around.case_id, "version": 1, "content": outcome.state}] if outcome.state else []
        step = Step("start", data={"variables": dict(new.variables)})
        writes = (row, Write(insert_state, state), *outcome_writes(1, outcome, around, step))
        return _Started(around.case_id, outcome, writes)


@dataclass(frozen=True, slots=True)
class _Started:
    case_id: int
    outcome: Outcome
    writes: tuple[Write, ...]


def _in_table_order(writes: list[Write]) -> list[Write]:
    """Bring writes of the same statement together, so that many cases need few executions; first seen goes first."""
    order: dict[int, int] = {}
    for item in writes:
        order.setdefault(_place(item), len(order))
    return sorted((item for item in writes if item.rows), key=lambda item: order[_place(item)])


def _place(item: Write) -> int:
    # A message replaces the one before it: two cases that send it need delete, insert, delete, insert, in that order.
    return id(delete_message) if item.statement is insert_message else id(item.statement)
