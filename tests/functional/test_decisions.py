"""How a decision of a case was made: its table as drawn, what it looked at, the rule that applied, for whom it is."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from engine.records.history import journal
from engine.records.packing import pack
from engine.records.wordbook import unpack_stored
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page
from tests.unit.engine.bpmn.shapes import each
from tests.unit.engine.decided import decides, rules
from tests.unit.engine.diagrams import diagram, end, path, start

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

RATINGS = {"work": "DIBAWAH_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana belum tercapai"}


@pytest.fixture
def signed(quarter: Quarter) -> Quarter:
    """A quarter in which the tour's employee is rated and signed for, and does not know it yet."""
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.until_recommended(employee)
    quarter.does(appraiser, "confirm_ratings", employee, **RATINGS)
    quarter.does(appraiser, "sign", employee, confirmed=True)
    return quarter


@pytest.fixture
def told(signed: Quarter) -> Iterator[Quarter]:
    """A quarter in which the employee has been told the result."""
    employee, appraiser = signed.people["employee"], signed.people["appraiser"]
    signed.does(appraiser, "hand_over", employee, dialogue_on=date(2026, 10, 1), note="Dialog berjalan baik")
    yield signed


def case_of(quarter: Quarter) -> int:
    return quarter.case_of(quarter.people["employee"])


def decisions(quarter: Quarter, who: str = "employee", query: str = "") -> Page:
    return quarter.browser(who).get(f"/kasus/{case_of(quarter)}/keputusan{query}")


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_the_employee_comes_to_it_from_the_result_and_reads_which_rule_applied(told: Quarter) -> None:
    result = told.browser("employee").get(f"/kasus/{case_of(told)}/hasil")
    assert result.links("/keputusan") == [f"/{CITY}/kasus/{case_of(told)}/keputusan"]

    page = decisions(told)

    (applied,) = page.tree.xpath("//tr[@aria-current='true']")
    assert "Kuadran kinerja PermenPANRB 6/2022, lampiran hlm. 99 dan 102." in page.text
    assert words(applied.find("th")) == "Aturan 8"
    assert "Butuh Perbaikan" in words(applied)
    assert words(applied.xpath("td[last()]")[0]) == "Berlaku"
    assert words(page.tree.xpath("//p[@class='verdict']")[0]).startswith("Hasil Butuh Perbaikan")


def test_heads_of_columns_say_what_was_looked_at_and_each_other_rule_why_it_did_not_apply(told: Quarter) -> None:
    page = decisions(told, "appraiser")

    heads = [words(head) for head in page.tree.xpath("//table//th[@scope='col']")]
    assert heads[:2] == ["Aturan", "Hasil kerja bernilai Di bawah ekspektasi"]
    reasons = [words(item) for item in page.tree.xpath("//table//details/p")]
    assert len(reasons) == 8
    assert reasons[0] == (
        "“Hasil kerja” bernilai “Di bawah ekspektasi”, sedangkan aturan ini meminta “Di atas ekspektasi”."
    )
    (written,) = page.tree.xpath("//dl[@class='kv small']")
    assert words(written).startswith("Jenis tabel") and "ratings.work" in words(written)
    assert "_EKSPEKTASI" not in page.text


def test_an_employee_reads_nothing_of_the_own_result_before_it_was_handed_over(signed: Quarter) -> None:
    own, appraiser = decisions(signed), decisions(signed, "appraiser")

    assert "Hasil belum disampaikan kepada Anda" in own.text
    assert "Butuh Perbaikan" not in own.response.get_data(as_text=True)
    assert not own.tree.xpath("//table")
    assert "Butuh Perbaikan" in appraiser.text


@pytest.mark.parametrize(("who", "status"), [("verifier", 200), ("unit_hr", 200), ("owner", 404), ("admin", 404)])
def test_it_is_for_whoever_may_see_the_result(told: Quarter, who: str, status: int) -> None:
    assert decisions(told, who).status == status


def test_personnel_come_to_it_from_the_case_and_from_its_operations(told: Quarter) -> None:
    browser, case_id = told.browser("verifier"), case_of(told)

    for place in (f"/kasus/{case_id}", f"/kasus/{case_id}/operasi"):
        assert browser.get(place).links("/keputusan") == [f"/{CITY}/kasus/{case_id}/keputusan"]


