"""What training leaves behind: the catalogue, sessions, nominations, choices, hours, evaluations, development plans."""

from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, RowId, UtcDateTime, metadata
from processes.people.columns import employee_column, key_column, tenant_column


class Method(StrEnum):
    """How a course is given (PerLAN 10/2018)."""

    CLASSICAL = "classical"
    E_LEARNING = "e_learning"
    COACHING = "coaching"
    WORKSHOP = "workshop"
    INTERNSHIP = "internship"


class NominationStatus(StrEnum):
    """Where a nomination stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    DECLINED = "declined"
    QUEUED = "queued"
    WAITING = "waiting"
    CHOSEN = "chosen"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    COMPLETED = "completed"
    LAPSED = "lapsed"


class NeedKind(StrEnum):
    """What a nomination answers."""

    COMPETENCY = "competency"
    PERFORMANCE = "performance"
    APPRAISAL = "appraisal"
    SUPERIOR = "superior"
    OPEN = "open"


class ClaimStatus(StrEnum):
    """Where training that was taken elsewhere stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


#: Commands alone write these tables.
_PROVED: Final = {PROVED: Proved()}


# `field` is the city's own grouping of courses; `suggested_for` names posts, such as `unit_kind:public_works`.
training_course = Table(
    "training_course",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200)),
    Column("field", String(80), nullable=False),
    Column("hours", SmallInteger, nullable=False),
    Column("method", String(20), nullable=False),
    Column("provider", String(120)),
    # Anybody may go, without a gap: a course on a system that everybody has to use.
    Column("is_open", Boolean, nullable=False),
    Column("suggested_for", String(200)),
    Column("behaviour_measure", String(200)),
    Column("impact_measure", String(200)),
    # The figures of the unit by which both are taken over, such as `ikm`, by the names under which they are imported.
    Column("behaviour_figure", String(40)),
    Column("impact_figure", String(40)),
    info=_PROVED,
)

# The level of a competency that whoever passes a course has reached.
training_target = Table(
    "training_target",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("course", String(40), primary_key=True),
    Column("competency", String(40), primary_key=True),
    Column("level", SmallInteger, nullable=False),
    info=_PROVED,
)

# Money in rupiah; without a budget only the quota limits.
training_session = Table(
    "training_session",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("code", String(60), nullable=False),
    Column("course", String(40), nullable=False),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    Column("enrol_until", Day, nullable=False),
    Column("place", String(200), nullable=False),
    Column("quota", SmallInteger, nullable=False),
    Column("seat_cost", ExactDecimal, nullable=False),
    Column("budget", ExactDecimal),
    Column("budget_line", String(60)),
    UniqueConstraint("tenant", "code"),
    info=_PROVED,
)

# What an appraisal result showed: a nomination that somebody has yet to make out of it.
training_need = Table(
    "training_need",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    tenant_column(),
    employee_column(),
    Column("year", Integer, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("predicate", String(20), nullable=False),
    Column("behaviour", String(20), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "employee_id", "year", "quarter"),
    info=_PROVED,
)

# One row a nomination, written by the steps of its case.
training_nomination = Table(
    "training_nomination",
    metadata,
    Column("case_id", RowId, primary_key=True, autoincrement=False),
    tenant_column(),
    employee_column(),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("session_id", ForeignKey("training_session.id"), nullable=False),
    Column("course", String(40), nullable=False),
    Column("need", String(20), nullable=False),
    Column("need_id", BigInteger),
    Column("competency", String(40)),
    Column("gap", SmallInteger, nullable=False),
    Column("performance_gap", ExactDecimal, nullable=False),
    Column("reason", Text),
    Column("proposed_by", BigInteger),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("status", String(12), nullable=False),
    Column("status_reason", String(40)),
    Column("letter", String(60)),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "letter"),
    Index("ix_training_nomination_employee", "tenant", "employee_id"),
    Index("ix_training_nomination_session", "tenant", "session_id"),
)

