"""Who appraises whom and its correction, and importing spreadsheets over the web."""

import io
from datetime import date
from typing import Any

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select, update

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from processes.people.queries import appraiser_on, employee_by_nip, find_employee
from processes.people.records import reporting_line, unit
from tests.functional.quarter_world import CITY, OPENS, Quarter, assessment, the_quarter, the_template
from tests.functional.staff_pages import Page
from webapp.people.uploads import FOLDER
from webapp.wiring import import_kinds

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

REASON = "Pindah ke bidang lain menurut SK 12/2026"
PROPOSALS = "/pegawai/usulan"


def other_appraiser(quarter: Quarter) -> int:
    """Somebody who does not appraise the tour's employee and is not below him: the head of the office."""
    return quarter.people["superior"]


def name_of(quarter: Quarter, person: int) -> str:
    with quarter.alur.database.reading() as read:
        return find_employee(read, CITY, person).name


def propose(quarter: Quarter, **changed: str) -> Page:
    employee, new = quarter.people["employee"], other_appraiser(quarter)
    values = {"cari": name_of(quarter, new), "appraiser": str(new), "valid_from": "01/09/2026", "reason": REASON}
    return quarter.browser("unit_hr").post(f"/pegawai/{employee}/penilai", {**values, **changed})


def approve(quarter: Quarter, who: str = "verifier") -> Page:
    (action,) = quarter.browser("verifier").get(PROPOSALS).tree.xpath("//form/@action[contains(., '/setujui')]")
    answer = quarter.browser(who).post(str(action), {})
    run_until_idle(quarter.alur.jobs)
    return answer


def test_an_hr_officer_sees_the_people_of_her_units_with_their_appraisers(quarter: Quarter) -> None:
    page = quarter.browser("unit_hr").get("/pegawai")

    assert page.status == 200
    assert len(page.links("/penilai")) == 50
    assert "Dinas Kesehatan" not in page.text


@pytest.mark.parametrize(("who", "status"), [("verifier", 200), ("admin", 200), ("employee", 404), ("appraiser", 404)])
def test_the_list_of_people_is_for_hr(quarter: Quarter, who: str, status: int) -> None:
    assert quarter.browser(who).get("/pegawai").status == status
    assert quarter.browser(who).get(PROPOSALS).status == status


def test_people_are_found_by_name_without_the_name_in_the_address(quarter: Quarter) -> None:
    name = name_of(quarter, quarter.people["employee"])

    page = quarter.browser("unit_hr").search("/pegawai", {"cari": name[:12]})

    assert name in page.text
    assert not [href for href in page.links() if "cari" in href]


def test_a_search_by_name_keeps_to_the_chosen_unit(quarter: Quarter) -> None:
    name, browser = name_of(quarter, quarter.people["employee"]), quarter.browser("verifier")
    units = browser.get("/pegawai").tree.xpath("//select[@name='unit']/option/@value")[1:]

    found = {str(one): name in browser.search("/pegawai", {"cari": name, "unit": str(one)}).text for one in units}

    assert len(found) > 1
    assert list(found.values()).count(True) == 1


def test_who_may_propose_nothing_sees_no_column_for_that(quarter: Quarter) -> None:
    heads = [quarter.browser(who).get("/pegawai").tree.xpath("//thead//th/text()") for who in ("unit_hr", "verifier")]

    assert heads == [["Pegawai", "Unit", "Pejabat penilai", "Tindakan"], ["Pegawai", "Unit", "Pejabat penilai"]]


def test_a_search_finds_the_right_appraiser_in_any_unit(quarter: Quarter) -> None:
    page = propose(quarter, _cari="1")

    assert page.status == 200
    assert page.tree.xpath("//input[@name='appraiser']/@value") == [str(other_appraiser(quarter))]
    assert page.values("line-form")["reason"] == REASON


def test_a_proposal_waits_for_the_verifier_and_changes_nothing_yet(quarter: Quarter) -> None:
    before = rater_today(quarter)

    assert propose(quarter).status == 303

    assert REASON in quarter.browser("verifier").get(PROPOSALS).text
    assert rater_today(quarter) == before


