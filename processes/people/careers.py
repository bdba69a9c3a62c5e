"""What a career is made of: ranks, education, competencies, sanctions, awards, and who is kin to whom."""

from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, SmallInteger, String, Table, UniqueConstraint

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, metadata
from processes.people.columns import employee_column, key_column, tenant_column


class CompetencyKind(StrEnum):
    """The three kinds of competency of a post's standard (PermenPANRB 38/2017)."""

    MANAGERIAL = "managerial"
    SOCIO_CULTURAL = "socio_cultural"
    TECHNICAL = "technical"


class Relation(StrEnum):
    """How two employees are family."""

    SPOUSE = "spouse"
    PARENT_CHILD = "parent_child"
    SIBLING = "sibling"
    IN_LAW = "in_law"


#: Levels of a competency, from 1 to 5 (PermenPANRB 38/2017).
HIGHEST_LEVEL: Final = 5

#: Commands alone write these tables.
_PROVED: Final = {PROVED: Proved()}
#: Of these tables a row with a case was written by its step, whose journal proves it.
_PROVED_BESIDE_CASES: Final = {PROVED: Proved(is_of_step=lambda row: row.case_id is not None)}


# `level` as `processes.people.career_values.EducationLevel` has it.
education = Table(
    "education",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("level", String(12), nullable=False),
    Column("subject", String(120)),
    Column("graduated_on", Day, nullable=False),
    UniqueConstraint("tenant", "employee_id", "level", "graduated_on"),
    info=_PROVED,
)

# Each rank (golongan/ruang, such as III/b) from the day on which it counts (TMT); `employee.grade` is the newest.
rank = Table(
    "rank",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("grade", String(10), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("decree", String(120)),
    Column("case_id", BigInteger),
    UniqueConstraint("tenant", "employee_id", "valid_from"),
    info=_PROVED_BESIDE_CASES,
)

# Disciplinary measures in force (PP 94/2021); `measure` as `career_values.Measure` has it.
sanction = Table(
    "sanction",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("measure", String(40), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Column("decree", String(120), nullable=False),
    Index("ix_sanction_employee", "tenant", "employee_id", "valid_from"),
    info=_PROVED,
)

award = Table(
    "award",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("name", String(200), nullable=False),
    Column("awarded_on", Day, nullable=False),
    Column("decree", String(120)),
    Column("case_id", BigInteger),
    Index("ix_award_employee", "tenant", "employee_id", "awarded_on"),
    info=_PROVED_BESIDE_CASES,
)

# The city's catalogue of competencies; `field` groups technical ones, such as health or education.
competency = Table(
    "competency",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_en", String(200)),
    Column("kind", String(20), nullable=False),
    Column("field", String(60)),
    info=_PROVED,
)

# What a post asks for (SKJ): a level from 1 to 5 for each competency.
post_standard = Table(
    "post_standard",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("competency", String(40), primary_key=True),
    Column("level", SmallInteger, nullable=False),
    info=_PROVED,
)

# What somebody was found to have, with where that comes from; the newest day holds.
competency_level = Table(
    "competency_level",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("competency", String(40), primary_key=True),
    Column("assessed_on", Day, primary_key=True),
    Column("level", SmallInteger, nullable=False),
    Column("source", String(120), nullable=False),
    Column("case_id", BigInteger),
    info=_PROVED_BESIDE_CASES,
)

# Family among colleagues: nobody has a part in a decision about them. One row a pair, the smaller id first.
kinship = Table(
    "kinship",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("relative_id", ForeignKey("employee.id"), primary_key=True),
    Column("relation", String(40), nullable=False),
    info=_PROVED,
)
