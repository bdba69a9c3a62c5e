"""The pages about careers: the own one, who is due for the next rank, decrees with their file, the talent box."""

import csv
import re
from io import StringIO
from typing import Any

import pytest

from processes.people.queries import placement_on
from processes.promotion.records import promotion_decree
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.tree.text_content())


def rows(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", row.text_content()) for row in page.tree.xpath("//tbody/tr")]


def test_the_own_career_says_what_is_known_and_what_is_missing(quarter: Quarter) -> None:
    page = quarter.browser("appraiser").get("/karier")

    said = words(page)
    assert page.status == 200
    assert all(
        part in said for part in ("Pangkat berikutnya", "Masa dalam pangkat", "Kotak talenta", "Riwayat pangkat")
    )


def test_whoever_is_eligible_is_told_that_others_propose_him(quarter: Quarter) -> None:
    page = quarter.browser("employee").get("/karier")

    assert "Anda memenuhi syarat untuk" in words(page)
    assert "Anda tidak perlu mengajukan sendiri" in words(page)


def test_the_list_has_twelve_periods_and_a_reason_for_each_miss(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/kenaikan-pangkat")

    periods = page.tree.xpath("//nav[contains(@class, 'tabs')]//a")
    assert len(periods) == 12
    assert all("Memenuhi syarat" in row or "Belum memenuhi syarat" in row for row in rows(page))
    assert any("Angka kredit belum cukup" in row for row in rows(page))


def test_an_hr_officer_sees_the_people_of_the_own_units_only(quarter: Quarter) -> None:
    of_unit = quarter.browser("unit_hr").get("/kenaikan-pangkat")
    of_city = quarter.browser("verifier").get("/kenaikan-pangkat")

    assert (of_unit.status, of_city.status) == (200, 200)
    assert counted(of_unit) < counted(of_city)


def counted(page: Page) -> int:
    """Return how many people all periods have."""
    return sum(int(found) for found in page.tree.xpath("//nav[contains(@class, 'tabs')]//span/text()"))


@pytest.fixture
def decreed(quarter: Quarter) -> Quarter:
    """A quarter in which a decree has been issued."""
    person = quarter.people["appraiser"]
    with quarter.alur.database.reading() as read:
        place = placement_on(read, CITY, person, OPENS)
    assert place is not None
    known = {"case_id": 4711, "tenant": CITY, "employee_id": person, "unit_id": place.unit_id, "service_months": 125}
    decree = {"year": 2026, "number": 7, "batch": "2026-11", "decreed_on": OPENS, "effective_on": OPENS}
    ranks = {"route": "regular", "from_grade": "III/a", "to_grade": "III/b", "signed_by": "for_head"}
    approval = {"approval_number": "KP-1", "approval_on": OPENS, "issued_at": quarter.alur.clock()}
    with quarter.alur.database.writing() as connection:
        connection.execute(promotion_decree.insert(), {**known, **decree, **ranks, **approval})
    return quarter


def test_the_file_for_siasn_has_its_field_names_and_the_service_in_years_and_months(decreed: Quarter) -> None:
    page: Any = decreed.browser("verifier").get("/kenaikan-pangkat/sk/2026/11/siasn.csv")

    (row,) = csv.DictReader(StringIO(page.response.text))
    assert (row["golonganId"], row["golongan"], row["jenisKPId"]) == ("32", "III/b", "101")
    assert (row["skNomor"], row["noPertekBkn"]) == ("823/0007/2026", "KP-1")
    assert (row["skTanggal"], row["idRefDokumen"]) == (OPENS.strftime("%d-%m-%Y"), "858")
    assert (row["masaKerjaGolonganTahun"], row["masaKerjaGolonganBulan"]) == ("10", "5")


def test_the_decrees_of_a_batch_stand_on_one_page_with_their_numbers(decreed: Quarter) -> None:
    page = decreed.browser("verifier").get("/kenaikan-pangkat/sk/2026/11")

    said = words(page)
    assert "823/0007/2026" in said
    assert "III/a (Penata Muda)" in said and "III/b (Penata Muda Tingkat I)" in said


def test_the_talent_box_counts_everybody_once(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/talenta?kotak=8")

    counts = [int(found) for found in re.findall(r"Kotak \d: (\d+) pegawai", words(page))]
    assert len(counts) == 9
    assert sum(counts) > 100
