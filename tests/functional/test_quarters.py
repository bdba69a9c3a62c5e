"""The quarters of a city: opening one, watching it, finding its cases."""

from datetime import date, timedelta

import pytest

from engine.jobs import run_until_idle
from processes.appraisal.commands.open_quarter import OpenQuarter, QuarterNotOver
from processes.appraisal.queries.cases import pending_openings
from processes.people.records import role_grant
from tests.functional.quarter_world import CITY, Quarter, the_city, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_quarter, the_template)

OPEN = "/triwulan/buka"
THIRD = {"year": "2026", "quarter": "3"}


def open_third(where: Quarter, **changed: str) -> Page:
    return where.browser("verifier").post(OPEN, {**THIRD, "confirmed": "1", **changed})


def test_the_form_suggests_the_quarter_that_has_just_ended(city: Quarter) -> None:
    page = city.browser("verifier").get(OPEN)

    values = page.values("open-form")
    assert (values["year"], values["quarter"]) == ("2026", "3")
    assert "Dibuka hari ini, 1 Oktober 2026." in page.text


def test_a_quarter_opens_on_the_day_on_which_it_is_asked_for_whatever_else_is_sent(city: Quarter) -> None:
    city.clock[0] += timedelta(days=33)

    open_third(city, opens_on="01/10/2026")
    run_until_idle(city.alur.jobs)

    page = city.browser("verifier").get("/triwulan")
    assert "Dibuka sejak 3 November 2026." in page.text
    due = {row.element: row.due for row in city.tasks(city.people["employee"])}
    assert due["record_realisation"] == date(2026, 11, 10)


def test_before_a_quarter_is_opened_the_page_says_how_many_it_is_for(city: Quarter) -> None:
    page = city.browser("verifier").post(OPEN, THIRD)

    assert page.status == 200
    assert page.title == "Buka Triwulan 3 2026?"
    assert city.alur.engine.read(pending_openings, city.actor(city.people["verifier"]), 2026, 3) == 0


def test_the_sure_page_carries_the_answers_on(city: Quarter) -> None:
    browser = city.browser("verifier")
    page = browser.post(OPEN, THIRD)

    answer = browser.post(OPEN, page.values("sure-form"))

    assert answer.status == 303


def test_an_opening_runs_in_the_background_and_the_page_follows_it(city: Quarter) -> None:
    assert open_third(city).status == 303

    page = city.browser("verifier").get("/triwulan")
    assert "Sedang dibuka" in page.text
    assert "berlanjut sendiri dari titik terakhir" in page.text
    assert page.tree.xpath("//div[@id='kemajuan-2026-3'][@data-poll]/@hx-get") == [f"/{CITY}/triwulan/2026/3/kemajuan"]


def test_an_opening_that_was_cut_off_goes_on_and_ends(city: Quarter) -> None:
    open_third(city)

    run_until_idle(city.alur.jobs)

    piece = city.browser("verifier").get("/triwulan/2026/3/kemajuan", **{"HX-Request": "true"})
    assert "Sedang dibuka" not in piece.response.get_data(as_text=True)
    assert not piece.tree.xpath("//@hx-get")


def test_the_sekda_is_rated_by_the_regional_head_and_is_no_gap(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/triwulan")

    assert "belum mendapat kasus" not in page.text
    assert "(Sekretaris Daerah): di luar penilaian sistem ini, dinilai oleh Wali Kota." in page.text


def test_somebody_whom_nobody_rates_is_named_with_what_to_do(city: Quarter) -> None:
    with city.alur.database.writing() as connection:
        connection.execute(role_grant.delete().where(role_grant.c.role == "authorized_official"))

    open_third(city)
    run_until_idle(city.alur.jobs)

    page = city.browser("verifier").get("/triwulan")
    assert "1 pegawai atau unit belum mendapat kasus" in page.text
    assert "(Sekretaris Daerah) Penilainya tidak ditemukan" in page.text


def test_a_quarter_is_not_opened_twice_and_the_page_says_since_when_it_is_open(quarter: Quarter) -> None:
    page = open_third(quarter)

    assert page.status == 422
    assert "sudah dibuka pada 1 Oktober 2026" in page.errors["quarter"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "1999"),
        ("year", "abc"),
        ("quarter", "5"),
        ("quarter", ""),
        ("quarter", "4"),
        ("year", "2098"),
        ("year", "9" * 5000),
    ],
)
def test_a_wrong_answer_is_said_on_its_field(city: Quarter, field: str, value: str) -> None:
    page = open_third(city, **{field: value})

    assert page.status == 422
    assert {"year": "quarter"}.get(field, field) in page.errors or field in page.errors


