"""What was asked of looks ahead at a design is kept, with what was found."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "foresight",
        sa.Column("id", number, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("design_id", number, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("content_mark", sa.String(length=32), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=False),
        sa.Column("filled", sa.LargeBinary(), nullable=False),
        sa.Column("diagram", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("found", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_foresight_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foresight")),
        sa.UniqueConstraint("design_id", "mark", name=op.f("uq_foresight_design_id_mark")),
    )
    op.create_index("ix_foresight_tenant", "foresight", ["tenant", "asked_at"], unique=False)
