"""The cities that one installation serves; `tenant` is the engine's word for a city."""

from sqlalchemy import Column, String, Table

from engine.records.schema import UtcDateTime, metadata

tenant = Table(
    "tenant",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
)

insert_tenant = tenant.insert()