def test_a_case_that_has_decided_nothing_says_so(quarter: Quarter) -> None:
    page = decisions(quarter, "appraiser")

    assert "Belum ada keputusan" in page.text
    assert not page.tree.xpath("//table")


def test_an_english_reader_reads_it_in_english(told: Quarter) -> None:
    browser = told.browser("employee")
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")

    page = browser.get(f"/kasus/{case_of(told)}/keputusan")

    assert "How decisions were made" in page.text
    assert "“Work results” is “Below expectations”, but this rule asks for" in page.text
    assert "Mengapa" not in page.text


def rewrite(quarter: Quarter, **values: object) -> None:
    """Change what the step that decided has kept; None takes a part of it away."""
    found = select(journal).where(journal.c.case_id == case_of(quarter)).order_by(journal.c.version)
    with quarter.alur.database.writing() as connection:
        for row in connection.execute(found).all():
            entry = unpack_stored(connection, row.entry)
            if isinstance(entry, dict) and "decided" in entry:
                changed = {name: value for name, value in {**entry, **values}.items() if value is not None}
                at = (journal.c.case_id == row.case_id, journal.c.version == row.version)
                connection.execute(update(journal).where(*at).values(entry=pack(changed)))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ([[[7]]], "Cocok dengan catatan kasus"),
        ([[[0]]], "Tidak cocok dengan catatan kasus"),
        (None, "Langkah ini dikerjakan sebelum Alur menyimpan aturan yang berlaku"),
    ],
)
def test_it_says_whether_the_rules_are_those_that_the_case_has_kept(told: Quarter, kept: object, said: str) -> None:
    rewrite(told, decided=kept)

    assert said in decisions(told, "verifier").text


def test_a_case_whose_history_has_a_hole_says_from_which_step_on_nothing_can_be_said(told: Quarter) -> None:
    with told.alur.database.writing() as connection:
        connection.execute(delete(journal).where(journal.c.case_id == case_of(told), journal.c.version == 2))

    page = decisions(told, "verifier")

    assert page.status == 200
    assert "Mulai langkah 2 keputusan kasus ini tidak dapat dijelaskan: ada langkah yang hilang" in page.text


@pytest.mark.parametrize("query", ["?hal=0", "?hal=99", "?hal=x", "?hal=-1"])
def test_a_page_that_is_not_there_leads_to_the_nearest(told: Quarter, query: str) -> None:
    page = decisions(told, "employee", query)

    assert page.status == 200
    assert len(page.tree.xpath("//table")) == 1


def many_rounds(quarter: Quarter, folder: Path, count: int) -> int:
    """Return a case of another process that has decided once for each of its items."""
    rounds = each("scores", one_by_one=True, item="score", output="grade", gives="grades")
    parts = start(), decides("grade", rounds), end(), path("begin", "grade", "done")
    files = [diagram(folder, *parts, process="many"), rules(folder)]
    contents = {file.name: file.read_bytes() for file in files}
    engine, system = quarter.alur.engine, system_actor(CITY)
    engine.run(DeployRelease(contents, Catalogue(frozenset(), frozenset())), system)
    new = NewCase("1", 1, "Banyak putaran", {"scores": [Decimal(number) for number in range(count)], "reason": None})
    case_id: int = engine.run(StartCases("many", (new,)), system).value[0]
    return case_id


def test_a_case_of_many_rounds_is_read_page_by_page(quarter: Quarter, tmp_path: Path) -> None:
    place = f"/kasus/{many_rounds(quarter, tmp_path, 25)}/keputusan"
    browser = quarter.browser("verifier")

    first, last = browser.get(place), browser.get(f"{place}?hal=3")

    assert [words(title)[:3] for title in first.tree.xpath("//main//h2")][::9] == ["1. ", "10."]
    assert [words(title)[:3] for title in last.tree.xpath("//main//h2")] == ["21.", "22.", "23.", "24.", "25."]
    assert first.links("hal=3") == [f"/{CITY}{place}?hal=3"]
