"""The pages about posts and competencies: the map, one post, its analysis, the plan, the register, people's levels."""

import re

import pytest

from processes.people.queries import placement_on
from processes.people.records import post
from processes.promotion.posts.merit import Aspect
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

ANALYSIS = {
    "duties-0-duty": "Melayani permohonan",
    "duties-0-product": "berkas",
    "duties-0-volume": "2500",
    "duties-0-hours": "2,5",
    "factors-0-name": "Wilayah kepulauan",
    "factors-0-weight": "20",
    "factors-0-reason": "Perjalanan dengan perahu",
}


def post_of(quarter: Quarter, who: str = "employee") -> int:
    with quarter.alur.database.reading() as read:
        place = placement_on(read, CITY, quarter.people[who], OPENS)
    assert place is not None
    assert place.post_id is not None
    return place.post_id


def post_coded(quarter: Quarter, code: str) -> int:
    with quarter.alur.database.reading() as read:
        rows = read.execute(post.select().where(post.c.tenant == CITY, post.c.code == code))
        return int(rows.one().id)


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", page.tree.text_content())


def test_the_map_leads_from_the_city_down_to_a_unit_and_its_posts(quarter: Quarter) -> None:
    city = quarter.browser("verifier").get("/jabatan")

    (unit,) = city.tree.xpath("//a[contains(., 'Dinas Sosial')]/@href")
    office = quarter.browser("verifier").get(str(unit).removeprefix(f"/{CITY}"))

    assert (city.status, office.status) == (200, 200)
    assert "Sekretaris Daerah" in words(city)
    assert "Kepala Dinas Sosial" in words(office)
    assert "Kosong" in words(office)


def test_the_map_can_be_filtered_to_vacant_posts_everywhere_below(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/jabatan?keadaan=kosong")

    rows = page.tree.xpath("//tbody/tr/th")
    assert [re.sub(r"\s+", " ", row.text_content()).strip() for row in rows] == [
        "Kepala Dinas SosialJabatan pimpinan tinggi · Dinas Sosial"
    ]


@pytest.mark.parametrize("query", ["unit=abc", "unit=", "keadaan=apa", "jenjang=x", "halaman=0", "halaman=99999"])
def test_an_address_that_somebody_has_changed_is_read_as_far_as_it_goes(quarter: Quarter, query: str) -> None:
    assert quarter.browser("verifier").get(f"/jabatan?{query}").status == 200


def test_a_unit_hr_officer_sees_her_own_units_only(quarter: Quarter) -> None:
    page = quarter.browser("unit_hr").get("/jabatan")

    assert "Dinas Pendidikan" in words(page)
    assert "Dinas Sosial" not in words(page)
    assert "Rencana kebutuhan" not in words(page)
    assert quarter.browser("unit_hr").get(f"/jabatan/{post_coded(quarter, 'DINSOS.KEPALA')}").status == 404


def test_a_post_tells_its_standard_its_need_and_who_acts_in_it(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get(f"/jabatan/{post_coded(quarter, 'DINSOS.KEPALA')}")

    text = words(page)
    assert "Penanganan masalah kesejahteraan sosial" in text
    assert "Kebutuhan yang ditetapkan untuk 2026" in text
    assert "Plt " in text
    assert "Tanpa pejabat definitif sejak" in text


def test_a_recorded_analysis_changes_the_need_and_says_how(quarter: Quarter) -> None:
    place, browser = post_of(quarter), quarter.browser("unit_hr")

    saved = browser.post(f"/jabatan/{place}/analisis", ANALYSIS)

    text = words(browser.get(f"/jabatan/{place}"))
    assert saved.status == 303
    assert "7.500 jam ÷ 1.250 jam = 6,00, dibulatkan" in text
    assert "6.250 jam × (100% + 20%) = 7.500 jam" in text
    assert "Perjalanan dengan perahu" in text


def test_rows_of_an_analysis_are_added_and_removed_without_a_script(quarter: Quarter) -> None:
    place, browser = post_of(quarter), quarter.browser("unit_hr")

    added = browser.post(f"/jabatan/{place}/analisis", {**ANALYSIS, "duties-add": "1"})

    assert added.status == 200
    assert added.tree.xpath("//input[@name='duties-1-duty']")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"duties-0-duty": ""}, "Uraian tugas"),
        ({"duties-0-hours": "0"}, "Jam per hasil"),
        ({"factors-0-weight": "200"}, "Bobot"),
        (
            {"factors-1-name": "Wilayah kepulauan", "factors-1-weight": "5", "factors-1-reason": "Ombak"},
            "Faktor yang sama tertulis dua kali",
        ),
    ],
)
def test_what_is_wrong_with_an_analysis_is_said(quarter: Quarter, changed: dict[str, str], told: str) -> None:
    page = quarter.browser("unit_hr").post(f"/jabatan/{post_of(quarter)}/analisis", {**ANALYSIS, **changed})

    assert page.status == 422
    assert told in words(page)


def test_the_personnel_agency_decides_on_the_need(quarter: Quarter) -> None:
    place, browser = post_of(quarter), quarter.browser("verifier")

    decided = browser.post(f"/jabatan/{place}/ketetapan", {"k-approved": "9", "k-decree": "Keputusan 800/77"})

    text = words(browser.get(f"/jabatan/{place}"))
    assert decided.status == 303
    assert "Keputusan 800/77" in text
    assert "9 orang" in text


