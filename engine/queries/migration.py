"""What a move of cases to another release would do, what a run has done, and which releases are meant."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select, true

from engine.bpmn.counterparts import Pairs
from engine.bpmn.plan import Reason
from engine.casework import find_release
from engine.command import Context
from engine.errors import Invalid
from engine.moving.judging import Judged, judge_cases, running_cases
from engine.moving.looks import Look, find_look
from engine.moving.orders import carry_job, is_under_way, take_back_job
from engine.moving.runs import MigrationRun, NumberedRelease, Route, find_route, find_run
from engine.policy.actor import Actor
from engine.records.case import case, case_state
from engine.records.migration import Fate, migrated_case, migration
from engine.records.packing import unpack
from engine.records.release import release
from engine.services import Directory

_NAMED = re.compile(r"(?:(?P<process>.+)[:@])?(?P<number>\d{1,9})")
_DIGEST = re.compile(r"[0-9a-f]{6,64}")
_columns = (release.c.id, release.c.process, release.c.number, release.c.digest, release.c.wordbook_id)
_fates = (
    select(migrated_case.c.fate, func.count())
    .where(migrated_case.c.migration_id == bindparam("migration"))
    .group_by(migrated_case.c.fate)
)
_stuck = (
    select(migrated_case.c.case_id, migrated_case.c.content)
    .where(migrated_case.c.migration_id == bindparam("migration"), migrated_case.c.fate == int(Fate.STUCK))
    .order_by(migrated_case.c.case_id)
)
_running = (
    select(func.count())
    .select_from(case)
    .join(case_state, case_state.c.case_id == case.c.id)
    .where(case.c.release_id == release.c.id)
    .scalar_subquery()
)
_choices = (
    select(*_columns, release.c.deployed_at, _running.label("running"))
    .where(release.c.tenant == bindparam("tenant"))
    .order_by(release.c.process, release.c.number.desc())
)
_runs = (
    select(migration.c.id).where(migration.c.tenant == bindparam("tenant")).order_by(migration.c.id.desc()).limit(20)
)


class ReleaseUnclear(Invalid):
    """What was given names no release, or several; `params` list those that there are."""

    code = "migration.release_unclear"


@dataclass(frozen=True, slots=True)
class RunView:
    """What a run has done so far.

    :param left: running cases that are still on the old release.
    """

    run: MigrationRun
    fates: Mapping[Fate, int]
    stuck: tuple[tuple[int, tuple[Reason, ...]], ...]
    left: int


@dataclass(frozen=True, slots=True)
class ReleaseChoice:
    """A release between which and another of its process cases can be moved.

    :param names: of the process, by language.
    :param running: cases that run on it.
    """

    release: NumberedRelease
    names: Mapping[str, str]
    deployed_at: datetime
    running: int


def list_choices(read: Connection, actor: Actor) -> tuple[ReleaseChoice, ...]:
    """Return the releases of the actor's city that have another of their process, by process, the newest first."""
    rows = read.execute(_choices, {"tenant": actor.tenant}).all()
    several = {process for process, count in Counter(row.process for row in rows).items() if count > 1}
    return tuple(
        ReleaseChoice(
            NumberedRelease(row.id, row.process, row.number, row.digest, row.wordbook_id),
            dict(find_release(read, row.id, row.digest).outline.names),
            row.deployed_at,
            row.running,
        )
        for row in rows
        if row.process in several
    )


def view_look(read: Connection, actor: Actor, identifier: int) -> tuple[Look, Route]:
    """Return what a look of the actor's city has found so far, and what differs between its releases.

    :raise NotFound: there is none with that number.
    """
    look = find_look(read, actor.tenant, identifier)
    return look, find_route(read, look.old, look.new, look.pairs, look.values)


def is_carried(read: Connection, actor: Actor, identifier: int) -> bool:
    """Say whether a job moves the cases of a run just now, or waits to."""
    return is_under_way(read, carry_job(actor.tenant, identifier))


