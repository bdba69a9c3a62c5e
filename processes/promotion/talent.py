"""The two axes of the talent box and the final value of a talent (PermenPANRB 3/2020; BKN's guide of 2025).

Which box two axes make, and what follows from it, is the decision table `talent_box.dmn`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from processes.people.city import ParameterSet, Rating

_PERCENT = 100
_BOTH = 2


class Potential(StrEnum):
    """How much potential somebody has, the lowest first."""

    LOW = "RENDAH"
    MEDIUM = "MENENGAH"
    HIGH = "TINGGI"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an axis.

    :param score: 0 to 100; None while nobody knows it.
    :param weight: percent of the axis.
    """

    name: str
    score: Decimal | None
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Axis:
    """Performance or potential: the sum of its weighted parts.

    :param missing: the parts that nobody knows.
    :param value: from 0 to 100, unrounded; None while a part is not known.
    """

    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    value: Decimal | None


def performance_axis(main: Decimal | None, support: Decimal | None, rules: ParameterSet) -> Axis:
    """Return the axis of performance: predicates of the last two years, and what supports them."""
    return _axis("performance", rules, main=main, support=support)


def potential_axis(
    competency: Decimal | None,
    potential: Decimal | None,
    qualification: Decimal | None,
    integrity: Decimal | None,
    rules: ParameterSet,
) -> Axis:
    """Return the axis of potential: competency, potential, qualification and integrity."""
    named = {"competency": competency, "potential": potential, "qualification": qualification, "integrity": integrity}
    return _axis("potential", rules, **named)


def final_value(performance: Axis, potential: Axis) -> Decimal | None:
    """Return the mean of both axes, unrounded; None while one of them has no value."""
    first, second = performance.value, potential.value
    return None if first is None or second is None else (first + second) / _BOTH


def performance_class(value: Decimal, rules: ParameterSet) -> Rating:
    """Return in which row of the box a value of performance lies."""
    if value >= rules.values["performance.high_from"]:
        return Rating.DIATAS_EKSPEKTASI
    is_low = value < rules.values["performance.low_below"]
    return Rating.DIBAWAH_EKSPEKTASI if is_low else Rating.SESUAI_EKSPEKTASI


def potential_class(value: Decimal, rules: ParameterSet) -> Potential:
    """Return in which column of the box a value of potential lies."""
    if value >= rules.values["potential.high_from"]:
        return Potential.HIGH
    return Potential.LOW if value < rules.values["potential.low_below"] else Potential.MEDIUM


def _axis(name: str, rules: ParameterSet, **scores: Decimal | None) -> Axis:
    parts = tuple(Part(part, score, rules.values[f"weight.{name}.{part}"]) for part, score in scores.items())
    known = [part.weight * part.score for part in parts if part.score is not None]
    missing = tuple(part.name for part in parts if part.score is None)
    return Axis(parts, missing, None if missing else sum(known, Decimal(0)) / _PERCENT)
