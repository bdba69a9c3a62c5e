"""Signals as they are kept: found once, looked at by somebody, closed with a note."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from engine.ids import IdSource
from engine.records.changes import Write, write
from processes.incentive.records import SignalStatus, allowance_signal
from processes.incentive.signals.signal import Signal, packed, unpacked
from processes.people.queries.on_day import TENANT
from processes.people.records import unit

#: So many stand on a page.
PAGE: Final = 50
OPEN: Final = (SignalStatus.NEW.value, SignalStatus.LOOKING.value)

_insert = allowance_signal.insert()
_of_key = (
    allowance_signal.c.id == bindparam("of_id"),
    allowance_signal.c.tenant == bindparam("of_tenant"),
    allowance_signal.c.status.in_(OPEN),
)
_refresh = allowance_signal.update().where(*_of_key).values(content=bindparam("new_content"))
_assign = (
    allowance_signal.update()
    .where(*_of_key)
    .values(status=SignalStatus.LOOKING.value, assignee_id=bindparam("new_assignee"))
)
_close = (
    allowance_signal.update()
    .where(*_of_key)
    .values(
        status=SignalStatus.CLOSED.value,
        note=bindparam("new_note"),
        closed_by=bindparam("new_closed_by"),
        closed_at=bindparam("new_closed_at"),
    )
)
_MONTH = allowance_signal.c.month == bindparam("month")
_by_id = select(allowance_signal).where(allowance_signal.c.tenant == TENANT, allowance_signal.c.id == bindparam("one"))
_of_unit = select(allowance_signal).where(
    allowance_signal.c.tenant == TENANT, allowance_signal.c.unit_id == bindparam("unit"), _MONTH
)
_listed = (
    select(allowance_signal)
    .join(unit, unit.c.id == allowance_signal.c.unit_id)
    .where(
        allowance_signal.c.tenant == TENANT, _MONTH, allowance_signal.c.status.in_(bindparam("states", expanding=True))
    )
    .order_by(unit.c.code, allowance_signal.c.id)
    .limit(PAGE + 1)
    .offset(bindparam("skipped"))
)
_counted = (
    select(allowance_signal.c.unit_id, func.count().label("many"))
    .where(allowance_signal.c.tenant == TENANT, _MONTH, allowance_signal.c.status.in_(OPEN))
    .group_by(allowance_signal.c.unit_id)
)


@dataclass(frozen=True, slots=True)
class KeptSignal:
    """A signal of a unit's month, and where it stands.

    :param assignee: who looks at it, or has looked at it.
    """

    id: int
    tenant: str
    unit_id: int
    month: date
    signal: Signal
    found_at: datetime
    status: SignalStatus
    assignee: int | None
    note: str | None
    closed_by: int | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.status is not SignalStatus.CLOSED


def find_signal(read: Connection, tenant: str, signal_id: int) -> KeptSignal:
    """Return a signal of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "one": signal_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _kept(row)


def signals_of_month(
    read: Connection, tenant: str, month: date, *, is_open: bool, page: int = 1
) -> tuple[tuple[KeptSignal, ...], bool]:
    """Return a page of a month's signals, by unit, and whether more come behind it.

    :param is_open: those that wait, else those that are closed.
    """
    states = OPEN if is_open else (SignalStatus.CLOSED.value,)
    asked = {"tenant": tenant, "month": month, "states": states, "skipped": (page - 1) * PAGE}
    rows = read.execute(_listed, asked).all()
    return tuple(map(_kept, rows[:PAGE])), len(rows) > PAGE


def open_signals(read: Connection, tenant: str, month: date) -> Mapping[int, int]:
    """Return how many signals of a month wait, by unit; units without any are left out."""
    return {row.unit_id: row.many for row in read.execute(_counted, {"tenant": tenant, "month": month})}


def news_of(
    read: Connection,
    tenant: str,
    unit_id: int,
    month: date,
    found: Iterable[Signal],
    *,
    now: datetime,
    new_id: IdSource,
) -> tuple[Write, ...]:
    """Return the writing of what was found and is not kept yet, or has other evidence; what is closed stays closed."""
    rows = read.execute(_of_unit, {"tenant": tenant, "unit": unit_id, "month": month})
    known = {(row.code, row.about): row for row in rows}
    key: dict[str, Any] = {"tenant": tenant, "unit_id": unit_id, "month": month}
    writes = []
    for signal in found:
        content, before = packed(signal), known.get((signal.code, signal.about))
        if before is None:
            writes.append(write(_insert, id=new_id(), **key, **_new(signal, content, now)))
        elif before.status in OPEN and before.content != content:
            writes.append(write(_refresh, expect=1, of_id=before.id, of_tenant=tenant, new_content=content))
    return tuple(writes)


def assigned(found: KeptSignal, person: int) -> Write:
    """Return the writing of who looks at a signal."""
    return write(_assign, expect=1, of_id=found.id, of_tenant=found.tenant, new_assignee=person)


def closed(found: KeptSignal, *, note: str, by: int | None, now: datetime) -> Write:
    """Return the writing of what came of a signal."""
    stamp = {"new_note": note, "new_closed_by": by, "new_closed_at": now}
    return write(_close, expect=1, of_id=found.id, of_tenant=found.tenant, **stamp)


def _new(signal: Signal, content: bytes, now: datetime) -> dict[str, Any]:
    nothing = dict.fromkeys(("assignee_id", "note", "closed_by", "closed_at"))
    state = {"status": SignalStatus.NEW.value, "found_at": now, **nothing}
    return {"code": signal.code, "about": signal.about, "content": content, **state}


def _kept(row: Any) -> KeptSignal:
    return KeptSignal(
        row.id,
        row.tenant,
        row.unit_id,
        row.month,
        unpacked(row.code, row.about, row.content),
        row.found_at,
        SignalStatus(row.status),
        row.assignee_id,
        row.note,
        row.closed_by,
        row.closed_at,
    )
