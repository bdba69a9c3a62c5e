"""What careers keep: posts with their analysis, need and context; ranks, credit scores and decrees."""

from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import employee_column, key_column, tenant_column, unit_column

# ---- Posts: job and workload analysis, the plan of five years, the context of areas ----


class ContextTopic(StrEnum):
    """What an indicator of an area tells about the need for people there."""

    POPULATION = "population"
    SERVICE_DEMAND = "service_demand"
    INFRASTRUCTURE = "infrastructure"


#: Commands alone write these tables.
_OF_COMMANDS: Final = {PROVED: Proved()}

# The analysis of a post for a year (anjab and ABK): its duties and factors stand beside it. `approved` is how many
# people the city has decided on, with the decision; without it the need is what the workload asks for.
job_analysis = Table(
    "job_analysis",
    metadata,
    tenant_column(primary_key=True),
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("approved", SmallInteger),
    Column("decree", String(120)),
    info=_OF_COMMANDS,
)

# A duty of a post in a year: how many products, and the hours that one takes.
job_duty = Table(
    "job_duty",
    metadata,
    tenant_column(primary_key=True),
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("duty", String(300), nullable=False),
    Column("product", String(60), nullable=False),
    Column("volume", ExactDecimal, nullable=False),
    Column("hours", ExactDecimal, nullable=False),
    info=_OF_COMMANDS,
)

# What makes the same duties heavier or lighter in an area: a weight of 0.10 adds a tenth of the hours.
area_factor = Table(
    "area_factor",
    metadata,
    tenant_column(primary_key=True),
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("weight", ExactDecimal, nullable=False),
    Column("reason", String(300), nullable=False),
    info=_OF_COMMANDS,
)

# A figure of an area in a year; the area is the unit that serves it. `topic` as `ContextTopic` has it.
context_figure = Table(
    "context_figure",
    metadata,
    tenant_column(primary_key=True),
    unit_column(primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("topic", String(20), nullable=False),
    Column("value", ExactDecimal, nullable=False),
    Column("measure", String(40), nullable=False),
    Column("source", String(200), nullable=False),
    info=_OF_COMMANDS,
)

# How many people of a family the city plans to need in a year; `made_in` is the year of the plan or its revision.
need_plan = Table(
    "need_plan",
    metadata,
    tenant_column(primary_key=True),
    Column("made_in", SmallInteger, primary_key=True),
    Column("family", String(60), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("need", SmallInteger, nullable=False),
    Column("reason", String(300), nullable=False),
    info=_OF_COMMANDS,
)

# How many people are to reach the standard of a field of competencies in a year, by the plan of a year or its revision;
# `field` as `processes.promotion.posts.competence.field_of` has it.
competency_plan = Table(
    "competency_plan",
    metadata,
    tenant_column(primary_key=True),
    Column("made_in", SmallInteger, primary_key=True),
    Column("field", String(60), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("people", SmallInteger, nullable=False),
    Column("reason", String(300), nullable=False),
    info=_OF_COMMANDS,
)

# The mark from 1 to 4 that the city gives itself in an aspect of the merit system, with what it rests on.
merit_mark = Table(
    "merit_mark",
    metadata,
    tenant_column(primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("aspect", String(20), primary_key=True),
    Column("mark", SmallInteger, nullable=False),
    Column("evidence", String(300), nullable=False),
    info=_OF_COMMANDS,
)

# ---- Careers: ranks, credit scores, decrees ----

#: Of these tables a row with a case was written by its step, whose journal proves it.
_OF_CASES_TOO: Final = {PROVED: Proved(is_of_step=lambda row: row.case_id is not None)}

# Credit of a functional post (PerBKN 3/2023) for a period: `kind`, `level` as `processes.promotion.credit` has them.
# What was converted keeps from what: months, percent and coefficient. `credit` is the amount, unrounded.
credit_score = Table(
    "credit_score",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("kind", String(12), nullable=False),
    Column("level", String(20), nullable=False),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    Column("predicate", String(20)),
    Column("months", SmallInteger, nullable=False),
    Column("percent", ExactDecimal),
    Column("coefficient", ExactDecimal),
    Column("credit", ExactDecimal, nullable=False),
    Column("decree", String(120)),
    Column("source", String(120), nullable=False),
    Column("case_id", BigInteger),
    UniqueConstraint("tenant", "employee_id", "kind", "last_day"),
    info=_OF_CASES_TOO,
)

# A file that was handed in with a proposal, with what it is.
promotion_document = Table(
    "promotion_document",
    metadata,
    Column("case_id", BigInteger, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    tenant_column(),
    employee_column(),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger),
    info={PROVED: Proved(is_of_step=lambda row: True)},
)

# The decree of a promotion, numbered through a calendar year; those of a batch are printed together. `approval_*` is
# the technical approval of BKN without which there is none.
promotion_decree = Table(
    "promotion_decree",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("year", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("batch", String(20), nullable=False),
    employee_column(),
    unit_column(),
    Column("route", String(20), nullable=False),
    Column("from_grade", String(10), nullable=False),
    Column("to_grade", String(10), nullable=False),
    Column("effective_on", Day, nullable=False),
    Column("decreed_on", Day, nullable=False),
    Column("signed_by", String(20), nullable=False),
    Column("service_months", SmallInteger),
    Column("approval_number", String(120), nullable=False),
    Column("approval_on", Day, nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", BigInteger),
    UniqueConstraint("tenant", "year", "number"),
    Index("ix_promotion_decree_batch", "tenant", "batch"),
    info={PROVED: Proved(is_of_step=lambda row: True)},
)

# What an assessment found of somebody's potential, 0 to 100; the newest day holds.
talent_assessment = Table(
    "talent_assessment",
    metadata,
    tenant_column(primary_key=True),
    employee_column(primary_key=True),
    Column("assessed_on", Day, primary_key=True),
    Column("potential", ExactDecimal, nullable=False),
    Column("source", String(120), nullable=False),
    info=_OF_COMMANDS,
)
