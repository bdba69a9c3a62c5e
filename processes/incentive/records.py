"""What allowances (TPP) are computed from and what was paid: attendance, ceilings, runs, slips, adjustments, payments.

A month is stored as its first day. Money is whole rupiah where it is paid, and exact everywhere before.
"""

from enum import StrEnum
from typing import Final

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
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from engine.records.seals import SEALED
from processes.people.columns import employee_column, key_column, tenant_column, unit_column


class AttendanceKind(StrEnum):
    """What a working day was for somebody, as the attendance system or an officer says it."""

    PRESENT = "hadir"
    ABSENT = "tanpa_keterangan"
    LEAVE = "cuti"
    SICK = "sakit"
    PERMIT = "izin"
    DUTY = "dinas_luar"
    TRAINING = "diklat"
    OFF = "libur"


class CorrectionStatus(StrEnum):
    """Where a proposed correction of attendance stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class SignalStatus(StrEnum):
    """Where a signal stands: found, taken up by somebody, or closed with a note."""

    NEW = "new"
    LOOKING = "looking"
    CLOSED = "closed"


class RunStatus(StrEnum):
    """Where the month of a unit stands, in this order; `returned` goes back to the unit's officer."""

    OPEN = "open"
    COMPUTED = "computed"
    RETURNED = "returned"
    STATED = "stated"  # the unit's head has signed the SPTJM
    VERIFIED = "verified"
    APPROVED = "approved"  # by the treasurer
    PUBLISHED = "published"  # slips are out, the dispute window runs
    LOCKED = "locked"
    PAID = "paid"


#: From here on nothing of a month changes; what was wrong is put right in a later one.
LOCKED_STATUSES: Final = frozenset({RunStatus.LOCKED.value, RunStatus.PAID.value})

_PROVED: Final = {PROVED: Proved()}
_PROVED_BESIDE_CASES: Final = {PROVED: Proved(is_of_step=lambda row: row.case_id is not None)}
_OVER_COMMANDS: Final = {PROVED: Proved(is_of_step=lambda row: row.case_id is not None, overwritten=True)}


