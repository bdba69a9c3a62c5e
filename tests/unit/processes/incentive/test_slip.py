"""The lines of a slip: the accepted examples to the rupiah, and what changes them."""

from decimal import Decimal

import pytest

from processes.incentive.rules.basis import BASIC, Basis, ParameterMissing
from processes.incentive.rules.facts import Acting, Adjustment, Stretch
from processes.incentive.rules.lines import explain, label
from processes.incentive.rules.slip import compute_slip
from processes.people.city import ParameterSet
from tests.unit.processes.incentive.figures import MONTH, basis, days, facts

#: Class, predicate, days held against the person, missed assemblies, people not appraised, measure; then the
#: productivity and discipline parts and the gross amount (acceptance examples 12.5).
ACCEPTED = [
    (7, "BAIK", {}, 0, 0, None, 4_800_000, 3_200_000, 8_000_000),
    (7, "BAIK", {"late_1": 2, "late_3": 1, "absent": 1}, 0, 0, None, 4_548_000, 3_032_000, 7_580_000),
    (7, "BAIK", {"late_1": 2, "late_3": 1, "absent": 1}, 1, 0, None, 4_548_000, 2_968_000, 7_516_000),
    (7, "BUTUH_PERBAIKAN", {}, 0, 0, None, 4_320_000, 3_200_000, 7_520_000),
    (7, "KURANG", {"absent": 3}, 0, 0, None, 3_276_000, 2_912_000, 6_188_000),
    (7, "SANGAT_KURANG", {}, 0, 0, None, 2_400_000, 3_200_000, 5_600_000),
    (7, None, {}, 0, 0, None, 1_920_000, 3_200_000, 5_120_000),
    (14, "BAIK", {"early_2": 1}, 0, 4, None, 8_238_780, 5_781_600, 14_020_380),
    (7, "BAIK", {}, 0, 0, "allowance_cut_6_months", 4_800_000, 3_200_000, 6_000_000),
    (3, "BAIK", {"absent": 34}, 0, 0, None, 0, 0, 0),
]


@pytest.mark.parametrize("case", ACCEPTED)
def test_the_accepted_examples_come_out_to_the_rupiah(
    case: tuple[int, str | None, dict[str, int], int, int, str | None, int, int, int],
) -> None:
    job_class, predicate, held, assemblies, undone, measure, productivity, discipline, gross = case
    marks = days(**held, **({"assembly": assemblies} if assemblies else {}))

    slip = compute_slip(
        facts(job_class, predicate=predicate, marks=marks, not_appraised=undone, measure=measure), basis()
    )

    assert [line.amount for line in slip.lines[:2]] == [productivity, discipline]
    assert slip.gross == gross


def test_the_lines_of_a_slip_add_up_to_what_arrives() -> None:
    slip = compute_slip(
        facts(
            9,
            marks=days(late_2=3, assembly=1),
            measure="allowance_cut_9_months",
            acting=(Acting(unit=5, job_class=14, days=20),),
            adjustments=(Adjustment(id=1, of_month=MONTH, amount=Decimal(-12_345)),),
            external={"pph21": Decimal(100_000), "iwp": Decimal(5_000)},
        ),
        basis(),
    )

    assert sum(line.amount for line in slip.lines) == slip.net
    assert slip.gross - slip.deductions == slip.net
    assert slip.deductions == 105_000
    assert all(line.amount == line.amount.to_integral_value() for line in slip.lines)


def test_a_move_within_the_month_pays_each_class_by_its_working_days() -> None:
    (whole,) = facts(7).stretches
    moved = (
        Stretch(first=MONTH, last=MONTH, days=5, job_class=7, term="pns"),
        Stretch(first=MONTH, last=whole.last, days=15, job_class=14, term="pns"),
    )

    slip = compute_slip(facts(stretches=moved), basis())

    assert slip.gross == 8_000_000 * 5 // 20 + 14_600_000 * 15 // 20


def test_days_that_do_not_divide_are_rounded_once_at_the_end() -> None:
    third = Stretch(first=MONTH, last=MONTH, days=7, job_class=7, term="pns")

    slip = compute_slip(facts(stretches=(third,), workdays=21), basis())

    assert [line.amount for line in slip.lines] == [1_600_000, 1_066_667]


def test_a_candidate_gets_the_share_of_the_parameter() -> None:
    (whole,) = facts(7).stretches
    candidate = Stretch(first=whole.first, last=whole.last, days=20, job_class=7, term="cpns")

    assert compute_slip(facts(stretches=(candidate,)), basis()).gross == 6_400_000


def test_an_acting_head_gets_a_share_of_the_other_post() -> None:
    slip = compute_slip(facts(acting=(Acting(unit=5, job_class=14, days=10),)), basis())

    (acting,) = [line for line in slip.lines if line.code == "acting"]
    assert acting.amount == 14_600_000 * 20 // 100 * 10 // 20


def test_attendance_never_takes_more_than_everything() -> None:
    slip = compute_slip(facts(marks=days(absent=30, late_4=20, assembly=9)), basis())

    assert slip.gross == slip.net == 0


def test_a_class_without_amounts_is_never_paid_nothing_silently() -> None:
    with pytest.raises(ParameterMissing):
        compute_slip(facts(12), basis())


def test_the_basic_allowance_is_the_product_of_its_four_numbers() -> None:
    values = {"bpk.12": "10000000", "ikfd": "0.55", "ikk": "1.02", "ippd": "0.60"}
    basic = ParameterSet(
        key=BASIC,
        version="2026.1",
        valid_from=MONTH,
        source="Kepmendagri 900-4700/2020",
        values={name: Decimal(value) for name, value in values.items()},
    )

    assert basis(basic=basic).basic_of(12) == 3_366_000
    assert compute_slip(facts(12), basis(basic=basic)).gross == 3_366_000


def test_every_number_of_a_slip_says_its_parameter_version_and_source() -> None:
    slip = compute_slip(facts(9, marks=days(late_2=1)), basis())

    tree = explain(slip.lines, basis())

    assert tree.number == slip.net
    assert tree.children[0].inputs["parameter"] == "incentive.split 2021.1"
    late = next(node for node in tree.walk() if node.label_en.startswith("Late, class 2"))
    assert "Permentan" in late.inputs["sumber"]


def test_a_paid_part_says_the_shares_that_its_factor_is_made_of() -> None:
    slip = compute_slip(facts(9, marks=days(late_2=1)), basis())

    (paid, in_english) = (explain(slip.lines, basis(), language).children[1] for language in ("id", "en"))

    assert paid.formula == "5.000.000 × 40% × 99%"
    assert in_english.formula == "5,000,000 × 40% × 99%"


def test_lines_are_called_in_both_languages() -> None:
    slip = compute_slip(facts(9, marks={"leave.alasan_penting": (3, 4), "late_4": (5,)}), basis())
    found = {label(line): label(line, "en") for part in slip.lines for line in (part, *part.details)}
    attendance = next(line for line in slip.lines[0].details if line.code == "attendance")

    assert found["Produktivitas kerja"] == "Work productivity"
    assert {label(line) for line in attendance.details} == {
        "Cuti karena alasan penting, tanggal 3, 4",
        "Terlambat tingkat 4, tanggal 5",
    }


def test_facts_and_parameters_are_kept_and_read_again_without_loss() -> None:
    held = facts(9, marks=days(late_2=1), external={"iwp": Decimal("5000")})

    assert type(held).from_plain(held.to_plain()) == held
    assert Basis.from_plain(basis().to_plain()) == basis()
