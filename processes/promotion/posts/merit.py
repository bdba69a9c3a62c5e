"""Figures that show how a city keeps the merit system: what Alur can prove of its eight aspects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from engine.records.case import CaseStatus, case
from processes.people.careers import award, sanction
from processes.people.city import City
from processes.people.imports.runs import import_run
from processes.people.queries.on_day import TENANT, holds_on
from processes.people.records import employee, leave, result
from processes.promotion.posts.competence import Cell, read_skills
from processes.promotion.posts.mapping import read_map
from processes.promotion.records import need_plan


class Aspect(StrEnum):
    """The eight aspects, in the order of the regulation."""

    NEEDS = "needs"
    RECRUITING = "recruiting"
    CAREERS = "careers"
    PROMOTION = "promotion"
    PERFORMANCE = "performance"
    PAY = "pay"
    PROTECTION = "protection"
    INFORMATION = "information"


#: Percent of the whole that each aspect weighs (PermenPANRB 40/2018).
WEIGHTS: Final[Mapping[Aspect, int]] = {
    Aspect.NEEDS: 10,
    Aspect.RECRUITING: 10,
    Aspect.CAREERS: 30,
    Aspect.PROMOTION: 10,
    Aspect.PERFORMANCE: 20,
    Aspect.PAY: 10,
    Aspect.PROTECTION: 4,
    Aspect.INFORMATION: 6,
}
_RANK_PROMOTION: Final = "rank_promotion"
_DISPUTE: Final = "incentive_dispute"

_plans = select(func.count(need_plan.c.made_in.distinct())).where(need_plan.c.tenant == TENANT)
_cases = (
    select(case.c.process, case.c.status, func.count().label("times"))
    .where(case.c.tenant == TENANT)
    .group_by(case.c.process, case.c.status)
)
_rated = (
    select(result.c.year, result.c.quarter, func.count(result.c.employee_id.distinct()).label("people"))
    .where(result.c.tenant == TENANT)
    .group_by(result.c.year, result.c.quarter)
    .order_by(result.c.year.desc(), result.c.quarter.desc())
    .limit(1)
)
_awards = select(func.count()).where(award.c.tenant == TENANT, award.c.awarded_on >= bindparam("first"))
_sanctions = select(func.count()).select_from(sanction).where(sanction.c.tenant == TENANT, holds_on(sanction))
_newcomers = select(employee.c.id).where(
    employee.c.tenant == TENANT,
    employee.c.active_from >= bindparam("first"),
    employee.c.active_from <= bindparam("day"),
)
_on_leave = select(func.count(leave.c.employee_id.distinct())).where(
    leave.c.tenant == TENANT, leave.c.first_day <= bindparam("day"), leave.c.last_day >= bindparam("first")
)
_imports = select(func.count()).where(import_run.c.tenant == TENANT)


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many."""

    count: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        """The share; None of nothing."""
        return Decimal(100) * self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class MeritFigures:
    """What the records say today.

    :param needed: of those who began this year, how many have a post whose need is recorded.
    :param disputes: decided disputes of allowances of all that were filed.
    :param on_leave: employees with leave that is recorded this year.
    :param rated: employees with a result in the newest quarter that has any; `quarter` names it.
    :param promoted: finished rank promotions of all that were begun.
    :param evaluated: finished quarterly evaluations of all that were begun.
    """

    analysed: Part
    plans: int
    needed: Part
    disputes: Part
    on_leave: int
    standards: Part
    assessed: Part
    meeting: Part
    filled: Part
    promoted: Part
    rated: Part
    quarter: tuple[int, int] | None
    evaluated: Part
    awards: int
    sanctions: int
    imports: int
    placed: Part


def read_merit(read: Connection, tenant: str, day: date, *, city: City) -> MeritFigures:
    """Return the figures of a city on a day.

    :raise CityError: the city's plugin does not answer.
    """
    posts = read_map(read, tenant, day, city=city)
    people = read_skills(read, tenant, day).people
    skills = sum((cell for person in people for cell in person.cells.values()), Cell())
    newest = read.execute(_rated, {"tenant": tenant}).one_or_none()
    counts = _counts(read, tenant)
    one: dict[str, Any] = {"tenant": tenant, "day": day, "first": date(day.year, 1, 1)}
    new, needed = (
        set(read.execute(_newcomers, one).scalars()),
        {item.post.id for item in posts if item.need is not None},
    )
    joined = [person.member for person in people if person.member.id in new]
    return MeritFigures(
        analysed=Part(sum(1 for item in posts if item.need is not None), len(posts)),
        plans=read.execute(_plans, one).scalar_one(),
        needed=Part(sum(1 for member in joined if member.post_id in needed), len(joined)),
        disputes=counts.get(_DISPUTE, Part(0, 0)),
        on_leave=read.execute(_on_leave, one).scalar_one(),
        standards=Part(sum(1 for item in posts if item.asks), len(posts)),
        assessed=Part(skills.assessed, skills.asked),
        meeting=Part(skills.assessed - skills.short, skills.assessed),
        filled=Part(sum(1 for item in posts if item.vacancy is None), len(posts)),
        promoted=counts.get(_RANK_PROMOTION, Part(0, 0)),
        rated=Part(newest.people if newest is not None else 0, len(people)),
        quarter=(newest.year, newest.quarter) if newest is not None else None,
        evaluated=counts.get("periodic_evaluation", Part(0, 0)),
        awards=read.execute(_awards, one).scalar_one(),
        sanctions=read.execute(_sanctions, one).scalar_one(),
        imports=read.execute(_imports, one).scalar_one(),
        placed=Part(sum(1 for person in people if person.member.post_id is not None), len(people)),
    )


def _counts(read: Connection, tenant: str) -> dict[str, Part]:
    """Return the finished cases of all cases, by process."""
    found: dict[str, Part] = {}
    for row in read.execute(_cases, {"tenant": tenant}):
        before = found.get(row.process, Part(0, 0))
        finished = row.times if row.status == CaseStatus.FINISHED else 0
        found[row.process] = Part(before.count + finished, before.total + row.times)
    return found
