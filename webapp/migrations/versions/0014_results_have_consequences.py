"""Careers, training, allowances and recognition have records of their own."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day, ExactDecimal, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915  # a table after the other
    op.create_table(
        "award_program",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("siasn_code", sa.String(length=40), nullable=True),
        sa.Column("opens_on", Day(), nullable=False),
        sa.Column("closes_on", Day(), nullable=False),
        sa.Column("weight_performance", ExactDecimal(), nullable=False),
        sa.Column("weight_conduct", ExactDecimal(), nullable=False),
        sa.Column("weight_impact", ExactDecimal(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=True),
        sa.Column("dpa_code", sa.String(length=60), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_program")),
    )
    op.create_index("ix_award_program_city", "award_program", ["tenant", "closes_on"], unique=False)

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
        "need_plan",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("made_in", sa.SmallInteger(), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("need", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "made_in", "family", "year", name=op.f("pk_need_plan")),
    )
    op.create_table(
        "training_course",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("suggested_for", sa.String(length=200), nullable=True),
        sa.Column("behaviour_measure", sa.String(length=200), nullable=True),
        sa.Column("impact_measure", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "code", name=op.f("pk_training_course")),
    )
    op.create_table(
        "training_evaluation",
        sa.Column("nomination_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("score", ExactDecimal(), nullable=True),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("before", ExactDecimal(), nullable=True),
        sa.Column("after", ExactDecimal(), nullable=True),
        sa.Column("sample", sa.Integer(), nullable=True),
        sa.Column("others", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_applied", sa.Boolean(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("nomination_id", "level", "source", name=op.f("pk_training_evaluation")),
    )
    op.create_table(
        "training_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("first_day", Day(), nullable=False),
        sa.Column("last_day", Day(), nullable=False),
        sa.Column("enrol_until", Day(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("quota", sa.SmallInteger(), nullable=False),
        sa.Column("seat_cost", ExactDecimal(), nullable=False),
        sa.Column("budget", ExactDecimal(), nullable=True),
        sa.Column("budget_line", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_session")),
        sa.UniqueConstraint("tenant", "code", name=op.f("uq_training_session_tenant_code")),
    )
    op.create_table(
        "training_target",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "course", "competency", name=op.f("pk_training_target")),
    )
    op.create_table(
        "allowance_adjustment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("of_month", Day(), nullable=False),
        sa.Column("of_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paid_in", Day(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("correction_id", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_allowance_adjustment_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["of_unit_id"], ["unit.id"], name=op.f("fk_allowance_adjustment_of_unit_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_adjustment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_adjustment")),
    )
    op.create_index(
        "ix_allowance_adjustment_of", "allowance_adjustment", ["tenant", "employee_id", "of_month"], unique=False
    )
    op.create_index(
        "ix_allowance_adjustment_paid", "allowance_adjustment", ["tenant", "paid_in", "employee_id"], unique=False
    )

    op.create_table(
        "allowance_ceiling",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_ceiling_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "month", name=op.f("pk_allowance_ceiling")),
    )
    op.create_table(
        "allowance_payment",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paid_on", Day(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_payment_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "month", "number", name=op.f("pk_allowance_payment")),
    )
    op.create_table(
        "allowance_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("gross", ExactDecimal(), nullable=False),
        sa.Column("deductions", ExactDecimal(), nullable=False),
        sa.Column("net", ExactDecimal(), nullable=False),
        sa.Column("ceiling", ExactDecimal(), nullable=True),
        sa.Column("basis", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("findings", sa.LargeBinary(), nullable=True),
        sa.Column("computed_at", UtcDateTime(), nullable=True),
        sa.Column("computed_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_run_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_run")),
        sa.UniqueConstraint("tenant", "unit_id", "month", name=op.f("uq_allowance_run_tenant_unit_id_month")),
    )
    op.create_index("ix_allowance_run_month", "allowance_run", ["tenant", "month", "status"], unique=False)

    op.create_table(
        "allowance_slip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("gross", ExactDecimal(), nullable=False),
        sa.Column("deductions", ExactDecimal(), nullable=False),
        sa.Column("net", ExactDecimal(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_allowance_slip_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_slip_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_slip")),
        sa.UniqueConstraint(
            "tenant",
            "employee_id",
            "month",
            "unit_id",
            "version",
            name=op.f("uq_allowance_slip_tenant_employee_id_month_unit_id_version"),
        ),
    )
    op.create_index("ix_allowance_slip_unit", "allowance_slip", ["tenant", "unit_id", "month"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("check_in", sa.SmallInteger(), nullable=True),
        sa.Column("check_out", sa.SmallInteger(), nullable=True),
        sa.Column("late", sa.SmallInteger(), nullable=False),
        sa.Column("early", sa.SmallInteger(), nullable=False),
        sa.Column("no_check_in", sa.Boolean(), nullable=False),
        sa.Column("no_check_out", sa.Boolean(), nullable=False),
        sa.Column("assembly_missed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("correction_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_attendance_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "day", name=op.f("pk_attendance")),
    )
    op.create_table(
        "attendance_correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("late", sa.SmallInteger(), nullable=False),
        sa.Column("early", sa.SmallInteger(), nullable=False),
        sa.Column("no_check_in", sa.Boolean(), nullable=False),
        sa.Column("no_check_out", sa.Boolean(), nullable=False),
        sa.Column("assembly_missed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_attendance_correction_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_attendance_correction_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_correction")),
    )
    op.create_index(
        "ix_attendance_correction_employee", "attendance_correction", ["tenant", "employee_id", "day"], unique=False
    )
    op.create_index(
        "ix_attendance_correction_unit", "attendance_correction", ["tenant", "unit_id", "day"], unique=False
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
        "award_nomination",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nominator_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("nominated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_award_nomination_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["award_program.id"], name=op.f("fk_award_nomination_program_id_award_program")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_award_nomination")),
    )
    op.create_index("ix_award_nomination_employee", "award_nomination", ["tenant", "employee_id"], unique=False)
    op.create_index("ix_award_nomination_program", "award_nomination", ["tenant", "program_id"], unique=False)

    op.create_table(
        "award_outcome",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("score", ExactDecimal(), nullable=True),
        sa.Column("voices", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("decree_on", Day(), nullable=True),
        sa.Column("reward", sa.String(length=12), nullable=True),
        sa.Column("amount", ExactDecimal(), nullable=True),
        sa.Column("dpa_code", sa.String(length=60), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_award_outcome_employee_id_employee")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_award_outcome")),
    )
    op.create_index("ix_award_outcome_city", "award_outcome", ["tenant", "decree_on"], unique=False)

    op.create_table(
        "award_panel",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("program_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_award_panel_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["award_program.id"], name=op.f("fk_award_panel_program_id_award_program")
        ),
        sa.PrimaryKeyConstraint("tenant", "program_id", "employee_id", name=op.f("pk_award_panel")),
    )
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
        "context_figure",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_context_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "year", "name", name=op.f("pk_context_figure")),
    )
    op.create_table(
        "credit_score",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("first_day", Day(), nullable=False),
        sa.Column("last_day", Day(), nullable=False),
        sa.Column("predicate", sa.String(length=20), nullable=True),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.Column("percent", ExactDecimal(), nullable=True),
        sa.Column("coefficient", ExactDecimal(), nullable=True),
        sa.Column("credit", ExactDecimal(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_credit_score_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_score")),
        sa.UniqueConstraint(
            "tenant", "employee_id", "kind", "last_day", name=op.f("uq_credit_score_tenant_employee_id_kind_last_day")
        ),
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
        "external_deduction",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_external_deduction_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "month", "kind", name=op.f("pk_external_deduction")),
    )
    op.create_table(
        "innovation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("happened_on", Day(), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["employee.id"], name=op.f("fk_innovation_owner_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_innovation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation")),
    )
    op.create_index("ix_innovation_unit", "innovation", ["tenant", "unit_id"], unique=False)

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
        "kudos",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("giver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receiver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("shown", sa.String(length=8), nullable=False),
        sa.Column("reported_by", sa.BigInteger(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("is_fitting", sa.Boolean(), nullable=True),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["employee.id"], name=op.f("fk_kudos_giver_id_employee")),
        sa.ForeignKeyConstraint(["receiver_id"], ["employee.id"], name=op.f("fk_kudos_receiver_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kudos_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos")),
    )
    op.create_index("ix_kudos_giver", "kudos", ["tenant", "giver_id", "given_at"], unique=False)
    op.create_index("ix_kudos_receiver", "kudos", ["tenant", "receiver_id", "given_at"], unique=False)
    op.create_index("ix_kudos_unit", "kudos", ["tenant", "unit_id", "given_at"], unique=False)

    op.create_table(
        "promotion_decree",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("from_grade", sa.String(length=10), nullable=False),
        sa.Column("to_grade", sa.String(length=10), nullable=False),
        sa.Column("effective_on", Day(), nullable=False),
        sa.Column("decreed_on", Day(), nullable=False),
        sa.Column("signed_by", sa.String(length=20), nullable=False),
        sa.Column("service_months", sa.SmallInteger(), nullable=True),
        sa.Column("approval_number", sa.String(length=120), nullable=False),
        sa.Column("approval_on", Day(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_promotion_decree_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_promotion_decree_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_promotion_decree")),
        sa.UniqueConstraint("tenant", "year", "number", name=op.f("uq_promotion_decree_tenant_year_number")),
    )
    op.create_index("ix_promotion_decree_batch", "promotion_decree", ["tenant", "batch"], unique=False)

    op.create_table(
        "promotion_document",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_promotion_document_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("case_id", "sha256", name=op.f("pk_promotion_document")),
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
        "service_figure",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("hours", ExactDecimal(), nullable=False),
        sa.Column("rework", ExactDecimal(), nullable=False),
        sa.Column("ikm", ExactDecimal(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_service_figure_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "year", "month", name=op.f("pk_service_figure")),
    )
    op.create_table(
        "service_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("term", sa.String(length=20), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_service_term_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_term")),
        sa.UniqueConstraint(
            "tenant", "employee_id", "valid_from", name=op.f("uq_service_term_tenant_employee_id_valid_from")
        ),
    )
    op.create_table(
        "talent_assessment",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("assessed_on", Day(), nullable=False),
        sa.Column("potential", ExactDecimal(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_talent_assessment_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "assessed_on", name=op.f("pk_talent_assessment")),
    )
    op.create_table(
        "training_attendance",
        sa.Column("nomination_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("share", ExactDecimal(), nullable=False),
        sa.Column("pre_test", ExactDecimal(), nullable=True),
        sa.Column("post_test", ExactDecimal(), nullable=True),
        sa.Column("certificate", sa.String(length=60), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_attendance_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("nomination_id", "session_id", name=op.f("pk_training_attendance")),
    )
    op.create_index("ix_training_attendance_session", "training_attendance", ["tenant", "session_id"], unique=False)

    op.create_table(
        "training_choice",
        sa.Column("nomination_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("gap", sa.SmallInteger(), nullable=False),
        sa.Column("performance_gap", ExactDecimal(), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("score", ExactDecimal(), nullable=False),
        sa.Column("is_ranked_in", sa.Boolean(), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_choice_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("nomination_id", "session_id", "round", name=op.f("pk_training_choice")),
    )
    op.create_index("ix_training_choice_session", "training_choice", ["tenant", "session_id"], unique=False)

    op.create_table(
        "training_need",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("predicate", sa.String(length=20), nullable=False),
        sa.Column("behaviour", sa.String(length=20), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_training_need_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_need")),
        sa.UniqueConstraint(
            "tenant", "employee_id", "year", "quarter", name=op.f("uq_training_need_tenant_employee_id_year_quarter")
        ),
    )
    op.create_table(
        "training_nomination",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("need_id", sa.BigInteger(), nullable=True),
        sa.Column("competency", sa.String(length=40), nullable=True),
        sa.Column("gap", sa.SmallInteger(), nullable=False),
        sa.Column("performance_gap", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_reason", sa.String(length=40), nullable=True),
        sa.Column("letter", sa.String(length=60), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_training_nomination_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_nomination_session_id_training_session")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_nomination_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_training_nomination")),
        sa.UniqueConstraint("tenant", "letter", name=op.f("uq_training_nomination_tenant_letter")),
    )
    op.create_index("ix_training_nomination_employee", "training_nomination", ["tenant", "employee_id"], unique=False)
    op.create_index("ix_training_nomination_session", "training_nomination", ["tenant", "session_id"], unique=False)

    op.create_table(
        "training_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=True),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("due", Day(), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("agreed_by", sa.BigInteger(), nullable=True),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_training_plan_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan")),
    )
    op.create_index("ix_training_plan_employee", "training_plan", ["tenant", "employee_id", "year"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("course", sa.String(length=40), nullable=True),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("ended_on", Day(), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=True),
        sa.Column("certificate", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_training_record_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint(
            "tenant", "employee_id", "certificate", name=op.f("uq_training_record_tenant_employee_id_certificate")
        ),
    )
    op.create_index(
        "ix_training_record_employee", "training_record", ["tenant", "employee_id", "ended_on"], unique=False
    )

    op.create_table(
        "training_round",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seed", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["training_session.id"], name=op.f("fk_training_round_session_id_training_session")
        ),
        sa.PrimaryKeyConstraint("case_id", "round", name=op.f("pk_training_round")),
    )
    op.create_index("ix_training_round_session", "training_round", ["tenant", "session_id"], unique=False)

    op.create_table(
        "area_factor",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("weight", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_area_factor_post_id_post")),
        sa.PrimaryKeyConstraint("tenant", "post_id", "year", "name", name=op.f("pk_area_factor")),
    )
    op.create_table(
        "innovation_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("innovation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("noted_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovation.id"], name=op.f("fk_innovation_step_innovation_id_innovation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_step")),
    )
    op.create_index("ix_innovation_step_of", "innovation_step", ["tenant", "innovation_id"], unique=False)

    op.create_table(
        "innovation_voice",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("innovation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_innovation_voice_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovation.id"], name=op.f("fk_innovation_voice_innovation_id_innovation")
        ),
        sa.PrimaryKeyConstraint("tenant", "innovation_id", "employee_id", name=op.f("pk_innovation_voice")),
    )
    op.create_table(
        "job_analysis",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("approved", sa.SmallInteger(), nullable=True),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_job_analysis_post_id_post")),
        sa.PrimaryKeyConstraint("tenant", "post_id", "year", name=op.f("pk_job_analysis")),
    )
    op.create_table(
        "job_duty",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("duty", sa.String(length=300), nullable=False),
        sa.Column("product", sa.String(length=60), nullable=False),
        sa.Column("volume", ExactDecimal(), nullable=False),
        sa.Column("hours", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_job_duty_post_id_post")),
        sa.PrimaryKeyConstraint("tenant", "post_id", "year", "number", name=op.f("pk_job_duty")),
    )
    op.create_table(
        "post_standard",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("competency", sa.String(length=40), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_standard_post_id_post")),
        sa.PrimaryKeyConstraint("tenant", "post_id", "competency", name=op.f("pk_post_standard")),
    )
