"""Credit scores: the values of PerBKN 3/2023, exact inside."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from processes.people.city import Predicate
from processes.people.parameters import shipped_sets
from processes.promotion.credit import Credit, CreditKind, Level, as_decimal, convert, determine, diploma_bonus, total
from processes.promotion.parameters import CREDIT

RULES = next(found for found in shipped_sets("processes.promotion.parameters") if found.key == CREDIT)

#: Credit of a full year by level: Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang.
FULL_YEARS = {
    Level.PEMULA: ("5.63", "3.75", "2.81", "1.88", "0.94"),
    Level.TERAMPIL: ("7.50", "5.00", "3.75", "2.50", "1.25"),
    Level.MAHIR: ("18.75", "12.50", "9.38", "6.25", "3.13"),
    Level.PENYELIA: ("37.50", "25.00", "18.75", "12.50", "6.25"),
    Level.AHLI_PERTAMA: ("18.75", "12.50", "9.38", "6.25", "3.13"),
    Level.AHLI_MUDA: ("37.50", "25.00", "18.75", "12.50", "6.25"),
    Level.AHLI_MADYA: ("56.25", "37.50", "28.13", "18.75", "9.38"),
    Level.AHLI_UTAMA: ("75.00", "50.00", "37.50", "25.00", "12.50"),
}
PARTS = [
    (Level.AHLI_PERTAMA, Predicate.BAIK, 2, "2.08"),
    (Level.AHLI_PERTAMA, Predicate.BAIK, 3, "3.13"),
    (Level.AHLI_MUDA, Predicate.SANGAT_BAIK, 7, "21.88"),
    (Level.MAHIR, Predicate.KURANG, 5, "2.60"),
]


def shown(exact: Fraction) -> str:
    return str(as_decimal(exact).quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.parametrize("level", Level)
def test_a_full_year_gives_what_the_regulation_says(level: Level) -> None:
    given = tuple(shown(convert(predicate, 12, level, RULES).exact) for predicate in Predicate)

    assert given == FULL_YEARS[level]


@pytest.mark.parametrize(("level", "predicate", "months", "expected"), PARTS)
def test_a_part_of_a_year_gives_its_part(level: Level, predicate: Predicate, months: int, expected: str) -> None:
    assert shown(convert(predicate, months, level, RULES).exact) == expected


def test_the_third_year_reaches_exactly_the_fifty_that_are_needed() -> None:
    years = [Predicate.BAIK, Predicate.SANGAT_BAIK, Predicate.SANGAT_BAIK]
    credits = [convert(item, 12, Level.AHLI_PERTAMA, RULES) for item in years]

    found = [determine(Level.AHLI_PERTAMA, "III/a", credits[:count], RULES).rank_missing for count in (1, 2, 3)]

    assert found == [Fraction("37.5"), Fraction("18.75"), 0]


def test_thirds_of_a_year_make_a_whole_one_without_a_rest() -> None:
    thirds = [convert(Predicate.BAIK, 4, Level.AHLI_MADYA, RULES)] * 12

    assert total(thirds) == 150  # rounding each to two places would give 150.00 only by luck


def test_the_grade_brings_its_basic_credit_towards_the_next_level() -> None:
    earned = [Credit(CreditKind.BEFORE, Level.AHLI_PERTAMA, given=Decimal(30))]

    found = determine(Level.AHLI_PERTAMA, "III/b", earned, RULES)

    assert (found.rank_missing, found.level_missing) == (Fraction(20), Fraction(20))


def test_the_highest_level_has_no_level_to_reach() -> None:
    assert determine(Level.AHLI_UTAMA, "IV/d", [], RULES).level_missing is None
    assert (Level.AHLI_UTAMA.above, Level.PENYELIA.above, Level.PEMULA.above) == (None, None, Level.TERAMPIL)


@pytest.mark.parametrize(
    ("predicate", "had_before", "expected"),
    [(Predicate.BAIK, False, "25.00"), (Predicate.BUTUH_PERBAIKAN, False, None), (Predicate.BAIK, True, None)],
)
def test_a_higher_diploma_counts_once_a_level_and_from_baik_on(
    predicate: Predicate, had_before: bool, expected: str | None
) -> None:
    bonus = diploma_bonus(Level.AHLI_MUDA, predicate, RULES, had_before=had_before)

    assert (shown(bonus.exact) if bonus is not None else None) == expected


@pytest.mark.parametrize("months", [0, 13])
def test_no_year_has_other_than_one_to_twelve_months(months: int) -> None:
    with pytest.raises(ValueError, match="1 to 12"):
        convert(Predicate.BAIK, months, Level.MAHIR, RULES)
