"""Finds runs that move cases, their releases and their plans, as frozen values."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, cast

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.counterparts import Pairs
from engine.bpmn.plan import Plan
from engine.casework import find_release
from engine.errors import NotFound
from engine.records.migration import migration
from engine.records.packing import pack, unpack
from engine.records.release import release

#: What the journal of a case calls a move to another release, and the way back.
MIGRATED, TAKEN_BACK = "migrate", "undo_migration"
MOVES = (MIGRATED, TAKEN_BACK)
#: By which rules cases are moved, as their journals note it. Counts up when a case that could be moved before comes out
#: in another way: what earlier rules have moved is not done again by these.
RULES = 1
#: How long a run can be undone; afterwards what the cases were before is forgotten.
UNDO_WINDOW = timedelta(days=30)

_numbered = select(release.c.id, release.c.process, release.c.number, release.c.digest, release.c.wordbook_id)
_one_release = _numbered.where(release.c.tenant == bindparam("tenant"), release.c.id == bindparam("release_id"))
_one_run = select(migration).where(migration.c.tenant == bindparam("tenant"), migration.c.id == bindparam("migration"))


@dataclass(frozen=True, slots=True)
class NumberedRelease:
    """A deployed release by what people call it."""

    id: int
    process: str
    number: int
    digest: str
    wordbook_id: int


@dataclass(frozen=True, slots=True)
class MigrationRun:
    """A run as commands see it.

    :param reached: the last case that was looked at.
    :param ended_at: None while there may be more cases.
    """

    id: int
    tenant: str
    old: NumberedRelease
    new: NumberedRelease
    pairs: Pairs
    values: Mapping[str, str]
    reached: int
    started_at: datetime
    started_by: int | None
    ended_at: datetime | None
    kept_until: datetime


def pack_mapping(pairs: Pairs, values: Mapping[str, str]) -> bytes:
    """Return what was asked for as one stored value; equal mappings give equal bytes."""
    plain = {name: list(targets) for name, targets in sorted(pairs.items())}
    return pack([plain, dict(sorted(values.items()))])


def unpack_mapping(content: bytes) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the pairs and the values that were stored as one."""
    pairs, values = cast("tuple[dict[str, list[str]], dict[str, str]]", unpack(content))
    return {name: tuple(targets) for name, targets in pairs.items()}, values


def find_run(read: Connection, tenant: str, identifier: int) -> MigrationRun:
    """Return a run of a city.

    :raise NotFound: there is none with that number.
    """
    row = read.execute(_one_run, {"tenant": tenant, "migration": identifier}).one_or_none()
    if row is None:
        raise NotFound()
    return MigrationRun(
        row.id,
        row.tenant,
        release_by_id(read, tenant, row.old_release),
        release_by_id(read, tenant, row.new_release),
        *unpack_mapping(row.mapping),
        row.reached,
        row.started_at,
        row.started_by,
        row.ended_at,
        row.kept_until,
    )


def release_by_id(read: Connection, tenant: str, identifier: int) -> NumberedRelease:
    """Return a release of a city.

    :raise NotFound: there is none.
    """
    row = read.execute(_one_release, {"tenant": tenant, "release_id": identifier}).one_or_none()
    if row is None:
        raise NotFound()
    return NumberedRelease(*row)


@dataclass(frozen=True, slots=True)
class Route:
    """From where to where cases are moved, and how."""

    old: NumberedRelease
    new: NumberedRelease
    plan: Plan


_plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
_planning = Lock()
_MOST_PLANS = 8


def find_route(
    read: Connection, old: NumberedRelease, new: NumberedRelease, pairs: Pairs, values: Mapping[str, str]
) -> Route:
    """Return the way between two releases.

    The plan comes from memory when it was used before: what it has found out is worth keeping.

    :raise MappingRefused: the mapping names something that is not there.
    :raise OtherProcess: the releases are not of one process.
    """
    key = (old.digest, new.digest, pack_mapping(pairs, values))
    with _planning:
        if key not in _plans:
            before, after = (find_release(read, item.id, item.digest) for item in (old, new))
            _plans[key] = Plan(before, after, pairs, dict(values))
        _plans.move_to_end(key)
        while len(_plans) > _MOST_PLANS:
            _plans.popitem(last=False)
        return Route(old, new, _plans[key])
