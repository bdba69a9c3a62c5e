"""Ratings and predicates: the quadrant, its words, behaviour, and the distribution guide."""

import pytest

from processes.appraisal.reasons import sentence_of
from processes.appraisal.rules import (
    BehaviourMark,
    CoreValue,
    OrgPredicate,
    Predicate,
    Rating,
    Recommendation,
    UnknownSpelling,
    distribution_warnings,
    label,
    parse_org_predicate,
    parse_predicate,
    parse_rating,
    rating_matrix,
    recommend_behaviour,
    short_warning,
)


def test_the_matrix_has_all_nine_cells_of_the_regulation() -> None:
    above, meets, below = Rating
    rows = {
        above: ("SANGAT_BAIK", "BAIK", "KURANG"),
        meets: ("BAIK", "BAIK", "KURANG"),
        below: ("BUTUH_PERBAIKAN", "BUTUH_PERBAIKAN", "SANGAT_KURANG"),
    }

    expected = {
        (work, behaviour): cell for work, cells in rows.items() for behaviour, cell in zip(Rating, cells, strict=True)
    }

    assert rating_matrix() == expected


@pytest.mark.parametrize("text", ["dibawah", "di bawah", "Di Bawah Ekspektasi", "DIBAWAH_EKSPEKTASI", " di  bawah "])
def test_every_spelling_of_below_is_the_same_rating(text: str) -> None:
    assert parse_rating(text) is Rating.DIBAWAH_EKSPEKTASI


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Cukup", Predicate.BUTUH_PERBAIKAN),
        ("Kurang/Misconduct", Predicate.KURANG),
        ("kurang", Predicate.KURANG),
        ("Sangat Kurang", Predicate.SANGAT_KURANG),
        ("sangat_baik", Predicate.SANGAT_BAIK),
    ],
)
def test_synonyms_of_predicates_are_accepted(text: str, predicate: Predicate) -> None:
    assert parse_predicate(text) is predicate


def test_an_unknown_spelling_names_the_known_ones() -> None:
    with pytest.raises(UnknownSpelling, match="SANGAT_BAIK"):
        parse_predicate("lumayan")


def test_a_units_predicate_has_its_own_words() -> None:
    assert parse_org_predicate("Istimewa") is OrgPredicate.ISTIMEWA
    assert parse_org_predicate("cukup") is OrgPredicate.BUTUH_PERBAIKAN


def test_every_rating_and_predicate_has_a_label_in_both_languages() -> None:
    values = [*Rating, *Recommendation, *Predicate, *OrgPredicate, *CoreValue]

    assert all(label(value).id and label(value).en for value in values)
    assert label(Predicate.KURANG).id == "Kurang/Misconduct"


def marks(*given: int, days: int = 0) -> dict[CoreValue, BehaviourMark]:
    return {value: BehaviourMark(mark, days) for value, mark in zip(CoreValue, given, strict=False)}


@pytest.mark.parametrize(
    ("given", "days", "expected"),
    [
        ((1, 1, 1, 1, 0, 0, 0), 0, Recommendation.DIATAS_EKSPEKTASI),
        ((1, 1, 1, 0, 0, 0, 0), 0, Recommendation.SESUAI_EKSPEKTASI),
        ((1, 1, 1, 1, 1, 1, -1), 2, Recommendation.DIBAWAH_EKSPEKTASI),
        ((1, 1, 1, 1, 1, 1, -1), 1, Recommendation.SESUAI_EKSPEKTASI),
        ((1, 1, 1, 1), 0, Recommendation.TIDAK_CUKUP_DATA),
        ((), 0, Recommendation.TIDAK_CUKUP_DATA),
    ],
)
def test_behaviour_needs_four_plus_marks_and_a_minus_needs_two_days(
    given: tuple[int, ...], days: int, expected: Recommendation
) -> None:
    assert recommend_behaviour(marks(*given, days=days)).recommendation is expected


def test_a_minus_without_proof_is_said_to_hold_back_the_best_rating() -> None:
    plus, unproven = recommend_behaviour(marks(1, 1, 1, 1, 1, 1, -1)).reasons

    assert sentence_of(plus, "id") == plus.text_id
    assert sentence_of(unproven, "id").endswith("“Di atas ekspektasi” tidak disarankan selama ada tanda -1.")
    assert sentence_of(unproven, "en").startswith(unproven.text_en)


@pytest.mark.parametrize(
    ("org", "counts", "warnings"),
    [
        ("ISTIMEWA", (14, 6, 0, 0, 0), []),
        ("ISTIMEWA", (15, 5, 0, 0, 0), ["SANGAT_BAIK > 70%"]),
        ("BAIK", (4, 14, 2, 0, 0), []),
        ("BAIK", (4, 16, 0, 0, 0), ["BAIK > 70%", "harus ada BUTUH_PERBAIKAN dan/atau KURANG"]),
        ("BUTUH_PERBAIKAN", (2, 6, 12, 0, 0), []),
        ("BUTUH_PERBAIKAN", (3, 6, 11, 0, 0), ["BUTUH_PERBAIKAN < 60%", "SANGAT_BAIK > 10%"]),
        ("KURANG", (0, 6, 2, 12, 0), []),
        ("SANGAT_KURANG", (1, 5, 0, 2, 12), ["tidak boleh ada SANGAT_BAIK"]),
        ("BAIK", (0, 0, 0, 0, 0), []),
    ],
)
def test_the_distribution_guide_warns_as_the_circular_says(
    org: str, counts: tuple[int, ...], warnings: list[str]
) -> None:
    found = distribution_warnings(OrgPredicate(org), dict(zip(Predicate, counts, strict=True)))

    assert [short_warning(warning) for warning in found] == warnings
    assert all(warning.text_id and warning.text_en for warning in found)


def test_a_small_unit_is_told_that_percentages_say_little() -> None:
    found = distribution_warnings(OrgPredicate.ISTIMEWA, {Predicate.SANGAT_BAIK: 3})

    assert [warning.code for warning in found] == ["distribution_most", "distribution_small_unit"]
