from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext

import pytest

from processes.appraisal.rules import (
    QUALITY_GATE,
    RATING_INPUTS,
    REALISATION,
    Aspect,
    BehaviourMark,
    Cap,
    CoreValue,
    Direction,
    Feedback,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    InvalidPlain,
    MeasureField,
    OrgPredicate,
    Period,
    Perspective,
    PositionFacts,
    PositionLevel,
    Predicate,
    Rating,
    Recommendation,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Target,
    UnitKind,
    UnknownSpelling,
    Who,
    apply_targets,
    check_indicators,
    distribution_warnings,
    gate_factor,
    label,
    message,
    parse_org_predicate,
    parse_predicate,
    parse_rating,
    quality_cap,
    quality_gate,
    rating_matrix,
    raw_achievement,
    read_rating_inputs,
    read_realisation,
    recommend_behaviour,
    rubric_points,
    satisfaction_index,
    score_indicators,
    service_grade,
    short_warning,
    show_number,
    shrink,
    standard_form,
    target_problem,
)

RULE = ScoreRule(id="test", version="1", content_hash="0" * 64, valid_from=date(2025, 1, 1))
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
PERIOD = Period.quarter(2026, 2)
VALUE = MeasureField(name="value", label_id="Realisasi", label_en="Realised", who=Who.EMPLOYEE)


def indicator(code: str = "X1", weight: int = 100, *, is_main: bool = True, cap: int = 120) -> Indicator:
    return Indicator(
        code=code,
        name_id="Indikator",
        name_en="Indicator",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(100),
        cap=Decimal(cap),
        weight=Decimal(weight),
        is_main=is_main,
        source="SKP",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=date(2025, 1, 1),
        inputs=(VALUE,),
        controllability_note="Kendali tinggi.",
    )


def score(
    numbers: dict[str, int],
    own: tuple[Indicator, ...],
    *,
    positive: str | None = "0.8",
    request: ScoreRequest | None = None,
    caps: tuple[Cap, ...] = (),
) -> ScoreResult:
    asked = request or ScoreRequest(position=POSITION, period=PERIOD)
    measured = {code: {"value": Decimal(number)} for code, number in numbers.items()}
    feedback = Feedback(None if positive is None else Decimal(positive), 10)
    return score_indicators(replace(asked, measured=measured, feedback=feedback), own, RULE, limits=lambda _: caps)


# ---------------------------------------------------------------------------------- ratings and predicates


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


# ---------------------------------------------------------------------------------- achievement, gate, survey


@pytest.mark.parametrize(
    ("direction", "realised", "baseline", "target", "expected"),
    [
        (Direction.UP, "95", None, "90", "105.56"),
        (Direction.DOWN, "20", None, "24", "116.67"),
        (Direction.DOWN, "6", None, "2", "-100.00"),
        (Direction.IMPROVE, "8.10", "8.60", "8.00", "83.33"),
        (Direction.IMPROVE, "61.9", "60.0", "62", "95.00"),
        (Direction.RUBRIC, "4", None, None, "110.00"),
    ],
)
def test_achievement_by_direction(
    direction: Direction, realised: str, baseline: str | None, target: str | None, expected: str
) -> None:
    measured = replace(
        indicator(),
        direction=direction,
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
    )

    assert show_number(raw_achievement(measured, Decimal(realised)), "en") == expected


def test_rubric_points_lie_on_straight_lines_and_stop_at_the_ends() -> None:
    levels = [Decimal(text) for text in ("0", "1", "1.5", "2", "3", "4", "5", "9")]

    points = [str(rubric_points(level).normalize()) for level in levels]

    assert [Decimal(point) for point in points] == [Decimal(text) for text in "50 50 62.5 75 100 110 120 120".split()]


@pytest.mark.parametrize(
    ("index", "factor"),
    [("64.99", "0.5"), ("65.00", "0.5000"), ("70.00", "0.7153"), ("76.60", "0.9996"), ("76.61", "1")],
)
def test_the_quality_gate_opens_from_65_to_76_61(index: str, factor: str) -> None:
    opened = quality_gate(Decimal(index))

    assert opened.quantize(Decimal("0.0001")) == Decimal(factor)
    assert opened == gate_factor(QUALITY_GATE, Decimal(index))


