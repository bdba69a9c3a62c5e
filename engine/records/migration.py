"""Runs that take cases to another release, what each case was before, and what a look beforehand has found so far."""

from enum import IntEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String, Table
from sqlalchemy import bindparam as bind

from engine.records.schema import RowId, UtcDateTime, metadata


class Fate(IntEnum):
    """What became of a case in a migration."""

    SAME = 1
    """Only the release changed: nothing differs where the case stands."""
    MAPPED = 2
    """What it waits for was carried over."""
    STUCK = 3
    """It stays on its release."""
    UNDONE = 4
    """It was taken back."""


migration = Table(
    "migration",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("old_release", ForeignKey("release.id"), nullable=False),
    Column("new_release", ForeignKey("release.id"), nullable=False),
    # Which elements stand for which, as it was asked for: a run that was cut off goes on with the same.
    Column("mapping", LargeBinary, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("started_by", BigInteger),
    # The last case that was looked at: a run goes on behind it.
    Column("reached", BigInteger, nullable=False),
    Column("ended_at", UtcDateTime),
    # Until then it can be undone; afterwards the states of before are forgotten.
    Column("kept_until", UtcDateTime, nullable=False),
    Index("ix_migration_release", "tenant", "old_release", "new_release"),
)

migrated_case = Table(
    "migrated_case",
    metadata,
    Column("migration_id", ForeignKey("migration.id"), primary_key=True),
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("fate", SmallInteger, nullable=False),
    # Of the case when it had been moved: another one now says that the case has gone on since.
    Column("version", Integer, nullable=False),
    # Of a moved case its state of before and every row that was changed, before and after; of a stuck one the reasons.
    Column("content", LargeBinary),
)

migration_look = Table(
    "migration_look",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("old_release", ForeignKey("release.id"), nullable=False),
    Column("new_release", ForeignKey("release.id"), nullable=False),
    Column("mapping", LargeBinary, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("begun_by", BigInteger),
    # Running cases on the old release when it began.
    Column("running", Integer, nullable=False),
    # The last case that was looked at; a look is over when there is none behind it.
    Column("reached", BigInteger, nullable=False),
    Column("ended_at", UtcDateTime),
    # How many cases would be what, and why, so far.
    Column("found", LargeBinary, nullable=False),
    Index("ix_migration_look_tenant", "tenant", "begun_at"),
)

insert_look = migration_look.insert()
set_look = (
    migration_look.update()
    .where(migration_look.c.id == bind("of_look"), migration_look.c.reached == bind("old_reached"))
    .values(reached=bind("new_reached"), ended_at=bind("new_ended_at"), found=bind("new_found"))
)
delete_looks = migration_look.delete().where(
    migration_look.c.tenant == bind("of_tenant"), migration_look.c.begun_at < bind("before")
)

insert_migration = migration.insert()
set_reached = (
    migration.update()
    .where(migration.c.id == bind("of_migration"), migration.c.reached == bind("old_reached"))
    .values(reached=bind("new_reached"), ended_at=bind("new_ended_at"))
)
insert_migrated_case = migrated_case.insert()
set_fate = (
    migrated_case.update()
    .where(
        migrated_case.c.migration_id == bind("of_migration"),
        migrated_case.c.case_id == bind("of_case"),
        migrated_case.c.fate == bind("old_fate"),
    )
    .values(fate=bind("new_fate"), content=None)
)
forget_content = (
    migrated_case.update()
    .where(migrated_case.c.migration_id == bind("of_migration"), migrated_case.c.content.is_not(None))
    .values(content=None)
)
