"""Who is considered for a post, and what conditions and ranking ask about everybody: read, never typed again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from processes.people.career_values import Weight, weight_of
from processes.people.careers import competency_level
from processes.people.city import City, PositionLevel, Predicate
from processes.people.queries import StaffMember, staff_on
from processes.people.queries.competencies import standard_of
from processes.people.queries.on_day import DAY, TENANT, AnyRow, AnySelect
from processes.people.records import placement, post
from processes.promotion.board.variables import Filling
from processes.promotion.career_facts import CareerFacts, YearResult, functional_level
from processes.promotion.career_reading import Numbers, facts_of
from processes.promotion.credit import Level
from processes.promotion.grades import grade_number
from processes.promotion.periods import PromotionPeriod, months_between

#: From which posts one comes to a level, and which functional levels count as much (PP 11/2017 Ps 54).
_BELOW: Final[Mapping[PositionLevel, PositionLevel]] = {
    PositionLevel.ADMINISTRATOR: PositionLevel.SUPERVISOR,
    PositionLevel.SUPERVISOR: PositionLevel.EXECUTOR,
}
_EXPERTS: Final = frozenset({Level.AHLI_MUDA, Level.AHLI_MADYA, Level.AHLI_UTAMA})
_LOW: Final = frozenset({Predicate.BUTUH_PERBAIKAN, Predicate.KURANG, Predicate.SANGAT_KURANG})
_WHOLE: Final = Decimal(100)
_ONE_DAY: Final = timedelta(days=1)
_AT_ONCE: Final = 400  # employees in one statement

_PEOPLE: Any = bindparam("people", expanding=True)
_posts: AnySelect = (
    select(placement.c.employee_id, post.c.name, post.c.level, placement.c.valid_from, placement.c.valid_to)
    .join(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, placement.c.employee_id.in_(_PEOPLE), placement.c.valid_from <= DAY)
    .order_by(placement.c.employee_id, placement.c.valid_from)
)
_levels: AnySelect = (
    select(competency_level.c.employee_id, competency_level.c.competency, competency_level.c.level)
    .where(
        competency_level.c.tenant == TENANT,
        competency_level.c.employee_id.in_(_PEOPLE),
        competency_level.c.competency.in_(bindparam("asked", expanding=True)),
        competency_level.c.assessed_on <= DAY,
    )
    .order_by(competency_level.c.assessed_on)
)


@dataclass(frozen=True, slots=True)
class Considered:
    """Somebody who may come to a post, with what is known of him on a day.

    :param months: in posts from which one comes to it, taken together; None if no such post is recorded.
    :param asked: the sum of the levels that the post asks for; 0 for a post without a standard.
    :param had: how much of that he was found to have; None if none of it was ever assessed.
    :param months_left: until retirement; None if the birth date is not known.
    """

    person: int
    kind: str
    target: PositionLevel
    grade_number: int | None
    education: str | None
    months: int | None
    years: tuple[YearResult, ...]
    sanction: str
    asked: int
    had: int | None
    months_left: int | None

    @property
    def predicates(self) -> tuple[str, ...]:
        """The predicates of the two years; fewer if a year has none."""
        return tuple(str(year.predicate) for year in self.years if year.predicate is not None)

    @property
    def fit(self) -> Decimal | None:
        """Percent of the asked levels that he was found to have; more in one does not make up for less in another."""
        return None if self.had is None or not self.asked else _WHOLE * self.had / self.asked

    def plain(self) -> dict[str, Any]:
        """Return the facts as the table of conditions reads them."""
        return {
            "kind": self.kind,
            "target": str(self.target),
            "grade_number": _number(self.grade_number),
            "education": self.education,
            "months_below": _number(self.months),
            "years_missing": Decimal(sum(year.predicate is None for year in self.years)),
            "years_low": Decimal(sum(year.predicate in _LOW for year in self.years)),
            "sanction": self.sanction,
            "fit": self.fit,
            "months_left": _number(self.months_left),
        }


def pool_for(read: Connection, tenant: str, filling: Filling, day: date) -> tuple[StaffMember, ...]:
    """Return who holds a post from which one comes to the level of the filled one."""
    return tuple(member for member in staff_on(read, tenant, day) if _leads_to(filling.level, member))


def consider(
    read: Connection, tenant: str, members: Sequence[StaffMember], filling: Filling, *, day: date, city: City
) -> tuple[Considered, ...]:
    """Return what is known of some employees with respect to a post, in their order.

    :raise CityError: the city's plugin does not answer.
    """
    numbers = Numbers.on(read, tenant, day, city)
    facts = facts_of(read, tenant, members, PromotionPeriod(day.year, day.month), numbers)
    asked = standard_of(read, tenant, filling.post)
    people = [member.id for member in members if member.id in facts]
    months, had = _months_below(read, tenant, people, filling.level, day), _had(read, tenant, people, asked, day)
    total = sum(asked.values())
    return tuple(
        _considered(facts[person], filling.level, months.get(person), asked=total, had=had.get(person), day=day)
        for person in people
    )


def _considered(
    facts: CareerFacts, target: PositionLevel, months: int | None, *, asked: int, had: int | None, day: date
) -> Considered:
    retires = facts.retires_on
    return Considered(
        facts.member.id,
        facts.kind,
        target,
        grade_number(facts.grade),
        str(facts.education.level) if facts.education is not None else None,
        months,
        facts.years,
        _sanction(facts, day),
        asked,
        had,
        None if retires is None else months_between(day, retires),
    )


def _sanction(facts: CareerFacts, day: date) -> str:
    """Return the heaviest measure in force on the day itself; ranks ask for the first of a month."""
    order = list(Weight)
    weights = (weight_of(item.measure) for item in facts.sanctions if item.covers(day))
    return str(max(weights, key=order.index, default="none"))


def _leads_to(target: PositionLevel, member: StaffMember) -> bool:
    return _is_below(target, member.level, member.post_name, member.grade)


def _is_below(target: PositionLevel, level: str, name: str | None, grade: str | None) -> bool:
    """Say whether a post is one from which one comes to a level: the one below, or a functional post as high."""
    if level == _BELOW[target].value:
        return True
    if level != PositionLevel.FUNCTIONAL_POSITION.value:
        return False
    return target is PositionLevel.SUPERVISOR or functional_level(name, grade) in _EXPERTS


def _months_below(
    read: Connection, tenant: str, people: Sequence[int], target: PositionLevel, day: date
) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in _read(read, _posts, {"tenant": tenant, "day": day}, people):
        if _is_below(target, row.level, row.name, None):
            last = min(row.valid_to or day, day)
            months = months_between(row.valid_from, last + _ONE_DAY)
            found[row.employee_id] = found.get(row.employee_id, 0) + max(0, months)
    return found


def _had(read: Connection, tenant: str, people: Sequence[int], asked: Mapping[str, int], day: date) -> dict[int, int]:
    held: dict[int, dict[str, int]] = {}
    params = {"tenant": tenant, "day": day, "asked": sorted(asked)}
    for row in _read(read, _levels, params, people) if asked else ():
        held.setdefault(row.employee_id, {})[row.competency] = row.level
    return {person: sum(min(level, asked[code]) for code, level in levels.items()) for person, levels in held.items()}


def _read(read: Connection, statement: AnySelect, params: Mapping[str, Any], people: Sequence[int]) -> Iterable[AnyRow]:
    for start in range(0, len(people), _AT_ONCE):
        yield from read.execute(statement, {**params, "people": people[start : start + _AT_ONCE]})


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
