"""The keys of cases that begin by themselves: they say what happened, and so when a timer came last."""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.moved_starts import LastTime
from engine.records.case import case

LONGEST_NAME: Final = 50  # characters of an event's id in the key of a case, beside the instant or number
_INSTANT: Final = "%Y-%m-%dT%H:%M:%SZ"
_key: Any = case.c.business_key
# The instants are written so that the last one is the greatest; ';' follows ':'.
_last = (
    select(_key, case.c.started_at)
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.process == bindparam("process"),
        _key >= bindparam("first"),
        _key < bindparam("last"),
    )
    .order_by(_key.desc())
    .limit(1)
)


def key_of(element: str, happened: int | datetime) -> str:
    """Return the key of the case that begins with an instant of a timer, or a signal of that number."""
    if isinstance(happened, datetime):
        return f"{_name(element)}:{happened.astimezone(UTC).strftime(_INSTANT)}"
    return f"{_name(element)}:{happened}"


def _name(element: str) -> str:
    if len(element) <= LONGEST_NAME:
        return element
    return f"{element[: LONGEST_NAME - 9]}-{blake2b(element.encode(), digest_size=4).hexdigest()}"


def last_time(read: Connection, tenant: str, process: str, element: str, since: datetime) -> LastTime | None:
    """Return when a timer came last, to the second; None if it has begun no case yet.

    :param since: when it began to wait: what came before was another timer of that name.
    """
    name = _name(element)
    place = {"tenant": tenant, "process": process, "first": f"{name}:", "last": f"{name};"}
    row = read.execute(_last, place).one_or_none()
    if row is None or row.started_at < since:
        return None
    try:
        due = datetime.strptime(row.business_key.removeprefix(f"{name}:"), _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None  # somebody has started a case under a key like this
    return LastTime(due, row.started_at)
