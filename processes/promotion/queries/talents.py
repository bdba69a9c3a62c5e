"""Who stands in which box of the talent box, and from what: performance and potential of everybody or of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.dmn import Decision, read_decisions
from engine.feel import Environment
from processes.people.career_values import Weight, weight_of
from processes.people.careers import award
from processes.people.city import ParameterSet, Rating
from processes.people.queries import StaffMember
from processes.people.queries.competencies import plain_levels, standards
from processes.promotion.career_facts import CareerFacts
from processes.promotion.career_reading import Numbers, facts_of
from processes.promotion.parameters import TALENT, numbers_on
from processes.promotion.periods import PromotionPeriod
from processes.promotion.queries.coming import Surroundings
from processes.promotion.records import talent_assessment
from processes.promotion.talent import (
    Axis,
    Potential,
    final_value,
    performance_axis,
    performance_class,
    potential_axis,
    potential_class,
)

_HUNDRED = Decimal(100)
#: So many people are asked for by name; of more, the rows of the whole city are read.
_BY_NAME = 400
_awards = (
    select(award.c.employee_id, func.count().label("awards"))
    .where(award.c.tenant == bindparam("tenant"), award.c.awarded_on > bindparam("after"))
    .group_by(award.c.employee_id)
)
_assessments = (
    select(talent_assessment.c.employee_id, talent_assessment.c.potential)
    .where(talent_assessment.c.tenant == bindparam("tenant"), talent_assessment.c.assessed_on <= bindparam("day"))
    .order_by(talent_assessment.c.assessed_on)
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box with what follows from it, in both languages.

    :param actions: what may be chosen for somebody who stands there.
    """

    number: int
    follow_up_id: str
    follow_up_en: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talent:
    """Where somebody stands.

    :param facts: what is known of the career.
    :param box: None while an axis has no value; `missing` then says of what nobody knows anything.
    """

    facts: CareerFacts
    performance: Axis
    potential: Axis
    row: Rating | None
    column: Potential | None
    box: Box | None

    @property
    def member(self) -> StaffMember:
        """Who it is."""
        return self.facts.member

    @property
    def value(self) -> Decimal | None:
        """The final value of a talent, unrounded."""
        return final_value(self.performance, self.potential)

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of both axes that nobody knows."""
        return self.performance.missing + self.potential.missing


def talents(read: Connection, tenant: str, around: Surroundings, members: Sequence[StaffMember]) -> tuple[Talent, ...]:
    """Return where some employees stand today."""
    day = around.today
    rules = numbers_on(read, tenant, TALENT, day, around.city)
    numbers = Numbers.on(read, tenant, day, around.city)
    facts = facts_of(read, tenant, members, PromotionPeriod(day.year, day.month), numbers)
    known, found = _Known.of(read, tenant, day, rules, [member.id for member in members]), boxes(around)
    return tuple(_talent(facts[member.id], known, rules, found) for member in members)


def boxes(around: Surroundings) -> dict[tuple[Rating, Potential], Box]:
    """Return the nine boxes as the decision table has them."""
    return {(row, column): _box(row, column, around) for row in Rating for column in Potential}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of some people, or of everybody, at once."""

    awards: Mapping[int, int]
    potential: Mapping[int, Decimal]
    standards: Mapping[int, Mapping[str, int]]
    levels: Mapping[int, Mapping[str, int]]
    day: date

    @classmethod
    def of(cls, read: Connection, tenant: str, day: date, rules: ParameterSet, people: Sequence[int]) -> "_Known":
        """Return it for some people; for many of them, of the whole city."""
        some = people if len(people) <= _BY_NAME else None
        after = {"tenant": tenant, "after": _years_before(day, int(rules.values["support.years"]))}
        awards = {row.employee_id: row.awards for row in _asked(read, _awards, after, some)}
        tested = _asked(read, _assessments, {"tenant": tenant, "day": day}, some)
        potential = {row.employee_id: row.potential for row in tested}
        return cls(awards, potential, standards(read, tenant), plain_levels(read, tenant, day, some), day)


def _asked(read: Connection, statement: Any, params: Mapping[str, Any], people: Sequence[int] | None) -> Any:
    if people is None:
        return read.execute(statement, params)
    only = statement.where(statement.selected_columns.employee_id.in_(bindparam("people", expanding=True)))
    return read.execute(only, {**params, "people": people})


def _talent(
    facts: CareerFacts, known: _Known, rules: ParameterSet, boxes: Mapping[tuple[Rating, Potential], Box]
) -> Talent:
    member = facts.member
    performance = performance_axis(_predicates(facts, rules), _support(known.awards.get(member.id, 0), rules), rules)
    potential = potential_axis(
        _competency(known, member),
        known.potential.get(member.id),
        rules.values[f"education.{facts.education.level}"] if facts.education is not None else None,
        _integrity(facts, known.day, rules),
        rules,
    )
    first, second = performance.value, potential.value
    row = performance_class(first, rules) if first is not None else None
    column = potential_class(second, rules) if second is not None else None
    box = boxes[row, column] if row is not None and column is not None else None
    return Talent(facts, performance, potential, row, column, box)


def _predicates(facts: CareerFacts, rules: ParameterSet) -> Decimal | None:
    """Return the mean of the predicates of the last two years; None if both years have none."""
    scores = [rules.values[f"predicate.{item.predicate}"] for item in facts.years if item.predicate is not None]
    return sum(scores, Decimal(0)) / len(scores) if scores else None


def _support(awards: int, rules: ParameterSet) -> Decimal:
    return min(_HUNDRED, rules.values["support.base"] + awards * rules.values["support.award"])


def _competency(known: _Known, member: StaffMember) -> Decimal | None:
    """Return how much of the post's standard is reached, in percent; None without a standard or any assessment."""
    standard = known.standards.get(member.post_id or 0, {})
    held = known.levels.get(member.id, {})
    if not standard or not any(code in held for code in standard):
        return None
    reached = (
        min(Decimal(held[code]) / level, Decimal(1)) if code in held else Decimal(0) for code, level in standard.items()
    )
    return sum(reached, Decimal(0)) / len(standard) * _HUNDRED


def _integrity(facts: CareerFacts, day: date, rules: ParameterSet) -> Decimal:
    if not facts.sanctions:
        return rules.values["integrity.none"]
    after = _years_before(day, int(rules.values["integrity.years"]))
    order = list(Weight)
    weights = [weight_of(item.measure) for item in facts.sanctions if item.first > after]
    heaviest = max(weights, key=order.index, default=None)
    return rules.values[f"integrity.{heaviest or 'none'}"]


def _years_before(day: date, years: int) -> date:
    # The 29th of February of a year without one is the 28th.
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _box(row: Rating, column: Potential, around: Surroundings) -> Box:
    scope = {"performance": str(row), "potential": str(column)}
    found: Any = _table().decide(scope, Environment(around.now)).value
    return Box(int(found["box"]), found["follow_up_id"], found["follow_up_en"], tuple(found["actions"]))


@cache
def _table() -> Decision:
    return read_decisions(files("processes.promotion").joinpath("talent_box.dmn").read_bytes())["talent_box"]
