"""The numbers that allowances ship with, and what a set must never say."""

from datetime import date
from decimal import Decimal

import pytest

from processes.incentive import parameters
from processes.incentive.rules.attendance import Bounds, Day, marks_of
from processes.incentive.rules.basis import LEAST_PRODUCTIVITY, NEEDED, SPLIT, wrong_sets
from processes.incentive.rules.discipline import longest_run, measure_for
from processes.people.city import ParameterSet
from processes.people.parameters import shipped_sets
from tests.unit.processes.incentive.figures import basis


def test_every_set_that_is_needed_is_shipped_and_in_order() -> None:
    shipped = {item.key: item for item in shipped_sets(parameters.__name__)}

    assert set(NEEDED) <= set(shipped)
    assert list(wrong_sets(shipped)) == []
    assert shipped[SPLIT].values["productivity"] >= LEAST_PRODUCTIVITY


@pytest.mark.parametrize(
    ("productivity", "discipline", "code"),
    [("0.59", "0.41", "parameter_split_low"), ("0.60", "0.50", "parameter_split_sum")],
)
def test_a_split_with_too_little_productivity_or_a_wrong_sum_is_refused(
    productivity: str, discipline: str, code: str
) -> None:
    values = {"productivity": Decimal(productivity), "discipline": Decimal(discipline)}
    split = ParameterSet(key=SPLIT, version="x", valid_from=date(2026, 1, 1), source="x", values=values)

    assert list(wrong_sets({SPLIT: split})) == [(SPLIT, code)]


@pytest.mark.parametrize(
    ("minutes", "marks"),
    [
        *((0, []), (1, ["late_1"]), (30, ["late_1"]), (31, ["late_2"]), (60, ["late_2"]), (61, ["late_3"])),
        *((90, ["late_3"]), (91, ["late_4"]), (500, ["late_4"])),
    ],
)
def test_each_minute_of_lateness_falls_in_one_class(minutes: int, marks: list[str]) -> None:
    assert list(marks_of(Day("hadir", late=minutes), Bounds.of(basis()))) == marks


def test_a_missing_check_in_counts_as_the_heaviest_class() -> None:
    assert list(marks_of(Day("hadir", no_check_in=True), Bounds.of(basis()))) == ["late_4"]


def test_on_duty_elsewhere_nothing_is_held_against_anybody() -> None:
    assert list(marks_of(Day("dinas_luar", late=120, assembly_missed=True), Bounds.of(basis()))) == []


#: Days, days in a row, measure (PP 94/2021, acceptance examples 12.8).
LADDER = [
    (2, 0, None),
    (3, 0, "oral_reprimand"),
    (4, 0, "written_reprimand"),
    (6, 0, "written_reprimand"),
    (7, 0, "statement_of_dissatisfaction"),
    (10, 0, "statement_of_dissatisfaction"),
    (10, 10, "dismissal"),
    (11, 0, "allowance_cut_6_months"),
    (13, 0, "allowance_cut_6_months"),
    (14, 0, "allowance_cut_9_months"),
    (17, 0, "allowance_cut_12_months"),
    (20, 0, "allowance_cut_12_months"),
    (21, 0, "demotion"),
    (25, 0, "release_from_post"),
    (28, 0, "dismissal"),
]


@pytest.mark.parametrize(("days", "in_a_row", "measure"), LADDER)
def test_days_without_reason_ask_for_the_measure_of_the_regulation(
    days: int, in_a_row: int, measure: str | None
) -> None:
    assert measure_for(days, in_a_row, basis()) == measure


def test_a_weekend_does_not_break_a_run_of_absence() -> None:
    friday, monday, tuesday = date(2026, 5, 8), date(2026, 5, 11), date(2026, 5, 12)

    assert longest_run({friday, monday}, [friday, monday, tuesday]) == 2