@pytest.mark.parametrize(
    ("totals", "answers", "index", "grade"),
    [
        ((105, 101, 100, 116, 102, 105, 106, 105, 115), 29, "91.48", "A"),
        ((178, 176, 175, 180, 177, 178, 179, 176, 174), 50, "88.50", "A"),
        ((80, 79, 74, 90, 78, 82, 83, 70, 72), 30, "65.56", "C"),
    ],
)
def test_the_satisfaction_index_weighs_each_element_by_one_ninth(
    totals: tuple[int, ...], answers: int, index: str, grade: str
) -> None:
    computed = satisfaction_index(totals, answers)

    assert (show_number(computed, "en"), service_grade(computed)) == (index, grade)


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("88.31", "A"), ("88.305", "A"), ("88.304", "B"), ("88.30", "B"), ("76.61", "B"), ("76.605", "B"),
        ("76.604", "C"), ("65.00", "C"), ("64.995", "C"), ("64.994", "D"), ("25.00", "D"), ("100", "A"),
    ],
)  # fmt: skip
def test_grades_change_exactly_at_the_published_edges(index: str, grade: str) -> None:
    assert service_grade(Decimal(index)) == grade


def test_small_samples_are_pulled_towards_the_unit() -> None:
    few = shrink(12, Decimal("3.70"), Decimal("3.20"))
    many = shrink(200, Decimal("3.70"), Decimal("3.20"))

    assert [show_number(mean * 25, "en") for mean in (few, many)] == ["83.57", "90.87"]


def test_a_bad_grade_limits_the_recommendation() -> None:
    caps = [quality_cap(Decimal(text)) for text in ("64.99", "65.00", "76.60", "76.61")]

    assert [cap and cap.limit for cap in caps] == [
        Rating.DIBAWAH_EKSPEKTASI,
        Rating.SESUAI_EKSPEKTASI,
        Rating.SESUAI_EKSPEKTASI,
        None,
    ]


# ---------------------------------------------------------------------------------- score


def test_an_indicator_that_cannot_be_measured_is_left_out_with_its_reason() -> None:
    own = (indicator("A", 70), indicator("B", 30))
    request = ScoreRequest(position=POSITION, period=PERIOD, not_measurable={"B": "gempa"})

    scored = score({"A": 100, "B": 0}, own, request=request)

    assert [scored.value, scored.measured_weight] == [100, 70]
    assert any(reason.code == "not_measurable" and "gempa" in reason.text_id for reason in scored.reasons)


def test_a_result_that_was_not_delivered_counts_as_zero() -> None:
    own = (indicator("A", 70), indicator("B", 30))
    request = ScoreRequest(position=POSITION, period=PERIOD, not_delivered={"B": "tidak dikumpulkan"})

    scored = score({"A": 100, "B": 120}, own, request=request)

    assert scored.value == 70


def test_below_70_percent_measured_a_human_decides() -> None:
    own = (indicator("A", 69), indicator("B", 31))

    scored = score({"A": 120}, own)

    assert scored.result is Recommendation.TIDAK_CUKUP_DATA
    assert scored.value == 120


@pytest.mark.parametrize(
    ("numbers", "positive", "expected"),
    [
        ({"A": 89, "B": 89}, "0.9", Recommendation.DIBAWAH_EKSPEKTASI),
        ({"A": 90, "B": 90}, "0.9", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 110, "B": 110}, "0.60", Recommendation.DIATAS_EKSPEKTASI),
        ({"A": 110, "B": 110}, "0.59", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 110, "B": 110}, None, Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 120, "B": 89}, "0.9", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 89, "B": 120}, "0.9", Recommendation.DIBAWAH_EKSPEKTASI),
    ],
)
def test_the_recommended_result_follows_the_clauses(
    numbers: dict[str, int], positive: str | None, expected: Recommendation
) -> None:
    own = (indicator("A", 60), indicator("B", 40))

    assert score(numbers, own, positive=positive).result is expected


def test_a_cap_holds_whatever_the_value() -> None:
    cap = Cap(Rating.SESUAI_EKSPEKTASI, message("c", "Dibatasi.", "Limited."))

    scored = score({"A": 120}, (indicator("A"),), caps=(cap,))

    assert scored.result is Recommendation.SESUAI_EKSPEKTASI
    assert "Dibatasi." in [reason.text_id for reason in scored.reasons]


def test_only_main_indicators_hold_back_an_outstanding_result() -> None:
    own = (indicator("A", 90), indicator("B", 10, is_main=False))

    assert score({"A": 120, "B": 50}, own).result is Recommendation.DIATAS_EKSPEKTASI


@pytest.mark.parametrize("target", [None, Decimal(0), Decimal(-1)])
def test_a_target_that_cannot_be_scored_never_raises(target: Decimal | None) -> None:
    own = (replace(indicator("A", 50), target=target), indicator("B", 50))

    scored = score({"A": 10, "B": 100}, own)

    assert scored.value == 100
    assert target_problem(own[0]) in scored.reasons


def test_the_plans_targets_replace_the_defaults() -> None:
    (own,) = apply_targets([indicator("A")], {"A": Target(target=Decimal(50))})

    assert [own.target, own.weight] == [50, 100]


