"""What is known of careers when rank promotions are judged: one employee, or everybody of a city at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from processes.people.career_values import EducationLevel, Measure, Weight, weight_of
from processes.people.city import PositionLevel, Predicate
from processes.people.queries import StaffMember
from processes.promotion.credit import Credit, CreditKind, Determination, Level
from processes.promotion.grades import grade_number, next_grade
from processes.promotion.periods import PromotionPeriod, months_between

ROUTES = REGULAR, FUNCTIONAL, STRUCTURAL = "regular", "functional", "structural"
_ROUTES: Mapping[PositionLevel, str] = {
    PositionLevel.EXECUTOR: REGULAR,
    PositionLevel.FUNCTIONAL_POSITION: FUNCTIONAL,
}
#: How posts of functional levels end; the longer words first.
_LEVEL_WORDS: Mapping[str, Level] = {
    "ahli pertama": Level.AHLI_PERTAMA,
    "ahli muda": Level.AHLI_MUDA,
    "ahli madya": Level.AHLI_MADYA,
    "ahli utama": Level.AHLI_UTAMA,
    "pemula": Level.PEMULA,
    "terampil": Level.TERAMPIL,
    "mahir": Level.MAHIR,
    "penyelia": Level.PENYELIA,
}
#: From which grade number on a level begins where the post's name says none.
_LEVELS_BY_GRADE = ((16, Level.AHLI_UTAMA), (13, Level.AHLI_MADYA), (11, Level.AHLI_MUDA), (9, Level.AHLI_PERTAMA))


@dataclass(frozen=True, slots=True)
class HeldRank:
    """A rank that somebody has held since a day."""

    grade: str
    since: date
    decree: str | None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Schooling:
    """An education that somebody has finished."""

    level: EducationLevel
    subject: str | None
    graduated_on: date


@dataclass(frozen=True, slots=True)
class HeldSanction:
    """A disciplinary measure with its days."""

    measure: Measure
    first: date
    last: date | None
    decree: str

    def covers(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class YearResult:
    """A calendar year's predicate: that of the last quarter with a result; None without enough of them."""

    year: int
    predicate: Predicate | None


@dataclass(frozen=True, slots=True)
class CreditEntry:
    """Credit of a period.

    :param is_kept: it stands in the records; else it follows from a result and is recorded with the next promotion.
    """

    credit: Credit
    first: date
    last: date
    predicate: Predicate | None
    source: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class CareerFacts:
    """What is known of somebody's career on the day from which a rank would count.

    :param years: the two years that are judged, the older first.
    :param credits: those earned in the present rank; `determination` says how far they reach. Functional posts only.
    """

    member: StaffMember
    kind: str
    period: PromotionPeriod
    appointed_on: date | None
    rank: HeldRank | None
    education: Schooling | None
    years: tuple[YearResult, ...]
    sanctions: tuple[HeldSanction, ...]
    retires_on: date | None
    level: Level | None = None
    credits: tuple[CreditEntry, ...] = ()
    determination: Determination | None = field(default=None)

    @property
    def grade(self) -> str | None:
        """The present grade: that of the newest rank, else the one of the employee's record."""
        return self.rank.grade if self.rank is not None else self.member.grade

    @property
    def next_grade(self) -> str | None:
        """The grade that the promotion would give."""
        return next_grade(self.grade)

    @property
    def route(self) -> str:
        """By which rules the promotion goes: regular, functional or structural."""
        return route_of(self.member.level)

    @property
    def months_in_rank(self) -> int | None:
        """Whole months in the present rank when the new one would count; None if nobody knows since when."""
        return None if self.rank is None else months_between(self.rank.since, self.period.effective_on)

    @property
    def credit_missing(self) -> Fraction | None:
        """Credit that is missing for the next rank; None where credit is not known, or not asked for."""
        return self.determination.rank_missing if self.determination is not None else None

    @property
    def heaviest(self) -> Weight | None:
        """The heaviest disciplinary measure in force when the rank would count."""
        order = list(Weight)
        weights = (weight_of(item.measure) for item in self.sanctions if item.covers(self.period.effective_on))
        return max(weights, key=order.index, default=None)

    def plain(self) -> dict[str, Any]:
        """Return the facts as the decision tables read them and a case keeps them."""
        day = self.period.effective_on
        retires, missing = self.retires_on, self.credit_missing
        return {
            "kind": self.kind,
            "route": self.route,
            "post_level": str(self.member.level),
            "grade": self.grade,
            "grade_number": grade_number(self.grade),
            "next_grade": self.next_grade,
            "rank_since": self.rank.since if self.rank is not None else None,
            "months_in_rank": _number(self.months_in_rank),
            "months_of_service": Decimal(months_between(self.appointed_on, day)) if self.appointed_on else None,
            "years": [{"year": item.year, "predicate": _text(item.predicate)} for item in self.years],
            "education": _text(self.education.level) if self.education is not None else None,
            "credit_missing": None if missing is None else Decimal(missing.numerator) / Decimal(missing.denominator),
            "sanction": str(self.heaviest or "none"),
            "retires_on": retires,
            "retires_before": retires is not None and retires <= day,
        }


