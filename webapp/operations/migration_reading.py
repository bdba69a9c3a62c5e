"""Moves of running cases to another release, as whoever looks after the processes may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import TenantSubject
from engine.engine import Engine
from engine.moving.looks import Look
from engine.moving.runs import NumberedRelease, Route
from engine.policy.actor import Actor
from engine.queries.migration import (
    ReleaseChoice,
    RunView,
    is_carried,
    is_taken_back,
    list_choices,
    list_runs,
    view_look,
    view_route,
    view_run,
)
from engine.records.migration import Fate
from processes.people.queries.names import names_of
from webapp.wiring import Alur

PERMISSION = "migration:run"


@dataclass(frozen=True, slots=True)
class Overview:
    """From where to where cases can be moved, and the runs so far with the names of their processes."""

    choices: tuple[ReleaseChoice, ...]
    runs: tuple[tuple[RunView, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run, what differs between its releases, who began it, and whether jobs are at work on it."""

    view: RunView
    route: Route
    begun_by: str
    is_carried: bool
    is_taken_back: bool

    @property
    def looked_at(self) -> int:
        """How many cases the run has come to."""
        return sum(self.view.fates.values())

    @property
    def total(self) -> int:
        """How many cases it comes to as far as is known now; those that stay are still on the old release."""
        waits = 0 if self.view.run.ended_at is not None else self.view.left - self.view.fates.get(Fate.STUCK, 0)
        return self.looked_at + max(0, waits)

    @property
    def moved(self) -> int:
        """How many cases are on the new release by it, and were not taken back."""
        return self.view.fates.get(Fate.SAME, 0) + self.view.fates.get(Fate.MAPPED, 0)


def _require(read: Any, actor: Actor, engine: Engine) -> None:
    engine.policy.require(actor, PERMISSION, TenantSubject(actor.tenant), read)


def read_overview(read: Any, actor: Actor, alur: Alur) -> Overview:
    """Return the releases to choose from, and the latest runs.

    :raise NotFound: the reader moves no cases here.
    """
    _require(read, actor, alur.engine)
    runs = list_runs(read, actor)
    return Overview(list_choices(read, actor), tuple((view, _names(read, actor, view)) for view in runs))


def _names(read: Any, actor: Actor, view: RunView) -> Mapping[str, str]:
    route = view_route(read, actor, (view.run.old, view.run.new), {}, {})
    return route.plan.pair.new.outline.names


def read_route(read: Any, actor: Actor, alur: Alur, old: NumberedRelease, new: NumberedRelease) -> Route:
    """Return what differs between two releases.

    :raise NotFound: the reader moves no cases here.
    :raise OtherProcess: they are not of one process.
    """
    _require(read, actor, alur.engine)
    return view_route(read, actor, (old, new), {}, {})


def read_look(read: Any, actor: Actor, alur: Alur, look_id: int) -> tuple[Look, Route]:
    """Return what a look beforehand has found so far.

    :raise NotFound: there is none, or the reader moves no cases here.
    """
    _require(read, actor, alur.engine)
    return view_look(read, actor, look_id)


def read_run_page(read: Any, actor: Actor, alur: Alur, run_id: int) -> RunPage:
    """Return a run with everything its page shows.

    :raise NotFound: there is none, or the reader moves no cases here.
    """
    _require(read, actor, alur.engine)
    view = view_run(read, actor, run_id, with_stuck=True)
    run = view.run
    people = names_of(read, actor, [run.started_by])
    return RunPage(
        view,
        view_route(read, actor, (run.old, run.new), run.pairs, run.values),
        people.get(run.started_by or 0, ""),
        is_carried(read, actor, run_id),
        is_taken_back(read, actor, run_id),
    )
