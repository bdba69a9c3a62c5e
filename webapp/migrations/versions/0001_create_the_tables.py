"""Create the tables of the first version."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from engine.records.schema import Day, ExactDecimal, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915  # one step, one function
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("command", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(
        "uq_audit_key",
        "audit",
        ["key"],
        unique=True,
        sqlite_where=sa.text('"key" IS NOT NULL'),
        postgresql_where=sa.text('"key" IS NOT NULL'),
    )
    op.create_table(
        "employee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("nip", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("active_from", Day(), nullable=True),
        sa.Column("active_to", Day(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee")),
        sa.UniqueConstraint("tenant", "nip", name=op.f("uq_employee_tenant_nip")),
    )
    op.create_table(
        "holiday",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("tenant", "number", name=op.f("uq_import_run_tenant_number")),
    )
    op.create_table(
        "message",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=121), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "message", "key", name=op.f("pk_message")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("params", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_person", "notice", ["person"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "parameter_set",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_set")),
        sa.UniqueConstraint("tenant", "name", "valid_from", name=op.f("uq_parameter_set_tenant_name_valid_from")),
    )
    op.create_table(
        "period",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("opens_on", Day(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("tenant", "year", "quarter", name=op.f("uq_period_tenant_year_quarter")),
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_throttle")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tenant",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_tenant")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("week", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("tenant", "code", name=op.f("uq_unit_tenant_code")),
    )
    op.create_table(
        "wordbook",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordbook")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_until", UtcDateTime(), nullable=True),
        sa.Column("code_tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("signed_in_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_account_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("tenant", "employee_id", name=op.f("uq_account_tenant_employee_id")),
    )
    op.create_table(
        "assessment",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_assessment_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "year", "quarter", name=op.f("pk_assessment")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_evidence_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_employee", "evidence", ["employee_id", "year", "quarter"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("giver_id", sa.BigInteger(), nullable=True),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("is_positive", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_feedback_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_employee", "feedback", ["employee_id", "year", "quarter"], unique=False)
    op.create_index(
        "ix_feedback_giver",
        "feedback",
        ["tenant", "giver_id", "year"],
        unique=False,
        sqlite_where=sa.text("relation <> 'appraiser'"),
        postgresql_where=sa.text("relation <> 'appraiser'"),
    )
    op.create_table(
        "first_link",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant"], ["tenant.code"], name=op.f("fk_first_link_tenant_tenant")),
        sa.PrimaryKeyConstraint("tenant", name=op.f("pk_first_link")),
    )
    op.create_table(
        "leave",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_day", Day(), nullable=False),
        sa.Column("last_day", Day(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_leave_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index("ix_leave_employee", "leave", ["tenant", "employee_id", "first_day"], unique=False)
    op.create_table(
        "line_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appraiser_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["appraiser_id"], ["employee.id"], name=op.f("fk_line_proposal_appraiser_id_employee")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_line_proposal_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_proposal")),
    )
    op.create_index("ix_line_proposal_status", "line_proposal", ["tenant", "status", "proposed_at"], unique=False)
    op.create_table(
        "org_predicate",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("predicate", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_org_predicate_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "year", "quarter", name=op.f("pk_org_predicate")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("job_class", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("tenant", "code", name=op.f("uq_post_tenant_code")),
    )
    op.create_table(
        "realisation",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_realisation_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "year", "quarter", name=op.f("pk_realisation")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("wordbook_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deployed_at", UtcDateTime(), nullable=False),
        sa.Column("deployed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["wordbook_id"], ["wordbook.id"], name=op.f("fk_release_wordbook_id_wordbook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("tenant", "process", "digest", name=op.f("uq_release_tenant_process_digest")),
        sa.UniqueConstraint("tenant", "process", "number", name=op.f("uq_release_tenant_process_number")),
    )
    op.create_table(
        "reporting_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("appraiser_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraiser_id"], ["employee.id"], name=op.f("fk_reporting_line_appraiser_id_employee")
        ),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_reporting_line_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_line")),
    )
    op.create_index("ix_reporting_line_appraiser", "reporting_line", ["tenant", "appraiser_id"], unique=False)
    op.create_index(
        "ix_reporting_line_employee", "reporting_line", ["tenant", "employee_id", "valid_from"], unique=False
    )
    op.create_table(
        "result",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("value", ExactDecimal(), nullable=True),
        sa.Column("work_result", sa.String(length=20), nullable=False),
        sa.Column("behaviour", sa.String(length=20), nullable=False),
        sa.Column("predicate", sa.String(length=20), nullable=False),
        sa.Column("appraiser_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["appraiser_id"], ["employee.id"], name=op.f("fk_result_appraiser_id_employee")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_result_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_result_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "year", "quarter", "version", name=op.f("pk_result")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_role_grant_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index("ix_role_grant_employee", "role_grant", ["tenant", "employee_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("baseline", ExactDecimal(), nullable=True),
        sa.Column("target", ExactDecimal(), nullable=True),
        sa.Column("weight", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_target_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "employee_id", "year", "indicator", name=op.f("pk_target")),
    )
    op.create_table(
        "unit_figure",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "year", "quarter", "name", name=op.f("pk_unit_figure")),
    )
    op.create_table(
        "unit_head",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_unit_head_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_head_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_head")),
    )
    op.create_index("ix_unit_head_employee", "unit_head", ["tenant", "employee_id"], unique=False)
    op.create_index("ix_unit_head_unit", "unit_head", ["tenant", "unit_id", "valid_from"], unique=False)
    op.create_table(
        "placement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("valid_from", Day(), nullable=False),
        sa.Column("valid_to", Day(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_placement_employee_id_employee")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_placement_post_id_post")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_placement_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_employee", "placement", ["tenant", "employee_id", "valid_from"], unique=False)
    op.create_index("ix_placement_unit", "placement", ["tenant", "unit_id"], unique=False)
    op.create_table(
        "process_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("process", sa.String(length=121), nullable=False),
        sa.Column("business_key", sa.String(length=80), nullable=False),
        sa.Column("release_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_process_case_release_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_case")),
        sa.UniqueConstraint(
            "tenant", "process", "business_key", name=op.f("uq_process_case_tenant_process_business_key")
        ),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("grants", sa.LargeBinary(length=16), nullable=False),
        sa.Column("must_choose", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("searches", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "case_state",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_case_state_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_state")),
    )
    op.create_table(
        "evaluation",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("work_result", sa.String(length=20), nullable=True),
        sa.Column("behaviour", sa.String(length=20), nullable=True),
        sa.Column("predicate", sa.String(length=20), nullable=True),
        sa.Column("work_note", sa.Text(), nullable=True),
        sa.Column("behaviour_note", sa.Text(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=True),
        sa.Column("rater_id", sa.BigInteger(), nullable=True),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("handed_over_at", UtcDateTime(), nullable=True),
        sa.Column("responded_at", UtcDateTime(), nullable=True),
        sa.Column("response", sa.String(length=12), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("dialogue_on", Day(), nullable=True),
        sa.Column("dialogue_note", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("locked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_evaluation_case_id_process_case")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_evaluation_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evaluation_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_evaluation")),
    )
    op.create_index("ix_evaluation_employee", "evaluation", ["employee_id", "year", "quarter"], unique=False)
    op.create_index("ix_evaluation_unit", "evaluation", ["unit_id", "year", "quarter"], unique=False)
    op.create_table(
        "incident",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("element", sa.String(length=121), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_incident_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", "token", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_tenant"), "incident", ["tenant"], unique=False)
    op.create_table(
        "journal",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_journal_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_journal")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_task",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("element", sa.String(length=121), nullable=False),
        sa.Column("assignee", sa.BigInteger(), nullable=True),
        sa.Column("candidate", sa.String(length=80), nullable=True),
        sa.Column("due", Day(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_open_task_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", "token", name=op.f("pk_open_task")),
    )
    op.create_index(
        "ix_open_task_assignee",
        "open_task",
        ["tenant", "assignee", "due", "case_id", "token"],
        unique=False,
        sqlite_where=sa.text("assignee IS NOT NULL"),
        postgresql_where=sa.text("assignee IS NOT NULL"),
    )
    op.create_index(
        "ix_open_task_candidate",
        "open_task",
        ["tenant", "candidate", "due", "case_id", "token"],
        unique=False,
        sqlite_where=sa.text("assignee IS NULL"),
        postgresql_where=sa.text("assignee IS NULL"),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("explanation", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_recommendation_case_id_process_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("case_id", name=op.f("uq_recommendation_case_id")),
    )
    op.create_table(
        "subscription",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=121), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_subscription_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", "token", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_message", "subscription", ["tenant", "message", "key"], unique=False)
    op.create_table(
        "timer",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_timer_case_id_process_case")),
        sa.PrimaryKeyConstraint("case_id", "token", name=op.f("pk_timer")),
    )
    op.create_index(op.f("ix_timer_due"), "timer", ["due"], unique=False)
    op.create_table(
        "draft",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "token"],
            ["open_task.case_id", "open_task.token"],
            name=op.f("fk_draft_case_id_token_open_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "token", name=op.f("pk_draft")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _create_queue()
    else:
        # Many statements at once, without parameters: only the driver itself takes them.
        op.get_bind().connection.cursor().execute(SchemaManager.get_schema())


def _create_queue() -> None:
    """Create the queue on SQLite; on PostgreSQL Procrastinate brings its own tables."""
    op.create_table(
        "procrastinate_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queue_name", sa.String(length=128), nullable=False),
        sa.Column("task_name", sa.String(length=128), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("queueing_lock", sa.String(), nullable=True),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("scheduled_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("abort_requested", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "NOT (status = 'todo' AND abort_requested)", name=op.f("ck_procrastinate_jobs_not_todo_abort_requested")
        ),
        sa.CheckConstraint(
            "status IN ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborted')",
            name=op.f("ck_procrastinate_jobs_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procrastinate_jobs")),
        info={"dialects": ("sqlite",)},
        sqlite_autoincrement=True,
    )
    op.create_index(
        "procrastinate_jobs_doing",
        "procrastinate_jobs",
        ["worker_id"],
        unique=False,
        sqlite_where=sa.text("status = 'doing'"),
    )
    op.create_index(
        "procrastinate_jobs_priority_idx_v1",
        "procrastinate_jobs",
        [sa.literal_column("priority DESC"), "id"],
        unique=False,
        sqlite_where=sa.text("status = 'todo'"),
    )
    op.create_index(
        "procrastinate_jobs_queueing_lock_idx_v1",
        "procrastinate_jobs",
        ["queueing_lock"],
        unique=True,
        sqlite_where=sa.text("status = 'todo'"),
    )
    op.create_table(
        "procrastinate_periodic_defers",
        sa.Column("task_name", sa.String(length=128), nullable=False),
        sa.Column("periodic_id", sa.String(length=128), nullable=False),
        sa.Column("defer_timestamp", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "task_name", "periodic_id", "defer_timestamp", name=op.f("pk_procrastinate_periodic_defers")
        ),
        info={"dialects": ("sqlite",)},
    )
    op.create_table(
        "procrastinate_workers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_heartbeat", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procrastinate_workers")),
        info={"dialects": ("sqlite",)},
        sqlite_autoincrement=True,
    )
