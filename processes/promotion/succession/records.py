"""Succession lists of key posts: each version with its names, kept as it was drawn."""

from sqlalchemy import BigInteger, Column, ForeignKey, SmallInteger, String, Table, UniqueConstraint

from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, ExactDecimal, UtcDateTime, metadata
from processes.people.columns import employee_column, key_column, tenant_column

_OF_COMMANDS = {PROVED: Proved()}

# A version of the list of a post; `rules` names the version of the numbers that it was drawn with. It is in force once
# the appointing authority has approved it, and until a later version is approved.
succession_list = Table(
    "succession_list",
    metadata,
    key_column(),
    tenant_column(),
    Column("post_id", ForeignKey("post.id"), nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("rules", String(40), nullable=False),
    Column("drawn_on", Day, nullable=False),
    Column("drawn_by", BigInteger),
    Column("drawn_at", UtcDateTime, nullable=False),
    Column("decree", String(120)),
    Column("approved_on", Day),
    Column("approved_by", BigInteger),
    Column("approved_at", UtcDateTime),
    UniqueConstraint("tenant", "post_id", "version"),
    info=_OF_COMMANDS,
)

# Everybody who was looked at: with a place and a readiness, or with the reason why he was left out.
succession_name = Table(
    "succession_name",
    metadata,
    Column("list_id", ForeignKey("succession_list.id"), primary_key=True),
    employee_column(primary_key=True),
    tenant_column(),
    Column("place", SmallInteger),
    Column("readiness", String(12)),
    Column("excluded", String(20)),
    Column("box", SmallInteger, nullable=False),
    Column("value", ExactDecimal, nullable=False),
    Column("fit", ExactDecimal, nullable=False),
    Column("short", SmallInteger, nullable=False),
    Column("levels", SmallInteger, nullable=False),
    Column("unassessed", SmallInteger, nullable=False),
    info=_OF_COMMANDS,
)
