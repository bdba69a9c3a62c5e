"""Import the rows of a file, all or nothing."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.imports.planning import Surroundings, plan_rows
from processes.people.imports.problems import ImportRefused
from processes.people.imports.reading import ImportPlan, ImportSummary
from processes.people.imports.runs import insert_run, last_run


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Write the rows of a plan: compared again with the records as they are now, in one transaction.

    The receipt's value is an `ImportSummary`, its subject the id of the entry in the list of imports.
    """

    plan: ImportPlan
    permission: ClassVar[str] = "people:import"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Compare and plan the writes.

        :raise ImportRefused: the records have changed so that the file does not fit any more.
        """
        number = context.read.execute(last_run, {"tenant": subject.tenant}).scalar_one() + 1
        planning = plan_rows(self.plan.kind, self.plan.rows, self._surroundings(context, subject.tenant))
        if planning.problems:
            raise ImportRefused(tuple(planning.problems))
        run_id = context.new_id()
        entry = write(
            insert_run,
            expect=1,
            id=run_id,
            tenant=subject.tenant,
            number=number,
            kind=self.plan.kind.name,
            source=self.plan.source[:120],
            sha256=self.plan.sha256,
            new=planning.new,
            changed=planning.changed,
            unchanged=planning.unchanged,
            at=context.now,
            by=context.actor.person,
        )
        return Changes((entry, *planning.writes), subject=run_id, value=ImportSummary.of(planning))

    def _surroundings(self, context: Context, tenant: str) -> Surroundings:
        return Surroundings(
            context.read,
            tenant,
            local_day(context, tenant),
            context.now,
            context.directory.zone(tenant),
            context.new_id,
            context.actor.person,
            self.plan.source,
            context.directory.city(tenant),
        )
