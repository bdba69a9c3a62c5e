"""The page of a case and the page that explains its result, for those who may see them and those who may not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from engine.errors import NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.records.case import incident
from processes.people.queries import find_employee
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

FEEDBACK = "Laporan selalu rapi dan tepat waktu"


@pytest.fixture
def rated(quarter: Quarter) -> Quarter:
    """A quarter in which the tour's employee waits for the ratings."""
    quarter.until_recommended(quarter.people["employee"])
    return quarter


def case_page(quarter: Quarter) -> str:
    return f"/kasus/{quarter.case_of(quarter.people['employee'])}"


def carry_on(quarter: Quarter, until: str = "hand_over") -> None:
    """Confirm, sign and hand over the tour's employee's result."""
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    ratings = {"work": "DIBAWAH_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "Rencana belum tercapai"}
    quarter.does(appraiser, "confirm_ratings", employee, **ratings)
    quarter.does(appraiser, "sign", employee, confirmed=True)
    if until != "sign":
        quarter.does(appraiser, "hand_over", employee, dialogue_on=date(2026, 10, 1), note="Dialog berjalan baik")


def test_the_case_page_says_in_words_where_every_step_stands(rated: Quarter) -> None:
    page = rated.browser("employee").get(case_page(rated))

    steps = [" ".join(item.text_content().split()) for item in page.tree.xpath("//section[@id='steps']//li")]
    assert any(step.startswith("Isi realisasi dan bukti dukung") and "selesai oleh" in step for step in steps)
    assert any(step.startswith("Tetapkan rating") and "menunggu" in step and "sampai" in step for step in steps)
    assert any(step.startswith("Tanda tangani evaluasi") and step.endswith("belum") for step in steps)


def test_steps_of_the_text_stand_in_the_order_of_the_flow(rated: Quarter) -> None:
    page = rated.browser("employee").get(case_page(rated))

    names = [item.text_content() for item in page.tree.xpath("//section[@id='steps']//li/strong")]
    wanted = ["Isi realisasi dan bukti dukung", "Tetapkan rating", "Tanda tangani evaluasi", "Terkunci"]
    assert [name for name in names if name in wanted] == wanted


def test_what_the_system_did_is_folded_below_the_step_before_it(rated: Quarter) -> None:
    page = rated.browser("employee").get(case_page(rated))

    heads = [item.text for item in page.tree.xpath("//section[@id='steps']/ol/li/strong")]
    folded = [item.text for item in page.tree.xpath("//section[@id='steps']/ol/li/details//strong")]
    assert {"Isi realisasi dan bukti dukung", "Tetapkan rating", "Terkunci"} <= set(heads)
    assert "Catat realisasi" in folded
    assert len(heads) < 12


def test_an_english_reader_gets_the_diagram_in_english(rated: Quarter) -> None:
    browser = rated.browser("employee")
    assert 'name="Tetapkan rating"' in browser.get(f"{case_page(rated)}/diagram").response.get_data(as_text=True)

    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")
    diagram = browser.get(f"{case_page(rated)}/diagram").response.get_data(as_text=True)

    assert 'name="Tetapkan rating"' not in diagram
    assert 'name="Confirm the ratings"' in diagram


def test_without_a_drawing_one_line_leads_to_the_text(rated: Quarter) -> None:
    tree = rated.browser("employee").get(case_page(rated)).tree

    parts = tree.xpath("//section[@aria-labelledby='diagram-title']/*[not(@hidden)]")
    assert [part.tag for part in parts] == ["h2", "p"]
    assert parts[1].xpath("string(a/@href)") == "#steps"


def steps_done(quarter: Quarter) -> str:
    page = quarter.browser("employee").get(case_page(quarter))
    return str(page.tree.xpath("string(//*[@class='progress-text']/*[@class='num'])"))


def test_a_finished_case_has_no_step_left_and_none_it_never_took(rated: Quarter) -> None:
    assert steps_done(rated) == "2 dari 6"

    carry_on(rated)
    rated.does(rated.people["employee"], "respond", rated.people["employee"], answer="accept")

    assert steps_done(rated) == "6 dari 6"


def test_an_objection_is_a_step_more_once_it_is_made(rated: Quarter) -> None:
    carry_on(rated)
    assert steps_done(rated) == "5 dari 6"

    rated.does(rated.people["employee"], "respond", rated.people["employee"], answer="object", reason="Bukti saya")

    assert steps_done(rated) == "6 dari 7"


def test_the_diagram_of_the_cases_own_release_is_sent_as_bpmn(rated: Quarter) -> None:
    page = rated.browser("employee").get(f"{case_page(rated)}/diagram")

    assert page.status == 200
    assert page.response.mimetype == "application/xml"
    assert b"<bpmn:process" in page.response.data


def test_the_time_line_names_people_and_folds_what_the_system_did(rated: Quarter) -> None:
    page = rated.browser("appraiser").get(case_page(rated))

    events = page.tree.xpath("//ol[@class='timeline']/li")
    assessed = next(event for event in events if "Isi rubrik" in event.text_content())
    assert assessed.xpath(".//details//li/text()")
    assert "1 Oktober 2026 pukul 09.00 WIB" in assessed.text_content()


@pytest.mark.parametrize(
    ("who", "sees"), [("employee", False), ("appraiser", True), ("verifier", True), ("unit_hr", True)]
)
def test_raw_feedback_on_the_time_line_is_for_the_appraisers_line_and_personnel(
    rated: Quarter, who: str, sees: bool
) -> None:
    page = rated.browser(who).get(case_page(rated))

    assert page.status == 200
    assert (FEEDBACK in page.text) is sees


@pytest.mark.parametrize("path", ["", "/diagram", "/hasil"])
def test_a_case_of_somebody_else_is_not_found(rated: Quarter, path: str) -> None:
    assert rated.browser("head_of_40").get(case_page(rated) + path).status == 404


@pytest.mark.parametrize("number", ["1", "9223372036854775807", "9223372036854775808", "99999999999999999999999"])
def test_a_case_that_does_not_exist_is_not_found(rated: Quarter, number: str) -> None:
    assert rated.browser("employee").get(f"/kasus/{number}").status == 404


def test_the_result_stays_closed_to_the_employee_until_it_is_handed_over(rated: Quarter) -> None:
    carry_on(rated, until="sign")

    page = rated.browser("employee").get(f"{case_page(rated)}/hasil")

    assert "Hasil belum disampaikan kepada Anda" in page.text
    assert "Nilai indikatif 6" not in page.text
    assert "Rencana belum tercapai" not in page.text


def test_the_ratings_are_not_told_on_the_employees_time_line_before_the_hand_over(rated: Quarter) -> None:
    carry_on(rated, until="sign")

    assert "Rencana belum tercapai" not in rated.browser("employee").get(case_page(rated)).text
    assert "Rencana belum tercapai" in rated.browser("appraiser").get(case_page(rated)).text


def test_after_the_hand_over_the_employee_sees_every_step_behind_the_result(rated: Quarter) -> None:
    carry_on(rated)

    page = rated.browser("employee").get(f"{case_page(rated)}/hasil")

    for words in ("Indikator yang", "Sidik isi aturan", "Rating yang", "Kuadran", "Ditandatangani", "Bagaimana setiap"):
        assert words in page.text
    assert "Rencana belum tercapai" in page.text
    (cell,) = page.tree.xpath("//td[@aria-current='true']")
    assert "Butuh Perbaikan" in cell.text_content()


def test_the_employee_is_told_the_deadline_and_led_to_the_answer(rated: Quarter) -> None:
    carry_on(rated)

    page = rated.browser("employee").get(f"{case_page(rated)}/hasil")

    assert "Batas waktu: 21 Oktober 2026" in page.text
    assert page.links("/tugas/")


def test_the_result_of_a_finished_case_is_still_explained(rated: Quarter) -> None:
    carry_on(rated)
    rated.does(rated.people["employee"], "respond", rated.people["employee"], answer="accept")

    page = rated.browser("employee").get(f"{case_page(rated)}/hasil")

    assert "Pegawai menerima hasil" in page.text
    assert "Dilaporkan dan dikunci" in page.text
    assert "Menit kerja disetujui" in page.text


def test_a_granted_objection_shows_both_versions_side_by_side(rated: Quarter) -> None:
    carry_on(rated)
    employee = rated.people["employee"]
    rated.does(employee, "respond", employee, answer="object", reason="Capaian R1 sudah saya lampirkan")
    view = rated.alur.engine.read(view_case, system_actor(CITY), rated.case_of(employee))
    decider = next(task.assignee for task in view.waiting if task.element == "decide_objection")
    new = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    rated.does(decider or 0, "decide_objection", employee, outcome="change", reason="Bukti diterima", **new)

    page = rated.browser("employee").get(f"{case_page(rated)}/hasil")

    assert "Rating versi 1" in page.text
    assert "Rating versi 2" in page.text
    assert "Keberatan diputus: rating diubah" in page.text
    assert "Keberatan atas hasil ini sudah diputus." in page.text


def test_a_unit_has_no_result_of_a_person(rated: Quarter) -> None:
    unit_case = rated.case_of(rated.unit_of(rated.people["employee"]), "unit_evaluation")

    assert rated.browser("verifier").get(f"/kasus/{unit_case}").status == 200
    assert rated.browser("verifier").get(f"/kasus/{unit_case}/hasil").status == 404


def test_ones_own_results_lead_to_their_explanation(rated: Quarter) -> None:
    carry_on(rated)
    rated.does(rated.people["employee"], "respond", rated.people["employee"], answer="accept")

    page = rated.browser("employee").get("/hasil-saya")

    assert page.links("/hasil") == [f"/{CITY}{case_page(rated)}/hasil"]
    assert "Triwulan 1 2026" in page.text


def test_a_stuck_step_is_explained_and_tried_again_by_those_who_may(rated: Quarter) -> None:
    case_id = break_down(rated)

    assert "Pengelola kepegawaian dapat mencobanya lagi" in rated.browser("employee").get(case_page(rated)).text
    page = rated.browser("verifier").get(case_page(rated))
    (token,) = page.tree.xpath("//main//input[@name='token']/@value")
    answer = rated.browser("verifier").post(f"/kasus/{case_id}/coba-lagi", {"token": token})

    assert answer.status == 303
    assert "Langkah berhasil dijalankan" in rated.browser("verifier").get(case_page(rated)).text


def test_a_step_that_fails_again_says_in_plain_words_what_happened_and_what_to_do(rated: Quarter) -> None:
    case_id, verifier = break_down(rated), rated.browser("verifier")
    (token,) = verifier.get(case_page(rated)).tree.xpath("//main//input[@name='token']/@value")

    with without_service(rated):
        verifier.post(f"/kasus/{case_id}/coba-lagi", {"token": token})
    page = verifier.get(case_page(rated))

    assert "Langkah ini gagal lagi. Alasan terbarunya tertulis di bawah." in page.text
    (said,) = page.tree.xpath("//main//p[starts-with(., 'Layanan yang dipanggil langkah ini tidak terpasang')]")
    assert "lalu coba lagi" in said.text
    (detail,) = page.tree.xpath("//main//details[summary='Rincian teknis']/p/text()")
    assert "appraisal.record_ratings" in detail


def test_whoever_may_not_know_whose_case_it_is_reads_the_reason_without_the_systems_words(rated: Quarter) -> None:
    case_id = break_down(rated)

    page = rated.browser("owner").get(f"/kasus/{case_id}")

    assert "Layanan yang dipanggil langkah ini tidak terpasang" in page.text
    assert "Rincian teknis" not in page.text


def test_the_time_line_says_in_words_which_step_got_stuck(rated: Quarter) -> None:
    break_down(rated)

    page = rated.browser("employee").get(case_page(rated))

    (failed,) = page.tree.xpath("//ol[@class='timeline']/li[@class='tone-danger']")
    assert "Sesudah itu tertahan: “Catat rating dan periksa distribusi”." in " ".join(failed.text_content().split())


def test_the_process_owner_mends_a_case_without_learning_whose_it_is(rated: Quarter) -> None:
    owner, case_id = rated.browser("owner"), break_down(rated)
    (link,) = owner.get("/triwulan").links("/kasus/")
    page = owner.get(f"/kasus/{case_id}")
    assert link.endswith(case_page(rated))
    assert "Kasus yang tertahan" in page.text
    assert name_of(rated, "employee") not in page.text
    assert "Hasil kerja:" not in page.text
    (token,) = page.tree.xpath("//main//input[@name='token']/@value")

    answer = owner.post(f"/kasus/{case_id}/coba-lagi", {"token": token})

    assert str(answer.response.location).endswith("/triwulan")
    assert owner.get(f"/kasus/{case_id}").status == 404
    assert owner.get(f"/kasus/{case_id}/hasil").status == 404


def name_of(quarter: Quarter, who: str) -> str:
    with quarter.alur.database.reading() as read:
        return find_employee(read, CITY, quarter.people[who]).name


def break_down(quarter: Quarter) -> int:
    """Let the service after the ratings fail as if its code were gone, and mend it again."""
    employee = quarter.people["employee"]
    ratings = {"work": "DIBAWAH_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    with without_service(quarter):
        quarter.does(quarter.people["appraiser"], "confirm_ratings", employee, **ratings)
    case_id = quarter.case_of(employee)
    with quarter.alur.database.reading() as read:
        assert read.execute(incident.select().where(incident.c.case_id == case_id)).one()
    return case_id


@contextmanager
def without_service(quarter: Quarter) -> Iterator[None]:
    """Take the service after the ratings away, as if its code were gone, and bring it back."""
    directory, services = quarter.alur.directory, dict(quarter.alur.directory.services)
    directory._services = {name: found for name, found in services.items() if name != "appraisal.record_ratings"}
    yield
    directory._services = services


@pytest.mark.parametrize("who", ["employee", "appraiser", "head_of_40"])
def test_another_try_is_for_those_who_look_after_cases_only(rated: Quarter, who: str) -> None:
    case_id = break_down(rated)

    assert rated.browser(who).post(f"/kasus/{case_id}/coba-lagi", {"token": "1"}).status == 404


@pytest.mark.parametrize("token", ["", "x", "-1", "9" * 40, "\u0661"])
def test_a_token_that_is_none_is_refused_and_nothing_breaks(rated: Quarter, token: str) -> None:
    case_id = rated.case_of(rated.people["employee"])

    assert rated.browser("verifier").post(f"/kasus/{case_id}/coba-lagi", {"token": token}).status == 400


def test_both_pages_speak_english(rated: Quarter) -> None:
    carry_on(rated)
    browser = rated.browser("employee")
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")

    assert "Where it stands" in browser.get(case_page(rated)).text
    assert browser.get(f"{case_page(rated)}/hasil").title == "Why my result"


def test_actors_of_another_city_do_not_exist_here(rated: Quarter) -> None:
    with pytest.raises(NotFound):
        rated.alur.engine.read(view_case, Actor("mataram", 1), rated.case_of(rated.people["employee"]))
