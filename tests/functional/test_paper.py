"""A result on paper: whose it is, in figures with their units, with everybody who signed, answered or decided."""

from datetime import date

import pytest

from engine.policy.actor import system_actor
from processes.people.queries import Employee, find_employee
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

SIGNED = "//section[@aria-labelledby='signatures-title']//tbody/tr"


@pytest.fixture
def signed(quarter: Quarter) -> Quarter:
    """A quarter in which the tour's employee has been told the result."""
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.until_recommended(employee)
    ratings = {"work": "DIBAWAH_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana belum tercapai"}
    quarter.does(appraiser, "confirm_ratings", employee, **ratings)
    quarter.does(appraiser, "sign", employee, confirmed=True)
    quarter.does(appraiser, "hand_over", employee, dialogue_on=date(2026, 10, 1), note="Dialog berjalan baik")
    return quarter


def result(quarter: Quarter) -> Page:
    """Return the employee's page of the result."""
    employee = quarter.people["employee"]
    return quarter.browser("employee").get(f"/kasus/{quarter.case_of(employee)}/hasil")


def signatures(page: Page) -> list[list[str]]:
    """Return what the printed page says of each signature: role, name, act."""
    return [[" ".join(cell.text_content().split()) for cell in row] for row in page.tree.xpath(SIGNED)]


def person(quarter: Quarter, part: str) -> Employee:
    return quarter.alur.engine.read(
        lambda read, actor: find_employee(read, actor.tenant, quarter.people[part]), system_actor(CITY)
    )


def test_a_printed_result_names_the_city_the_person_and_the_period(signed: Quarter) -> None:
    employee = person(signed, "employee")

    (head,) = result(signed).tree.xpath("//div[contains(@class, 'document')]")

    words = " ".join(head.text_content().split())
    assert "Hasil evaluasi kinerja pegawai" in words and "Triwulan 3 2026" in words
    assert employee.name in words and employee.nip in words


def test_a_printed_result_says_who_signed_and_that_nobody_answered_yet(signed: Quarter) -> None:
    rater, own = signatures(result(signed))

    assert rater[:2] == ["Pejabat penilai", person(signed, "appraiser").name]
    assert rater[2].startswith("Ditandatangani secara elektronik, 1 Oktober 2026")
    assert own == ["Pegawai", person(signed, "employee").name, "Belum menanggapi"]


def test_whoever_decides_an_objection_stands_beside_the_appraiser_with_the_reason(signed: Quarter) -> None:
    employee, superior = signed.people["employee"], signed.people["superior"]
    signed.does(employee, "respond", employee, answer="object", reason="Bukti belum dihitung")
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "DIATAS_EKSPEKTASI", "reason": "Bukti diterima"}
    signed.does(superior, "decide_objection", employee, outcome="change", **ratings)

    page = result(signed)

    assert [row[0] for row in signatures(page)] == ["Pejabat penilai", "Pegawai", "Pemutus keberatan"]
    assert page.tree.xpath("//dt[.='Pejabat penilai']/following-sibling::dd[1]/text()") == [
        person(signed, "appraiser").name
    ]
    notes = page.tree.xpath("//table[caption='Rating versi 2']//tr/td[@data-label='Catatan']")
    assert "Bukti diterima" in [note.text_content().strip() for note in notes]


def test_figures_of_a_result_carry_their_units(signed: Quarter) -> None:
    rows = result(signed).tree.xpath("//section[@aria-labelledby='lines-title']//tbody/tr")

    weights = [row.xpath("string(td[@data-label='Bobot'])").strip() for row in rows]
    assert weights and all(weight.endswith("%") for weight in weights)


def test_without_a_script_nothing_offers_to_print(signed: Quarter) -> None:
    (button,) = result(signed).tree.xpath("//button[@data-print]")

    assert "hidden" in button.attrib
