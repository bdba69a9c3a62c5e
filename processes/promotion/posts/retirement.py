"""When somebody retires: by the level of his post, from the first day of the month after that birthday.

Ages: UU 20/2023 Ps 55, PP 11/2017 Ps 239; teachers UU 14/2005 Ps 30(4). They are numbers with dates (`AGES`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from processes.people.city import PositionLevel

#: Key of the parameter set with the ages.
AGES: Final = "promotion.retirement"
DECEMBER: Final = 12
#: Grades of functional posts with an age of their own, by the words that end such a post's name.
_GRADES: Final = {"Ahli Utama": "functional_principal", "Ahli Madya": "functional_senior"}
_TEACHERS: Final = ("teacher", "principal")


@dataclass(frozen=True, slots=True)
class Retirement:
    """From which day somebody is retired, at which age, and by which number of the parameter set."""

    day: date
    age: int
    rule: str


def retirement_of(
    birth: date, *, level: PositionLevel, family: str, post: str, ages: Mapping[str, Decimal]
) -> Retirement:
    """Return the retirement that follows from a birth date and a post.

    :param ages: years by rule, as the parameter set has them.
    """
    rule = _rule(level, family, post)
    age = int(ages[rule])
    return Retirement(_month_after(birth, age), age, rule)


def retires_within(retirement: Retirement, today: date, months: int) -> bool:
    """Say whether somebody retires after a day, but not more than some months later."""
    return today < retirement.day <= months_later(today, months)


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, DECEMBER)
    year = day.year + years
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def _rule(level: PositionLevel, family: str, post: str) -> str:
    if level is not PositionLevel.FUNCTIONAL_POSITION:
        return level.value
    if family in _TEACHERS:
        return "teacher"
    return next((rule for words, rule in _GRADES.items() if words in post), level.value)


def _month_after(birth: date, age: int) -> date:
    is_december = birth.month == DECEMBER
    return date(birth.year + age + (1 if is_december else 0), 1 if is_december else birth.month + 1, 1)
