"""Moves cases between two releases in a test, and says what is stored of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.bpmn.counterparts import read_pairs
from engine.commands.begin_migration import BeginMigration
from engine.commands.undo_migration import TakenBack
from engine.fleet import move_all, undo_all
from engine.moving.judging import Judged
from engine.moving.runs import NumberedRelease
from engine.policy.actor import system_actor
from engine.queries.migration import find_releases, preview_move, view_route
from engine.queries.verification import verify
from engine.queries.verification.findings import NOTES
from engine.records import case as cases
from engine.records.history import journal
from engine.records.wordbook import unpack_stored
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ACTOR = system_actor(CITY)


def chain(folder: Path, *names: str, **users: Mapping[str, str]) -> Path:
    """Write a diagram of tasks of person 1, one after another; `users` say what is special about one."""
    tasks = (user(name, **{"assignee": "1", **users.get(name, {})}) for name in names)
    return diagram(folder, start(), *tasks, end(), path("begin", *names, "done"))


@dataclass
class Movers:
    """Two releases of the process `test` in a world."""

    world: World
    old: str = "1"
    new: str = "2"

    @property
    def releases(self) -> tuple[NumberedRelease, NumberedRelease]:
        return self.world.engine.read(find_releases, ACTOR, self.old, self.new)

    def begin(self, *pairs: str, **values: str) -> int:
        old, new = self.releases
        run: int = self.world.engine.run(BeginMigration(old.id, new.id, read_pairs(pairs), values), ACTOR).value
        return run

    def move(self, *pairs: str, **values: str) -> list[Judged]:
        self.run = self.begin(*pairs, **values)
        return [item for batch in move_all(self.world.engine, ACTOR, self.run) for item in batch]

    def preview(self, *pairs: str, **values: str) -> list[Judged]:
        engine, releases = self.world.engine, self.releases
        route = engine.read(view_route, ACTOR, releases, read_pairs(pairs), values)
        found = engine.read(preview_move, ACTOR, route, directory=engine.directory, now=self.world.clock())
        return list(found)

    def undo(self) -> list[TakenBack]:
        return [item for batch in undo_all(self.world.engine, ACTOR, self.run) for item in batch]


def verdicts(judged: Sequence[Judged]) -> list[str]:
    """Return what becomes of each case."""
    return [str(item.moved.verdict) for item in judged]


def codes(judged: Sequence[Judged]) -> list[str]:
    """Return why cases stay."""
    return [reason.code for item in judged for reason in item.moved.reasons]


def remarks(judged: Sequence[Judged]) -> list[tuple[str, str, str]]:
    """Return what changes for cases that go."""
    return [(said.code, said.element, said.target) for item in judged for said in item.moved.remarks]


def stored(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything of all cases but the number of their last step, which only ever grows."""
    tables = (cases.open_task, cases.draft, cases.timer, cases.subscription, cases.incident)
    with world.engine.database.reading() as read:
        found = {
            table.name: [tuple(row) for row in read.execute(select(table).order_by(*table.primary_key))]
            for table in tables
        }
        states = select(cases.case_state.c.case_id, cases.case_state.c.content).order_by(cases.case_state.c.case_id)
        found["state"] = [tuple(row) for row in read.execute(states)]
        found["case"] = [tuple(row) for row in read.execute(select(cases.case).order_by(cases.case.c.id))]
    return found


def check_whole(world: World) -> None:
    """Find nothing wrong with any case: journal, audit trail, state and what waits agree.

    :raise AssertionError: with what `alur verify` would say.
    """
    with world.engine.database.reading() as read:
        found = [item for item in verify(read, world.directory).findings() if item.code not in NOTES]
    assert [f"case {item.case}: {item.message('en')}" for item in found] == []


def entries(world: World, case_id: int) -> list[Any]:
    """Return the journal of a case."""
    rows = select(journal.c.entry).where(journal.c.case_id == case_id).order_by(journal.c.version)
    with world.engine.database.reading() as read:
        return [unpack_stored(read, content) for content in read.execute(rows).scalars().all()]