def is_taken_back(read: Connection, actor: Actor, identifier: int) -> bool:
    """Say whether the cases of a run are being taken back just now."""
    return is_under_way(read, take_back_job(actor.tenant, identifier))


def find_releases(read: Connection, actor: Actor, old: str, new: str) -> tuple[NumberedRelease, NumberedRelease]:
    """Return the two releases that are meant, each by its number, `process:number`, or the beginning of its digest.

    :raise ReleaseUnclear: there is no such pair of one process, or more than one.
    """
    found = [_meant(read, actor.tenant, text) for text in (old, new)]
    pairs = [(one, other) for one in found[0] for other in found[1] if one.process == other.process]
    if len(pairs) != 1:
        known = ", ".join(f"{item.process}:{item.number}" for item in _all(read, actor.tenant))
        raise ReleaseUnclear(old=old, new=new, known=known or "-")
    return pairs[0]


def _meant(read: Connection, tenant: str, text: str) -> list[NumberedRelease]:
    conditions: list[ColumnElement[bool]] = []
    if (named := _NAMED.fullmatch(text)) is not None:
        is_process = true() if named["process"] is None else release.c.process == named["process"]
        conditions.append((release.c.number == int(named["number"])) & is_process)
    if _DIGEST.fullmatch(text.lower()):
        conditions.append(release.c.digest.startswith(text.lower()))
    found: dict[int, NumberedRelease] = {}
    for condition in conditions:
        rows = read.execute(select(*_columns).where(release.c.tenant == tenant, condition))
        found |= {row.id: NumberedRelease(*row) for row in rows}
    return list(found.values())


def _all(read: Connection, tenant: str) -> list[NumberedRelease]:
    rows = select(*_columns).where(release.c.tenant == tenant).order_by(release.c.process, release.c.number)
    return [NumberedRelease(*row) for row in read.execute(rows)]


def view_route(
    read: Connection,
    actor: Actor,
    releases: tuple[NumberedRelease, NumberedRelease],
    pairs: Pairs,
    values: Mapping[str, str],
) -> Route:
    """Return what stands for what and what differs, before any case is looked at.

    :raise MappingRefused: the mapping names something that is not there.
    """
    return find_route(read, *releases, pairs, values)


def preview_move(
    read: Connection,
    actor: Actor,
    route: Route,
    *,
    directory: Directory,
    now: datetime,
    after: int = 0,
    most: int = 200,
) -> tuple[Judged, ...]:
    """Return what would become of the next running cases on the old release; the caller goes on behind the last one."""
    context = Context(actor, read, now, int, directory)  # nothing is written, so nothing needs an id
    return tuple(judge_cases(context, route, after, most))


def count_running(read: Connection, actor: Actor, route: Route) -> int:
    """Return how many running cases are on the old release."""
    return running_cases(read, route.old.id)


def read_run(read: Connection, actor: Actor, identifier: int) -> MigrationRun:
    """Return a run of the actor's city, and how far it is; nothing is counted.

    :raise NotFound: there is none with that number.
    """
    return find_run(read, actor.tenant, identifier)


def view_run(read: Connection, actor: Actor, identifier: int, *, with_stuck: bool = False) -> RunView:
    """Return what a run of the actor's city has done so far.

    :raise NotFound: there is none with that number.
    """
    run = read_run(read, actor, identifier)
    params = {"migration": identifier}
    fates = Counter({Fate(fate): count for fate, count in read.execute(_fates, params)})
    stuck = read.execute(_stuck, params).all() if with_stuck else []
    return RunView(
        run,
        fates,
        tuple((row.case_id, _reasons(row.content)) for row in stuck),
        running_cases(read, run.old.id),
    )


def list_runs(read: Connection, actor: Actor) -> tuple[RunView, ...]:
    """Return the latest runs of the actor's city, the newest first."""
    found = read.execute(_runs, {"tenant": actor.tenant}).scalars().all()
    return tuple(view_run(read, actor, identifier) for identifier in found)


def _reasons(content: bytes | None) -> tuple[Reason, ...]:
    plain: Any = unpack(content) if content is not None else []
    return tuple(Reason(*item) for item in plain)
