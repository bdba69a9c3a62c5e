"""What the figures of a process say: of its elements and flows, in some months and releases."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.mining.figures import SUMS, Figures, read_figures
from engine.moving.runs import NumberedRelease, release_by_id
from engine.policy.actor import Actor
from engine.records import mining
from engine.records.case import case, open_task
from engine.records.mining import element_figure, element_standing
from engine.records.release import release

_ASKED_TASKS: Final = 2_000
_by_number = select(release.c.id).where(
    release.c.tenant == bindparam("tenant"),
    release.c.process == bindparam("process"),
    release.c.number == bindparam("number"),
)


@dataclass(slots=True)
class ElementTotals:
    """What is known of one element or flow.

    :param standing: how many running cases stand there, by the day since when.
    """

    figures: Figures = field(default_factory=Figures)
    standing: Counter[date] = field(default_factory=Counter[date])


@dataclass(frozen=True, slots=True)
class Watch:
    """The figures of a process.

    :param elements: by the id of the element or flow.
    :param months: all months of which there are figures, the newest first.
    :param releases: all releases of which there are figures, the newest first.
    :param taken_in_at: up to when steps were taken in; None if that was never done.
    """

    elements: Mapping[str, ElementTotals]
    months: tuple[date, ...]
    releases: tuple[NumberedRelease, ...]
    taken_in_at: datetime | None


def read_watch(
    read: Connection,
    actor: Actor,
    process: str,
    *,
    first: date | None = None,
    last: date | None = None,
    release_id: int | None = None,
) -> Watch:
    """Return the figures of a process of the actor's city; the caller has checked that he may read them.

    :param first: the first month, `last` the last one; None for no limit. What stands now has no month.
    :param release_id: of one release only.
    """
    elements: defaultdict[str, ElementTotals] = defaultdict(ElementTotals)
    of_process = element_figure.c.tenant == actor.tenant, element_figure.c.process == process
    wanted = select(element_figure).where(*of_process)
    if first is not None:
        wanted = wanted.where(element_figure.c.month >= first)
    if last is not None:
        wanted = wanted.where(element_figure.c.month <= last)
    if release_id is not None:
        wanted = wanted.where(element_figure.c.release_id == release_id)
    for row in read.execute(wanted):
        elements[row.element].figures.add(read_figures({name: getattr(row, name) for name in SUMS}, row.content))
    _add_standing(read, actor, process, release_id, elements)
    known = read.execute(select(element_figure.c.month, element_figure.c.release_id).where(*of_process).distinct())
    pairs = known.all()
    mark = read.execute(mining.select_mark, {"tenant": actor.tenant}).one_or_none()
    releases = [release_by_id(read, actor.tenant, release_id) for release_id in {row.release_id for row in pairs}]
    return Watch(
        elements,
        tuple(sorted({row.month for row in pairs}, reverse=True)),
        tuple(sorted(releases, key=lambda release: release.number, reverse=True)),
        mark.at if mark is not None else None,
    )


def holders_of(read: Connection, actor: Actor, process: str, elements: Collection[str]) -> dict[str, frozenset[int]]:
    """Return who holds open tasks of a process at some elements, as far as the first `_ASKED_TASKS` of them tell.

    :param elements: the only ones that are in the answer; each is.
    """
    found: dict[str, set[int]] = {element: set() for element in elements}
    held = (
        select(open_task.c.element, open_task.c.assignee)
        .join(case, case.c.id == open_task.c.case_id)
        .where(
            open_task.c.tenant == actor.tenant,
            open_task.c.assignee.is_not(None),
            open_task.c.element.in_(list(found)),
            case.c.process == process,
        )
        .limit(_ASKED_TASKS)
    )
    for row in read.execute(held) if found else ():
        found[row.element].add(row.assignee)
    return {element: frozenset(people) for element, people in found.items()}


def is_behind(read: Connection, actor: Actor, now: datetime) -> bool:
    """Say whether cases of the actor's city have done something that is not taken in yet."""
    mark = read.execute(mining.select_mark, {"tenant": actor.tenant}).one_or_none()
    params = {"tenant": actor.tenant, "limit": 1}
    after = mining.earlier(mining.within(mark.cases_to, now)) if mark is not None else 0
    return any(
        read.execute(statement, {**params, "after": first}).first() is not None
        for statement, first in ((mining.new_cases, after), (mining.moved_cases, 0))
    )


def release_by_number(read: Connection, actor: Actor, process: str, number: int) -> NumberedRelease:
    """Return a release of a process of the actor's city.

    :raise NotFound: it has none of that number.
    """
    params = {"tenant": actor.tenant, "process": process, "number": number}
    found = read.execute(_by_number, params).scalar_one_or_none()
    if found is None:
        raise NotFound()
    return release_by_id(read, actor.tenant, found)


def _add_standing(
    read: Connection,
    actor: Actor,
    process: str,
    release_id: int | None,
    elements: defaultdict[str, ElementTotals],
) -> None:
    wanted = select(element_standing).where(
        element_standing.c.tenant == actor.tenant, element_standing.c.process == process
    )
    if release_id is not None:
        wanted = wanted.where(element_standing.c.release_id == release_id)
    for row in read.execute(wanted):
        elements[row.element].standing[row.day] += row.cases
