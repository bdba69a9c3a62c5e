"""How the cases of a process go, seen by its owner: figures, months and measures, logs; and a case's moments."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import select

from engine.commands.deploy_release import DeployRelease
from engine.commands.restore_release import RestoreRelease
from engine.folding import fold_city
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.records.mining import element_figure
from engine.records.release import release
from processes.appraisal.definitions import release_files
from tests.functional.quarter_world import CITY, Quarter, open_quarter_world, the_quarter
from tests.functional.staff_pages import Page
from tests.functional.test_operations import without_service
from webapp.security import FILE_POLICY

PROCESS = "periodic_evaluation"
WATCH = f"/studio/proses/{PROCESS}/pantau"
FIXTURES = (the_quarter,)


@pytest.fixture(name="watched", scope="module")
def the_watched_quarter(tmp_path_factory: pytest.TempPathFactory, opened_city: Path) -> Iterator[Quarter]:
    """A quarter in which one employee has handed in, and whose steps are taken in; nothing here changes it."""
    with open_quarter_world(tmp_path_factory.mktemp("watched"), opened_city) as quarter:
        quarter.until_recommended(quarter.people["employee"])
        assert fold_city(quarter.alur.engine, CITY)
        yield quarter


def look(quarter: Quarter, query: str = "", who: str = "owner") -> Page:
    return quarter.browser(who).get(f"{WATCH}{query}")


def cells(page: Page, section: str, name: str) -> list[str]:
    """Return the cells of a row by the name of its element."""
    rows = page.tree.xpath(f"//section[@aria-labelledby='{section}']//tr[th[starts-with(normalize-space(), '{name}')]]")
    return [" ".join(cell.text_content().split()) for cell in rows[0].xpath("./td")]


def moment(quarter: Quarter, who: str, number: int | None = None) -> Page:
    address = f"/kasus/{quarter.case_of(quarter.people['employee'])}/waktu"
    return quarter.browser(who).get(address if number is None else f"{address}?langkah={number}")


def test_the_owner_sees_where_cases_pass_and_where_they_stand(watched: Quarter) -> None:
    page = look(watched)

    heat: dict[str, Any] = json.loads(page.tree.xpath("string(//@data-heat)"))
    assert page.status == 200
    assert cells(page, "numbers", "Triwulan dibuka")[0] == "323"
    assert cells(page, "waiting-title", "Isi realisasi")[:2] == ["322", "322"]
    assert heat["elements"]["record_realisation"] == [1, "1"]


def test_how_long_few_people_took_is_not_told(watched: Quarter) -> None:
    page = look(watched, "?ukuran=median")

    assert "terlalu sedikit untuk ditampilkan" in cells(page, "numbers", "Isi realisasi")[1]
    assert "hari kerja" in cells(page, "numbers", "Predikat organisasi ditetapkan")[1] + " hari kerja"
    assert json.loads(page.tree.xpath("string(//@data-heat)"))["elements"]["record_realisation"] == [0, ""]


def test_since_when_few_cases_stand_somewhere_is_not_told(watched: Quarter) -> None:
    page = look(watched)

    assert cells(page, "waiting-title", "Tetapkan rating")[0] == "1"
    assert all("terlalu sedikit" in cell for cell in cells(page, "waiting-title", "Tetapkan rating")[1:])
    assert cells(page, "waiting-title", "Isi realisasi")[-1] == "hari ini"


def test_what_is_stuck_is_tried_again_with_one_press_on_the_page(quarter: Quarter) -> None:
    employee, owner = quarter.people["employee"], quarter.browser("owner")
    quarter.until_recommended(employee)
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    with without_service(quarter):
        quarter.does(quarter.people["appraiser"], "confirm_ratings", employee, **ratings)
    page = look(quarter)
    (form,) = page.tree.xpath("//section[@aria-labelledby='stuck-title']//form")

    assert "tidak terpasang" in cells(page, "stuck-title", "Catat rating")[0]
    sent = owner.post(form.get("action").removeprefix(f"/{CITY}"), dict(form.form_values()))
    assert sent.status == 303
    run_until_idle(quarter.alur.jobs)
    assert not look(quarter).tree.xpath("//section[@aria-labelledby='stuck-title']")


def test_another_month_or_release_has_other_figures_and_nonsense_is_not_found(watched: Quarter) -> None:
    empty = look(watched, "?bulan=2025-01")

    assert "Belum ada kasus yang dihitung" not in empty.text  # what stands now has no month
    assert cells(empty, "numbers", "Isi realisasi")[0] == "0"
    assert look(watched, "?rilis=1").status == 200
    assert [look(watched, query).status for query in ("?bulan=x", "?rilis=9", "?rilis=x", "?ukuran=x")] == [404] * 4


@pytest.mark.parametrize("month", ["9999-12", "0001-01"])
def test_the_first_and_the_last_month_of_all_are_empty_ones(watched: Quarter, month: str) -> None:
    assert [look(watched, f"{part}?bulan={month}").status for part in ("", "/diagram")] == [200, 200]


def test_a_month_that_is_none_is_not_found(watched: Quarter) -> None:
    months = ("0000-01", "10000-01", "2026-13", "2026-W01", "20261", "%00", "٢٠٢٦-١١", "9" * 4_000)

    assert [look(watched, f"?bulan={month}").status for month in months] == [404] * len(months)


def test_figures_are_drawn_on_the_release_in_force_and_after_a_way_back_on_that(quarter: Quarter) -> None:
    def drawn_number() -> str:
        return str(look(quarter).tree.xpath("string(//@data-heat-url)")).rpartition("rilis=")[2]

    engine = quarter.alur.engine
    fold_city(engine, CITY)
    files = release_files(PROCESS)
    changed = {name: content.replace(b"</bpmn:process>", b" </bpmn:process>") for name, content in files.items()}
    engine.run(DeployRelease(changed, quarter.alur.catalogue), system_actor(CITY))
    before = drawn_number()
    with quarter.alur.database.writing() as connection:
        newest = connection.execute(
            select(release.c.id).where(release.c.process == PROCESS, release.c.number == 2)
        ).scalar_one()
        figures = select(element_figure).where(element_figure.c.process == PROCESS)
        rows = [{**row._mapping, "release_id": newest} for row in connection.execute(figures)]
        connection.execute(element_figure.insert(), rows)
    newer = drawn_number()

    engine.run(RestoreRelease(PROCESS, 1, quarter.alur.catalogue, "Langkah baru keliru"), system_actor(CITY))

    assert (before, newer, drawn_number()) == ("1", "2", "1")


def test_whoever_does_not_own_the_process_finds_nothing(watched: Quarter) -> None:
    addresses = ("", "/diagram?rilis=1", "/riwayat")

    assert [look(watched, address).status for address in addresses] == [200] * 3
    assert [look(watched, address, "verifier").status for address in addresses] == [404] * 3
    assert look(watched, "/diagram").response.headers["Content-Security-Policy"] == FILE_POLICY
    assert watched.browser("owner").get("/studio/proses/no_such/pantau").status == 404


def test_the_log_is_downloaded_in_both_formats_and_tells_nobody(watched: Quarter) -> None:
    kinds = ("xes", "ocel", "ocel-xml")
    xes, ocel, in_xml = (look(watched, f"/riwayat?bentuk={kind}").response for kind in kinds)

    traces = etree.fromstring(xes.data).findall("{http://www.xes-standard.org/}trace")
    assert len(traces) == 323
    assert len([item for item in ocel.get_json()["objects"] if item["type"] == "periodic_evaluation"]) == 323
    assert "attachment" in xes.headers["Content-Disposition"]
    assert len(etree.fromstring(in_xml.data).findall("objects/object[@type='periodic_evaluation']")) == 323
    assert str(watched.people["employee"]) not in xes.text + ocel.text + in_xml.text
    wrong = ("bentuk=csv", "dari=x", "dari=0001-01-01", "sampai=9999-12-31")
    assert [look(watched, f"/riwayat?{query}").status for query in wrong] == [404] * 4


def test_a_reader_goes_through_the_moments_of_a_case(watched: Quarter) -> None:
    first, second, last = (moment(watched, "verifier", number) for number in (1, 2, None))

    assert (first.title, last.title) == ("Langkah 1 dari 4", "Langkah 4 dari 4")
    titles = json.loads(first.tree.xpath("string(//input[@type='range']/@data-moments)"))
    assert (len(titles), first.tree.xpath("string(//output)")) == (4, f"1. {titles[0]}")
    assert "Isi realisasi dan bukti dukung" in first.tree.xpath("string(//section[@id='why'])")
    assert "Isi realisasi dan bukti dukung" not in second.tree.xpath("string(//section[@id='why'])")
    assert "Predikat organisasi ditetapkan" in second.tree.xpath("string(//section[@id='why'])")
    assert "Sesudah langkah 4" in last.tree.xpath("string(//section[@id='why'])")
    assert "recommendation" in last.text
    assert "recommendation" not in second.text


def test_the_data_of_a_moment_are_for_those_who_may_change_them(watched: Quarter) -> None:
    own = moment(watched, "employee")

    assert own.status == 200
    assert "Data pada saat itu" not in own.text
    assert moment(watched, "treasurer").status == 404
    assert [moment(watched, "verifier", number).status for number in (0, 5)] == [404, 404]


def test_the_diagram_of_a_moment_is_that_of_its_release(watched: Quarter) -> None:
    case = watched.case_of(watched.people["employee"])
    addresses = [f"/kasus/{case}/waktu/diagram?langkah={number}" for number in (1, 9)]

    assert [watched.browser("employee").get(address).status for address in addresses] == [200, 404]
    assert watched.browser("treasurer").get(addresses[0]).status == 404
