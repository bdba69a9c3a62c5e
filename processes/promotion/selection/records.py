"""What an open selection keeps: its announcement and panel, who applied, and what its steps have found."""

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
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import employee_column, tenant_column


class Step(StrEnum):
    """How far a selection is, as everybody may know."""

    RECEIVING = "receiving"
    SCREENING = "screening"
    PAPER = "paper"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    MINUTES = "minutes"
    RECOMMENDATION = "bkn"
    ANNOUNCED = "announced"
    APPOINTING = "appointing"
    DONE = "done"
    CLOSED = "closed"


class FileKind(StrEnum):
    """What a candidate hands in."""

    LIFE = "cv"
    STATEMENT = "statement"
    PAPER = "paper"


class Outcome(StrEnum):
    """How a selection ended."""

    CHOSEN = "chosen"
    CLOSED = "closed"


#: Commands alone write these tables.
_OF_COMMANDS: Final = {PROVED: Proved()}
#: Of these the journal of the case tells.
_OF_STEPS: Final = {PROVED: Proved(is_of_step=lambda row: True)}


def _case_column(*, primary_key: bool = True) -> "Column[int]":
    return Column("case_id", ForeignKey("selection.case_id"), primary_key=primary_key, nullable=False)


# A post that is filled by an open selection. Weights, in percent, are fixed with the announcement, before any name is
# known; nothing of the row is ever changed.
selection = Table(
    "selection",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("post_id", ForeignKey("post.id"), nullable=False),
    Column("opened_on", Day, nullable=False),
    Column("closes_on", Day, nullable=False),
    Column("weight_record", ExactDecimal, nullable=False),
    Column("weight_assessment", ExactDecimal, nullable=False),
    Column("weight_paper", ExactDecimal, nullable=False),
    Column("weight_interview", ExactDecimal, nullable=False),
    Column("panel_decree", String(120), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", BigInteger),
    Index("ix_selection_city", "tenant", "opened_on"),
    info=_OF_COMMANDS,
)

# Who scores. `person` is an employee or, from outside, a guest; whoever joins after the announcement has closed does so
# for a reason.
selection_member = Table(
    "selection_member",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("is_internal", Boolean, nullable=False),
    Column("reason", String(500)),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger),
    info=_OF_COMMANDS,
)

# Who applied, by the number under which the panel reads the paper.
selection_candidate = Table(
    "selection_candidate",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    employee_column(primary_key=True),
    Column("number", SmallInteger, nullable=False),
    Column("applied_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_reason", String(500)),
    UniqueConstraint("tenant", "case_id", "number"),
    Index("ix_selection_candidate_employee", "tenant", "employee_id"),
    info=_OF_COMMANDS,
)

# What a candidate handed in; `kind` as `FileKind` has it.
selection_file = Table(
    "selection_file",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    employee_column(primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    info=_OF_COMMANDS,
)

# The stages that a selection has come to; the highest number is where it stands. `until` is a day that everybody knows.
selection_stage = Table(
    "selection_stage",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("stage", String(12), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("until", Day),
    info=_OF_STEPS,
)

# What the administrative selection found, each time that it was done; the highest round holds.
selection_check = Table(
    "selection_check",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    employee_column(primary_key=True),
    Column("round", SmallInteger, primary_key=True, autoincrement=False),
    Column("is_passed", Boolean, nullable=False),
    Column("misses", String(400), nullable=False),
    Column("reason", Text),
    info=_OF_STEPS,
)

# A score of 0 to 100; `member` is 0 where nobody of the panel gave it: the assessment centre, the rubric.
selection_score = Table(
    "selection_score",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    employee_column(primary_key=True),
    Column("stage", String(12), primary_key=True),
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("score", ExactDecimal, nullable=False),
    info=_OF_STEPS,
)

# The final value, unrounded, with the place; whoever has the same value shares it.
selection_rank = Table(
    "selection_rank",
    metadata,
    tenant_column(primary_key=True),
    _case_column(),
    employee_column(primary_key=True),
    Column("value", ExactDecimal, nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("is_named", Boolean, nullable=False),
    info=_OF_STEPS,
)

# How it ended: who was chosen, from which place and why; or why it was closed.
selection_outcome = Table(
    "selection_outcome",
    metadata,
    Column("case_id", ForeignKey("selection.case_id"), primary_key=True, autoincrement=False),
    tenant_column(),
    Column("outcome", String(12), nullable=False),
    Column("employee_id", ForeignKey("employee.id")),
    Column("place", SmallInteger),
    Column("reason", Text),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("minutes", String(120)),
    Column("recommendation", String(120)),
    Index("ix_selection_outcome_city", "tenant"),
    info=_OF_STEPS,
)