def rater_today(quarter: Quarter) -> int:
    with quarter.alur.database.reading() as read:
        rater = appraiser_on(read, CITY, quarter.people["employee"], OPENS)
    assert rater is not None
    return rater.person


def test_after_the_approval_open_tasks_wait_for_the_new_appraiser(quarter: Quarter) -> None:
    propose(quarter)

    assert approve(quarter).status == 303

    case_id = quarter.case_of(quarter.people["employee"])
    view = quarter.alur.engine.read(view_case, system_actor(CITY), case_id)
    (task,) = [task for task in view.waiting if task.element == "assess_behaviour"]
    assert task.assignee == other_appraiser(quarter) == rater_today(quarter)
    assert "Pejabat penilai diganti" in quarter.browser("employee").get(f"/kasus/{case_id}").text


def test_the_new_appraiser_carries_the_case_on_to_the_ratings(quarter: Quarter) -> None:
    employee, new = quarter.people["employee"], other_appraiser(quarter)
    propose(quarter)
    approve(quarter)

    quarter.does(new, "assess_behaviour", employee, **assessment())
    quarter.does(employee, "record_realisation", employee)
    unit = quarter.unit_of(employee)
    quarter.does(quarter.setter_of(unit), "set_org_predicate", unit, "unit_evaluation", predicate="BAIK", note="Baik")

    case_id = quarter.case_of(employee)
    assert [row.element for row in quarter.tasks(new) if row.case_id == case_id] == ["confirm_ratings"]


def test_a_correction_that_reaches_further_says_so_before_it_is_sent_and_to_the_approver(quarter: Quarter) -> None:
    employee, old = quarter.people["employee"], quarter.people["appraiser"]
    begin_line(quarter, employee, date(2026, 8, 1))

    page = propose(quarter, valid_from="01/07/2026")

    told = f"{name_of(quarter, old)}, sejak 1 Agustus 2026: diganti seluruhnya."
    assert (page.status, page.title) == (200, "Kirim usulan ini?")
    assert told in page.text
    sent = quarter.browser("unit_hr").post(f"/pegawai/{employee}/penilai", page.values("sure-form"))
    assert sent.status == 303
    assert told in quarter.browser("verifier").get(PROPOSALS).text


def begin_line(quarter: Quarter, employee: int, first: date) -> None:
    """Let the employee's line begin on another day."""
    of_employee = reporting_line.c.employee_id == employee
    with quarter.alur.database.writing() as connection:
        connection.execute(update(reporting_line).where(of_employee).values(valid_from=first))


def test_the_verifier_is_told_who_rates_the_open_evaluation_now(quarter: Quarter) -> None:
    propose(quarter)

    answer = approve(quarter)

    new, verifier = name_of(quarter, other_appraiser(quarter)), quarter.browser("verifier")
    cookie = verifier.client.get_cookie("alur_form", path=f"/{CITY}")
    reader = SecureCookieSessionInterface().get_signing_serializer(verifier.client.application)
    assert cookie is not None and reader is not None
    assert reader.loads(cookie.value).keys() == {"csrf_token"}
    said = verifier.get(answer.response.location).text
    assert f"{new} sekarang menilai evaluasi Triwulan 3 2026." in said


def test_only_an_approved_proposal_is_told_of_and_to_those_who_may_see_it(quarter: Quarter) -> None:
    propose(quarter)
    (action,) = quarter.browser("verifier").get(PROPOSALS).tree.xpath("//form/@action[contains(., '/setujui')]")
    place = f"{PROPOSALS}?disetujui={str(action).split('/')[-2]}"

    waiting = quarter.browser("verifier").get(place)
    approve(quarter)

    assert waiting.status == 404
    assert quarter.browser("verifier").get(place).status == 200
    assert quarter.browser("employee").get(place).status == 404


