"""Open a draft nomination for everybody whose newest result asks for one (TT-17, MT-36)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import select

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import Write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.queries.on_day import TENANT
from processes.training.queries.performance import LastResult, last_results
from processes.training.records import training_need

NEED = "training.need"

_known = select(training_need.c.employee_id, training_need.c.year, training_need.c.quarter).where(
    training_need.c.tenant == TENANT
)


@dataclass(frozen=True, slots=True)
class OpenNeeds:
    """Open what is missing: one draft an employee and quarter, and tell each; the value is how many.

    A result counts from *Butuh Perbaikan* down, or with behaviour below the expectation.
    """

    permission: ClassVar[str] = "training:open_needs"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write the drafts and the notices."""
        tenant = subject.tenant
        known = {tuple(row) for row in context.read.execute(_known, {"tenant": tenant})}
        weak = [
            item
            for item in last_results(context.read, tenant).values()
            if item.is_weak and (item.employee, item.year, item.quarter) not in known
        ]
        rows = [_row(context, tenant, item) for item in weak]
        notices = list(_notices(context, weak))
        writes = (Write(training_need.insert(), rows), Write(insert_notice, notices)) if rows else ()
        return Changes(writes, value=len(rows))


def _row(context: Context, tenant: str, item: LastResult) -> Mapping[str, Any]:
    return {
        "id": context.new_id(),
        "tenant": tenant,
        "employee_id": item.employee,
        "year": item.year,
        "quarter": item.quarter,
        "predicate": item.predicate,
        "behaviour": item.behaviour,
        "opened_at": context.now,
    }


def _notices(context: Context, weak: list[LastResult]) -> Iterator[Mapping[str, Any]]:
    for item in weak:
        yield {
            "id": context.new_id(),
            "person": item.employee,
            "code": NEED,
            "params": pack({"year": item.year, "quarter": item.quarter}),
            "case_id": None,
            "at": context.now,
            "read_at": None,
        }
