"""A case hears a message once on its way: messages have a number, and who waits says which one it has heard."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("number", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("subscription", sa.Column("heard", sa.BigInteger(), nullable=True))
