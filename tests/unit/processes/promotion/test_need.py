"""How many people a post needs: workload, factors of the area, decisions; and the plan of five years."""

from datetime import date
from decimal import Decimal

import pytest

from processes.people.city import PositionLevel
from processes.promotion.posts.need import AreaFactor, Duty, Need, gap_of
from processes.promotion.posts.plan import YEARS_OF_A_PLAN, group_of, plan_family

HOURS = Decimal(1250)


def duty(volume: str, hours: str) -> Duty:
    return Duty(1, "Melayani permohonan", "berkas", Decimal(volume), Decimal(hours))


def factor(weight: str) -> AreaFactor:
    return AreaFactor("Wilayah pesisir", Decimal(weight), "Permukiman di atas air")


@pytest.mark.parametrize(
    ("hours", "people"),
    [("1250", 1), ("1874.99", 1), ("1875", 2), ("624.99", 0), ("625", 1), ("4375", 4)],
)
def test_the_need_is_the_workload_by_the_effective_hours_rounded_half_up(hours: str, people: int) -> None:
    assert Need((duty(hours, "1"),), (), HOURS).people == people


def test_a_factor_of_the_area_adds_its_share_of_the_workload() -> None:
    need = Need((duty("1000", "2.5"), duty("500", "1")), (factor("0.10"), factor("0.05")), HOURS)

    assert (need.workload, need.weight, need.weighted) == (Decimal(3000), Decimal("0.15"), Decimal(3450))
    assert need.exact == Decimal("2.76")
    assert need.computed == 3


def test_no_factor_takes_more_than_all_of_the_workload_away() -> None:
    need = Need((duty("100", "1"),), (factor("-0.50"), factor("-0.50"), factor("-0.50")), HOURS)

    assert need.weighted == 0


def test_what_the_city_has_decided_on_goes_before_what_the_workload_asks_for() -> None:
    need = Need((duty("2500", "1"),), (), HOURS, approved=1, decree="800/12")

    assert (need.computed, need.people) == (2, 1)


def test_without_duties_and_decision_the_need_and_the_gap_are_not_known() -> None:
    need = Need((), (), HOURS)

    assert need.people is None
    assert gap_of(need.people, 3) is None
    assert (gap_of(4, 3), gap_of(2, 3)) == (1, -1)


def test_the_plan_counts_who_is_still_there_at_the_end_of_each_year() -> None:
    ends = [date(2026, 3, 1), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1), None]

    found = plan_family("teacher", ends, {2026: (5, "ABK 2026"), 2027: (6, "Sekolah baru")}, 2026)

    assert (found.holders, len(found.years)) == (5, YEARS_OF_A_PLAN)
    assert [year.staying for year in found.years] == [4, 2, 1, 1, 1]
    assert [year.leaving for year in found.years] == [1, 2, 1, 0, 0]
    assert [year.gap for year in found.years] == [1, 4, None, None, None]


def test_people_of_no_special_family_are_planned_by_their_level() -> None:
    assert group_of("teacher", PositionLevel.FUNCTIONAL_POSITION) == "teacher"
    assert group_of("general", PositionLevel.EXECUTOR) == "executor"
