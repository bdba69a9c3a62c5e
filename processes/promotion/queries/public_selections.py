"""What everybody may know of open selections, without signing in: stages, numbers, and the three names once announced.

Never a score, a place, or the name of anybody else. Four statements (five with the names), however many selections,
stages and candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.schema import Day
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee, post, unit
from processes.promotion.selection.records import (
    Step,
    selection,
    selection_candidate,
    selection_check,
    selection_rank,
    selection_stage,
)

#: More than a city announces in the days for which a selection stands on the page.
MOST: Final = 50

_CASES: Any = bindparam("cases", expanding=True)
_selections: AnySelect = (
    select(
        selection.c.case_id,
        selection.c.opened_on,
        selection.c.closes_on,
        post.c.name.label("post"),
        unit.c.name.label("unit"),
    )
    .join(post, post.c.id == selection.c.post_id)
    .join(unit, unit.c.id == post.c.unit_id)
    .where(selection.c.tenant == TENANT, selection.c.opened_on >= bindparam("since", type_=Day))
)
_latest = _selections.order_by(selection.c.opened_on.desc(), selection.c.case_id.desc()).limit(MOST)
_one = _selections.where(selection.c.case_id == bindparam("case_id"))
_stages = (
    select(selection_stage.c.case_id, selection_stage.c.stage, selection_stage.c.began_at, selection_stage.c.until)
    .where(selection_stage.c.tenant == TENANT, selection_stage.c.case_id.in_(_CASES))
    .order_by(selection_stage.c.number)
)
_there = (
    select(selection_candidate.c.case_id, func.count().label("number"))
    .where(
        selection_candidate.c.tenant == TENANT,
        selection_candidate.c.case_id.in_(_CASES),
        selection_candidate.c.withdrawn_at.is_(None),
    )
    .group_by(selection_candidate.c.case_id)
)
_later = selection_check.alias("later")
# The check of the highest round holds: whoever failed and was looked at again may have passed by it.
_passed = (
    _there.with_only_columns(selection_candidate.c.case_id, func.count().label("number"))
    .join(
        selection_check,
        (selection_check.c.tenant == selection_candidate.c.tenant)
        & (selection_check.c.case_id == selection_candidate.c.case_id)
        & (selection_check.c.employee_id == selection_candidate.c.employee_id),
    )
    .where(
        selection_check.c.is_passed,
        ~select(_later.c.round)
        .where(
            _later.c.tenant == selection_check.c.tenant,
            _later.c.case_id == selection_check.c.case_id,
            _later.c.employee_id == selection_check.c.employee_id,
            _later.c.round > selection_check.c.round,
        )
        .exists(),
    )
)
_names = (
    select(employee.c.name)
    .join(selection_rank, selection_rank.c.employee_id == employee.c.id)
    .where(
        selection_rank.c.tenant == TENANT, selection_rank.c.case_id == bindparam("case_id"), selection_rank.c.is_named
    )
    .order_by(employee.c.name)
)


@dataclass(frozen=True, slots=True)
class PublicStage:
    """A stage that a selection has come to; `until` is a day that was announced with it."""

    step: Step
    began_at: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class PublicSelection:
    """A selection as everybody may see it.

    :param closes_on: the last day to apply, the longer one where the announcement was extended.
    :param applicants: who applied and has not withdrawn.
    :param passed: how many of them passed the administrative selection; None before it was held.
    :param names: the names that were announced, by the alphabet; none before, and none in a list.
    """

    case_id: int
    post: str
    unit: str
    opened_on: date
    closes_on: date
    stages: tuple[PublicStage, ...]
    applicants: int
    passed: int | None
    names: tuple[str, ...] = ()

    @property
    def step(self) -> Step:
        """Return how far the selection is."""
        return self.stages[-1].step if self.stages else Step.RECEIVING

    @property
    def coming(self) -> tuple[Step, ...]:
        """Return the steps that are still to come; none once the selection is over, however it ended."""
        if self.step is Step.CLOSED:
            return ()
        planned = [step for step in Step if step is not Step.CLOSED]
        return tuple(planned[planned.index(self.step) + 1 :])

    @property
    def is_receiving(self) -> bool:
        """Say whether somebody may still apply."""
        return self.step is Step.RECEIVING


def public_selections(read: Connection, actor: Actor, since: date) -> tuple[PublicSelection, ...]:
    """Return the selections of the actor's city that were announced since a day, newest first; anybody may ask."""
    return _read(read, actor.tenant, read.execute(_latest, {"tenant": actor.tenant, "since": since}).all())


def public_selection(read: Connection, actor: Actor, case_id: int, since: date) -> PublicSelection:
    """Return one selection with the announced names; anybody may ask.

    :raise NotFound: the city has announced no such selection since that day.
    """
    params = {"tenant": actor.tenant, "case_id": case_id}
    rows = read.execute(_one, {**params, "since": since}).all()
    if not rows:
        raise NotFound()
    names = tuple(read.execute(_names, params).scalars())
    return _read(read, actor.tenant, rows, names)[0]


def _read(
    read: Connection, tenant: str, rows: Sequence[AnyRow], names: tuple[str, ...] = ()
) -> tuple[PublicSelection, ...]:
    params = {"tenant": tenant, "cases": [row.case_id for row in rows]}
    stages: dict[int, list[PublicStage]] = {row.case_id: [] for row in rows}
    for row in read.execute(_stages, params):
        stages[row.case_id].append(PublicStage(Step(row.stage), row.began_at, row.until))
    there = {row.case_id: row.number for row in read.execute(_there, params)}
    passed = {row.case_id: row.number for row in read.execute(_passed, params)}
    return tuple(_selection(row, stages[row.case_id], there, passed, names) for row in rows)


def _selection(
    row: AnyRow,
    stages: Sequence[PublicStage],
    there: dict[int, int],
    passed: dict[int, int],
    names: tuple[str, ...],
) -> PublicSelection:
    held = {stage.step for stage in stages}
    told = [stage.until for stage in stages if stage.step is Step.RECEIVING and stage.until is not None]
    was_checked = bool(held - {Step.RECEIVING, Step.SCREENING, Step.CLOSED}) or row.case_id in passed
    return PublicSelection(
        row.case_id,
        row.post,
        row.unit,
        row.opened_on,
        told[-1] if told else row.closes_on,
        tuple(stages),
        there.get(row.case_id, 0),
        passed.get(row.case_id, 0) if was_checked else None,
        names if Step.ANNOUNCED in held else (),
    )
