"""Open tasks lie in the order of their keys: a step writes one page less."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    # The old table is dropped on the way, and drafts go with their tasks.
    op.execute(sa.text("CREATE TEMPORARY TABLE kept_draft AS SELECT * FROM draft"))
    with op.batch_alter_table("open_task", recreate="always", table_kwargs={"sqlite_with_rowid": False}):
        pass
    op.execute(sa.text("INSERT INTO draft SELECT * FROM kept_draft WHERE true ON CONFLICT DO NOTHING"))
    op.execute(sa.text("DROP TABLE kept_draft"))
