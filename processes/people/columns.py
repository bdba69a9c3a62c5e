"""Columns that tables of every room begin with: the row's number, the city, the employee, the unit."""

from sqlalchemy import Column, ForeignKey, String

from engine.records.schema import RowId


def key_column() -> "Column[int]":
    """Return the column of a number that the engine gives, never the database."""
    return Column("id", RowId, primary_key=True, autoincrement=False)


def tenant_column(*, primary_key: bool = False) -> "Column[str]":
    """Return the column of the city whose row it is."""
    return Column("tenant", String(40), nullable=False, primary_key=primary_key)


def employee_column(*, primary_key: bool = False) -> "Column[int]":
    """Return the column of the employee whom a row is about."""
    return Column("employee_id", ForeignKey("employee.id"), nullable=False, primary_key=primary_key)


def unit_column(*, primary_key: bool = False) -> "Column[int]":
    """Return the column of the unit that a row is about."""
    return Column("unit_id", ForeignKey("unit.id"), nullable=False, primary_key=primary_key)
