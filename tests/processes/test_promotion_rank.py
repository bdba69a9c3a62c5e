"""A rank promotion from the result to the new rank, and who has no part in it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.commands.claim_task import ClaimTask
from engine.errors import Forbidden, NotFound
from engine.queries.inbox import group_tasks
from engine.records.case import CaseStatus
from engine.records.outbox import notice
from processes.people.careers import education, kinship, rank, sanction
from processes.people.records import employee, reporting_line
from processes.promotion.commands.start_promotion import NotComing, StartPromotion
from processes.promotion.jobs import follow_ranks
from processes.promotion.periods import PromotionPeriod
from processes.promotion.records import credit_score, promotion_decree
from processes.promotion.variables import PROMOTION_PROCESS
from tests.processes.promotion_office import (
    CITRA,
    DEWI,
    GITA,
    HASAN,
    INDAH,
    PERIOD,
    SARI,
    SINCE,
    WATI,
    PromotionOffice,
    open_promotion_office,
)

EXCELLENT = ((2024, "SANGAT_BAIK"), (2025, "SANGAT_BAIK"))
MARCH = datetime(2026, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PromotionOffice]:
    with open_promotion_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def office_on_postgresql(on_postgresql: Path) -> Iterator[PromotionOffice]:
    with open_promotion_office(on_postgresql) as opened:
        yield opened


def test_on_postgresql_a_proposal_leads_to_decree_credit_and_rank(office_on_postgresql: PromotionOffice) -> None:
    office = office_on_postgresql
    office.write(education, {"id": 77, "employee_id": INDAH, "level": "S2", "graduated_on": date(2024, 7, 1)})
    office.had_results(INDAH, (2022, "BAIK"), (2023, "BAIK"), *EXCELLENT)

    office.start(INDAH)
    decide(office)
    hand_over(office)
    office.until(MARCH)
    follow_ranks(office.engine)

    assert [row.to_grade for row in office.rows(promotion_decree)] == ["III/b"]
    assert sorted({row.kind for row in office.rows(credit_score)}) == ["conversion", "diploma"]
    assert {row.id: row.grade for row in office.rows(employee)}[INDAH] == "III/b"


@pytest.mark.parametrize("table", [b"rank_promotion_eligibility", b"needed_months"])
def test_where_a_city_renames_a_table_the_pages_ask_the_shipped_one(office: PromotionOffice, table: bytes) -> None:
    before, misses = office.coming(), office.misses(DEWI)

    office.release(PROMOTION_PROCESS, lambda content: content.replace(table, b"own_table"))

    assert (office.coming(), office.misses(DEWI)) == (before, misses)


def test_whose_route_has_no_months_in_the_table_is_counted_and_left_out(office: PromotionOffice) -> None:
    before = office.coming()
    rule = re.compile(rb'<rule id="months_functional">.*?</rule>', re.DOTALL)

    office.release(PROMOTION_PROCESS, lambda content: rule.sub(b"", content))

    after = office.coming()
    assert (before.unruled, after.unruled) == (0, 1)
    assert sum(before.counts.values()) - sum(after.counts.values()) == 1
    assert INDAH not in {row.judgement.facts.member.id for row in after.rows}


def test_sangat_baik_two_years_running_leads_to_the_next_rank(office: PromotionOffice) -> None:
    office.had_results(DEWI, *EXCELLENT)

    office.start()
    decide(office)
    hand_over(office)
    assert office.view().case.status is CaseStatus.OPEN  # until the day of effect
    office.until(MARCH)

    assert office.view().case.status is CaseStatus.FINISHED
    newest = max((row for row in office.rows(rank) if row.employee_id == DEWI), key=lambda row: row.valid_from)
    assert (newest.grade, newest.valid_from, newest.decree) == ("III/b", date(2026, 3, 1), "823/0001/2026")
    assert [row.code for row in office.rows(notice)] == ["promotion.decreed", "promotion.effective"]


def test_the_grade_in_the_employees_record_follows_the_new_rank(office: PromotionOffice) -> None:
    row = {"employee_id": DEWI, "grade": "III/b", "valid_from": date(2026, 1, 1), "case_id": 4711}
    office.write(rank, {"id": 77, **row})
    office.write(rank, {"id": 78, "employee_id": INDAH, "grade": "III/b", "valid_from": date(2026, 4, 1), "case_id": 1})

    follow_ranks(office.engine)

    grades = {row.id: row.grade for row in office.rows(employee)}
    assert (grades[DEWI], grades[INDAH]) == ("III/b", "III/a")  # April is still to come


def decide(office: PromotionOffice) -> None:
    """Take a proposal to the decree."""
    office.does(GITA, "propose", outcome="propose", has_rank_decree=True)
    office.does(HASAN, "verify", outcome="accept")
    office.does(SARI, "decide_official", outcome="approve")
    office.does(HASAN, "await_approval", outcome="approved", number="KP-77", approved_on=date(2026, 1, 5))
    office.does(HASAN, "issue", decreed_on=date(2026, 1, 5))


def hand_over(office: PromotionOffice) -> None:
    office.does(GITA, "hand_over", handed_over_on=date(2026, 1, 5))


def test_the_decree_keeps_from_where_to_where_and_by_which_approval(office: PromotionOffice) -> None:
    office.had_results(DEWI, *EXCELLENT)
    office.start()

    decide(office)

    (decree,) = office.rows(promotion_decree)
    assert (decree.from_grade, decree.to_grade, decree.batch) == ("III/a", "III/b", "2026-03")
    assert (decree.approval_number, decree.signed_by) == ("KP-77", "for_head")


def test_decrees_of_a_year_are_numbered_one_after_the_other(office: PromotionOffice) -> None:
    for person in (DEWI, INDAH):
        office.had_results(person, (2022, "BAIK"), (2023, "BAIK"), *EXCELLENT)
        office.start(person)
        decide(office)

    assert [(row.employee_id, row.number) for row in office.rows(promotion_decree)] == [(DEWI, 1), (INDAH, 2)]


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ((), "predicate_missing"),
        (((2024, "BUTUH_PERBAIKAN"), (2025, "SANGAT_BAIK")), "predicate_low"),
    ],
)
def test_without_two_good_years_the_case_ends_with_the_reason(
    office: PromotionOffice, results: tuple[tuple[int, str], ...], reason: str
) -> None:
    if results:
        office.had_results(DEWI, *results)

    office.start()

    assert "not_eligible" in office.view().passed
    assert office.misses(DEWI) == (reason,)


def test_a_moderate_sanction_in_force_on_the_day_of_effect_stops_the_promotion(office: PromotionOffice) -> None:
    office.had_results(DEWI, *EXCELLENT)
    measure = {"measure": "allowance_cut_6_months", "valid_from": date(2025, 12, 1), "valid_to": date(2026, 5, 31)}
    office.write(sanction, {"id": 1, "employee_id": DEWI, "decree": "HD-1", **measure})

    office.start()

    assert "not_eligible" in office.view().passed


def test_credit_of_a_functional_post_comes_from_the_results_and_is_recorded_unrounded(office: PromotionOffice) -> None:
    office.had_results(INDAH, (2022, "BAIK"), (2023, "BAIK"), *EXCELLENT)
    office.start(INDAH)
    office.does(GITA, "propose", outcome="propose")

    office.does(HASAN, "verify", outcome="accept")

    found = [(row.last_day.year, row.months, row.credit) for row in office.rows(credit_score)]
    assert found[0] == (2022, 10, Decimal("12.5") * 10 / 12)  # in the rank since March
    assert [(year, months) for year, months, _ in found[1:]] == [(2023, 12), (2024, 12), (2025, 12)]


def test_a_higher_diploma_gives_its_share_of_credit_once(office: PromotionOffice) -> None:
    school = {"employee_id": INDAH, "level": "S2", "graduated_on": date(2024, 7, 1)}
    office.write(education, {"id": 77, **school})
    office.had_results(INDAH, (2022, "BAIK"), (2023, "BAIK"), *EXCELLENT)
    expected = office.earned(INDAH)

    office.start(INDAH)
    office.does(GITA, "propose", outcome="propose")
    office.does(HASAN, "verify", outcome="accept")

    (row,) = [row for row in office.rows(credit_score) if row.kind == "diploma"]
    assert (row.first_day, row.percent, row.credit) == (date(2024, 7, 1), Decimal(25), Decimal("12.5"))
    assert office.earned(INDAH) == expected  # the pages had counted it before, and count it once


@pytest.mark.parametrize(
    ("level", "graduated_on", "predicate"),
    [
        ("S1", date(2024, 7, 1), "BAIK"),  # no higher one
        ("S2", date(2021, 7, 1), "BAIK"),  # of the rank before
        ("S2", date(2024, 7, 1), "KURANG"),
    ],
)
def test_no_other_diploma_gives_credit(office: PromotionOffice, level: str, graduated_on: date, predicate: str) -> None:
    office.had_results(INDAH, (2024, "BAIK"), (2025, predicate))
    before = office.earned(INDAH)

    office.write(education, {"id": 77, "employee_id": INDAH, "level": level, "graduated_on": graduated_on})

    assert office.earned(INDAH) == before


def test_a_silent_unit_does_not_harm_the_employee(office: PromotionOffice) -> None:
    office.had_results(DEWI, *EXCELLENT)
    office.start()

    office.until(datetime(2026, 1, 20, 2, tzinfo=UTC))

    assert office.waits_at() == {"propose_by_agency"}


def test_grade_four_is_decided_by_the_appointing_authority(office: PromotionOffice) -> None:
    office.had_results(CITRA, *EXCELLENT)
    office.start(CITRA, by=HASAN)
    office.does(HASAN, "propose", outcome="propose")
    office.does(HASAN, "verify", outcome="accept")

    office.does(SARI, "decide_official", outcome="approve")

    assert office.waits_at(CITRA) == {"decide_head"}
    office.does(WATI, "decide_head", outcome="approve")
    assert office.waits_at(CITRA) == {"await_approval"}


def test_nobody_begins_his_own_promotion(office: PromotionOffice) -> None:
    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(StartPromotion(GITA, PERIOD), office.actor(GITA))


def test_a_period_that_is_over_cannot_be_begun(office: PromotionOffice) -> None:
    with pytest.raises(NotComing):
        office.engine.run(StartPromotion(DEWI, PromotionPeriod(2026, 1)), office.actor(GITA))


def test_family_has_no_part_in_the_decision(office: PromotionOffice) -> None:
    office.write(kinship, {"employee_id": DEWI, "relative_id": HASAN, "relation": "spouse"})
    office.had_results(DEWI, *EXCELLENT)
    office.start()
    office.does(GITA, "propose", outcome="propose")

    assert not may_claim(office, HASAN)


def test_nobody_decides_about_his_own_superior(office: PromotionOffice) -> None:
    line = {"employee_id": WATI, "appraiser_id": CITRA, "valid_from": SINCE}
    office.write(reporting_line, {"id": 77, **line})
    office.had_results(CITRA, *EXCELLENT)
    office.start(CITRA, by=HASAN)
    office.does(HASAN, "propose", outcome="propose")
    office.does(HASAN, "verify", outcome="accept")
    office.does(SARI, "decide_official", outcome="approve")

    assert not may_claim(office, WATI)


def may_claim(office: PromotionOffice, person: int) -> bool:
    """Say whether somebody may take the task that waits in his queue."""
    actor = office.actor(person)
    (row,) = office.engine.read(group_tasks, actor).rows
    try:
        office.engine.run(ClaimTask(row.case_id, row.token), actor)
    except Forbidden:
        return False
    return True


def test_the_officials_own_promotion_goes_past_him_to_the_authority(office: PromotionOffice) -> None:
    office.had_results(SARI, *EXCELLENT)
    with office.engine.database.writing() as connection:
        connection.execute(rank.update().where(rank.c.employee_id == SARI).values(grade="IV/c"))
    office.start(SARI, by=HASAN)
    office.does(HASAN, "propose", outcome="propose")

    office.does(HASAN, "verify", outcome="accept")

    assert office.waits_at(SARI) == {"decide_head"}


def test_whoever_is_proposed_is_not_the_officer_who_proposes(office: PromotionOffice) -> None:
    office.had_results(GITA, *EXCELLENT)

    office.start(GITA, by=HASAN)

    assert {task.candidate for task in office.view(GITA).waiting} == {"hr_verifier"}
