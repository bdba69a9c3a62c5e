"""Begin to move the running cases of a release to another one, or go on with a run that was cut off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import bindparam, select

from engine.bpmn.counterparts import Pairs
from engine.command import Changes, Context, Job, TenantSubject
from engine.errors import Invalid
from engine.moving.orders import carry_job
from engine.moving.runs import UNDO_WINDOW, NumberedRelease, find_route, pack_mapping, release_by_id
from engine.records.changes import write
from engine.records.migration import insert_migration, migration

_unfinished = select(migration.c.id, migration.c.mapping).where(
    migration.c.tenant == bindparam("tenant"),
    migration.c.old_release == bindparam("old_release"),
    migration.c.new_release == bindparam("new_release"),
    migration.c.ended_at.is_(None),
)


class SameRelease(Invalid):
    """Old and new are one release: there is nothing to move."""

    code = "migration.same_release"


class OtherRunOpen(Invalid):
    """A run between these releases with another mapping was cut off; finish that one first."""

    code = "migration.other_run"


@dataclass(frozen=True, slots=True)
class BeginMigration:
    """Keep what is to be moved where, so that it can be gone on with and undone.

    The receipt's value is the number of the run; that of an unfinished one with the same releases and mapping.

    :param pairs: new elements by old one, where the ids differ.
    :param values: FEEL expressions by variable, which every case is given.
    :param in_background: jobs carry it through; otherwise whoever begins it does.
    """

    old_release: int
    new_release: int
    pairs: Pairs = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    in_background: bool = False
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Check that the mapping fits the releases.

        :raise NotFound: a release is not the city's.
        :raise SameRelease: there is nothing to do.
        :raise OtherRunOpen: a run between them with another mapping has not ended.
        :raise MappingRefused: it names something that is not there.
        """
        old, new = checked_releases(context, subject, self.old_release, self.new_release)
        find_route(context.read, old, new, self.pairs, self.values)
        mapping = pack_mapping(self.pairs, self.values)
        params: dict[str, Any] = {"tenant": subject.tenant, "old_release": old.id, "new_release": new.id}
        for found in context.read.execute(_unfinished, params):
            if found.mapping != mapping:
                raise OtherRunOpen(run=found.id)
            return Changes((), self._jobs(subject, found.id), subject=found.id, value=found.id)
        identifier = context.new_id()
        row = write(
            insert_migration,
            id=identifier,
            **params,
            process=old.process,
            mapping=mapping,
            started_at=context.now,
            started_by=context.actor.person,
            reached=0,
            ended_at=None,
            kept_until=context.now + UNDO_WINDOW,
        )
        return Changes((row,), self._jobs(subject, identifier), subject=identifier, value=identifier)

    def _jobs(self, subject: TenantSubject, run: int) -> tuple[Job, ...]:
        return (carry_job(subject.tenant, run),) if self.in_background else ()


def checked_releases(
    context: Context, subject: TenantSubject, old_release: int, new_release: int
) -> tuple[NumberedRelease, NumberedRelease]:
    """Return the two releases between which cases are to be moved.

    :raise NotFound: a release is not the city's.
    :raise SameRelease: they are one.
    """
    old, new = (release_by_id(context.read, subject.tenant, item) for item in (old_release, new_release))
    if old.id == new.id:
        raise SameRelease(number=old.number)
    return old, new
