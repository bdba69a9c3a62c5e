"""What recognition keeps: awards with their nominations, thanks among colleagues, ideas that were tried."""

from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import key_column, tenant_column, unit_column


class Source(StrEnum):
    """Where a nomination comes from: somebody wrote it, or a rule of the city found it."""

    PERSON = "person"
    RULE = "rule"


class Outcome(StrEnum):
    """How a nomination ended."""

    AWARDED = "awarded"
    DECLINED = "declined"
    NOT_ELIGIBLE = "not_eligible"


class Reward(StrEnum):
    """What goes with an award: money from a budget line, or a certificate with priority in training and publication."""

    MONEY = "money"
    RECOGNITION = "recognition"


class Shown(StrEnum):
    """Whether whoever was thanked lets the unit read it."""

    ASKED = "asked"
    SHOWN = "shown"
    KEPT = "kept"


class Kind(StrEnum):
    """What stands in the register of good ideas."""

    INNOVATION = "innovation"
    GOOD_PRACTICE = "good_practice"
    ACTIVITY = "activity"


class Stage(StrEnum):
    """Where an idea stands; what is told of once, such as an activity, stands at `told`."""

    IDEA = "idea"
    TRIAL = "trial"
    ADOPTED = "adopted"
    STOPPED = "stopped"
    TOLD = "told"


#: Commands alone write these tables.
_PROVED: Final = {PROVED: Proved()}


# One award for which people are nominated between two days. Weights, panel and money are fixed before names are seen;
# without a budget line (DPA) there is no money. `rule` names the rule that may propose people by itself.
award_program = Table(
    "award_program",
    metadata,
    key_column(),
    tenant_column(),
    Column("name", String(200), nullable=False),
    Column("siasn_code", String(40)),
    Column("opens_on", Day, nullable=False),
    Column("closes_on", Day, nullable=False),
    Column("weight_performance", ExactDecimal, nullable=False),
    Column("weight_conduct", ExactDecimal, nullable=False),
    Column("weight_impact", ExactDecimal, nullable=False),
    Column("amount", ExactDecimal),
    Column("dpa_code", String(60)),
    Column("rule", String(40)),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("opened_by", BigInteger),
    Index("ix_award_program_city", "tenant", "closes_on"),
    info=_PROVED,
)

