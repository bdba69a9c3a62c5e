"""Brings a database to the tables of this Alur, step by step (Alembic)."""

from webapp.migrations.steps import NewerDatabase, is_current, upgrade, write_step

__all__ = ["NewerDatabase", "is_current", "upgrade", "write_step"]
