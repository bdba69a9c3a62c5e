"""What is known of a process for a look ahead: its figures over some months, and when its cases began."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, select

from engine.ids import first_of, instant_of
from engine.mining.figures import MOST_PEOPLE, Figures
from engine.policy.actor import Actor
from engine.queries.mining import read_watch
from engine.records.case import case

#: More cases than these are not looked at one by one.
MOST_CASES: Final = 20_000


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the cases of a process over some months.

    :param figures: by element and flow. How long few people's cases took is left out.
    :param hidden: the elements of which it is left out.
    :param begun: when cases began, in order, the last `MOST_CASES`.
    :param is_cut: there were more.
    """

    figures: Mapping[str, Figures]
    hidden: frozenset[str]
    begun: tuple[datetime, ...] = field(repr=False)
    is_cut: bool


def read_history(read: Connection, actor: Actor, process: str, since: datetime, until: datetime) -> History:
    """Return what is known of a process of the actor's city; the caller has checked that he may read it.

    :param since: the months of both instants count as a whole.
    """
    watch = read_watch(read, actor, process, first=_month(since), last=_month(until))
    figures = {name: totals.figures for name, totals in watch.elements.items()}
    hidden = frozenset(name for name, one in figures.items() if one.working and len(one.people) < MOST_PEOPLE)
    begun = read.execute(
        select(case.c.id)
        .where(
            case.c.tenant == actor.tenant,
            case.c.process == process,
            case.c.id >= first_of(since),
            case.c.id < first_of(until),
        )
        .order_by(case.c.id.desc())
        .limit(MOST_CASES + 1)
    )
    instants = tuple(instant_of(number) for number in begun.scalars())
    return History(
        {name: _without_times(one) if name in hidden else one for name, one in figures.items()},
        hidden,
        tuple(reversed(instants[:MOST_CASES])),
        len(instants) > MOST_CASES,
    )


def _month(instant: datetime) -> date:
    return instant.date().replace(day=1)


def _without_times(figures: Figures) -> Figures:
    empty = Figures()
    return replace(figures, working=empty.working, wall=empty.wall, queued=empty.queued, handled=empty.handled)
