"""Proves what concerns no single case: the file itself, request keys, the numbers of releases."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from engine.queries.verification.findings import Finding
from engine.records.history import audit
from engine.records.release import release

MOST_DAMAGES = 20

_keys = select(func.count().label("count")).where(audit.c.key.is_not(None)).group_by(audit.c.key)

# They are numbered from 1 on, and none is ever taken away.
_gaps = (
    select(release.c.tenant, release.c.process)
    .group_by(release.c.tenant, release.c.process)
    .having(func.count() != func.max(release.c.number))
    .order_by(release.c.tenant, release.c.process)
)


_deployed_by_nobody = (
    select(release.c.process, release.c.number)
    .outerjoin(
        audit,
        (audit.c.tenant == release.c.tenant)
        & (audit.c.at == release.c.deployed_at)
        & audit.c.command.in_(("DeployRelease", "ReleaseDesign"))
        & audit.c.actor.is_not_distinct_from(release.c.deployed_by),
    )
    .where(audit.c.id.is_(None))
)


def check_whole(read: Connection) -> Iterator[Finding]:
    """Yield what is wrong with the database file and with request keys."""
    if read.dialect.name == "sqlite":
        yield from _check_file(read)
    for count in read.execute(_keys.having(func.count() > 1)).scalars():
        yield Finding("key_twice", params={"count": count})
    for row in read.execute(_gaps):
        yield Finding("release_gap", params={"process": row.process, "tenant": row.tenant})
    for row in read.execute(_deployed_by_nobody):
        yield Finding("release_unexplained", params={"release": f"{row.process} {row.number}"})


def _check_file(read: Connection) -> Iterator[Finding]:
    for text in read.exec_driver_sql(f"PRAGMA integrity_check({MOST_DAMAGES})").scalars():
        if text != "ok":
            yield Finding("database_damaged", params={"text": text})
    broken = {(row[0], row[2]) for row in read.exec_driver_sql("PRAGMA foreign_key_check")}
    for table, to in sorted(broken):
        yield Finding("reference_broken", params={"table": table, "to": to})
