"""Events reach whoever listens when they happen, releases begin cases, and tasks have a priority."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ASSIGNED, _QUEUED = sa.text("assignee IS NOT NULL"), sa.text("assignee IS NULL")
_subscription = sa.table("subscription", *(sa.column(name) for name in ("token", "key", "listener", "takes_earlier")))


def upgrade() -> None:
    _add_to_tasks()
    _add_to_subscriptions()
    op.create_table(
        "delivery",
        sa.Column("outbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("listener", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_outbox_id_outbox"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "case_id", "listener", name=op.f("pk_delivery")),
    )
    op.create_table(
        "start_event",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("element", sa.String(length=121), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("message", sa.String(length=121), nullable=True),
        sa.Column("is_signal", sa.Boolean(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_start_event_release_id_release")),
        sa.PrimaryKeyConstraint("tenant", "process", "element", name=op.f("pk_start_event")),
    )
    op.create_index(op.f("ix_start_event_due"), "start_event", ["due"])
    op.create_index("ix_start_event_message", "start_event", ["tenant", "message"])


def _add_to_tasks() -> None:
    # Column by column: SQLite would drop and make the table again otherwise, and the drafts of its tasks go with it.
    op.add_column("open_task", sa.Column("rank", sa.SmallInteger(), server_default="50", nullable=False))
    op.add_column("open_task", sa.Column("follow_up", Day(), nullable=True))
    for who, which in (("assignee", _ASSIGNED), ("candidate", _QUEUED)):
        op.drop_index(f"ix_open_task_{who}", "open_task")
        columns = ["tenant", who, "due", "rank", "case_id", "token"]
        op.create_index(f"ix_open_task_{who}", "open_task", columns, sqlite_where=which, postgresql_where=which)


def _add_to_subscriptions() -> None:
    """Give what waits its own number; every catch took earlier messages so far, and signals had the key `*`."""
    with op.batch_alter_table("subscription") as batch:
        batch.add_column(sa.Column("listener", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("takes_earlier", sa.Boolean(), nullable=True))
        batch.alter_column("key", existing_type=sa.String(length=80), nullable=True)
    given = {"listener": _subscription.c.token, "takes_earlier": sa.true()}
    op.execute(_subscription.update().values(given))
    op.execute(_subscription.update().where(_subscription.c.key == "*").values(key=None, takes_earlier=sa.false()))
    with op.batch_alter_table("subscription") as batch:
        batch.alter_column("listener", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("takes_earlier", existing_type=sa.Boolean(), nullable=False)
