"""Reads the cases of a process with everything that happened in them, for a log."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, bindparam, func, select

from engine.mining.events import events_of
from engine.mining.logs import LoggedCase
from engine.moving.timeline import moments_of
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case
from engine.records.history import journal
from engine.records.release import release

#: Cases read at a time.
CHUNK: Final = 200

_BEGAN: Final = (
    case.c.tenant == bindparam("tenant"),
    case.c.process == bindparam("process"),
    case.c.started_at >= bindparam("first"),
    case.c.started_at < bindparam("end"),
)
_count = select(func.count()).select_from(case).where(*_BEGAN)
_cases = (
    select(
        case.c.id,
        case.c.subject,
        case.c.status,
        case.c.started_at,
        case.c.ended_at,
        case.c.release_id,
        release.c.digest,
        release.c.number,
    )
    .join_from(case, release)
    .where(*_BEGAN, case.c.id > bindparam("after", type_=BigInteger))
    .order_by(case.c.id)
    .limit(CHUNK)
)
_journals = (
    select(journal)
    .where(journal.c.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(journal.c.case_id, journal.c.version)
)

AnyRow = Row[*tuple[Any, ...]]


def count_cases(read: Connection, actor: Actor, process: str, first: datetime, end: datetime) -> int:
    """Return how many cases of a process of the actor's city began in a time: then or later, and before its end."""
    params = {"tenant": actor.tenant, "process": process, "first": first, "end": end}
    return int(read.execute(_count, params).scalar_one())


def logged_cases(read: Connection, actor: Actor, process: str, first: datetime, end: datetime) -> Iterator[LoggedCase]:
    """Yield the cases of a process of the actor's city that began in a time, oldest first, each whole.

    The caller has checked that the actor may read them. Only a few are in memory at a time.

    :param first: they began then or later, and before `end`.
    """
    params = {"tenant": actor.tenant, "process": process, "first": first, "end": end}
    after = 0
    while rows := read.execute(_cases, {**params, "after": after}).all():
        yield from _logged(read, rows)
        after = rows[-1].id


def _logged(read: Connection, rows: Iterable[AnyRow]) -> Iterator[LoggedCase]:
    found = list(rows)
    steps = read.execute(_journals, {"cases": [row.id for row in found]})
    by_case: Mapping[int, list[AnyRow]] = {
        number: list(group) for number, group in groupby(steps, key=attrgetter("case_id"))
    }
    for row in found:
        moments = moments_of(read, row.release_id, row.digest, by_case.get(row.id, []))
        yield LoggedCase(
            row.id,
            row.subject,
            row.number,
            row.started_at,
            row.ended_at,
            CaseStatus(row.status).name.lower(),
            tuple(events_of(moments)),
        )
