"""Which evaluations a file comes too late for: their recommendation is computed, and goes on showing what it saw."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, bindparam, exists, func, select

from engine.records.case import CaseStatus, case
from processes.appraisal.records import evaluation
from processes.people.imports import Batch, Planning

_KEYS = (evaluation.c.employee_id, evaluation.c.unit_id, evaluation.c.year, evaluation.c.quarter)
# The row is made with the recommendation: from then on "why this result" shows what was scored, and must go on to.
_scored = (
    select(*_KEYS, func.max(evaluation.c.locked_at).is_not(None).label("is_locked"))
    .join_from(evaluation, case, evaluation.c.case_id == case.c.id)
    .where(
        evaluation.c.tenant == bindparam("tenant"),
        evaluation.c.year.in_(bindparam("years", expanding=True)),
        case.c.status != CaseStatus.CANCELLED,
    )
    .group_by(*_KEYS)
)


def is_scored(table: Table, *names: str) -> Any:
    """Return the condition that something has been recommended from a row of a table.

    :param names: the columns by which the row is about an evaluation.
    """
    return exists().where(
        evaluation.c.tenant == table.c.tenant,
        *(evaluation.c[name] == table.c[name] for name in names),
        evaluation.c.case_id == case.c.id,
        case.c.status != CaseStatus.CANCELLED,
    )


def scored_in(planning: Planning, years: Iterable[int]) -> list[dict[str, Any]]:
    """Return the employee, unit and quarter of each evaluation of some years that has a recommendation."""
    return planning.stored(_scored, years=sorted(set(years)))


def warn_of_scored(planning: Planning, batch: Batch, *names: str) -> None:
    """Say how many evaluations keep the figures that they were computed from although the file brings others.

    :param names: the columns by which a row of the file is about an evaluation.
    """
    brought = (*batch.new, *batch.changed)
    about = {tuple(row[name] for name in names) for row in brought}
    scored = scored_in(planning, (row["year"] for row in brought)) if brought else ()
    late = sum(tuple(row[name] for name in names) in about for row in scored)
    if late:
        planning.warn("keeps_figures", count=late)