def test_the_result_does_not_depend_on_the_callers_decimal_context() -> None:
    own = (indicator("A", 30), indicator("B", 70))
    here = score({"A": 77, "B": 91}, own)

    with localcontext() as context:
        context.prec = 3
        there = score({"A": 77, "B": 91}, own)

    assert here == there


def test_a_result_survives_json() -> None:
    scored = score({"A": 77}, (indicator("A"),))

    assert ScoreResult.from_plain(scored.to_plain()) == scored


# ---------------------------------------------------------------------------------- behaviour


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


# ---------------------------------------------------------------------------------- distribution guide


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


# ---------------------------------------------------------------------------------- plans


def test_a_plan_must_weigh_100_and_use_each_code_once() -> None:
    found = check_indicators([indicator("A", 60), indicator("A", 30)])

    assert {finding.message.code for finding in found} == {"code_twice", "weights_not_100"}


def test_targets_that_cannot_be_scored_are_found_when_planning() -> None:
    zero = replace(indicator("A", 50), target=Decimal(0))
    flat = replace(indicator("B", 50), direction=Direction.IMPROVE, baseline=Decimal(100))

    found = check_indicators([zero, flat])

    assert [finding.message.code for finding in found] == ["target_not_positive", "target_equals_baseline"]


def test_a_target_easier_than_the_baseline_is_a_warning() -> None:
    (finding,) = check_indicators([replace(indicator(), baseline=Decimal(120))])

    assert (finding.severity, finding.message.code) == ("warning", "target_soft")


# ---------------------------------------------------------------------------------- forms and back


def test_what_the_employee_types_comes_back_as_measured_values() -> None:
    own = (indicator("A", 50), indicator("B", 50))
    data = {"A__value": Decimal("12.5"), "A__note": " selesai ", "B__unmeasured": True, "B__not_measurable": "banjir"}

    entered = read_realisation(own, data)

    assert entered.measured == {"A": {"value": Decimal("12.5")}}
    assert (entered.not_measurable, entered.notes) == ({"B": "banjir"}, {"A": "selesai"})


def test_the_forms_name_their_fields_as_they_are_read() -> None:
    form = standard_form(REALISATION, (indicator("A"),))

    names = [field["name"] for field in form["fields"]] if form else []

    assert names == ["A__value", "A__unmeasured", "A__not_measurable", "A__note", "general_note"]


def test_evidence_of_one_day_counts_once() -> None:
    prefix = "berakhlak_loyal"
    data = {f"{prefix}__mark": "-1", f"{prefix}__evidence_1": "2026-05-04", f"{prefix}__evidence_2": date(2026, 5, 4)}

    entered = read_rating_inputs((), data)

    assert entered.behaviour == {CoreValue.LOYAL: BehaviourMark(-1, 1)}


def test_a_mark_outside_the_three_is_refused() -> None:
    with pytest.raises(InvalidPlain, match="berakhlak_loyal__mark"):
        read_rating_inputs((), {"berakhlak_loyal__mark": "5"})


def test_a_task_without_indicators_has_no_standard_form() -> None:
    assert standard_form("appraisal.something_else", ()) is None
    assert standard_form(RATING_INPUTS, ()) is not None


# ---------------------------------------------------------------------------------- plain data


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"position": {"family": "x", "level": "boss", "unit_kind": "other"}}, ".position.level"),
        ({"measured": {"A": {"value": "NaN"}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": 1.5}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": "1e999999"}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": True}}}, ".measured.A.value"),
        ({"period": {"code": "x", "kind": "quarter", "start": "2026-02-30", "end": "2026-03-31"}}, ".period.start"),
        ({"unheard_of": 1}, ".unheard_of"),
        ({"behaviour": {"LOYAL": {"mark": "1"}}}, ".behaviour.LOYAL.mark"),
    ],
)
def test_bad_data_is_refused_with_the_path_of_the_first_fault(change: dict[str, object], path: str) -> None:
    plain = ScoreRequest(position=POSITION, period=PERIOD).to_plain()

    with pytest.raises(InvalidPlain) as caught:
        ScoreRequest.from_plain({**plain, **change})

    assert caught.value.path == path
    assert caught.value.reason_id


def test_absurdly_large_and_tiny_numbers_are_named_before_scoring() -> None:
    request = ScoreRequest(position=POSITION, period=PERIOD, measured={"A": {"value": Decimal("1e13")}})

    with pytest.raises(InvalidPlain) as caught:
        request.check()

    assert caught.value.path == "measured.A.value"


def test_numbers_are_shown_rounded_half_up_in_each_language() -> None:
    assert show_number(Decimal("3.125")) == "3,13"
    assert (show_number(Decimal("1234.5")), show_number(Decimal("1234.5"), "en")) == ("1.234,50", "1,234.50")
