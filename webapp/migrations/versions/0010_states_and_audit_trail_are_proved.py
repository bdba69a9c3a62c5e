"""A state is proved by its digest, and the audit trail by seals."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_state", sa.Column("digest", sa.LargeBinary(length=8), nullable=True))
    op.create_table(
        "audit_seal",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("last_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "last_id", name=op.f("pk_audit_seal")),
        sqlite_with_rowid=False,
    )
