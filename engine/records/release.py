"""Deployed releases: immutable, numbered per city and process."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, UniqueConstraint, bindparam, select

from engine.records.schema import UtcDateTime, metadata

release = Table(
    "release",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", BigInteger),
    UniqueConstraint("tenant", "process", "number"),
    UniqueConstraint("tenant", "process", "digest"),
)

insert_release = release.insert()
content_of_release = select(release.c.content).where(release.c.id == bindparam("release_id"))
latest_release = (
    select(release.c.id, release.c.number, release.c.digest)
    .where(release.c.tenant == bindparam("tenant"), release.c.process == bindparam("process"))
    .order_by(release.c.number.desc())
    .limit(1)
)
release_by_digest = select(release.c.number).where(
    release.c.tenant == bindparam("tenant"),
    release.c.process == bindparam("process"),
    release.c.digest == bindparam("digest"),
)
