"""Proves what concerns no single case: the file itself and request keys."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from engine.queries.verification.findings import Finding
from engine.records.history import audit

MOST_DAMAGES = 20

_keys = select(func.count().label("count")).where(audit.c.key.is_not(None)).group_by(audit.c.key)


def check_whole(read: Connection) -> Iterator[Finding]:
    """Yield what is wrong with the database file and with request keys."""
    if read.dialect.name == "sqlite":
        yield from _check_file(read)
    for count in read.execute(_keys.having(func.count() > 1)).scalars():
        yield Finding("key_twice", params={"count": count})


def _check_file(read: Connection) -> Iterator[Finding]:
    for text in read.exec_driver_sql(f"PRAGMA integrity_check({MOST_DAMAGES})").scalars():
        if text != "ok":
            yield Finding("database_damaged", params={"text": text})
    broken = {(row[0], row[2]) for row in read.exec_driver_sql("PRAGMA foreign_key_check")}
    for table, to in sorted(broken):
        yield Finding("reference_broken", params={"table": table, "to": to})
