"""What commands make of records that no journal tells of is kept, a digest a row."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import RowId, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_proof",
        sa.Column("id", RowId, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_proof")),
    )
    op.create_index("ix_record_proof_table", "record_proof", ["tenant", "table"], unique=False)
