"""What the appraisal cycle keeps outside its tokens: plain rows that pages, reports and imports read."""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, RowId, UtcDateTime, metadata
from engine.records.seals import SEALED

#: What rows say that a step of a case has written: the source of what was measured, the relation of who gives feedback.
FROM_FORM: Final = "form"
FROM_APPRAISER: Final = "appraiser"


class PeriodStatus(StrEnum):
    """Where a quarter stands."""

    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"


# One quarter of a city (PermenPANRB 6/2022 Ps 24): periodic evaluation is quarterly.
period = Table(
    "period",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("opens_on", Day, nullable=False),
    Column("status", String(12), nullable=False),
    # How many employees and units the opening found, so that its progress can be shown.
    Column("planned", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", BigInteger),
    UniqueConstraint("tenant", "year", "quarter"),
    info={PROVED: Proved()},
)

# An employee's agreed target of one indicator for a year (SKP).
target = Table(
    "target",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("indicator", String(40), primary_key=True),
    Column("baseline", ExactDecimal),
    Column("target", ExactDecimal),
    Column("weight", ExactDecimal),
    info={PROVED: Proved()},
)

# What was measured for an employee in a quarter: {indicator: {field: value}}, with notes; one row, the newest holds.
realisation = Table(
    "realisation",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("quarter", SmallInteger, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("entered_by", BigInteger),
    Column("source", String(120), nullable=False),
    info={PROVED: Proved(is_of_step=lambda row: row.source == FROM_FORM, overwritten=True)},
)

# What the appraiser entered: rubric levels and the seven behaviour marks, with notes; one row, the newest holds.
assessment = Table(
    "assessment",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("quarter", SmallInteger, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("entered_by", BigInteger),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger),
    Index("ix_evidence_employee", "employee_id", "year", "quarter"),
    info={SEALED: 2},
)

# Continuous feedback (umpan balik, PermenPANRB 6/2022 Ps 18); the giver is shown to the appraiser line only.
feedback = Table(
    "feedback",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("giver_id", BigInteger),
    Column("relation", String(20), nullable=False),
    Column("is_positive", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Index("ix_feedback_employee", "employee_id", "year", "quarter"),
    info={PROVED: Proved(is_of_step=lambda row: row.relation == FROM_APPRAISER)},
)
# For the list of what one has given; an appraiser's words, which belong to his task, are not on it.
Index(
    "ix_feedback_giver",
    feedback.c.tenant,
    feedback.c.giver_id,
    feedback.c.year,
    sqlite_where=text("relation <> 'appraiser'"),
    postgresql_where=text("relation <> 'appraiser'"),
)


class OrgBasis(StrEnum):
    """How a unit came to its organisation predicate: by its superior, by a deputy, from the period before, or not."""

    SET = "set"
    DEPUTY = "deputy"
    CARRIED_OVER = "carried_over"
    NEUTRAL = "neutral"
    IMPORTED = "imported"


def _is_decided_here(row: Any) -> bool:
    return row.basis != OrgBasis.IMPORTED.value or row.justification is not None


org_predicate = Table(
    "org_predicate",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("quarter", SmallInteger, primary_key=True),
    Column("predicate", String(20), nullable=False),
    Column("basis", String(16), nullable=False),
    # What the person wrote; of a predicate that was carried over the quarter that it is of, as `2026-2`.
    Column("note", Text, nullable=False),
    Column("set_by", BigInteger),
    Column("set_at", UtcDateTime, nullable=False),
    # Why the unit's ratings leave the distribution guide (SE MenPANRB 3/2023), given after the window.
    Column("justification", Text),
    info={PROVED: Proved(is_of_step=_is_decided_here, overwritten=True)},
)


# What the city's rule recommended to whoever rates: written once, before anybody rates, and never changed.
recommendation = Table(
    "recommendation",
    metadata,
    # Its rows are long and lie in the order they come; by their cases they would lie in half-empty pages.
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("case_id", ForeignKey("process_case.id"), nullable=False, unique=True),
    # ScoreResult in plain form: value, ratings, reasons, caps, rule and the tree of how each digit came about.
    Column("explanation", LargeBinary, nullable=False),
    info={SEALED: 2},
)

# One row a version of an employee's evaluation; a changed decision after an objection adds version 2.
evaluation = Table(
    "evaluation",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("version", SmallInteger, primary_key=True),
    Column("tenant", String(40), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("work_result", String(20)),
    Column("behaviour", String(20)),
    Column("predicate", String(20)),
    Column("work_note", Text),
    Column("behaviour_note", Text),
    Column("justification", Text),
    Column("rater_id", BigInteger),
    Column("is_final", Boolean, nullable=False),
    Column("signed_at", UtcDateTime),
    Column("handed_over_at", UtcDateTime),
    Column("responded_at", UtcDateTime),
    # `accepted`, `silent` (14 working days passed, PermenPANRB 6/2022), `objected`, `final`.
    Column("response", String(12)),
    Column("objection", Text),
    Column("dialogue_on", Day),
    Column("dialogue_note", Text),
    Column("decision", String(12)),
    Column("decision_note", Text),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("locked_at", UtcDateTime),
    Index("ix_evaluation_unit", "unit_id", "year", "quarter"),
    Index("ix_evaluation_employee", "employee_id", "year", "quarter"),
)
