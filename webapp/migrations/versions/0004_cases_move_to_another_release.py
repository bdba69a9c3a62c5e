"""Cases move to another release, and what they were before is kept for a while."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "migration",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("old_release", _ID, nullable=False),
        sa.Column("new_release", _ID, nullable=False),
        sa.Column("mapping", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=True),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("kept_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["new_release"], ["release.id"], name=op.f("fk_migration_new_release_release")),
        sa.ForeignKeyConstraint(["old_release"], ["release.id"], name=op.f("fk_migration_old_release_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration")),
    )
    op.create_index("ix_migration_release", "migration", ["tenant", "old_release", "new_release"], unique=False)
    op.create_table(
        "migrated_case",
        sa.Column("migration_id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("fate", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_migrated_case_case_id_process_case")),
        sa.ForeignKeyConstraint(
            ["migration_id"], ["migration.id"], name=op.f("fk_migrated_case_migration_id_migration")
        ),
        sa.PrimaryKeyConstraint("migration_id", "case_id", name=op.f("pk_migrated_case")),
    )
