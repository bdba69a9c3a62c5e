"""Awards for units: those of a city, and one with where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.case import open_task
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import unit
from processes.recognition.records import Outcome, unit_award, unit_award_outcome

#: How many awards for units a page shows.
PAGE: Final = 25
_step = select(open_task.c.element).where(open_task.c.case_id == unit_award.c.case_id).limit(1).scalar_subquery()
_awards: AnySelect = (
    select(
        unit_award,
        unit.c.name.label("unit_name"),
        unit_award_outcome.c.outcome,
        unit_award_outcome.c.reason.label("grounds"),
        unit_award_outcome.c.decided_by,
        unit_award_outcome.c.decree,
        unit_award_outcome.c.decree_on,
        _step.label("step"),
    )
    .select_from(unit_award)
    .join(unit, unit.c.id == unit_award.c.unit_id)
    .outerjoin(unit_award_outcome, unit_award_outcome.c.case_id == unit_award.c.case_id)
    .where(unit_award.c.tenant == TENANT)
    .order_by(unit_award.c.proposed_at.desc(), unit_award.c.case_id.desc())
)
_one = _awards.where(unit_award.c.case_id == bindparam("case_id"))
_some = _awards.limit(PAGE)
_given = _some.where(unit_award_outcome.c.outcome == Outcome.AWARDED.value)


@dataclass(frozen=True, slots=True)
class UnitAward:
    """An award for a unit.

    :param ikm: satisfaction index of the quarter as it stood when it was proposed, from so many `answers`.
    :param step: the step that waits; None when it is over, or stuck.
    """

    case_id: int
    tenant: str
    unit_id: int
    unit: str
    name: str
    year: int
    quarter: int
    ikm: Decimal | None
    answers: int | None
    reason: str
    evidence: str
    proposer: int | None
    proposed_at: datetime
    outcome: Outcome | None
    grounds: str | None
    decided_by: int | None
    decree: str | None
    decree_on: date | None
    step: str | None

    @property
    def is_given(self) -> bool:
        """It was given: everybody may know."""
        return self.outcome is Outcome.AWARDED


def unit_awards(read: Connection, actor: Actor, *, also_open: bool) -> tuple[UnitAward, ...]:
    """Return the newest awards for units of the actor's city.

    :param also_open: those too that are not decided, or were not given.
    """
    rows = read.execute(_some if also_open else _given, {"tenant": actor.tenant})
    return tuple(_award(row) for row in rows)


def find_unit_award(read: Connection, tenant: str, case_id: int) -> UnitAward:
    """Return an award for a unit.

    :raise NotFound: there is none with that case in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _award(row)


def _award(row: AnyRow) -> UnitAward:
    return UnitAward(
        row.case_id,
        row.tenant,
        row.unit_id,
        row.unit_name,
        row.name,
        row.year,
        row.quarter,
        row.ikm,
        row.answers,
        row.reason,
        row.evidence,
        row.proposed_by,
        row.proposed_at,
        Outcome(row.outcome) if row.outcome is not None else None,
        row.grounds,
        row.decided_by,
        row.decree,
        row.decree_on,
        row.step,
    )
