"""Brings a database to the tables of this Alur, step by step (Alembic)."""

from webapp.migrations.steps import (
    EmptyDatabase,
    NewerDatabase,
    OlderDatabase,
    UpgradeFailed,
    is_current,
    knows_step,
    make_tables,
    newest_step,
    prepare,
    require_current,
    step_of,
    upgrade,
    write_step,
)

__all__ = [
    "EmptyDatabase",
    "NewerDatabase",
    "OlderDatabase",
    "UpgradeFailed",
    "is_current",
    "knows_step",
    "make_tables",
    "newest_step",
    "prepare",
    "require_current",
    "step_of",
    "upgrade",
    "write_step",
]
