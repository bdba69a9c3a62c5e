"""A city is open, or it is said why not."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenant", sa.Column("standing", sa.String(length=12), nullable=True))
    op.add_column("tenant", sa.Column("since", UtcDateTime(), nullable=True))
    op.add_column("tenant", sa.Column("archive", sa.String(length=64), nullable=True))