def route_of(level: PositionLevel) -> str:
    """Return by which rules holders of posts of a level are promoted."""
    return _ROUTES.get(level, STRUCTURAL)


def functional_level(post: str | None, grade: str | None) -> Level | None:
    """Return the level of a functional post: as its name says (`Perawat Ahli Pertama`), else as the grade has it.

    By grades only levels of expertise can be told (PermenPANRB 1/2023); None for a grade that is none of a PNS.
    """
    name = (post or "").casefold()
    said = next((level for words, level in _LEVEL_WORDS.items() if words in name), None)
    number = grade_number(grade)
    if said is not None or number is None:
        return said
    return next((level for first, level in _LEVELS_BY_GRADE if number >= first), Level.TERAMPIL)


def annual_result(year: int, quarters: Mapping[int, Predicate], least: int) -> YearResult:
    """Return the predicate of a year from its quarters.

    A plan is evaluated cumulatively up to the year's end (PermenPANRB 6/2022 Ps 24), so the last quarter that has a
    result says what the year was; with fewer than `least` quarters the year has none.
    """
    return YearResult(year, quarters[max(quarters)] if len(quarters) >= max(least, 1) else None)


def highest_education(found: Iterable[Schooling], day: date) -> Schooling | None:
    """Return the highest education that was finished by a day."""
    order = list(EducationLevel)
    done = (item for item in found if item.graduated_on <= day)
    return max(done, key=lambda item: (order.index(item.level), item.graduated_on), default=None)


def higher_diploma(found: Iterable[Schooling], since: date, day: date) -> Schooling | None:
    """Return the first education that was finished from one day on, before another, and is higher than all before.

    The first education of all is no higher one: nobody knows what went before.
    """
    order = list(EducationLevel)
    earlier: list[int] = []
    for item in sorted(found, key=lambda item: item.graduated_on):
        rank = order.index(item.level)
        if earlier and rank > max(earlier) and since <= item.graduated_on < day:
            return item
        earlier.append(rank)
    return None


def earned_in_rank(entries: Iterable[CreditEntry], since: date | None) -> tuple[CreditEntry, ...]:
    """Return the credit that counts for the next rank: what was earned after the present one began."""
    return tuple(item for item in entries if since is None or item.last >= since)


def is_covered(year: int, entries: Iterable[CreditEntry]) -> bool:
    """Say whether a year's result has become credit already, here or in what was determined before (PAK)."""
    found = list(entries)
    before = max((item.last.year for item in found if item.credit.kind is CreditKind.BEFORE), default=0)
    converted = (item.last.year for item in found if item.credit.kind is CreditKind.CONVERSION)
    return year <= before or year in converted


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
