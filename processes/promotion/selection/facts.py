"""What the tables of a selection ask about a candidate, read from the career so that nobody types it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from processes.people.careers import award
from processes.people.city import City, PositionLevel
from processes.people.nip import InvalidNip, parse_nip
from processes.people.queries import StaffMember, placement_on
from processes.people.queries.on_day import TENANT, AnySelect
from processes.people.records import placement, post
from processes.promotion.career_facts import CareerFacts
from processes.promotion.career_reading import Numbers, facts_of
from processes.promotion.grades import grade_number
from processes.promotion.periods import PromotionPeriod, months_between

#: Functional posts that count as much as an administrator's, by their names.
_EXPERT: Final = ("ahli madya", "ahli utama")
_LEADING: Final = (PositionLevel.ADMINISTRATOR.value, PositionLevel.HIGH_LEADERSHIP_POST.value)
_AWARD_YEARS: Final = 5
_PEOPLE: Any = bindparam("people", expanding=True)
_posts: AnySelect = (
    select(placement.c.employee_id, post.c.name, post.c.level, placement.c.valid_from, placement.c.valid_to)
    .join(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, placement.c.employee_id.in_(_PEOPLE))
    .order_by(placement.c.valid_from)
)
_awards: AnySelect = (
    select(award.c.employee_id, func.count().label("found"))
    .where(award.c.tenant == TENANT, award.c.employee_id.in_(_PEOPLE), award.c.awarded_on >= bindparam("since"))
    .group_by(award.c.employee_id)
)


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What is known of a candidate on the day that applications close.

    :param age: in whole years; None if the number does not tell the birth date.
    :param months_in_post: in administrator, high leadership and expert posts of the two upper levels, taken together.
    :param older, newer: predicates of the two calendar years before; None for a year without one.
    """

    employee: int
    kind: str
    grade_number: int | None
    education: str | None
    age: int | None
    months_in_post: int
    older: str | None
    newer: str | None
    is_sanctioned: bool
    awards: int

    def plain(self) -> dict[str, Any]:
        """Return the facts as the tables read them and a case keeps them."""
        return {
            "employee": self.employee,
            "kind": self.kind,
            "grade_number": _number(self.grade_number),
            "education": self.education,
            "age": _number(self.age),
            "months_in_post": Decimal(self.months_in_post),
            "older": self.older,
            "newer": self.newer,
            "is_sanctioned": self.is_sanctioned,
            "awards": Decimal(self.awards),
        }


def read_facts(
    read: Connection, tenant: str, people: Sequence[int], day: date, city: City
) -> tuple[CandidateFacts, ...]:
    """Return the facts of some employees on a day, in their order; whoever works nowhere is left out.

    :raise CityError: the city's plugin does not answer.
    """
    found = (placement_on(read, tenant, person, day) for person in people)
    members = [member for member in found if member is not None]
    if not members:
        return ()
    period = PromotionPeriod(day.year, day.month)
    careers = facts_of(read, tenant, members, period, Numbers.on(read, tenant, day, city))
    params: dict[str, Any] = {"tenant": tenant, "people": [member.id for member in members]}
    months = _months_in_post(read, params, day)
    since = date(day.year - _AWARD_YEARS, 1, 1)
    awards = {row.employee_id: int(row.found) for row in read.execute(_awards, {**params, "since": since})}
    return tuple(
        _facts(member, careers[member.id], months.get(member.id, 0), awards.get(member.id, 0), day)
        for member in members
    )


def _facts(member: StaffMember, career: CareerFacts, months: int, awards: int, day: date) -> CandidateFacts:
    older, newer = career.years
    return CandidateFacts(
        member.id,
        career.kind,
        grade_number(career.grade),
        str(career.education.level) if career.education is not None else None,
        _age(member.nip, day),
        months,
        str(older.predicate) if older.predicate is not None else None,
        str(newer.predicate) if newer.predicate is not None else None,
        any(item.covers(day) for item in career.sanctions),
        awards,
    )


def _months_in_post(read: Connection, params: dict[str, Any], day: date) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in read.execute(_posts, params):
        if row.valid_from <= day and _counts(row.level, row.name):
            last = min(row.valid_to or day, day)
            found[row.employee_id] = found.get(row.employee_id, 0) + max(months_between(row.valid_from, last), 0)
    return found


def _counts(level: str, name: str) -> bool:
    return level in _LEADING or any(words in name.casefold() for words in _EXPERT)


def _age(nip: str, day: date) -> int | None:
    try:
        birth = parse_nip(nip, lenient=True).birth_date
    except InvalidNip:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