award_panel = Table(
    "award_panel",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("program_id", ForeignKey("award_program.id"), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    info=_PROVED,
)

# A nomination is a case; nobody is nominated twice for the same award.
award_nomination = Table(
    "award_nomination",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("program_id", ForeignKey("award_program.id"), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("nominator_id", BigInteger),
    Column("source", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("nominated_at", UtcDateTime, nullable=False),
    Index("ix_award_nomination_program", "tenant", "program_id"),
    Index("ix_award_nomination_employee", "tenant", "employee_id"),
    info=_PROVED,
)

# How it ended, written by the last steps of its case, whose journal proves it.
award_outcome = Table(
    "award_outcome",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("score", ExactDecimal),
    Column("voices", SmallInteger),
    Column("reason", Text),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("decree", String(120)),
    Column("decree_on", Day),
    Column("reward", String(12)),
    Column("amount", ExactDecimal),
    Column("dpa_code", String(60)),
    # Nothing is published before the person has agreed: null until then, and false for silence.
    Column("is_public", Boolean),
    Index("ix_award_outcome_city", "tenant", "decree_on"),
)

# Thanks between two colleagues: counted, never a score.
kudos = Table(
    "kudos",
    metadata,
    key_column(),
    tenant_column(),
    Column("giver_id", ForeignKey("employee.id"), nullable=False),
    Column("receiver_id", ForeignKey("employee.id"), nullable=False),
    Column("unit_id", ForeignKey("unit.id")),
    Column("text", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("shown", String(8), nullable=False),
    # Whoever finds it unfitting says why; until the personnel agency has looked at it, only the two of them read it.
    Column("reported_by", BigInteger),
    Column("report", Text),
    Column("is_fitting", Boolean),
    Column("reviewed_by", BigInteger),
    Index("ix_kudos_receiver", "tenant", "receiver_id", "given_at"),
    Index("ix_kudos_giver", "tenant", "giver_id", "given_at"),
    Index("ix_kudos_unit", "tenant", "unit_id", "given_at"),
    info=_PROVED,
)

innovation = Table(
    "innovation",
    metadata,
    key_column(),
    tenant_column(),
    Column("kind", String(16), nullable=False),
    Column("title", String(200), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("owner_id", ForeignKey("employee.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("evidence", Text),
    Column("happened_on", Day),
    Column("stage", String(12), nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_innovation_unit", "tenant", "unit_id"),
    info=_PROVED,
)

innovation_step = Table(
    "innovation_step",
    metadata,
    key_column(),
    tenant_column(),
    Column("innovation_id", ForeignKey("innovation.id"), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("note", Text, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("noted_by", BigInteger, nullable=False),
    Index("ix_innovation_step_of", "tenant", "innovation_id"),
    info=_PROVED,
)

# "Useful to us": one voice a person.
innovation_voice = Table(
    "innovation_voice",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("innovation_id", ForeignKey("innovation.id"), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
    info=_PROVED,
)

# What somebody's service counter measured in a month, as imported: median hours, reworked share, satisfaction index.
service_figure = Table(
    "service_figure",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("month", SmallInteger, primary_key=True),
    Column("hours", ExactDecimal, nullable=False),
    Column("rework", ExactDecimal, nullable=False),
    Column("ikm", ExactDecimal),
    Column("source", String(120), nullable=False),
    info=_PROVED,
)

# As above, of a whole counter or service of a unit: nobody is measured by it.
counter_figure = Table(
    "counter_figure",
    metadata,
    tenant_column(primary_key=True),
    unit_column(primary_key=True),
    Column("counter", String(80), primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("month", SmallInteger, primary_key=True),
    Column("hours", ExactDecimal, nullable=False),
    Column("rework", ExactDecimal, nullable=False),
    Column("ikm", ExactDecimal),
    Column("source", String(120), nullable=False),
    info=_PROVED,
)

# A unit that is proposed for its service, with the index and the number of answers as they stood then. It is a case.
unit_award = Table(
    "unit_award",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    unit_column(),
    Column("name", String(200), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("quarter", SmallInteger, nullable=False),
    Column("ikm", ExactDecimal),
    Column("answers", Integer),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("source", String(12), nullable=False),
    Column("proposed_by", BigInteger),
    Column("proposed_at", UtcDateTime, nullable=False),
    Index("ix_unit_award_unit", "tenant", "unit_id"),
    info=_PROVED,
)

# How that ended, written by the last steps of its case, whose journal proves it.
unit_award_outcome = Table(
    "unit_award_outcome",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    unit_column(),
    Column("outcome", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", BigInteger, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("decree", String(120)),
    Column("decree_on", Day),
    Index("ix_unit_award_outcome_city", "tenant", "decree_on"),
)

# Written thanks of a citizen, with where they came from and never who it was; the unit says whether it was so.
citizen_thanks = Table(
    "citizen_thanks",
    metadata,
    key_column(),
    tenant_column(),
    unit_column(),
    Column("employee_id", ForeignKey("employee.id")),
    Column("text", Text, nullable=False),
    Column("source", String(200), nullable=False),
    Column("received_on", Day, nullable=False),
    Column("recorded_by", BigInteger, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    # Null until the unit has said something.
    Column("is_confirmed", Boolean),
    Column("confirmed_by", BigInteger),
    Column("confirmed_at", UtcDateTime),
    Index("ix_citizen_thanks_unit", "tenant", "unit_id", "received_on"),
    Index("ix_citizen_thanks_employee", "tenant", "employee_id", "received_on"),
    info=_PROVED,
)

innovation_file = Table(
    "innovation_file",
    metadata,
    key_column(),
    tenant_column(),
    Column("innovation_id", ForeignKey("innovation.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Index("ix_innovation_file_of", "tenant", "innovation_id"),
    info=_PROVED,
)
