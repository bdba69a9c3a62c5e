"""Careers, training, allowances and recognition have records of their own."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "competency",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "code", name=op.f("pk_competency")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("awarded_on", Day(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_award_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    op.create_index("ix_award_employee", "award", ["tenant", "employee_id", "awarded_on"], unique=False)

    op.create_table(
        "competency_level",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("assessed_on", Day(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_competency_level_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "competency", "assessed_on", name=op.f("pk_competency_level")),
    )
    op.create_table(
        "education",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=True),
        sa.Column("graduated_on", Day(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_education_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_education")),
        sa.UniqueConstraint(
            "tenant",
            "employee_id",
            "level",
            "graduated_on",
            name=op.f("uq_education_tenant_employee_id_level_graduated_on"),
        ),
    )
    op.create_table(
        "kinship",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_kinship_employee_id_employee")),
        sa.ForeignKeyConstraint(["relative_id"], ["employee.id"], name=op.f("fk_kinship_relative_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "relative_id", name=op.f("pk_kinship")),
    )
    op.create_table(
        "rank",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_rank_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank")),
        sa.UniqueConstraint("tenant", "employee_id", "valid_from", name=op.f("uq_rank_tenant_employee_id_valid_from")),
    )
    op.create_table(
        "sanction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.Column("decree", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_sanction_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    op.create_index("ix_sanction_employee", "sanction", ["tenant", "employee_id", "valid_from"], unique=False)

    op.create_table(
        "post_standard",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_standard_post_id_post")),
        sa.PrimaryKeyConstraint("tenant", "post_id", "competency", name=op.f("pk_post_standard")),
    )
