"""Figures of units in a quarter, such as their satisfaction index: what every process may look back upon."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, SmallInteger, String, Table

from engine.records.proofs import PROVED, Proved
from engine.records.schema import ExactDecimal, UtcDateTime, metadata

# Figures of a unit in a quarter, such as `ikm`, `n`, `attendance`, each with the file that brought it.
unit_figure = Table(
    "unit_figure",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("quarter", SmallInteger, primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("value", ExactDecimal, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    Column("entered_by", BigInteger),
    Column("source", String(120), nullable=False),
    info={PROVED: Proved()},
)