def test_a_quarter_that_still_runs_is_not_opened_and_the_page_says_from_when_on_it_can_be(city: Quarter) -> None:
    page = open_third(city, quarter="4")

    assert page.status == 422
    assert "berakhir pada 31 Desember 2026" in page.errors["quarter"]
    assert "mulai 1 Januari 2027" in page.errors["quarter"]


@pytest.mark.parametrize(("year", "quarter"), [(2026, 4), (2098, 1)])
def test_no_way_round_the_form_opens_a_quarter_that_is_not_over(city: Quarter, year: int, quarter: int) -> None:
    with pytest.raises(QuarterNotOver):
        city.alur.engine.run(OpenQuarter(year, quarter), city.actor(city.people["verifier"]))


@pytest.mark.parametrize(("who", "status"), [("unit_hr", 403), ("employee", 404), ("appraiser", 404), ("admin", 404)])
def test_only_the_personnel_agency_opens_a_quarter(city: Quarter, who: str, status: int) -> None:
    assert city.browser(who).get(OPEN).status == status
    assert city.browser(who).post(OPEN, {**THIRD, "confirmed": "1"}).status == status


@pytest.mark.parametrize(("who", "status"), [("verifier", 200), ("unit_hr", 200), ("employee", 404)])
def test_the_quarters_are_for_those_who_watch_over_them(quarter: Quarter, who: str, status: int) -> None:
    for path in ("/triwulan", "/triwulan/2026/3/kemajuan", "/triwulan/2026/3/kasus"):
        assert quarter.browser(who).get(path).status == status


def test_the_list_counts_who_waits_where_in_the_words_of_the_diagram(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/triwulan")

    assert "Isi realisasi dan bukti dukung" in page.text
    assert "Tetapkan predikat organisasi" in page.text


def test_cases_come_page_by_page_and_none_is_missed(quarter: Quarter) -> None:
    browser, seen, path = quarter.browser("verifier"), list[str](), "/triwulan/2026/3/kasus"

    for _page in range(20):
        page = browser.get(path)
        seen += page.links("/kasus/")
        following = page.tree.xpath("//a[@rel='next']/@href")
        if not following:
            break
        path = str(following[0])

    assert len(seen) == len(set(seen)) > 300


def test_no_address_on_the_page_holds_a_name(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/triwulan/2026/3/kasus")

    (following,) = page.tree.xpath("//a[@rel='next']/@href")
    assert str(following).rpartition("setelah=")[2].isdigit()


def test_cases_are_filtered_by_unit_step_and_delay(quarter: Quarter) -> None:
    browser, unit = quarter.browser("verifier"), quarter.unit_of(quarter.people["employee"])
    all_of_unit = browser.get(f"/triwulan/2026/3/kasus?unit={unit}").links("/kasus/")

    assert 0 < len(all_of_unit) < 50
    step = browser.get(f"/triwulan/2026/3/kasus?unit={unit}&langkah=set_org_predicate")
    assert len(step.links("/kasus/")) == 1
    assert not browser.get("/triwulan/2026/3/kasus?terlambat=y").links("/kasus/")


def test_cases_are_looked_for_by_name_and_the_name_stays_out_of_the_address(quarter: Quarter) -> None:
    browser, path = quarter.browser("verifier"), "/triwulan/2026/3/kasus"
    employee = quarter.people["employee"]

    answer = browser.post(path, {"cari": "rahmat MAULANA", "unit": str(quarter.unit_of(employee))})

    place = str(answer.response.location)
    assert (answer.status, "rahmat" in place.lower()) == (303, False)
    found = browser.get(place)
    assert found.links("/kasus/") == [f"/serang/kasus/{quarter.case_of(employee)}"]
    assert found.tree.xpath("//input[@name='cari']/@value") == ["rahmat MAULANA"]


def test_overdue_cases_say_since_when(quarter: Quarter) -> None:
    quarter.clock[0] += timedelta(days=30)

    page = quarter.browser("verifier").get("/triwulan/2026/3/kasus?terlambat=y&langkah=record_realisation")

    assert page.links("/kasus/")
    assert "Terlambat sejak 8 Oktober 2026" in page.text


def test_a_units_officer_sees_the_cases_of_her_units_only(quarter: Quarter) -> None:
    mine = quarter.browser("unit_hr").get("/triwulan/2026/3/kasus").text
    stranger = quarter.browser("verifier").get("/triwulan/2026/3/kasus").text

    assert "Dinas Pendidikan dan Kebudayaan" in mine
    assert "Dinas Kesehatan" not in mine
    assert "Badan Kepegawaian" in stranger


@pytest.mark.parametrize(
    "query", ["unit=x", "unit=" + "9" * 40, "langkah=%00", "setelah=-1", "setelah=" + "9" * 40, "unit=1"]
)
def test_a_broken_filter_shows_cases_all_the_same(quarter: Quarter, query: str) -> None:
    assert quarter.browser("verifier").get(f"/triwulan/2026/3/kasus?{query}").status == 200
