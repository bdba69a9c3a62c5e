"""Ranks, education and credit of before come by file; what Alur has decided no file replaces."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.policy.actor import system_actor
from processes.people.careers import education, rank
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, read_import
from processes.promotion.imports import CAREER_KINDS
from processes.promotion.records import credit_score
from tests.processes.office import CITY
from tests.processes.promotion_office import DEWI, INDAH, PEOPLE, PromotionOffice, open_promotion_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PromotionOffice]:
    with open_promotion_office(tmp_path) as opened:
        yield opened


def bring(office: PromotionOffice, kind: str, *lines: str) -> ImportPlan | list[str]:
    """Import a file; return what was planned, or the codes of what is wrong with it."""
    text = "\n".join((";".join(CAREER_KINDS[kind].template()), *lines)).encode()
    with office.engine.database.reading() as read:
        plan = read_import(CAREER_KINDS[kind], text, read, CITY, office.now.date(), name=f"{kind}.csv", city=None)
    if not isinstance(plan, ImportPlan):
        return [problem.code for problem in plan]
    office.engine.run(ImportRows(plan), system_actor(CITY))
    return plan


def test_a_rank_history_is_added_and_corrected(office: PromotionOffice) -> None:
    nip = PEOPLE[DEWI][1]

    bring(office, "ranks", f"{nip};II/d;01/03/2018;SK-1", f"{nip};III/b;01/03/2022;SK-2")

    found = {row.valid_from: (row.grade, row.decree) for row in office.rows(rank) if row.employee_id == DEWI}
    assert found == {date(2018, 3, 1): ("II/d", "SK-1"), date(2022, 3, 1): ("III/b", "SK-2")}


def test_a_rank_that_a_promotion_has_given_is_not_replaced_by_a_file(office: PromotionOffice) -> None:
    given = {"employee_id": DEWI, "grade": "III/b", "valid_from": date(2026, 1, 1), "case_id": 4711}
    office.write(rank, {"id": 77, **given})

    assert bring(office, "ranks", f"{PEOPLE[DEWI][1]};IV/a;01/01/2026;SK-9") == ["of_case"]


def test_credit_of_before_and_education_are_read_in_the_words_of_files(office: PromotionOffice) -> None:
    nip = PEOPLE[INDAH][1]

    bring(office, "credits", f"{nip};Ahli Pertama;01/01/2023;31/12/2023;37,5;PAK-1")
    bring(office, "education", f"{nip};Magister;Keperawatan;15/07/2024")

    (credit,) = office.rows(credit_score)
    assert (credit.kind, credit.level, credit.credit) == ("before", "AHLI_PERTAMA", Decimal("37.5"))
    assert {row.level for row in office.rows(education) if row.employee_id == INDAH} == {"S1", "S2"}


def test_a_grade_that_does_not_exist_is_named_with_its_cell(office: PromotionOffice) -> None:
    assert bring(office, "ranks", f"{PEOPLE[DEWI][1]};V/a;01/03/2018;") == ["not_choice"]