# One row an employee and day. Minutes after midnight; `late` and `early` in minutes as the attendance system counted
# them. A check-in that is missing counts as the heaviest class of lateness.
attendance = Table(
    "attendance",
    metadata,
    tenant_column(primary_key=True),
    employee_column(primary_key=True),
    Column("day", Day, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("check_in", SmallInteger),
    Column("check_out", SmallInteger),
    Column("late", SmallInteger, nullable=False),
    Column("early", SmallInteger, nullable=False),
    Column("no_check_in", Boolean, nullable=False),
    Column("no_check_out", Boolean, nullable=False),
    Column("assembly_missed", Boolean, nullable=False),
    # The name of the imported file, or `correction`.
    Column("source", String(120), nullable=False),
    Column("correction_id", BigInteger),
    # The dispute in which it was put right, which keeps it from every later import.
    Column("case_id", BigInteger),
    info=_OVER_COMMANDS,
)

# What an officer says a day really was, with evidence; a second person decides.
attendance_correction = Table(
    "attendance_correction",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    unit_column(),
    Column("day", Day, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("late", SmallInteger, nullable=False),
    Column("early", SmallInteger, nullable=False),
    Column("no_check_in", Boolean, nullable=False),
    Column("no_check_out", Boolean, nullable=False),
    Column("assembly_missed", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(200), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("proposed_by", BigInteger),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("decision_note", Text),
    Column("case_id", BigInteger),
    Index("ix_attendance_correction_unit", "tenant", "unit_id", "day"),
    Index("ix_attendance_correction_employee", "tenant", "employee_id", "day"),
    info=_PROVED_BESIDE_CASES,
)

# Terms of service that change the share that is paid: a candidate (CPNS) gets less. PNS and PPPK need no row.
service_term = Table(
    "service_term",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("term", String(20), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Column("source", String(120), nullable=False),
    UniqueConstraint("tenant", "employee_id", "valid_from"),
    info=_PROVED,
)

# What a unit may spend in a month (DPA).
allowance_ceiling = Table(
    "allowance_ceiling",
    metadata,
    tenant_column(primary_key=True),
    unit_column(primary_key=True),
    Column("month", Day, primary_key=True),
    Column("amount", ExactDecimal, nullable=False),
    Column("source", String(120), nullable=False),
    info=_PROVED,
)

# The month of a unit: each is released and paid on its own.
allowance_run = Table(
    "allowance_run",
    metadata,
    key_column(),
    tenant_column(),
    unit_column(),
    Column("month", Day, nullable=False),
    Column("case_id", BigInteger),
    Column("status", String(12), nullable=False),
    # How often it was computed with another outcome.
    Column("version", SmallInteger, nullable=False),
    Column("people", Integer, nullable=False),
    Column("gross", ExactDecimal, nullable=False),
    Column("deductions", ExactDecimal, nullable=False),
    Column("net", ExactDecimal, nullable=False),
    Column("ceiling", ExactDecimal),
    # The parameter sets it was computed by, whole: no later change of a set alters a past month.
    Column("basis", LargeBinary),
    # Of all slips and the basis: the same month computed again has the same.
    Column("digest", String(64)),
    Column("findings", LargeBinary),
    Column("computed_at", UtcDateTime),
    Column("computed_by", BigInteger),
    Column("published_at", UtcDateTime),
    Column("locked_at", UtcDateTime),
    UniqueConstraint("tenant", "unit_id", "month"),
    Index("ix_allowance_run_month", "tenant", "month", "status"),
    info=_OVER_COMMANDS,
)

# One row a version of what somebody gets of a unit for a month, written once; the highest version holds.
allowance_slip = Table(
    "allowance_slip",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    unit_column(),
    Column("month", Day, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("run_id", BigInteger, nullable=False),
    Column("case_id", BigInteger),
    Column("gross", ExactDecimal, nullable=False),
    Column("deductions", ExactDecimal, nullable=False),
    Column("net", ExactDecimal, nullable=False),
    # The facts it was computed from and each line of it, packed (`processes.incentive.slips`).
    Column("content", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    # Somebody who turned out not to belong to the unit in that month: nothing is paid.
    Column("is_void", Boolean, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("tenant", "employee_id", "month", "unit_id", "version"),
    Index("ix_allowance_slip_unit", "tenant", "unit_id", "month"),
    info={SEALED: 2},
)

# What a locked month turned out to be wrong by: paid, or taken back where it is negative, with a later month.
allowance_adjustment = Table(
    "allowance_adjustment",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    unit_column(),
    Column("of_month", Day, nullable=False),
    Column("of_unit_id", ForeignKey("unit.id"), nullable=False),
    # By the unit in which the person is then.
    Column("paid_in", Day, nullable=False),
    Column("amount", ExactDecimal, nullable=False),
    Column("reason", Text, nullable=False),
    # Who signs for it, and the case or correction that it comes from.
    Column("signed_by", BigInteger, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    Column("case_id", BigInteger),
    Column("correction_id", BigInteger),
    # The slip of the month as it should have been, packed.
    Column("content", LargeBinary),
    Index("ix_allowance_adjustment_of", "tenant", "employee_id", "of_month"),
    Index("ix_allowance_adjustment_paid", "tenant", "paid_in", "employee_id"),
    info=_PROVED_BESIDE_CASES,
)

# What others take off: tax, BPJS, IWP; computed outside, so that the slip shows what arrives.
external_deduction = Table(
    "external_deduction",
    metadata,
    tenant_column(primary_key=True),
    employee_column(primary_key=True),
    Column("month", Day, primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("amount", ExactDecimal, nullable=False),
    Column("source", String(120), nullable=False),
    info=_PROVED,
)

# What the treasury has paid out: the order's number (SP2D) and day.
allowance_payment = Table(
    "allowance_payment",
    metadata,
    tenant_column(primary_key=True),
    unit_column(primary_key=True),
    Column("month", Day, primary_key=True),
    Column("number", String(60), primary_key=True),
    Column("paid_on", Day, nullable=False),
    Column("amount", ExactDecimal, nullable=False),
    Column("source", String(120), nullable=False),
    Column("case_id", BigInteger),
    info=_PROVED_BESIDE_CASES,
)

# A pattern in a unit's month that somebody should look at. It is no proof and no cut: no slip is computed from it.
allowance_signal = Table(
    "allowance_signal",
    metadata,
    key_column(),
    tenant_column(),
    unit_column(),
    Column("month", Day, nullable=False),
    Column("code", String(40), nullable=False),
    # The numbers of those whom it is about, joined; empty where it is about the unit: found again, it is the same one.
    Column("about", String(80), nullable=False),
    # People, days and counts, packed (`processes.incentive.signals`).
    Column("content", LargeBinary, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("status", String(12), nullable=False),
    # Who looks at it, and what came of it.
    Column("assignee_id", BigInteger),
    Column("note", Text),
    Column("closed_by", BigInteger),
    Column("closed_at", UtcDateTime),
    UniqueConstraint("tenant", "unit_id", "month", "code", "about"),
    Index("ix_allowance_signal_month", "tenant", "month", "status", "unit_id"),
    info={PROVED: Proved()},
)

# What somebody of the agency says a locked slip is wrong by; it becomes a signed adjustment when a second one agrees.
adjustment_proposal = Table(
    "adjustment_proposal",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    unit_column(),
    Column("month", Day, nullable=False),
    # As it was reckoned then: whoever agrees, agrees to this number.
    Column("amount", ExactDecimal, nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("proposed_by", BigInteger, nullable=False),
    Column("proposed_at", UtcDateTime, nullable=False),
    Column("decided_by", BigInteger),
    Column("decided_at", UtcDateTime),
    Column("decision_note", Text),
    # The adjustment that was made of it.
    Column("adjustment_id", BigInteger),
    Index("ix_adjustment_proposal_status", "tenant", "status", "month"),
    Index("ix_adjustment_proposal_slip", "tenant", "employee_id", "month"),
    info={PROVED: Proved()},
)