def test_nobody_is_offered_to_analyse_the_post_that_he_holds(quarter: Quarter) -> None:
    own, browser = post_of(quarter, "verifier"), quarter.browser("verifier")

    assert "Ubah analisis" not in words(browser.get(f"/jabatan/{own}"))
    assert browser.get(f"/jabatan/{own}/analisis").status == 403


def test_the_plan_tells_five_years_and_the_three_fields_that_every_report_names(quarter: Quarter) -> None:
    text = words(quarter.browser("verifier").get("/jabatan/rencana"))

    assert all(field in text for field in ("Kesehatan", "Pendidikan", "Infrastruktur"))
    assert all(str(year) in text for year in range(2026, 2031))
    assert "Jumlah penduduk" in text
    assert "yang disusun tahun 2025" in words(quarter.browser("verifier").get("/jabatan/rencana?rencana=2025"))


def test_the_merit_system_is_shown_by_figures_of_today(quarter: Quarter) -> None:
    text = words(quarter.browser("verifier").get("/jabatan/merit"))

    assert re.search(r"analisis beban kerja ?161 dari 161 \(100,0%\)", text)
    assert re.search(r"Rencana lima tahun yang tersimpan ?2", text)
    assert "160 dari 161" in text
    assert "Bobot 30%" in text
    assert "Pegawai yang mulai bertugas tahun ini" in text
    assert "disimpan di SSCASN dan SIASN" in text


def test_the_city_marks_itself_with_evidence_and_reads_what_it_adds_up_to(quarter: Quarter) -> None:
    browser = quarter.browser("verifier")
    marks = {f"mark_{one}": "3" for one in Aspect} | {f"evidence_{one}": "SK Wali Kota 800/3" for one in Aspect}

    alone = browser.post("/jabatan/merit", {"mark_needs": "3"})
    saved = browser.post("/jabatan/merit", marks)

    assert (alone.status, saved.status) == (422, 303)
    assert "Tulis bukti untuk nilai ini" in words(alone)
    assert "300 dari 400 (Baik)" in words(browser.get("/jabatan/merit"))


def test_competencies_are_planned_for_five_years_on_the_page_of_needs(quarter: Quarter) -> None:
    text = words(quarter.browser("verifier").get("/jabatan/rencana"))

    assert "Rencana kompetensi lima tahun" in text
    assert "Usulan pada rencana pengembangan" in text


def test_the_register_names_the_vacant_post_and_the_appraiser_who_is_gone(quarter: Quarter) -> None:
    text = words(quarter.browser("verifier").get("/jabatan/pemantauan"))

    assert "Kepala Dinas Sosial" in text
    assert "Sudah tidak bertugas" in text
    assert "Terlalu lebar" in text


def test_the_heat_map_says_in_words_how_much_is_missing(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/kompetensi")

    cells = [re.sub(r"\s+", " ", cell.text_content()) for cell in page.tree.xpath("//table[1]//td")]
    assert page.status == 200
    assert any(re.search(r"Sedang \d+ dari \d+", cell) for cell in cells)


def test_an_employee_sees_his_own_levels_with_source_and_day_and_no_colleagues(quarter: Quarter) -> None:
    own = quarter.browser("employee").get(f"/kompetensi/{quarter.people['employee']}")

    assert own.status == 200
    assert "Kompetensi saya" in words(own)
    assert "Asesmen BKPSDM 2025 (data uji)" in words(own)
    assert "Kurang 1 tingkat" in words(own)
    assert quarter.browser("employee").get(f"/kompetensi/{quarter.people['appraiser']}").status == 404
    assert quarter.browser("employee").get("/kompetensi").status == 404


def test_an_appraiser_sees_the_gaps_of_his_people(quarter: Quarter) -> None:
    page = quarter.browser("appraiser").get("/kompetensi")

    people = page.tree.xpath("//tbody/tr/th/a/@href")
    assert any(str(quarter.people["employee"]) in str(address) for address in people)
    assert "Pegawai Anda" in words(page)


def test_somebody_compares_himself_with_a_post_that_he_aims_at(quarter: Quarter) -> None:
    aim = post_coded(quarter, "DISDIK.KABID-1")

    page = quarter.browser("employee").get(f"/kompetensi/{quarter.people['employee']}?jabatan={aim}")

    assert "Kompetensi untuk Kepala Bidang Pelayanan" in words(page)
    assert "Kecocokan" in words(page)


def test_a_post_of_another_city_is_no_aim(quarter: Quarter) -> None:
    assert quarter.browser("employee").get(f"/kompetensi/{quarter.people['employee']}?jabatan=42").status == 404


def test_the_pages_speak_english_too(quarter: Quarter) -> None:
    browser = quarter.browser("verifier")
    browser.post("/bahasa", {"language": "en"})

    assert "Position map" in words(browser.get("/jabatan"))
    assert "What is missing by unit and field" in words(browser.get("/kompetensi"))
    assert "Posts to watch" in words(browser.get("/jabatan/pemantauan"))
    assert "Plan of needs" in words(browser.get("/jabatan/rencana"))
