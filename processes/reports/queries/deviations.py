"""When the appointing authority did not take the first place: which post and place, and the written reason (TB-14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, func, literal, select, union_all

from engine.records.case import case
from processes.people.queries.on_day import TENANT
from processes.people.records import post, unit
from processes.promotion.board.records import board_outcome
from processes.promotion.selection.records import selection_outcome

BOARD: Final = "post_promotion"
SELECTION: Final = "open_selection"
#: Deviations that the page tells one by one, the newest first.
MOST: Final = 200


def _chosen(outcome: Table, process: str) -> Any:
    return (
        select(
            literal(process).label("process"),
            outcome.c.case_id,
            outcome.c.place,
            outcome.c.reason,
            outcome.c.decided_at,
            case.c.subject.label("post_id"),
        )
        .join(case, case.c.id == outcome.c.case_id)
        .where(outcome.c.tenant == TENANT, outcome.c.employee_id.is_not(None))
    )


_decisions = union_all(_chosen(board_outcome, BOARD), _chosen(selection_outcome, SELECTION)).subquery("decisions")
_counts = select(_decisions.c.process, func.count().label("number")).group_by(_decisions.c.process)
_deviations = (
    select(_decisions, post.c.name.label("post"), unit.c.name.label("unit"))
    .join(post, post.c.id == _decisions.c.post_id)
    .join(unit, unit.c.id == post.c.unit_id)
    .where(_decisions.c.place > 1)
    .order_by(_decisions.c.decided_at.desc(), _decisions.c.case_id)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A post that was given to somebody who was not first.

    :param place: the place of whoever was appointed, from 2 on.
    :param reason: as the authority wrote it.
    """

    process: str
    post: str
    unit: str
    place: int
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class DeviationReport:
    """How many appointments were decided, by process, and those in which the first place was not taken."""

    decided: Mapping[str, int]
    deviations: tuple[Deviation, ...]


def deviation_report(read: Connection, tenant: str) -> DeviationReport:
    """Return all decisions on appointments of a city that did not follow the ranking, the newest first."""
    counts = {row.process: row.number for row in read.execute(_counts, {"tenant": tenant})}
    rows = read.execute(_deviations, {"tenant": tenant})
    found = (Deviation(row.process, row.post, row.unit, row.place, row.reason or "", row.decided_at) for row in rows)
    return DeviationReport(counts, tuple(found))
