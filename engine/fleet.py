"""Carries runs that move cases through, batch by batch; whatever was committed before a crash is not done again."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from time import sleep
from typing import TypeVar

from sqlalchemy import select

from engine.commands.forget_migrations import ForgetMigrations
from engine.commands.migrate_cases import BATCH, MigrateCases
from engine.commands.undo_migration import TakenBack, UndoMigration
from engine.engine import Engine
from engine.errors import Conflict
from engine.moving.judging import Judged
from engine.policy.actor import Actor, system_actor
from engine.queries.migration import read_run
from engine.records.migration import migration

#: Cases in one transaction, the next number where people are at work on one of them all the time; and the seconds to
#: wait before, for people at work go through the same cases in the same order, always one step ahead.
_TRIES = ((BATCH, 0), (BATCH, 0), (20, 0.02), (1, 0.05), (1, 0.1), (1, 0.2), (1, 0.4), (1, 0.8), (1, 1.6))

Batch = TypeVar("Batch")


def move_all(engine: Engine, actor: Actor, run: int) -> Iterator[Sequence[Judged]]:
    """Move the cases of a run that are left, and yield what became of each batch when it is committed.

    :raise Conflict: one case is moved by others again and again; the run can be gone on with later.
    """
    while True:
        found = engine.read(read_run, actor, run)
        if found.ended_at is not None:
            return
        yield move_some(engine, actor, run, found.reached)


def move_some(engine: Engine, actor: Actor, run: int, after: int) -> Sequence[Judged]:
    """Move the next cases of a run, fewer where people are at work on them; none when there are no more.

    :param after: where the run is.
    :raise Conflict: one case is moved by others again and again, or another process has done this batch.
    """

    def move(most: int) -> Sequence[Judged]:
        return engine.run(MigrateCases(run, after, most), actor, _key(run, after, most)).value or ()

    return _patiently(move)


def undo_all(engine: Engine, actor: Actor, run: int) -> Iterator[Sequence[TakenBack]]:
    """Take the cases of a run back, and yield what became of each batch when it is committed.

    :raise UndoClosed: the time for it is over.
    :raise Conflict: one case is moved by others again and again.
    """
    after = 0
    while batch := undo_some(engine, actor, run, after):
        yield batch
        after = batch[-1].case_id


def undo_some(engine: Engine, actor: Actor, run: int, after: int) -> Sequence[TakenBack]:
    """Take the next cases of a run back, fewer where people are at work on them; none when there are no more.

    :param after: the last case that had its turn.
    :raise UndoClosed: the time for it is over.
    :raise Conflict: one case is moved by others again and again.
    """

    def take_back(most: int) -> Sequence[TakenBack]:
        # Without a key: what was taken back is no longer of the run, so a second time finds nothing to do.
        taken: Sequence[TakenBack] = engine.run(UndoMigration(run, after, most), actor).value
        return taken

    return _patiently(take_back)


def _patiently(do: Callable[[int], Batch]) -> Batch:
    """Do a batch that people may be at work on: fewer cases each time, and later."""
    *earlier, (last, _) = _TRIES
    for most, pause in earlier:
        sleep(pause)
        try:
            return do(most)
        except Conflict:
            continue
    sleep(_TRIES[-1][1])
    return do(last)


def forget_migrations(engine: Engine) -> None:
    """Drop, in every city, what cases were before they were moved, once that can no longer be undone."""
    with engine.database.reading() as read:
        tenants = read.execute(_with_runs).scalars().all()
    for tenant in tenants:
        engine.run(ForgetMigrations(), system_actor(tenant))


_with_runs = select(migration.c.tenant).distinct()


def _key(run: int, after: int, most: int) -> bytes:
    return blake2b(f"migrate:{run}:{after}:{most}".encode(), digest_size=16).digest()
