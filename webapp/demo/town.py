"""A made-up city: people in posts with synthetic NIPs, the same each time for the same seed."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count
from random import Random

from processes.people.nip import Sex
from processes.people.records import EmployeeKind
from webapp.demo.places import CITY_PLANS, CityPlan, UnitPlan
from webapp.demo.staffing import Seat, seats_of

#: Since when posts, lines and heads hold; before the first imported quarter.
SINCE = date(2025, 1, 1)
#: Numbers from 900 on are hardly ever given out, so no made-up NIP is a real person's.
FIRST_SEQUENCE = 901

_PNS_GRADES = {
    5: "II/c",
    6: "II/d",
    7: "III/a",
    8: "III/b",
    9: "III/c",
    10: "III/d",
    11: "III/d",
    12: "IV/a",
    14: "IV/c",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the made-up city."""

    nip: str
    name: str
    kind: EmployeeKind
    grade: str
    unit: UnitPlan
    seat: Seat
    active_from: date
    has_retired: bool = False

    @property
    def post_code(self) -> str:
        """The code of the post, unique in the city."""
        return f"{self.unit.code}.{self.seat.post}"

    @property
    def is_head(self) -> bool:
        """The person heads the unit."""
        return self.seat.reports_to is None


@dataclass(frozen=True, slots=True)
class Town:
    """A city with its people by unit code and seat."""

    plan: CityPlan
    people: tuple[Person, ...]

    def at(self, unit: str, seat: str = "head") -> Person:
        """Return who sits there."""
        return next(person for person in self.people if (person.unit.code, person.seat.key) == (unit, seat))

    def appraiser(self, person: Person) -> Person | None:
        """Return who appraises a person; None for the Sekda, whom the head of the region appraises."""
        if person.seat.reports_to is not None:
            return self.at(person.unit.code, person.seat.reports_to)
        return self.at(person.unit.parent) if person.unit.parent is not None else None


@lru_cache
def build_town(code: str) -> Town:
    """Return the made-up city of a code.

    :raise KeyError: no such demonstration city.
    """
    plan = CITY_PLANS[code]
    # Not for secrets: the same city must come out on every machine.
    census = _Census(plan, Random(f"alur {code}"))  # noqa: S311  # as said above
    return Town(plan, tuple(census.person(unit, seat) for unit in plan.units for seat in seats_of(unit)))


@dataclass
class _Census:
    """Makes people up, each name and number once."""

    plan: CityPlan
    chance: Random
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def person(self, unit: UnitPlan, seat: Seat) -> Person:
        sex = self.chance.choice((Sex.MALE, Sex.FEMALE))
        kind = EmployeeKind.PPPK if seat.job_class <= 8 and self.chance.random() < 0.25 else EmployeeKind.PNS
        appointed = self._appointed(kind, seat)
        has_retired = unit.code == self.plan.vacant_unit and seat.reports_to is None
        return Person(
            self._nip(kind, sex, appointed),
            _with_degree(self._name(sex), seat.degree),
            kind,
            "IX" if kind is EmployeeKind.PPPK else _PNS_GRADES.get(seat.job_class, "IV/d"),
            unit,
            seat,
            appointed,
            has_retired,
        )

    def _appointed(self, kind: EmployeeKind, seat: Seat) -> date:
        if kind is EmployeeKind.PPPK:
            return date(self.chance.randint(2021, 2024), 3, 1)
        latest = 2006 if seat.job_class >= 11 else 2020
        return date(self.chance.randint(latest - 10, latest), self.chance.choice((1, 3, 4, 12)), 1)

    def _nip(self, kind: EmployeeKind, sex: Sex, appointed: date) -> str:
        age = self.chance.randint(22, 30) if kind is EmployeeKind.PNS else self.chance.randint(24, 40)
        born = date(appointed.year - age, self.chance.randint(1, 12), self.chance.randint(1, 28))
        code = f"{appointed.month:02}" if kind is EmployeeKind.PNS else str(self.chance.choice((21, 22)))
        stem = f"{born:%Y%m%d}{appointed.year}{code}{1 if sex is Sex.MALE else 2}"
        nip = next(f"{stem}{sequence}" for sequence in count(FIRST_SEQUENCE) if f"{stem}{sequence}" not in self.numbers)
        self.numbers.add(nip)
        return nip

    def _name(self, sex: Sex) -> str:
        name = self.plan.region.draw(self.chance, sex)
        while name in self.names:
            name = self.plan.region.draw(self.chance, sex)
        self.names.add(name)
        return name


def _with_degree(name: str, degree: str) -> str:
    if not degree:
        return name
    return f"{degree}{name}" if degree.endswith(" ") else f"{name}, {degree}"
