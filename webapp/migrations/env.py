"""Runs the steps on the connection that `webapp.migrations.steps` hands over; Alembic loads this by its name."""

from typing import Any, Literal

from alembic import context
from alembic.operations.ops import CreateTableOp
from sqlalchemy import Connection, text

from engine.records.schema import metadata
from webapp.wiring import import_records

SCHEMA_TYPES = ("UtcDateTime", "ExactDecimal", "Day")


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our column types by their name, and leave everything else to Alembic."""
    name = type(item).__name__
    if kind == "type" and name in SCHEMA_TYPES:
        autogen_context.imports.add(f"from engine.records.schema import {name}")
        return f"{name}()"
    return False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave to Procrastinate what it brings itself on PostgreSQL."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_") and not _is_sqlite())


def include_object(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave a table that is for another kind of database alone."""
    dialects = getattr(item, "info", {}).get("dialects") if kind == "table" else None
    return dialects is None or connection.dialect.name in dialects


def leave_info_out(migration: Any, revision: Any, directives: list[Any]) -> None:
    """Write no `info` of a table: what the code says of it is not what the database is told."""
    for operation in (item for directive in directives for item in directive.upgrade_ops.ops):
        if isinstance(operation, CreateTableOp):
            operation.info = {}


def _is_sqlite() -> bool:
    return connection.dialect.name == "sqlite"


connection: Connection = context.config.attributes["connection"]
import_records()
if _is_sqlite():
    # A table that is rebuilt is dropped on the way: its foreign keys are looked at when all is done.
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    include_name=include_name,
    include_object=include_object,
    compare_type=True,
    process_revision_directives=leave_info_out,
    transaction_per_migration=False,
)
context.run_migrations()
