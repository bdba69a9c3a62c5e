"""Reads the processes of a city: what is in force, what is being designed, what runs, what is stuck."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.casework import find_release
from engine.designs.finding import find_design
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import (
    DesignLine,
    InForce,
    Turn,
    designs_in,
    releases_in_force,
    running_on,
    stuck_in,
    turns_of,
)
from processes.people.queries.names import names_of
from webapp.studio.naming import name_of_files
from webapp.studio.processes.defaults import DefaultNews, default_news, new_defaults
from webapp.studio.processes.problems import count_errors
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process of the city.

    :param in_force: None of one that was designed and never released.
    :param running: cases that run on the release in force.
    :param stuck: incidents of its cases, on any release.
    :param problems: errors that the check of today finds in the release in force.
    :param has_new_default: the installed Alur ships a national default that the city has not taken over.
    """

    process: str
    name: str
    in_force: InForce | None
    designs: tuple[DesignLine, ...]
    running: int
    stuck: int
    problems: int
    has_new_default: bool


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes, and the names of everybody who works on a design."""

    lines: tuple[ProcessLine, ...]
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ReleaseTurn:
    """A release that came into force.

    :param running: cases that run on it; None where it stands further up already.
    """

    turn: Turn
    is_in_force: bool
    running: int | None


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """One process.

    :param turns: which releases were in force, the one that is first.
    """

    line: ProcessLine
    turns: tuple[ReleaseTurn, ...]
    default: DefaultNews | None
    people: Mapping[int, str]


def read_processes(read: Any, actor: Actor, alur: Alur) -> Processes:
    """Return the processes of the actor's city.

    :raise NotFound: they are not for this reader.
    """
    alur.engine.policy.require(actor, "design:begin", actor, read)
    in_force = {found.process: found for found in releases_in_force(read, actor)}
    designs = designs_in(read, actor)
    lines = _lines(read, actor, alur, in_force, designs)
    return Processes(tuple(sorted(lines, key=lambda line: line.name.casefold())), _people(read, actor, designs))


def read_process(read: Any, actor: Actor, alur: Alur, process: str) -> tuple[ProcessLine, Processes]:
    """Return one process with its designs, closed ones too.

    :raise NotFound: the city has none of that name, or it is not for this reader.
    """
    alur.engine.policy.require(actor, "design:begin", actor, read)
    designs = designs_in(read, actor, process)
    in_force = {found.process: found for found in releases_in_force(read, actor) if found.process == process}
    if not in_force and not designs:
        raise NotFound()
    (line,) = _lines(read, actor, alur, in_force, designs)
    return line, Processes((line,), _people(read, actor, designs))


def read_process_page(read: Any, actor: Actor, alur: Alur, process: str) -> ProcessPage:
    """Return one process with its designs and its releases.

    :raise NotFound: the city has none of that name, or it is not for this reader.
    """
    line, whole = read_process(read, actor, alur, process)
    turns = turns_of(read, actor, process)
    people = {**whole.people, **names_of(read, actor, {turn.by for turn in turns})}
    if line.in_force is None:
        return ProcessPage(line, (), None, people)
    return ProcessPage(line, _turns(read, turns), default_news(read, actor, line.in_force), people)


def known_processes(read: Any, actor: Actor, alur: Alur) -> Mapping[str, str]:
    """Return the names of the city's processes that have a release, by id.

    :raise NotFound: they are not for this reader.
    """
    return {line.process: line.name for line in read_processes(read, actor, alur).lines if line.in_force is not None}


def _lines(
    read: Any, actor: Actor, alur: Alur, in_force: Mapping[str, InForce], designs: Iterable[DesignLine]
) -> list[ProcessLine]:
    running = running_on(read, (found.id for found in in_force.values()))
    stuck, news = stuck_in(read, actor), new_defaults(read, actor, in_force)
    lines = []
    for name in sorted({*in_force, *(line.process for line in designs)}):
        found = in_force.get(name)
        mine = tuple(line for line in designs if line.process == name)
        files = _files(read, actor, found, mine)
        cases, errors = (running.get(found.id, 0), count_errors(files, alur.catalogue)) if found is not None else (0, 0)
        called = name_of_files(files, name)
        lines.append(ProcessLine(name, called, found, mine, cases, stuck.get(name, 0), errors, name in news))
    return lines


def _turns(read: Any, turns: tuple[Turn, ...]) -> tuple[ReleaseTurn, ...]:
    running = running_on(read, {turn.id for turn in turns})
    seen: set[int] = set()
    found = []
    for turn in turns:
        count = None if turn.id in seen else running.get(turn.id, 0)
        found.append(ReleaseTurn(turn, turn.id == turns[0].id, count))
        seen.add(turn.id)
    return tuple(found)


def _files(read: Any, actor: Actor, found: InForce | None, designs: Iterable[DesignLine]) -> Mapping[str, bytes]:
    """Return the files in which a process has its name: those in force, else those of the design saved last."""
    if found is not None:
        return find_release(read, found.id, found.digest).files
    return next((find_design(read, actor.tenant, line.id).files for line in designs), {})


def _people(read: Any, actor: Actor, designs: Iterable[DesignLine]) -> Mapping[int, str]:
    return names_of(read, actor, {person for line in designs for person in (line.begun_by, line.saved_by)})
