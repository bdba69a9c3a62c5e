"""Deployed releases: immutable, numbered per city and process."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    select,
)

from engine.records.schema import RowId, UtcDateTime, metadata
from engine.records.wordbook import wordbook

release = Table(
    "release",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    # What the entries of its cases have in common.
    Column("wordbook_id", ForeignKey(wordbook.c.id), nullable=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", BigInteger),
    UniqueConstraint("tenant", "process", "number"),
    UniqueConstraint("tenant", "process", "digest"),
)

insert_release = release.insert()
content_of_release = select(release.c.content).where(release.c.id == bindparam("release_id"))
latest_release = (
    select(release.c.id, release.c.number, release.c.digest, release.c.wordbook_id)
    .where(release.c.tenant == bindparam("tenant"), release.c.process == bindparam("process"))
    .order_by(release.c.number.desc())
    .limit(1)
)
release_by_digest = select(release.c.number).where(
    release.c.tenant == bindparam("tenant"),
    release.c.process == bindparam("process"),
    release.c.digest == bindparam("digest"),
)