# Each time the seats of a session were given out: by whom, and with what seed ties were broken.
training_round = Table(
    "training_round",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round", SmallInteger, primary_key=True),
    tenant_column(),
    Column("session_id", ForeignKey("training_session.id"), nullable=False),
    Column("seed", String(40), nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("reason", Text),
    Index("ix_training_round_session", "tenant", "session_id"),
)

# The place of a nomination in such a round, with what the score was made of.
training_choice = Table(
    "training_choice",
    metadata,
    Column("nomination_id", BigInteger, primary_key=True, autoincrement=False),
    Column("session_id", ForeignKey("training_session.id"), primary_key=True),
    Column("round", SmallInteger, primary_key=True),
    tenant_column(),
    Column("place", SmallInteger, nullable=False),
    Column("gap", SmallInteger, nullable=False),
    Column("performance_gap", ExactDecimal, nullable=False),
    Column("hours", SmallInteger, nullable=False),
    Column("score", ExactDecimal, nullable=False),
    Column("is_ranked_in", Boolean, nullable=False),
    Column("is_chosen", Boolean, nullable=False),
    Index("ix_training_choice_session", "tenant", "session_id"),
)

# How long somebody was there, in percent, and the tests before and after (level 2).
training_attendance = Table(
    "training_attendance",
    metadata,
    Column("nomination_id", BigInteger, primary_key=True, autoincrement=False),
    Column("session_id", ForeignKey("training_session.id"), primary_key=True),
    tenant_column(),
    Column("share", ExactDecimal, nullable=False),
    Column("pre_test", ExactDecimal),
    Column("post_test", ExactDecimal),
    Column("certificate", String(60)),
    Column("recorded_by", BigInteger),
    Column("recorded_at", UtcDateTime, nullable=False),
    Index("ix_training_attendance_session", "tenant", "session_id"),
)

# Training that was completed, with its hours (JP): before Alur by import, afterwards by the case.
training_record = Table(
    "training_record",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    tenant_column(),
    employee_column(),
    Column("name", String(200), nullable=False),
    Column("course", String(40)),
    Column("field", String(80), nullable=False),
    Column("hours", SmallInteger, nullable=False),
    Column("ended_on", Day, nullable=False),
    Column("provider", String(120)),
    Column("certificate", String(60), nullable=False),
    Column("case_id", BigInteger),
    UniqueConstraint("tenant", "employee_id", "certificate"),
    Index("ix_training_record_employee", "tenant", "employee_id", "ended_on"),
    info={PROVED: Proved(is_of_step=lambda row: row.case_id is not None)},
)

# The certificates themselves, as the organiser or whoever was trained has handed them in.
training_document = Table(
    "training_document",
    metadata,
    Column("record_id", ForeignKey("training_record.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    tenant_column(),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger),
    info=_PROVED,
)

# Training that somebody took elsewhere, with the certificate: it counts once the personnel agency has confirmed it.
training_claim = Table(
    "training_claim",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("name", String(200), nullable=False),
    Column("field", String(80), nullable=False),
    Column("hours", SmallInteger, nullable=False),
    Column("ended_on", Day, nullable=False),
    Column("provider", String(120), nullable=False),
    Column("certificate", String(60), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("decision_note", Text),
    Index("ix_training_claim_employee", "tenant", "employee_id"),
    Index("ix_training_claim_status", "tenant", "status", "proposed_at"),
    info=_PROVED,
)

# Evaluations of level 1 (reaction), 3 (behaviour) and 4 (impact); level 2 stands with the attendance.
training_evaluation = Table(
    "training_evaluation",
    metadata,
    Column("nomination_id", BigInteger, primary_key=True, autoincrement=False),
    Column("level", SmallInteger, primary_key=True),
    # alumni, superior, colleague or unit
    Column("source", String(12), primary_key=True),
    tenant_column(),
    Column("score", ExactDecimal),
    Column("measure", String(200)),
    Column("before", ExactDecimal),
    Column("after", ExactDecimal),
    Column("sample", Integer),
    Column("others", Text),
    Column("note", Text),
    Column("is_applied", Boolean),
    # Why a figure that was taken over from the unit's own was corrected.
    Column("correction", Text),
    Column("answered_by", BigInteger),
    Column("answered_at", UtcDateTime, nullable=False),
)

# What somebody is to develop in a year, agreed with the superior.
training_plan = Table(
    "training_plan",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    tenant_column(),
    employee_column(),
    Column("year", Integer, nullable=False),
    Column("goal", String(300), nullable=False),
    Column("competency", String(40)),
    Column("course", String(40)),
    Column("due", Day, nullable=False),
    Column("proposed_by", BigInteger, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("agreed_by", BigInteger),
    Column("agreed_at", UtcDateTime),
    Index("ix_training_plan_employee", "tenant", "employee_id", "year"),
    info=_PROVED,
)