def test_the_verifier_is_told_what_stays_with_whoever_has_rated_it(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.until_recommended(employee)
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana bergeser"}
    quarter.does(appraiser, "confirm_ratings", employee, **ratings)
    propose(quarter)

    answer = approve(quarter)

    said = quarter.browser("verifier").get(answer.response.location).text
    assert f"Evaluasi Triwulan 3 2026 tetap pada {name_of(quarter, appraiser)}" in said
    assert "sekarang menilai" not in said


def test_whoever_appraises_already_is_not_proposed_again(quarter: Quarter) -> None:
    present = quarter.people["appraiser"]

    page = propose(quarter, cari=name_of(quarter, present), appraiser=str(present))

    assert page.status == 422
    assert any("sudah menjadi penilainya" in message for message in page.errors.values())


def test_confirmed_ratings_stay_with_whoever_confirmed_them(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.until_recommended(employee)
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana bergeser"}
    quarter.does(appraiser, "confirm_ratings", employee, **ratings)
    propose(quarter)

    approve(quarter)

    assert [row.element for row in quarter.tasks(appraiser) if row.case_id == quarter.case_of(employee)] == ["sign"]


def test_a_refusal_needs_its_reason_and_leaves_the_line(quarter: Quarter) -> None:
    before = rater_today(quarter)
    propose(quarter)
    browser = quarter.browser("verifier")
    (action,) = browser.get(PROPOSALS).tree.xpath("//form/@action[contains(., '/tolak')]")
    field = f"p{str(action).split('/')[-2]}-note"

    assert browser.post(str(action), {field: ""}).status == 422
    assert browser.post(str(action), {field: "SK itu belum berlaku"}).status == 303

    assert rater_today(quarter) == before
    assert "Tidak ada usulan yang menunggu" in browser.get(PROPOSALS).text


@pytest.mark.parametrize("who", ["unit_hr", "employee", "admin"])
def test_nobody_but_the_verifier_decides(quarter: Quarter, who: str) -> None:
    propose(quarter)

    assert approve(quarter, who).status in (403, 404)
    assert REASON in quarter.browser("verifier").get(PROPOSALS).text


@pytest.mark.parametrize(("who", "status"), [("verifier", 403), ("employee", 403), ("head_of_40", 404)])
def test_only_the_units_officer_proposes(quarter: Quarter, who: str, status: int) -> None:
    path = f"/pegawai/{quarter.people['employee']}/penilai"

    assert quarter.browser(who).get(path).status == status
    assert quarter.browser(who).post(path, {}).status == status


def test_an_officer_of_another_unit_proposes_nothing_here(quarter: Quarter) -> None:
    stranger = quarter.people["head_of_40"]
    outside = quarter.people["verifier"]

    assert quarter.browser("unit_hr").get(f"/pegawai/{outside}/penilai").status == 404
    assert quarter.browser("unit_hr").get(f"/pegawai/{stranger}/penilai").status == 200


def test_nobody_becomes_his_own_appraiser(quarter: Quarter) -> None:
    employee = quarter.people["employee"]

    page = propose(quarter, cari=name_of(quarter, employee), appraiser=str(employee))

    assert page.status == 422
    assert any("dirinya sendiri" in message for message in page.errors.values())


def employees_csv(quarter: Quarter, *, name: str = "Baru Sekali, S.E.", nip: str = "199001012015031908") -> bytes:
    return f"NIP;Nama;Jenis;Golongan;Kode Unit;TMT Jabatan\n{nip};{name};PNS;III/a;DISDIK;01/01/2026\n".encode()


def upload(quarter: Quarter, content: bytes, *, kind: str = "employees", name: str = "pegawai.csv") -> Page:
    """Send a file, and go where that leads."""
    browser = quarter.browser("verifier")
    page = browser.post(f"/impor/{kind}", {"file": (io.BytesIO(content), name)})
    return browser.get(page.response.location) if page.status == 303 else page


def test_a_dry_run_counts_the_rows_and_keeps_nothing(quarter: Quarter) -> None:
    page = upload(quarter, employees_csv(quarter))

    assert page.status == 200, page.text
    assert "Ini uji coba" in page.text
    with quarter.alur.database.reading() as read:
        assert employee_by_nip(read, CITY, "199001012015031908") is None


def test_the_file_of_the_dry_run_is_imported_and_then_gone(quarter: Quarter) -> None:
    page = upload(quarter, employees_csv(quarter))

    answer = quarter.browser("verifier").post("/impor/jalankan", page.values("sure-form"))

    assert answer.status == 303
    assert "1 baris diimpor: 1 baru" in quarter.browser("verifier").get("/impor").text
    assert not list((quarter.alur.settings.home / FOLDER).iterdir())


def test_importing_twice_says_that_it_was_done(quarter: Quarter) -> None:
    values = upload(quarter, employees_csv(quarter)).values("sure-form")
    browser = quarter.browser("verifier")
    browser.post("/impor/jalankan", values)

    assert browser.post("/impor/jalankan", values).status == 303
    assert "sudah diimpor" in browser.get("/impor").text


def test_every_bad_cell_is_named_by_row_column_and_reason(quarter: Quarter) -> None:
    page = upload(quarter, employees_csv(quarter, nip="123"))

    row = " ".join(page.tree.xpath("string(//table//tbody/tr)").split())
    assert row.startswith("Baris 2")
    assert "NIP" in row
    assert "18" in row


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "kosong.csv"),
        (b"\x00\x01\x02", "aneh.csv"),
        (b"PK\x03\x04 rusak", "rusak.xlsx"),
        (b"%PDF-1.7", "surat.pdf"),
        (b"NIP;Nama\n", "judul.csv"),
        ("NIP;Nama;Jenis\n\u0000;x;y\n".encode(), "nul.csv"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(quarter: Quarter, content: bytes, name: str) -> None:
    page = upload(quarter, content, name=name)

    assert page.errors or "Tidak ada yang diimpor" in page.text


@pytest.mark.parametrize("ticket", ["", "x", "../../alur.db", "0" * 32, "\0" * 32])
def test_a_made_up_ticket_opens_nothing(quarter: Quarter, ticket: str) -> None:
    assert quarter.browser("verifier").post("/impor/jalankan", {"ticket": ticket}).status == 303
    assert "Unggah lagi" in quarter.browser("verifier").get("/impor").text


def test_the_ticket_of_somebody_else_opens_nothing(quarter: Quarter) -> None:
    values = upload(quarter, employees_csv(quarter)).values("sure-form")

    quarter.browser("admin").post("/impor/jalankan", values)

    with quarter.alur.database.reading() as read:
        assert employee_by_nip(read, CITY, "199001012015031908") is None


def test_figures_that_come_after_a_recommendation_are_said_to_leave_it_as_it_is(quarter: Quarter) -> None:
    employee, browser = quarter.people["employee"], quarter.browser("verifier")
    quarter.until_recommended(employee)
    with quarter.alur.database.reading() as read:
        code = read.execute(select(unit.c.code).where(unit.c.id == quarter.unit_of(employee))).scalar_one()
    page = upload(quarter, f"Kode Unit;Tahun;Triwulan;IKM\n{code};2026;3;71,5\n".encode(), kind="unit-figures")

    browser.post("/impor/jalankan", page.values("sure-form"))

    for told in (page, browser.get("/impor")):
        assert "Evaluasi yang rekomendasinya sudah dihitung: 1." in told.text


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("verifier", 200), ("unit_hr", 404), ("employee", 404)])
def test_imports_are_for_the_personnel_agency_and_the_administrator(quarter: Quarter, who: str, status: int) -> None:
    assert quarter.browser(who).get("/impor").status == status


def kinds_on(page: Page) -> list[str]:
    return [str(link).rpartition("/")[2] for link in page.tree.xpath("//main//details//th/a/@href")]


def test_every_kind_of_file_can_be_chosen(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get("/impor")

    assert kinds_on(page) == list(import_kinds())


def test_kinds_of_files_are_found_by_words_about_them_or_by_a_column(quarter: Quarter) -> None:
    browser = quarter.browser("verifier")

    assert kinds_on(browser.get("/impor?cari=cuti+bersama")) == ["holidays"]
    assert "leave" in kinds_on(browser.get("/impor?cari=Jenis+Cuti"))
    assert "Tidak ada jenis data yang cocok" in browser.get("/impor?cari=bukan+apa+pun").text


def test_a_file_that_waits_is_shown_again_when_its_page_is_opened_again(quarter: Quarter) -> None:
    browser = quarter.browser("verifier")
    data: dict[str, Any] = {"file": (io.BytesIO(employees_csv(quarter)), "pegawai.csv")}
    there = browser.post("/impor/employees", data).response.location

    assert browser.get(there).values("sure-form")["ticket"] == browser.get(there).values("sure-form")["ticket"]
    assert quarter.browser("admin").get(there).status == 303
