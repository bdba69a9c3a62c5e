"""What the filling of a post keeps: its criteria, who was considered and why, the board's voices, and the decision."""

from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, SmallInteger, String, Table

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import employee_column, tenant_column


class Answer(StrEnum):
    """What a member of the board said of the figures, or that he has no part in it."""

    AGREES = "agrees"
    REMARK = "remark"
    CONFLICT = "conflict"
    SILENT = "silent"
    LEFT_OUT = "left_out"


class Outcome(StrEnum):
    """How a filling ended."""

    CHOSEN = "chosen"
    CLOSED = "closed"


#: Steps alone write these tables; the journal of the case tells of their rows.
_OF_STEPS: Final = {PROVED: Proved(is_of_step=lambda row: True)}


def _case() -> "Column[int]":
    return Column("case_id", BigInteger, primary_key=True, autoincrement=False)


# What the ranking weighs, in percent, as it was signed before anybody was looked for.
board_criteria = Table(
    "board_criteria",
    metadata,
    _case(),
    tenant_column(),
    Column("performance", ExactDecimal, nullable=False),
    Column("competency", ExactDecimal, nullable=False),
    Column("signed_by", BigInteger),
    Column("signed_at", UtcDateTime, nullable=False),
    info=_OF_STEPS,
)

# Who was considered in a round, with what the ranking rests on; a new round does not write over the one before.
# `misses` are the codes of conditions that are not met, none for a candidate. `predicates` as in `2024:BAIK 2025:BAIK`.
board_candidate = Table(
    "board_candidate",
    metadata,
    tenant_column(primary_key=True),
    _case(),
    Column("round", SmallInteger, primary_key=True),
    employee_column(primary_key=True),
    Column("misses", String(400), nullable=False),
    Column("predicates", String(80), nullable=False),
    Column("performance", ExactDecimal),
    Column("levels_asked", SmallInteger, nullable=False),
    Column("levels_had", SmallInteger, nullable=False),
    Column("competency", ExactDecimal),
    Column("total", ExactDecimal),
    Index("ix_board_candidate_employee", "tenant", "employee_id"),
    info=_OF_STEPS,
)

# The places of a round; those with the same value share one, and `is_shared` says so.
board_place = Table(
    "board_place",
    metadata,
    tenant_column(primary_key=True),
    _case(),
    Column("round", SmallInteger, primary_key=True),
    employee_column(primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    info=_OF_STEPS,
)

# What each member of the board said in a round, and who was left out of it and why (`interest`).
board_voice = Table(
    "board_voice",
    metadata,
    tenant_column(primary_key=True),
    _case(),
    Column("round", SmallInteger, primary_key=True),
    employee_column(primary_key=True),
    Column("answer", String(12), nullable=False),
    Column("interest", String(20)),
    Column("note", String(2000)),
    info=_OF_STEPS,
)

# How it ended: who was chosen at which place, with the reason where it is not the first one; or why nobody was.
board_outcome = Table(
    "board_outcome",
    metadata,
    _case(),
    tenant_column(),
    Column("outcome", String(12), nullable=False),
    Column("employee_id", BigInteger),
    Column("place", SmallInteger),
    Column("reason", String(2000)),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("minutes", String(120)),
    Column("minutes_on", Day),
    info=_OF_STEPS,
)
