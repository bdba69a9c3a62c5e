"""Posts are filled by selection."""

import sqlalchemy as sa
from alembic import op

from engine.records.schema import Day, ExactDecimal, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915  # a table after the other
    op.create_table(
        "board_criteria",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("performance", ExactDecimal(), nullable=False),
        sa.Column("competency", ExactDecimal(), nullable=False),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_board_criteria")),
    )
    op.create_table(
        "board_outcome",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.String(length=120), nullable=True),
        sa.Column("minutes_on", Day(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_board_outcome")),
    )
    op.create_table(
        "competency_plan",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("made_in", sa.SmallInteger(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("people", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "made_in", "field", "year", name=op.f("pk_competency_plan")),
    )
    op.create_table(
        "merit_mark",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("aspect", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.SmallInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "year", "aspect", name=op.f("pk_merit_mark")),
    )
    op.create_table(
        "adjustment_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("amount", ExactDecimal(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.Column("adjustment_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_adjustment_proposal_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_adjustment_proposal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment_proposal")),
    )
    with op.batch_alter_table("adjustment_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_adjustment_proposal_slip", ["tenant", "employee_id", "month"], unique=False)
        batch_op.create_index("ix_adjustment_proposal_status", ["tenant", "status", "month"], unique=False)

    op.create_table(
        "allowance_signal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", Day(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_allowance_signal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance_signal")),
        sa.UniqueConstraint(
            "tenant",
            "unit_id",
            "month",
            "code",
            "about",
            name=op.f("uq_allowance_signal_tenant_unit_id_month_code_about"),
        ),
    )
    with op.batch_alter_table("allowance_signal", schema=None) as batch_op:
        batch_op.create_index("ix_allowance_signal_month", ["tenant", "month", "status", "unit_id"], unique=False)

    op.create_table(
        "board_candidate",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("misses", sa.String(length=400), nullable=False),
        sa.Column("predicates", sa.String(length=80), nullable=False),
        sa.Column("performance", ExactDecimal(), nullable=True),
        sa.Column("levels_asked", sa.SmallInteger(), nullable=False),
        sa.Column("levels_had", sa.SmallInteger(), nullable=False),
        sa.Column("competency", ExactDecimal(), nullable=True),
        sa.Column("total", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_board_candidate_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "round", "employee_id", name=op.f("pk_board_candidate")),
    )
    with op.batch_alter_table("board_candidate", schema=None) as batch_op:
        batch_op.create_index("ix_board_candidate_employee", ["tenant", "employee_id"], unique=False)

    op.create_table(
        "board_place",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_board_place_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "round", "employee_id", name=op.f("pk_board_place")),
    )
    op.create_table(
        "board_voice",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("interest", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_board_voice_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "round", "employee_id", name=op.f("pk_board_voice")),
    )
    op.create_table(
        "citizen_thanks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("received_on", Day(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_citizen_thanks_employee_id_employee")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_citizen_thanks_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_thanks")),
    )
    with op.batch_alter_table("citizen_thanks", schema=None) as batch_op:
        batch_op.create_index("ix_citizen_thanks_employee", ["tenant", "employee_id", "received_on"], unique=False)
        batch_op.create_index("ix_citizen_thanks_unit", ["tenant", "unit_id", "received_on"], unique=False)

    op.create_table(
        "counter_figure",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counter", sa.String(length=80), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("hours", ExactDecimal(), nullable=False),
        sa.Column("rework", ExactDecimal(), nullable=False),
        sa.Column("ikm", ExactDecimal(), nullable=True),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_counter_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("tenant", "unit_id", "counter", "year", "month", name=op.f("pk_counter_figure")),
    )
    op.create_table(
        "talent_follow_up",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("box", sa.SmallInteger(), nullable=False),
        sa.Column("due_on", Day(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=300), nullable=True),
        sa.Column("chosen_by", sa.BigInteger(), nullable=True),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.Column("moved_by", sa.BigInteger(), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_talent_follow_up_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talent_follow_up")),
    )
    with op.batch_alter_table("talent_follow_up", schema=None) as batch_op:
        batch_op.create_index("ix_talent_follow_up_person", ["tenant", "employee_id"], unique=False)

    op.create_table(
        "training_claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("hours", sa.SmallInteger(), nullable=False),
        sa.Column("ended_on", Day(), nullable=False),
        sa.Column("provider", sa.String(length=120), nullable=False),
        sa.Column("certificate", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_training_claim_employee_id_employee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_claim")),
    )
    with op.batch_alter_table("training_claim", schema=None) as batch_op:
        batch_op.create_index("ix_training_claim_employee", ["tenant", "employee_id"], unique=False)
        batch_op.create_index("ix_training_claim_status", ["tenant", "status", "proposed_at"], unique=False)

    op.create_table(
        "unit_award",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("ikm", ExactDecimal(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("proposed_by", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_award_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_unit_award")),
    )
    with op.batch_alter_table("unit_award", schema=None) as batch_op:
        batch_op.create_index("ix_unit_award_unit", ["tenant", "unit_id"], unique=False)

    op.create_table(
        "unit_award_outcome",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("decree_on", Day(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_award_outcome_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_unit_award_outcome")),
    )
    with op.batch_alter_table("unit_award_outcome", schema=None) as batch_op:
        batch_op.create_index("ix_unit_award_outcome_city", ["tenant", "decree_on"], unique=False)

    op.create_table(
        "innovation_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("innovation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovation.id"], name=op.f("fk_innovation_file_innovation_id_innovation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_file")),
    )
    with op.batch_alter_table("innovation_file", schema=None) as batch_op:
        batch_op.create_index("ix_innovation_file_of", ["tenant", "innovation_id"], unique=False)

    op.create_table(
        "post_decree",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decreed_on", Day(), nullable=False),
        sa.Column("effective_on", Day(), nullable=False),
        sa.Column("approval_number", sa.String(length=120), nullable=True),
        sa.Column("approval_on", Day(), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("inaugurated_on", Day(), nullable=True),
        sa.Column("holds_from", Day(), nullable=True),
        sa.Column("cancelled", sa.String(length=2000), nullable=True),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_post_decree_employee_id_employee")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_decree_post_id_post")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_post_decree")),
        sa.UniqueConstraint("tenant", "year", "number", name=op.f("uq_post_decree_tenant_year_number")),
    )
    with op.batch_alter_table("post_decree", schema=None) as batch_op:
        batch_op.create_index("ix_post_decree_employee", ["tenant", "employee_id"], unique=False)
        batch_op.create_index("ix_post_decree_holds", ["tenant", "holds_from"], unique=False)

    op.create_table(
        "selection",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_on", Day(), nullable=False),
        sa.Column("closes_on", Day(), nullable=False),
        sa.Column("weight_record", ExactDecimal(), nullable=False),
        sa.Column("weight_assessment", ExactDecimal(), nullable=False),
        sa.Column("weight_paper", ExactDecimal(), nullable=False),
        sa.Column("weight_interview", ExactDecimal(), nullable=False),
        sa.Column("panel_decree", sa.String(length=120), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_selection_post_id_post")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_selection")),
    )
    with op.batch_alter_table("selection", schema=None) as batch_op:
        batch_op.create_index("ix_selection_city", ["tenant", "opened_on"], unique=False)

    op.create_table(
        "succession_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("rules", sa.String(length=40), nullable=False),
        sa.Column("drawn_on", Day(), nullable=False),
        sa.Column("drawn_by", sa.BigInteger(), nullable=True),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=True),
        sa.Column("approved_on", Day(), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_succession_list_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession_list")),
        sa.UniqueConstraint("tenant", "post_id", "version", name=op.f("uq_succession_list_tenant_post_id_version")),
    )
    op.create_table(
        "training_document",
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["training_record.id"], name=op.f("fk_training_document_record_id_training_record")
        ),
        sa.PrimaryKeyConstraint("record_id", "sha256", name=op.f("pk_training_document")),
    )
    op.create_table(
        "guest",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_until", Day(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["process_case.id"], name=op.f("fk_guest_case_id_process_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index("ix_guest_case", ["tenant", "case_id"], unique=False)
        batch_op.create_index("ix_guest_email", ["tenant", "email"], unique=False)

    op.create_table(
        "selection_candidate",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["selection.case_id"], name=op.f("fk_selection_candidate_case_id_selection")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_selection_candidate_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("tenant", "case_id", "employee_id", name=op.f("pk_selection_candidate")),
        sa.UniqueConstraint("tenant", "case_id", "number", name=op.f("uq_selection_candidate_tenant_case_id_number")),
    )
    with op.batch_alter_table("selection_candidate", schema=None) as batch_op:
        batch_op.create_index("ix_selection_candidate_employee", ["tenant", "employee_id"], unique=False)

    op.create_table(
        "selection_check",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("misses", sa.String(length=400), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_check_case_id_selection")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_selection_check_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "employee_id", "round", name=op.f("pk_selection_check")),
    )
    op.create_table(
        "selection_file",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_file_case_id_selection")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_selection_file_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "employee_id", "kind", name=op.f("pk_selection_file")),
    )
    op.create_table(
        "selection_member",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_member_case_id_selection")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "person", name=op.f("pk_selection_member")),
    )
    op.create_table(
        "selection_outcome",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("place", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.String(length=120), nullable=True),
        sa.Column("recommendation", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["selection.case_id"], name=op.f("fk_selection_outcome_case_id_selection")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_selection_outcome_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_selection_outcome")),
    )
    with op.batch_alter_table("selection_outcome", schema=None) as batch_op:
        batch_op.create_index("ix_selection_outcome_city", ["tenant"], unique=False)

    op.create_table(
        "selection_rank",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_rank_case_id_selection")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_selection_rank_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "employee_id", name=op.f("pk_selection_rank")),
    )
    op.create_table(
        "selection_score",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("score", ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_score_case_id_selection")),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_selection_score_employee_id_employee")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "employee_id", "stage", "member", name=op.f("pk_selection_score")),
    )
    op.create_table(
        "selection_stage",
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("until", Day(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["selection.case_id"], name=op.f("fk_selection_stage_case_id_selection")),
        sa.PrimaryKeyConstraint("tenant", "case_id", "number", name=op.f("pk_selection_stage")),
    )
    op.create_table(
        "succession_name",
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=True),
        sa.Column("readiness", sa.String(length=12), nullable=True),
        sa.Column("excluded", sa.String(length=20), nullable=True),
        sa.Column("box", sa.SmallInteger(), nullable=False),
        sa.Column("value", ExactDecimal(), nullable=False),
        sa.Column("fit", ExactDecimal(), nullable=False),
        sa.Column("short", sa.SmallInteger(), nullable=False),
        sa.Column("levels", sa.SmallInteger(), nullable=False),
        sa.Column("unassessed", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_succession_name_employee_id_employee")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["succession_list.id"], name=op.f("fk_succession_name_list_id_succession_list")
        ),
        sa.PrimaryKeyConstraint("list_id", "employee_id", name=op.f("pk_succession_name")),
    )
    op.create_table(
        "guest_account",
        sa.Column(
            "guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("tenant", sa.String(length=40), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("code_until", UtcDateTime(), nullable=True),
        sa.Column("code_tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("signed_in_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["guest_id"], ["guest.id"], name=op.f("fk_guest_account_guest_id_guest")),
        sa.PrimaryKeyConstraint("guest_id", name=op.f("pk_guest_account")),
    )
    op.create_table(
        "guest_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("guest_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("must_choose", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("searches", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guest_id"], ["guest_account.guest_id"], name=op.f("fk_guest_session_guest_id_guest_account")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_guest_session")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("guest_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_session_guest_id"), ["guest_id"], unique=False)

    with op.batch_alter_table("training_course", schema=None) as batch_op:
        batch_op.add_column(sa.Column("behaviour_figure", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("impact_figure", sa.String(length=40), nullable=True))

    with op.batch_alter_table("training_evaluation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("correction", sa.Text(), nullable=True))
