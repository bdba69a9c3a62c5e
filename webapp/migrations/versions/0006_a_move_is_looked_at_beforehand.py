"""A look beforehand at a move of cases to another release is kept, with what it has found so far."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "migration_look",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("old_release", _ID, nullable=False),
        sa.Column("new_release", _ID, nullable=False),
        sa.Column("mapping", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("begun_by", sa.BigInteger(), nullable=True),
        sa.Column("running", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["new_release"], ["release.id"], name=op.f("fk_migration_look_new_release_release")),
        sa.ForeignKeyConstraint(["old_release"], ["release.id"], name=op.f("fk_migration_look_old_release_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_look")),
    )
    op.create_index("ix_migration_look_tenant", "migration_look", ["tenant", "begun_at"], unique=False)
