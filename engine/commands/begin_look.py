"""Look beforehand, in the background, at what a move of cases to another release would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from engine.bpmn.counterparts import Pairs
from engine.command import Changes, Context, TenantSubject
from engine.commands.begin_migration import checked_releases
from engine.moving.judging import running_cases
from engine.moving.looks import KEPT, Findings
from engine.moving.orders import look_job
from engine.moving.runs import find_route, pack_mapping
from engine.records.changes import write
from engine.records.migration import delete_looks, insert_look


@dataclass(frozen=True, slots=True)
class BeginLook:
    """Have every running case of a release looked at; nothing is moved, and the receipt's value is the look's number.

    :param pairs: new elements by old one, where the ids differ.
    :param values: FEEL expressions by variable, which every case would be given.
    """

    old_release: int
    new_release: int
    pairs: Pairs = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Check that the mapping fits the releases, and ask for the first batch.

        :raise NotFound: a release is not the city's.
        :raise SameRelease: there is nothing to do.
        :raise MappingRefused: it names something that is not there.
        """
        old, new = checked_releases(context, subject, self.old_release, self.new_release)
        find_route(context.read, old, new, self.pairs, self.values)
        identifier = context.new_id()
        row = write(
            insert_look,
            id=identifier,
            tenant=subject.tenant,
            old_release=old.id,
            new_release=new.id,
            mapping=pack_mapping(self.pairs, self.values),
            begun_at=context.now,
            begun_by=context.actor.person,
            running=running_cases(context.read, old.id),
            reached=0,
            ended_at=None,
            found=Findings().packed(),
        )
        gone = write(delete_looks, of_tenant=subject.tenant, before=context.now - KEPT)
        return Changes((gone, row), (look_job(subject.tenant, identifier),), subject=identifier, value=identifier)
