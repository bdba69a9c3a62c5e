"""Processes are designed."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:  # a table after the other
    op.create_table(
        "taken_default",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "process", name=op.f("pk_taken_default")),
    )
    op.create_table(
        "design",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("base_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("taken", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("begun_by", sa.BigInteger(), nullable=True),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["base_id"], ["release.id"], name=op.f("fk_design_base_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design")),
    )
    with op.batch_alter_table("design", schema=None) as batch_op:
        batch_op.create_index("ix_design_tenant_process", ["tenant", "process"], unique=False)

    op.create_table(
        "enactment",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enacted_at", UtcDateTime(), nullable=False),
        sa.Column("enacted_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_enactment_release_id_release")),
        sa.PrimaryKeyConstraint("tenant", "process", "turn", name=op.f("pk_enactment")),
    )
    op.create_table(
        "design_invitation",
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_invitation_design_id_design")),
        sa.PrimaryKeyConstraint("design_id", "person", name=op.f("pk_design_invitation")),
    )
    op.create_table(
        "design_remark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("file", sa.String(length=160), nullable=True),
        sa.Column("element", sa.String(length=121), nullable=True),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_remark_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_remark")),
    )
    with op.batch_alter_table("design_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_remark_design_id"), ["design_id"], unique=False)

    op.create_table(
        "design_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_review_design_id_design")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_review")),
    )
    with op.batch_alter_table("design_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_review_design_id"), ["design_id"], unique=False)

    op.create_table(
        "design_revision",
        sa.Column("design_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name=op.f("fk_design_revision_design_id_design")),
        sa.PrimaryKeyConstraint("design_id", "version", name=op.f("pk_design_revision")),
    )
    op.create_table(
        "mining_mark",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cases_to", sa.BigInteger(), nullable=False),
        sa.Column("audit_to", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_mining_mark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mined_case",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_mined_case_case_id_process_case")),
        sa.PrimaryKeyConstraint("tenant", "case_id", name=op.f("pk_mined_case")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "element_figure",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("element", sa.String(length=121), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left_count", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("working_minutes", sa.BigInteger(), nullable=False),
        sa.Column("wall_minutes", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_element_figure_release_id_release")),
        sa.PrimaryKeyConstraint("tenant", "process", "release_id", "element", "month", name=op.f("pk_element_figure")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "element_standing",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("element", sa.String(length=121), nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_element_standing_release_id_release")),
        sa.PrimaryKeyConstraint("tenant", "process", "release_id", "element", "day", name=op.f("pk_element_standing")),
        sqlite_with_rowid=False,
    )
    # The releases were in force one after the other, in the order of their numbers.
    op.execute(
        "INSERT INTO enactment (tenant, process, turn, release_id, enacted_at, enacted_by) "
        "SELECT tenant, process, number, id, deployed_at, deployed_by FROM release"
    )
    # So far only the national defaults were deployed by nobody in particular; the newest of them was taken over last.
    op.execute(
        "INSERT INTO taken_default (tenant, process, digest, content, taken_at) "
        "SELECT tenant, process, digest, content, deployed_at FROM release AS taken "
        "WHERE deployed_by IS NULL AND number = (SELECT max(number) FROM release AS other "
        "WHERE other.tenant = taken.tenant AND other.process = taken.process AND other.deployed_by IS NULL)"
    )
