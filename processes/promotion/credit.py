"""Credit scores (angka kredit) of functional posts: conversion, accumulation, determination (PerBKN 3/2023).

A year's predicate becomes credit by `months / 12 x percent x coefficient`. Sums are kept as exact fractions: a third of
a year three times is a year, and nobody misses a rank by a rounded digit. Rounding is for display alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from processes.people.city import ParameterSet, Predicate

MONTHS = 12
_PERCENT = 100


class Level(StrEnum):
    """Levels of functional posts (jenjang): the four of skill, then the four of expertise (PermenPANRB 1/2023)."""

    PEMULA = "PEMULA"
    TERAMPIL = "TERAMPIL"
    MAHIR = "MAHIR"
    PENYELIA = "PENYELIA"
    AHLI_PERTAMA = "AHLI_PERTAMA"
    AHLI_MUDA = "AHLI_MUDA"
    AHLI_MADYA = "AHLI_MADYA"
    AHLI_UTAMA = "AHLI_UTAMA"

    @property
    def above(self) -> "Level | None":
        """The next level of the same kind; None from the highest on."""
        order = list(Level)
        is_highest = self in (Level.PENYELIA, Level.AHLI_UTAMA)
        return None if is_highest else order[order.index(self) + 1]


class CreditKind(StrEnum):
    """Where credit comes from: a year's predicate, a higher diploma, or what was determined before Alur (PAK)."""

    CONVERSION = "conversion"
    DIPLOMA = "diploma"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Credit:
    """One amount of credit with how it came about.

    :param months: of the period in which the predicate was earned, 1 to 12; 0 where the amount was given as such.
    :param percent: of the coefficient that the predicate gives, or of the rank's need that a diploma gives.
    :param coefficient: what a full year with Baik gives at the level.
    :param given: the amount itself where nothing was converted.
    """

    kind: CreditKind
    level: Level
    months: int = 0
    percent: Decimal = Decimal(0)
    coefficient: Decimal = Decimal(0)
    given: Decimal = Decimal(0)

    @property
    def exact(self) -> Fraction:
        """The amount without any rounding."""
        if self.kind is not CreditKind.CONVERSION:
            return Fraction(self.given)
        return Fraction(self.months, MONTHS) * Fraction(self.percent) / _PERCENT * Fraction(self.coefficient)


@dataclass(frozen=True, slots=True)
class Determination:
    """How far the credit of somebody reaches.

    :param basic: what the grade brings along towards the next level (angka kredit dasar).
    :param rank_need: credit for the next rank; None where the level has none.
    :param level_need: credit for the next level; None at the highest level.
    """

    earned: Fraction
    basic: Decimal
    rank_need: Decimal | None
    level_need: Decimal | None

    @property
    def rank_missing(self) -> Fraction | None:
        """What is still missing for the next rank, 0 if nothing is."""
        return _missing(self.earned, self.rank_need)

    @property
    def level_missing(self) -> Fraction | None:
        """What is still missing for the next level, 0 if nothing is."""
        return _missing(self.earned + Fraction(self.basic), self.level_need)


def convert(predicate: Predicate, months: int, level: Level, rules: ParameterSet) -> Credit:
    """Return the credit that a predicate gives for some months at a level.

    :param rules: the set `promotion.credit` that holds on the last day of the period.
    :raise ValueError: months outside of 1 to 12.
    """
    if not 1 <= months <= MONTHS:
        raise ValueError(f"A year has 1 to 12 months, not {months}.")
    percent, coefficient = rules.values[f"percent.{predicate}"], rules.values[f"coefficient.{level}"]
    return Credit(CreditKind.CONVERSION, level, months, percent, coefficient)


def diploma_bonus(level: Level, predicate: Predicate, rules: ParameterSet, *, had_before: bool) -> Credit | None:
    """Return the credit for a higher diploma: part of the rank's need, once a level and from Baik on; else None."""
    need = rules.values.get(f"rank_need.{level}")
    if had_before or need is None or predicate not in (Predicate.SANGAT_BAIK, Predicate.BAIK):
        return None
    percent = rules.values["diploma.percent"]
    return Credit(CreditKind.DIPLOMA, level, percent=percent, given=need * percent / _PERCENT)


def total(credits: Iterable[Credit]) -> Fraction:
    """Return the exact sum of credits (akumulasi)."""
    return sum((item.exact for item in credits), Fraction(0))


def determine(level: Level, grade: str, credits: Iterable[Credit], rules: ParameterSet) -> Determination:
    """Return how far credit earned in a rank reaches (penetapan), by the needs of rank and level.

    :param credits: those that count for the present rank.
    """
    return Determination(
        total(credits),
        rules.values.get(f"basic.{grade}", Decimal(0)),
        rules.values.get(f"rank_need.{level}"),
        rules.values.get(f"level_need.{level}"),
    )


def as_decimal(exact: Fraction) -> Decimal:
    """Return a credit as a decimal number with as many digits as Decimal keeps: for records and messages."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _missing(reached: Fraction, need: Decimal | None) -> Fraction | None:
    return None if need is None else max(Fraction(0), Fraction(need) - reached)
