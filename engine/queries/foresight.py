"""What is known of a process for a look ahead: its figures over some months, and when its cases began."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, select

from engine.bpmn.model import Outline
from engine.casework import find_release, read_entry
from engine.forecasts import foresee_job
from engine.foresight.axis import WorkAxis
from engine.foresight.past import History, Past
from engine.ids import first_of, instant_of
from engine.mining.few import told_of_few
from engine.mining.figures import MOST_PEOPLE, Figures
from engine.mining.office import OfficeTime
from engine.moving.orders import is_under_way
from engine.policy.actor import Actor
from engine.queries.designs import releases_in_force
from engine.queries.mining import read_watch
from engine.records.case import CaseStatus, case
from engine.records.history import journal
from engine.services import Directory

#: A row whose columns only the query itself knows.
_AnyRow: TypeAlias = Row[*tuple[Any, ...]]
#: More cases than these are not looked at one by one.
MOST_CASES: Final = 20_000
#: So many of the last cases tell who does the steps.
ASKED_CASES: Final = 2_000
_AT_ONCE: Final = 200
_MONTH: Final = timedelta(days=365) / 12
#: Working days that are simulated behind the months looked at, so that late cases can end.
_BEHIND: Final = 750


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a look ahead at a process stands, before anything of it was measured.

    :param drawn: the diagram of the release in force, `number` its number; None for a process that is new.
    :param axis: the working days from the first one looked at, with those behind on which late cases may end.
    :param since: from when on cases are looked at, as the city's clocks show it, `until` up to when; `days` how many
        working days that makes.
    """

    drawn: Outline | None
    number: int | None
    axis: WorkAxis
    since: datetime
    until: datetime
    days: int

    def past(self, outline: Outline, history: History) -> Past:
        """Return what is known of a design."""
        return Past(outline, self.drawn, self.number, history, self.axis, self.until.date(), self.days)


def read_ground(
    read: Connection, actor: Actor, directory: Directory, process: str, *, months: int, now: datetime
) -> Ground:
    """Return where a look ahead stands that goes back over some months.

    :param now: any instant; the city's clocks are asked what it is there.
    """
    in_force = next((found for found in releases_in_force(read, actor) if found.process == process), None)
    zone = directory.zone(actor.tenant)
    office, until = OfficeTime(directory.calendar(read, actor.tenant, {}), zone), now.astimezone(zone)
    since = until - months * _MONTH
    days = max(office.calendar.working_days_between(since.date(), until.date()), 1)
    return Ground(
        find_release(read, in_force.id, in_force.digest).outline if in_force is not None else None,
        in_force.number if in_force is not None else None,
        WorkAxis(office, since.date(), days + _BEHIND),
        since,
        until,
        days,
    )


def is_awaited(read: Connection, actor: Actor, number: int) -> bool:
    """Say whether the job that answers what was asked waits or runs."""
    return is_under_way(read, foresee_job(actor.tenant, number))


def read_history(read: Connection, actor: Actor, process: str, ground: Ground, outline: Outline) -> History:
    """Return what is known of a process of the actor's city; the caller has checked that he may read it.

    :param ground: where the look ahead stands; its first and its last month count as a whole.
    :param outline: of the design.
    """
    since, until = ground.since, ground.until
    watch = read_watch(read, actor, process, first=_month(since), last=_month(until))
    figures = {name: totals.figures for name, totals in watch.elements.items()}
    outlines = [drawn for drawn in (ground.drawn, outline) if drawn is not None]
    hidden = told_of_few(figures, frozenset(_human(figures, outlines)))
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


def _human(figures: Mapping[str, Figures], outlines: Sequence[Outline]) -> Iterator[str]:
    """Yield the elements at which somebody does a task; one that is drawn nowhere now may have been one."""
    for name in figures:
        drawn = [outline.elements[name] for outline in outlines if name in outline.elements]
        if not drawn or any(element.is_human for element in drawn):
            yield name


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
