"""People and their organisation: what every process reads. Everything that changes with time has validity dates."""

from enum import StrEnum
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import key_column, tenant_column


class EmployeeKind(StrEnum):
    """Civil servants by law: UU 20/2023."""

    PNS = "PNS"
    PPPK = "PPPK"


class HeadKind(StrEnum):
    """How somebody heads a unit: by appointment, or acting (Plt for long, Plh for days)."""

    DEFINITIVE = "definitif"
    ACTING = "plt"
    DAILY_ACTING = "plh"


class Role(StrEnum):
    """Roles that are granted, not derived from a reporting line (dossier 7.7)."""

    UNIT_HR_OFFICER = "unit_hr_officer"
    HR_VERIFIER = "hr_verifier"
    HR_HEAD = "hr_head"
    AUTHORIZED_OFFICIAL = "authorized_official"
    APPOINTING_AUTHORITY = "appointing_authority"
    PROCESS_OWNER = "process_owner"
    CITY_ADMIN = "city_admin"
    INSPECTOR = "inspector"
    TREASURER = "treasurer"
    PROMOTION_BOARD = "promotion_board"


#: Commands alone write these tables, and leave a digest of each row: what is changed past them shows.
_PROVED: Final = {PROVED: Proved()}


# `code` is the unit's id in SIASN (unor_id) or the city's own; `week` is 5 or 6 working days.
unit = Table(
    "unit",
    metadata,
    key_column(),
    tenant_column(),
    Column("code", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("parent_id", ForeignKey("unit.id")),
    Column("kind", String(40), nullable=False),
    Column("week", SmallInteger, nullable=False),
    UniqueConstraint("tenant", "code"),
    info=_PROVED,
)

# `family` is the job family by which a city chooses the indicators; `level` is JPT, administrator, pengawas, ...
post = Table(
    "post",
    metadata,
    key_column(),
    tenant_column(),
    Column("code", String(60), nullable=False),
    Column("name", String(200), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("level", String(40), nullable=False),
    Column("family", String(60), nullable=False),
    Column("job_class", SmallInteger),
    UniqueConstraint("tenant", "code"),
    info=_PROVED,
)

# The NIP is an attribute that may change with a new contract: never a key, never shown in an address.
employee = Table(
    "employee",
    metadata,
    key_column(),
    tenant_column(),
    Column("nip", String(18), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("grade", String(10)),
    Column("active_from", Day),
    Column("active_to", Day),
    UniqueConstraint("tenant", "nip"),
    info=_PROVED,
)

placement = Table(
    "placement",
    metadata,
    key_column(),
    tenant_column(),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("post_id", ForeignKey("post.id")),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Index("ix_placement_employee", "tenant", "employee_id", "valid_from"),
    Index("ix_placement_unit", "tenant", "unit_id"),
    info=_PROVED,
)

# Who appraises whom (pejabat penilai kinerja): data, not derived from rank (dossier 7.2).
reporting_line = Table(
    "reporting_line",
    metadata,
    key_column(),
    tenant_column(),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("appraiser_id", ForeignKey("employee.id"), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Index("ix_reporting_line_employee", "tenant", "employee_id", "valid_from"),
    Index("ix_reporting_line_appraiser", "tenant", "appraiser_id"),
    info=_PROVED,
)

unit_head = Table(
    "unit_head",
    metadata,
    key_column(),
    tenant_column(),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("decree", String(120)),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Index("ix_unit_head_unit", "tenant", "unit_id", "valid_from"),
    Index("ix_unit_head_employee", "tenant", "employee_id"),
    info=_PROVED,
)

leave = Table(
    "leave",
    metadata,
    key_column(),
    tenant_column(),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    Index("ix_leave_employee", "tenant", "employee_id", "first_day"),
    info=_PROVED,
)

holiday = Table(
    "holiday",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("day", Day, primary_key=True),
    Column("name", String(200), nullable=False),
    info=_PROVED,
)

role_grant = Table(
    "role_grant",
    metadata,
    key_column(),
    tenant_column(),
    Column("employee_id", ForeignKey("employee.id"), nullable=False),
    Column("role", String(40), nullable=False),
    Column("unit_id", ForeignKey("unit.id")),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Index("ix_role_grant_employee", "tenant", "employee_id"),
    info=_PROVED,
)

FROM_CASE: Final = "case"

# The results ledger: one row a version; the highest version holds. Nothing is changed in place.
result = Table(
    "result",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("employee_id", ForeignKey("employee.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("quarter", SmallInteger, primary_key=True),
    Column("version", SmallInteger, primary_key=True),
    Column("unit_id", ForeignKey("unit.id")),
    Column("value", ExactDecimal),
    Column("work_result", String(20), nullable=False),
    Column("behaviour", String(20), nullable=False),
    Column("predicate", String(20), nullable=False),
    Column("appraiser_id", ForeignKey("employee.id")),
    Column("case_id", BigInteger),
    Column("decided_at", UtcDateTime, nullable=False),
    # Where the row comes from: `case` or the name of an imported file.
    Column("source", String(120), nullable=False),
    info={PROVED: Proved(is_of_step=lambda row: row.source == FROM_CASE)},
)

# Rules as data with dates: what holds in a city from a day on, with the regulation it comes from.
parameter_set = Table(
    "parameter_set",
    metadata,
    key_column(),
    tenant_column(),
    Column("name", String(60), nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("source", String(200), nullable=False),
    UniqueConstraint("tenant", "name", "valid_from"),
    info=_PROVED,
)
