"""Who becomes eligible for the next rank within twelve months, period by period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.records.case import CaseStatus, case
from processes.people.city import City
from processes.people.queries import StaffMember, ids_below, staff_on
from processes.promotion.career_facts import route_of
from processes.promotion.career_reading import Numbers, facts_by_period, facts_of, ranks_since
from processes.promotion.eligibility import Judgement, eligibility_table, judge, needed_months
from processes.promotion.grades import grade_number
from processes.promotion.periods import PromotionPeriod, coming_periods, months_between
from processes.promotion.variables import PROMOTION_PROCESS, business_key

#: Rows of a page.
PAGE = 25
_by_key = select(case.c.business_key, case.c.id, case.c.status).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == PROMOTION_PROCESS,
    case.c.business_key.in_(bindparam("keys", expanding=True)),
)
_of_person = (
    select(case.c.id, case.c.business_key, case.c.status)
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.process == PROMOTION_PROCESS,
        case.c.subject == bindparam("person"),
    )
    .order_by(case.c.business_key.desc())
)


@dataclass(frozen=True, slots=True)
class PromotionState:
    """The case of somebody for a period."""

    id: int
    period: str
    status: CaseStatus


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose time in the rank is over by a period, with what is still missing and the case there may be."""

    judgement: Judgement
    case: PromotionState | None


@dataclass(frozen=True, slots=True)
class Coming:
    """The twelve periods, and who is in the one that was chosen.

    :param counts: how many people each period has.
    :param unknown: how many civil servants have no rank with a day in the records.
    :param unruled: how many have one, but the city's table names no months for their route.
    """

    counts: Mapping[PromotionPeriod, int]
    chosen: PromotionPeriod
    rows: tuple[Candidate, ...]
    page: int
    pages: int
    unknown: int
    unruled: int


@dataclass(frozen=True, slots=True)
class _Due:
    """In which period the time in the rank is over, by employee; and of how many nobody can say, and why."""

    periods: Mapping[int, PromotionPeriod]
    unknown: int
    unruled: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a reading of careers needs besides the records."""

    city: City
    now: datetime

    @property
    def today(self) -> date:
        """The day in the city."""
        return self.now.date()


def coming_promotions(
    read: Connection, tenant: str, around: Surroundings, units: Sequence[int] | None, *, period: str, page: int
) -> Coming:
    """Return the people whose time in the rank is over by each of the next periods, and those of one in full.

    Whoever has waited longer stands in the first period.

    :param units: uppermost units whose people are meant; None for the whole city.
    :param period: code of the period that is shown; the first one if it is none of the twelve.
    """
    periods = coming_periods(around.today)
    chosen = next((item for item in periods if item.code == period), periods[0])
    members = _members(read, tenant, around.today, units)
    due = _due_periods(read, tenant, members, periods, around.now)
    counts = {item: sum(found == item for found in due.periods.values()) for item in periods}
    here = [member for member in members if due.periods.get(member.id) == chosen]
    pages = max(1, -(-len(here) // PAGE))
    page = min(max(page, 1), pages)
    shown = here[(page - 1) * PAGE : page * PAGE]
    rows = _candidates(read, tenant, around, shown, chosen)
    return Coming(counts, chosen, rows, page, pages, due.unknown, due.unruled)


def judgements(
    read: Connection, tenant: str, around: Surroundings, members: Sequence[StaffMember], period: PromotionPeriod
) -> tuple[Judgement, ...]:
    """Return what stands between some employees and the next rank in a period."""
    numbers = Numbers.on(read, tenant, period.effective_on, around.city)
    table = eligibility_table(read, tenant)
    facts = facts_of(read, tenant, members, period, numbers)
    return tuple(judge(table, facts[member.id], around.now) for member in members)


def judgements_of(
    read: Connection, tenant: str, around: Surroundings, member: StaffMember, periods: Sequence[PromotionPeriod]
) -> dict[PromotionPeriod, Judgement]:
    """Return what stands between an employee and the next rank in each of some periods in a row."""
    numbers = Numbers.through(read, tenant, periods, around.city)
    table, facts = eligibility_table(read, tenant), facts_by_period(read, tenant, member, numbers)
    return {period: judge(table, facts[period], around.now) for period in periods}


def cases_of(read: Connection, tenant: str, person: int) -> tuple[PromotionState, ...]:
    """Return the promotion cases of somebody, the newest period first."""
    rows = read.execute(_of_person, {"tenant": tenant, "person": person})
    return tuple(_state(row) for row in rows)


def _members(read: Connection, tenant: str, day: date, units: Sequence[int] | None) -> list[StaffMember]:
    everybody = staff_on(read, tenant, day)
    if units is None:
        return list(everybody)
    inside = {below for unit in units for below in ids_below(read, tenant, unit)}
    return [member for member in everybody if member.unit_id in inside]


def _due_periods(
    read: Connection,
    tenant: str,
    members: Sequence[StaffMember],
    periods: Sequence[PromotionPeriod],
    now: datetime,
) -> _Due:
    needed, held = needed_months(read, tenant, now), ranks_since(read, tenant, [member.id for member in members])
    ranked = [member for member in members if grade_number(member.grade) is not None]
    known = [member for member in ranked if member.id in held]
    ruled = [member for member in known if route_of(member.level) in needed]
    found: dict[int, PromotionPeriod] = {}
    for member in ruled:
        since, months = held[member.id].since, needed[route_of(member.level)]
        due = next((item for item in periods if months_between(since, item.effective_on) >= months), None)
        if due is not None:
            found[member.id] = due
    return _Due(found, len(ranked) - len(known), len(known) - len(ruled))


def _candidates(
    read: Connection, tenant: str, around: Surroundings, members: Sequence[StaffMember], period: PromotionPeriod
) -> tuple[Candidate, ...]:
    keys = [business_key(member.id, period) for member in members]
    rows = read.execute(_by_key, {"tenant": tenant, "keys": keys}) if keys else ()
    states: dict[str, PromotionState] = {row.business_key: _state(row) for row in rows}
    found = judgements(read, tenant, around, members, period)
    return tuple(
        Candidate(item, states.get(business_key(item.facts.member.id, period)))
        for item in sorted(found, key=lambda item: (not item.is_eligible, item.facts.member.name))
    )


def _state(row: Any) -> PromotionState:
    return PromotionState(row.id, row.business_key.partition(":")[0], CaseStatus(row.status))
