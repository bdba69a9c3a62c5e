"""Somebody from outside is a guest of a case, or of a design."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ONE_PART = "(case_id IS NULL) <> (design_id IS NULL)"
KEPT = "id, tenant, name, institution, email, case_id, valid_until, invited_by, invited_at, revoked_at"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_anew()
    else:
        _alter()
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index("ix_guest_design", ["tenant", "design_id"], unique=False)


def _make_anew() -> None:
    """Make the table again with its rows under its own name: accounts refer to them, and find them when all is done."""
    op.execute(f"CREATE TEMPORARY TABLE kept_guest AS SELECT {KEPT} FROM guest")  # noqa: S608  # written above
    op.drop_table("guest")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "guest",
        sa.Column("id", number, autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("case_id", number, nullable=True),
        sa.Column("design_id", number, nullable=True),
        sa.Column("valid_until", Day(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(ONE_PART, name=op.f("ck_guest_one_part")),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_guest_case_id_process_case")),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_guest_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
    )
    op.execute(f"INSERT INTO guest ({KEPT}) SELECT {KEPT} FROM kept_guest")  # noqa: S608  # as above
    op.execute("DROP TABLE kept_guest")
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index("ix_guest_case", ["tenant", "case_id"], unique=False)
        batch_op.create_index("ix_guest_email", ["tenant", "email"], unique=False)


def _alter() -> None:
    op.alter_column("guest", "case_id", existing_type=sa.BigInteger(), nullable=True)
    op.add_column("guest", sa.Column("design_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_guest_design_id_design"), "guest", "design", ["design_id"], ["id"])
    op.create_check_constraint(op.f("ck_guest_one_part"), "guest", ONE_PART)
