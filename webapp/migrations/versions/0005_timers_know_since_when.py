"""Timers know since when they count, for a list of holidays that changes."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("timer", sa.Column("set_at", UtcDateTime(), nullable=True))
