"""Proves that the messages which cases sent are kept for those that come to wait for them later."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification.dossier import Dossier
from engine.queries.verification.findings import Finding
from engine.records.case import message
from engine.records.history import journal
from engine.records.packing import Unreadable, unpack

_kept = select(message.c.case_id, message.c.sent_at, message.c.payload).where(
    message.c.tenant == bindparam("tenant"),
    message.c.message == bindparam("message"),
    message.c.key == bindparam("key"),
)


_step = select(journal.c.version).where(journal.c.case_id == bindparam("case_id"), journal.c.at == bindparam("at"))


def check_sent(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield the messages of a case that are gone or others; what another case sent later under a key counts as well."""
    for (name, key), (at, payload) in case.again.sent.items():
        row = read.execute(_kept, {"tenant": case.tenant, "message": name, "key": key}).one_or_none()
        if row is None:
            yield Finding("message_missing", case.id, {"message": name})
        elif row.case_id != case.id:
            # Another case took its place; it was at work then.
            step = {"case_id": row.case_id, "at": row.sent_at}
            if row.sent_at < at or read.execute(_step, step).first() is None:
                yield Finding("message_differs", case.id, {"message": name})
        elif row.sent_at != at or _read(row.payload) != payload:
            yield Finding("message_differs", case.id, {"message": name})


def _read(content: bytes) -> object:
    try:
        return unpack(content)
    except Unreadable:
        return None
