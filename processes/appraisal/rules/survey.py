"""Citizen satisfaction (SKM, PermenPANRB 14/2017): index, grade, small samples, and what a bad grade limits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from processes.appraisal.rules.achievement import gate_factor
from processes.appraisal.rules.ratings import label
from processes.people.city import Cap, Gate, Rating, message

#: A mean on the survey's 1..4 scale times this is the index 25..100.
INDEX_FACTOR = Decimal(25)
#: Below this many answers the unit's own index decides about gate and cap.
ENOUGH_ANSWERS = 30
#: How many answers' worth the unit's mean weighs when a small sample is shrunk towards it.
SHRINKAGE = Decimal(30)
CENT = Decimal("0.01")


class ServiceGrade(StrEnum):
    """Grade of a service: A Sangat Baik, B Baik, C Kurang Baik, D Tidak Baik."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


#: Lowest index of each grade, best first.
GRADE_FROM: tuple[tuple[Decimal, ServiceGrade], ...] = (
    (Decimal("88.31"), ServiceGrade.A),
    (Decimal("76.61"), ServiceGrade.B),
    (Decimal("65.00"), ServiceGrade.C),
)
GRADE_LABELS: dict[ServiceGrade, str] = {
    ServiceGrade.A: "Sangat Baik",
    ServiceGrade.B: "Baik",
    ServiceGrade.C: "Kurang Baik",
    ServiceGrade.D: "Tidak Baik",
}

#: Volume counts in full only at grade B: half at 64.99 and below, linear from 65.00 to 76.61.
QUALITY_GATE = Gate(
    figure="ikm",
    lower=Decimal("65.00"),
    upper=Decimal("76.61"),
    floor=Decimal("0.5"),
    reason_id="Capaian {code} dikalikan {factor} karena IKM {figure} belum mencapai mutu B (76,61).",
    reason_en="The achievement of {code} is multiplied by {factor}: the IKM of {figure} is below grade B (76.61).",
)


def satisfaction_index(totals: Sequence[Decimal | int], answers: int) -> Decimal:
    """Return the IKM, unrounded: the elements' means weigh the same (1/9 for nine, never 0.11), times 25.

    :raise ValueError: no element or no answer.
    """
    if not totals or answers <= 0:
        raise ValueError("An index needs at least one element and one answer.")
    # One division at the end keeps 1/9 exact.
    return INDEX_FACTOR * sum(Decimal(total) for total in totals) / (answers * len(totals))


def service_grade(index: Decimal) -> ServiceGrade:
    """Return the grade of the index as published: 76.605 is B, 76.604 is C."""
    return next((grade for lowest, grade in GRADE_FROM if published(index) >= lowest), ServiceGrade.D)


def published(index: Decimal) -> Decimal:
    """Return the index with two places, half up: the figure that is published, graded, and compared with a target.

    The only number that is rounded before it is used: citizens must be able to recompute from what they can see.
    """
    return index.quantize(CENT, rounding=ROUND_HALF_UP)


def shrink(answers: Decimal | int, mean: Decimal, unit_mean: Decimal, strength: Decimal = SHRINKAGE) -> Decimal:
    """Return a mean of few answers pulled towards the unit's: `(n*m + k*M) / (n + k)`."""
    return (answers * mean + strength * unit_mean) / (answers + strength)


def quality_gate(index: Decimal) -> Decimal:
    """Return the factor 0.5..1 by which poor service quality reduces volume (gaming: quota without quality)."""
    return gate_factor(QUALITY_GATE, index)


def quality_cap(index: Decimal) -> Cap | None:
    """Return the limit that poor service quality sets: grade D at most below, C at most as expected, else None."""
    limit = {ServiceGrade.D: Rating.DIBAWAH_EKSPEKTASI, ServiceGrade.C: Rating.SESUAI_EKSPEKTASI}.get(
        grade := service_grade(index)
    )
    if limit is None:
        return None
    reason = message(
        "quality_cap",
        "IKM {ikm} bermutu {grade}: rekomendasi hasil kerja paling tinggi “{limit}”.",
        "The IKM of {ikm} is grade {grade}: the recommended result is at most “{limit}”.",
        ikm=index,
        grade=str(grade),
        limit=label(limit),
    )
    return Cap(limit, reason)
