"""Does a case again for somebody who reads it, as far as its journal allows, and says in a word why no further."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from engine.casework import CaseSubject, read_entry, release_of
from engine.errors import NotFound
from engine.moving.replaying import MovedByOtherRules
from engine.queries.verification.dossier import Again, Entry
from engine.queries.verification.extensions import DaysChanged
from engine.queries.verification.redoing import NotRecorded, Replay, WorkingDays, moves_in
from engine.records.history import journal_of_case
from engine.services import Directory

Outside = tuple[Directory, DaysChanged | None]


class Halt(StrEnum):
    """Why decisions from some step on cannot be asked again."""

    GAP = "gap"
    """A step is missing in the journal."""
    UNREADABLE = "unreadable"
    """The entry of a step is damaged, or the words that it shares with others are gone."""
    NOT_RECORDED = "not_recorded"
    """The step, or a move to another release, was done by a version of Alur that noted too little of it."""
    DAYS = "days"
    """The working days were changed since, and by today's the case goes another way."""
    DIFFERS = "differs"
    """What the journal says cannot have happened like that."""
    GONE = "gone"
    """The rules of the city, or the release, cannot be read."""


@dataclass(frozen=True, slots=True)
class Halted:
    """From which step on nothing can be said, and why."""

    version: int
    why: Halt


def journal_entries(read: Connection, case_id: int) -> list[Entry]:
    """Return the steps of a case; one that is damaged has no content."""
    rows = read.execute(journal_of_case, {"case_id": case_id})
    return [Entry(row.version, row.at, row.actor, read_entry(read, row.entry) or None) for row in rows]


def find_gap(case: CaseSubject, journal: Sequence[Entry]) -> Halted | None:
    """Return the first step that is missing; None if none is known to be."""
    for number, entry in enumerate(journal, 1):
        if entry.version != number:
            return Halted(number, Halt.GAP)
    is_cut = len(journal) < (case.version or 1)
    return Halted(len(journal) + 1, Halt.GAP) if is_cut else None


def do_again(
    read: Connection, case: CaseSubject, journal: Sequence[Entry], again: Again, outside: Outside, *, steps: int
) -> Halted | None:
    """Do the first steps of a case again; return from which on it cannot be done, None if all can.

    :param journal: of the whole case: it says by which release it began.
    :param again: takes what comes out.
    :param steps: how many.
    """
    if not steps:
        return None
    replay = begin_replay(read, case, journal, again, outside)
    if isinstance(replay, Halt):
        return Halted(1, replay)
    for number, entry in enumerate(journal[:steps], 1):
        why = Halt.GAP if entry.version != number else do_step(replay, entry, again)
        if why is not None:
            return Halted(number, why)
    return None


def begin_replay(
    read: Connection, case: CaseSubject, journal: Sequence[Entry], again: Again, outside: Outside
) -> Replay | Halt:
    """Return a case in front of its first step; why not if it cannot be done again at all."""
    directory, days_changed = outside
    of_case = partial(directory.calendar, read, case.tenant)
    changed_at = days_changed(read, case.tenant) if days_changed else None
    days = WorkingDays(of_case, changed_at, is_known=days_changed is not None)
    try:
        moves = moves_in(journal, case.tenant, read)
    except (MovedByOtherRules, NotFound):
        return Halt.NOT_RECORDED
    except (LookupError, TypeError, ValueError):
        return Halt.DIFFERS  # what says how a case was moved can be damaged in any way
    try:
        zone = directory.zone(case.tenant)
    except SQLAlchemyError:
        raise
    except Exception:
        return Halt.GONE  # the plugin of the city, which may raise anything
    return Replay(release_of(read, case), zone, days, again, moves)


def do_step(replay: Replay, entry: Entry, again: Again) -> Halt | None:
    """Do the next step; return why it cannot be done, None if it was."""
    if entry.content is None:
        return Halt.UNREADABLE
    try:
        replay.do(entry)
    except NotRecorded:
        return Halt.NOT_RECORDED
    except SQLAlchemyError:
        raise
    except Exception:
        # A damaged entry can make anything go wrong.
        return Halt.DAYS if again.asked else Halt.DIFFERS
    return None
