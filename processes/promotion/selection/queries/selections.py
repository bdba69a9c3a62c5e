"""Selections as their pages and commands see them: the announcement, how far it is, its panel and who applied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.case import case as process_case
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import post, unit
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import (
    Outcome,
    Step,
    selection,
    selection_candidate,
    selection_member,
    selection_outcome,
    selection_stage,
)

#: How many selections the list shows, the newest first.
MOST: Final = 60
_CASES: Any = bindparam("cases", expanding=True)
_selections: AnySelect = (
    select(
        selection,
        post.c.name.label("post_name"),
        unit.c.id.label("unit_id"),
        unit.c.name.label("unit_name"),
        process_case.c.ended_at,
        *(selection_outcome.c[name] for name in ("outcome", "reason", "minutes", "recommendation", "decided_at")),
        selection_outcome.c.employee_id.label("chosen"),
        selection_outcome.c.place.label("chosen_place"),
    )
    .join(process_case, process_case.c.id == selection.c.case_id)
    .join(post, post.c.id == selection.c.post_id)
    .join(unit, unit.c.id == post.c.unit_id)
    .outerjoin(selection_outcome, selection_outcome.c.case_id == selection.c.case_id)
    .where(selection.c.tenant == TENANT)
    .order_by(selection.c.opened_on.desc(), selection.c.case_id.desc())
)
_newest = _selections.limit(MOST)
_one = _selections.where(selection.c.case_id == bindparam("case_id"))
_stages: AnySelect = (
    select(selection_stage)
    .where(selection_stage.c.tenant == TENANT, selection_stage.c.case_id.in_(_CASES))
    .order_by(selection_stage.c.case_id, selection_stage.c.number)
)
_people: AnySelect = (
    select(
        selection_candidate.c.case_id,
        selection_candidate.c.employee_id,
        selection_candidate.c.number,
        selection_candidate.c.withdrawn_at,
    )
    .where(selection_candidate.c.tenant == TENANT, selection_candidate.c.case_id.in_(_CASES))
    .order_by(selection_candidate.c.number)
)
_members: AnySelect = (
    select(selection_member)
    .where(selection_member.c.tenant == TENANT, selection_member.c.case_id.in_(_CASES))
    .order_by(selection_member.c.added_at, selection_member.c.person)
)


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage that a selection has come to; `until` is known of the announcement only."""

    stage: Step
    began_at: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applied."""

    employee: int
    number: int
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was named for the panel; `reason` of whoever came after the announcement."""

    person: int
    is_internal: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a selection ended: who was chosen from which place, or that it was closed, with the reason."""

    outcome: Outcome
    employee: int | None
    place: int | None
    reason: str | None
    minutes: str | None
    recommendation: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """An open selection with everything that is not secret, and the people in it.

    :param is_over: nothing will come any more, also where an operator has cancelled the case.
    """

    tenant: str
    case_id: int
    post_id: int
    post_name: str
    unit_id: int
    unit_name: str
    opened_on: date
    first_close: date
    weights: Mapping[Stage, Decimal]
    panel_decree: str
    stages: tuple[StageEntry, ...]
    people: tuple[Applicant, ...]
    panel: tuple[Member, ...]
    ended: Ended | None
    is_over: bool = False

    @property
    def applicants(self) -> frozenset[int]:
        """Everybody who ever applied."""
        return frozenset(item.employee for item in self.people)

    @property
    def members(self) -> frozenset[int]:
        """Everybody who was named for the panel."""
        return frozenset(item.person for item in self.panel)

    @property
    def stage(self) -> Step:
        """Where it stands."""
        return self.stages[-1].stage if self.stages else Step.RECEIVING

    @property
    def closes_on(self) -> date:
        """The last day on which one can apply; a later one after an extension."""
        days = [item.until for item in self.stages if item.until is not None]
        return days[-1] if days else self.first_close

    @property
    def is_cancelled(self) -> bool:
        """An operator has ended the case before it came to its end."""
        return self.is_over and self.stage not in (Step.DONE, Step.CLOSED)

    def is_receiving(self, day: date) -> bool:
        """Say whether one can apply on a day."""
        return self.stage is Step.RECEIVING and not self.is_over and day <= self.closes_on

    def applicant(self, person: int | None) -> Applicant | None:
        """Return somebody as an applicant; None for everybody else."""
        return next((item for item in self.people if item.employee == person), None)


def newest_selections(read: Connection, tenant: str) -> tuple[Selection, ...]:
    """Return the newest selections of a city, in four statements."""
    return _complete(read, tenant, read.execute(_newest, {"tenant": tenant}).all())


def find_selection(read: Connection, tenant: str, case_id: int) -> Selection:
    """Return one selection of a city.

    :raise NotFound: there is none with that number in that city.
    """
    found = _complete(read, tenant, read.execute(_one, {"tenant": tenant, "case_id": case_id}).all())
    if not found:
        raise NotFound()
    return found[0]


def _complete(read: Connection, tenant: str, rows: Sequence[AnyRow]) -> tuple[Selection, ...]:
    if not rows:
        return ()
    params = {"tenant": tenant, "cases": [row.case_id for row in rows]}
    stages, people, panel = (_by_case(read.execute(found, params)) for found in (_stages, _people, _members))
    return tuple(
        _selection_of(row, stages.get(row.case_id, ()), people.get(row.case_id, ()), panel.get(row.case_id, ()))
        for row in rows
    )


def _by_case(rows: Iterable[AnyRow]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _selection_of(
    row: AnyRow, stages: Iterable[AnyRow], people: Iterable[AnyRow], panel: Iterable[AnyRow]
) -> Selection:
    return Selection(
        row.tenant,
        row.case_id,
        row.post_id,
        row.post_name,
        row.unit_id,
        row.unit_name,
        row.opened_on,
        row.closes_on,
        {stage: getattr(row, f"weight_{stage}") for stage in Stage},
        row.panel_decree,
        tuple(StageEntry(Step(item.stage), item.began_at, item.until) for item in stages),
        tuple(Applicant(item.employee_id, item.number, item.withdrawn_at is not None) for item in people),
        tuple(Member(item.person, bool(item.is_internal), item.reason) for item in panel),
        _ended_of(row),
        row.ended_at is not None,
    )


def _ended_of(row: AnyRow) -> Ended | None:
    if row.outcome is None:
        return None
    return Ended(Outcome(row.outcome), row.chosen, row.chosen_place, row.reason, row.minutes, row.recommendation)
