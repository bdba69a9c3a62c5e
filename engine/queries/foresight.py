"""What is known of a process for a look ahead: its figures over some months, and when its cases began."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, select

from engine.casework import read_entry
from engine.ids import first_of, instant_of
from engine.mining.figures import MOST_PEOPLE, Figures
from engine.policy.actor import Actor
from engine.queries.mining import read_watch
from engine.records.case import CaseStatus, case
from engine.records.history import journal

#: A row whose columns only the query itself knows.
_AnyRow: TypeAlias = Row[*tuple[Any, ...]]
#: More cases than these are not looked at one by one.
MOST_CASES: Final = 20_000
#: So many of the last cases tell who does the steps.
ASKED_CASES: Final = 2_000
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the cases of a process over some months.

    :param figures: by element and flow. How long few people's cases took is left out.
    :param hidden: the elements of which it is left out.
    :param begun: when cases began, in order, the last `MOST_CASES`.
    :param is_cut: there were more.
    :param ended: of those cases that are finished, from when to when they ran; empty for cases about few people.
    :param doers: who did the tasks of each element or was asked to, in the last of those cases.
    """

    figures: Mapping[str, Figures]
    hidden: frozenset[str]
    begun: tuple[datetime, ...] = field(repr=False)
    is_cut: bool
    ended: tuple[tuple[datetime, datetime], ...] = field(default=(), repr=False)
    doers: Mapping[str, frozenset[int]] = field(default_factory=dict, repr=False)


def read_history(read: Connection, actor: Actor, process: str, since: datetime, until: datetime) -> History:
    """Return what is known of a process of the actor's city; the caller has checked that he may read it.

    :param since: the months of both instants count as a whole.
    """
    watch = read_watch(read, actor, process, first=_month(since), last=_month(until))
    figures = {name: totals.figures for name, totals in watch.elements.items()}
    hidden = frozenset(name for name, one in figures.items() if one.working and len(one.people) < MOST_PEOPLE)
    found = read.execute(
        select(case.c.id, case.c.subject, case.c.status, case.c.ended_at)
        .where(
            case.c.tenant == actor.tenant,
            case.c.process == process,
            case.c.id >= first_of(since),
            case.c.id < first_of(until),
        )
        .order_by(case.c.id.desc())
        .limit(MOST_CASES + 1)
    ).all()
    rows = found[:MOST_CASES]
    return History(
        {name: _without_times(one) if name in hidden else one for name, one in figures.items()},
        hidden,
        tuple(instant_of(row.id) for row in reversed(rows)),
        len(found) > MOST_CASES,
        _ended(rows),
        _doers(read, [row.id for row in rows[:ASKED_CASES]]),
    )


def _ended(rows: Sequence[_AnyRow]) -> tuple[tuple[datetime, datetime], ...]:
    finished = [row for row in rows if row.status == CaseStatus.FINISHED and row.ended_at is not None]
    if len({row.subject for row in finished}) < MOST_PEOPLE:
        return ()
    return tuple((instant_of(row.id), row.ended_at) for row in finished)


def _doers(read: Connection, cases: Sequence[int]) -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for first in range(0, len(cases), _AT_ONCE):
        wanted = journal.c.case_id.in_(cases[first : first + _AT_ONCE])
        for row in read.execute(select(journal.c.actor, journal.c.entry).where(wanted)):
            entry = read_entry(read, row.entry)
            asked = [(item[1], item[2]) for item in entry.get("opened", ())]
            if entry.get("kind") == "complete":
                asked.append((entry.get("element"), row.actor))
            for element, person in asked:
                if element is not None and person is not None:
                    found[element].add(person)
    return {element: frozenset(people) for element, people in found.items()}


def _month(instant: datetime) -> date:
    return instant.date().replace(day=1)


def _without_times(figures: Figures) -> Figures:
    empty = Figures()
    return replace(figures, working=empty.working, wall=empty.wall, queued=empty.queued, handled=empty.handled)
