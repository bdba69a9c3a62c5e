"""What an appointment to a post leaves behind: its decree, and from when the post is held by it."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, UniqueConstraint

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, UtcDateTime, metadata
from processes.people.columns import employee_column, tenant_column


class AppointmentKind(StrEnum):
    """By which way somebody came to a post."""

    BOARD = "board"
    OPEN_SELECTION = "open_selection"


# The decree of an appointment, numbered through a calendar year. `effective_on` is the day that the decree names (TMT);
# the post is held from `holds_from` on, which the inauguration sets. A decree that was not followed by one is cancelled
# and says why. `approval_*` is BKN's technical approval or recommendation.
post_decree = Table(
    "post_decree",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    tenant_column(),
    Column("year", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    employee_column(),
    Column("post_id", ForeignKey("post.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("decreed_on", Day, nullable=False),
    Column("effective_on", Day, nullable=False),
    Column("approval_number", String(120)),
    Column("approval_on", Day),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("issued_by", BigInteger),
    Column("inaugurated_on", Day),
    Column("holds_from", Day),
    Column("cancelled", String(2000)),
    UniqueConstraint("tenant", "year", "number"),
    Index("ix_post_decree_employee", "tenant", "employee_id"),
    Index("ix_post_decree_holds", "tenant", "holds_from"),
    info={PROVED: Proved(is_of_step=lambda row: True)},
)
