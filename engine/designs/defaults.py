"""The national default of a process that a city has taken over last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.release import digest_of
from engine.records.changes import Write, write
from engine.records.design import taken_default
from engine.records.packing import pack, unpack

_insert = taken_default.insert()
_delete = taken_default.delete().where(
    taken_default.c.tenant == bindparam("of_tenant"), taken_default.c.process == bindparam("of_process")
)
_taken = select(taken_default).where(
    taken_default.c.tenant == bindparam("tenant"), taken_default.c.process == bindparam("process")
)
_digests = select(taken_default.c.process, taken_default.c.digest).where(taken_default.c.tenant == bindparam("tenant"))


@dataclass(frozen=True, slots=True)
class TakenDefault:
    """A national default that went into a city's release."""

    digest: str
    taken_at: datetime
    files: Mapping[str, bytes] = field(repr=False)


def taking(tenant: str, process: str, files: Mapping[str, bytes], now: datetime) -> tuple[Write, ...]:
    """Return the writes by which these files are the default that a city has taken over last."""
    row = write(
        _insert,
        tenant=tenant,
        process=process,
        digest=digest_of(files),
        content=pack(dict(files)),
        taken_at=now,
    )
    return write(_delete, of_tenant=tenant, of_process=process), row


def last_taken(read: Connection, tenant: str, process: str) -> TakenDefault | None:
    """Return the default that a city has taken over last; None for a process that it has made itself."""
    row = read.execute(_taken, {"tenant": tenant, "process": process}).one_or_none()
    if row is None:
        return None
    return TakenDefault(row.digest, row.taken_at, cast("dict[str, bytes]", unpack(row.content)))


def taken_digests(read: Connection, tenant: str) -> dict[str, str]:
    """Return the digests of the defaults that a city has taken over last, by process."""
    return {row.process: row.digest for row in read.execute(_digests, {"tenant": tenant})}
