"""The page of a task: what the person needs to see, what is wrong with an answer, and who may do it."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.records.counting import count_statements
from forms.uploads import MEGABYTE
from processes.appraisal.definitions import release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.functional.staff_pages import Page, Staff, open_staff
from tests.functional.staff_steps import PDF, QUARTER, Step, do_step, step_at, walk_to
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA
from tests.processes.office import CITY
from tests.unit.engine.diagrams import end, path, start, text, user

#: Of issue 2: at most so many statements for a completion, and so many more for each service that it calls.
BUDGET, FOR_A_SERVICE = 12, 4
SERVICES = {
    "set_org_predicate": 1,
    "record_realisation": 1,
    "assess_behaviour": 3,
    "confirm_ratings": 1,
    "sign": 1,
    "hand_over": 1,
    "respond": 2,
    "decide_objection": 2,
}
INDONESIAN = re.compile(r"\b(?:yang|tidak|belum|Anda|dengan|atau|untuk|sudah|dari|kerja)\b")


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


def test_the_page_says_what_whose_and_until_when(staff: Staff) -> None:
    page = staff.browser(DEWI).get(staff.task(DEWI, "record_realisation", DEWI))

    assert page.title == "Isi realisasi dan bukti dukung"
    for words in ("Dewi · TW 3 2026", "5 hari kerja lagi", "PelaksanaPegawai", "bukan aktivitas", "Kehadiran"):
        assert words in page.text


def test_a_task_of_someone_else_is_not_found(staff: Staff) -> None:
    address = staff.task(DEWI, "record_realisation", DEWI)

    assert staff.browser(EKA).get(address).status == 404
    assert staff.browser(EKA).post(address, {"R1__value": "1"}).status == 404


@pytest.mark.parametrize("address", ["/tugas/99999999999999999999999/1", "/tugas/1/99999999999", "/tugas/1/1"])
def test_a_task_that_never_was_is_not_found(staff: Staff, address: str) -> None:
    assert staff.browser(DEWI).get(address).status == 404


def test_a_whole_quarter_can_be_walked_and_each_step_says_what_happens_next(staff: Staff) -> None:
    for step in QUARTER:
        assert do_step(staff, step).status == 303

        page = staff.browser(step.person).get("/tugas")
        assert page.tree.xpath("string(//*[@class='flash'])").strip()

    version = staff.hall.result(DEWI).versions[0]
    assert (version.predicate, version.decision) == ("BAIK", "uphold")
    assert version.locked_at is not None


@pytest.mark.parametrize("step", QUARTER, ids=lambda step: step.element)
def test_a_form_with_errors_keeps_everything_that_was_typed(staff: Staff, step: Step) -> None:
    walk_to(staff, step.element)
    browser, address = staff.browser(step.person), staff.task(step.person, step.element, step.about)
    page = browser.get(address)
    missing = next(iter(step.answers))
    sent = {**page.values(), **step.answers, missing: "\x01"}

    answer = browser.send(address, page, **sent)

    assert answer.status == 422
    assert answer.errors
    kept = answer.values()
    assert {name: kept.get(name) for name in step.answers if name != missing} == {
        name: value for name, value in step.answers.items() if name != missing
    }


def test_choices_that_need_an_answer_say_so_to_a_screen_reader(staff: Staff) -> None:
    browser, address = staff.browser(CITRA), staff.task(CITRA, "assess_behaviour", DEWI)
    page = browser.get(address)

    groups = page.tree.xpath("//form[@id='task-form']//fieldset[.//input[@type='radio']]")
    again = browser.send(address, page)

    assert {(group.get("role"), group.get("aria-required")) for group in groups} == {("radiogroup", "true")}
    assert len(groups) == 8
    assert len(again.tree.xpath("//fieldset[@role='radiogroup'][@aria-invalid='true']")) == 8


def test_evidence_of_a_behaviour_is_asked_for_only_with_a_minus(staff: Staff) -> None:
    browser, address = staff.browser(CITRA), staff.task(CITRA, "assess_behaviour", DEWI)
    page = browser.get(address)

    answer = browser.send(address, page, berakhlak_loyal__mark="-1", berakhlak_adaptif__mark="0")

    assert "berakhlak_loyal__note" in answer.errors
    assert "berakhlak_adaptif__note" not in answer.errors
    (field,) = page.tree.xpath("//textarea[@name='berakhlak_adaptif__note']/ancestor::div[@data-when]")
    assert (field.get("data-when"), field.get("data-equals")) == ("berakhlak_adaptif__mark", "-1")


def test_the_page_explains_a_step_in_the_readers_language(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)

    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}")
    page = browser.get(address)

    assert "Evidence is results, not activities" in page.text
    assert "bukan aktivitas" not in page.text


def test_a_text_of_many_megabytes_is_told_on_its_field_and_the_rest_of_the_form_stays(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    form = {"R1__note": "a" * 9 * MEGABYTE, "R1__value": "48,5", "evidence": (BytesIO(PDF), "laporan.pdf")}

    answer = browser.send(address, browser.get(address), **form)

    assert answer.status == 422
    assert str(9 * MEGABYTE) in answer.errors["R1__note"]
    assert answer.values()["R1__value"] == "48,5"
    assert answer.kept() == ["laporan.pdf"]


def test_an_appraiser_may_pass_a_task_on_to_a_superior_but_nobody_his_own_answer(staff: Staff) -> None:
    walk_to(staff, "confirm_ratings")
    browser, address = staff.browser(CITRA), staff.task(CITRA, "confirm_ratings", DEWI)
    assert "Alihkan tugas ini" in browser.get(address).text

    assert browser.post(f"{address}/alihkan", {"person": str(BUDI)}).status == 303

    assert ("confirm_ratings", DEWI) in staff.hall.tasks(BUDI)
    assert "Sebuah tugas dialihkan kepada Anda" in staff.browser(BUDI).get("/pemberitahuan").text
    own = staff.task(CITRA, "record_realisation", CITRA)
    assert "Alihkan" not in browser.get(own).text


@pytest.mark.parametrize("person", ["", "abc", "999", "9" * 30, str(EKA)])
def test_a_task_cannot_be_passed_on_to_just_anybody(staff: Staff, person: str) -> None:
    walk_to(staff, "confirm_ratings")
    address = staff.task(CITRA, "confirm_ratings", DEWI)

    answer = staff.browser(CITRA).post(f"{address}/alihkan", {"person": person})

    assert answer.status in (303, 403)
    assert ("confirm_ratings", DEWI) in staff.hall.tasks(CITRA)


def test_the_result_is_told_in_plain_words_with_the_right_to_object(staff: Staff) -> None:
    walk_to(staff, "respond")

    page = staff.browser(DEWI).get(staff.task(DEWI, "respond", DEWI))

    assert "Citra menilai hasil kerja Anda sesuai ekspektasi" in page.text
    assert "keberatan kepada atasan pejabat penilai sampai 21 Oktober 2026" in page.text
    assert "Anda dianggap menerima" in page.text


def test_another_process_may_use_a_form_of_the_same_key(staff: Staff) -> None:
    task = user("periksa", "", candidate='"authorized_official"').replace('key="any"', 'key="hand_over"')
    diagram = text(start(), task, end(), path("begin", "periksa", "done"), process="antrean")
    form = release_files(EMPLOYEE_PROCESS)["forms/hand_over.json"]
    files = {"antrean.bpmn": diagram.encode(), "forms/hand_over.json": form}
    staff.alur.engine.run(DeployRelease(files, staff.alur.catalogue), system_actor(CITY))
    started = staff.alur.engine.run(StartCases("antrean", (NewCase("1", 1, "Satu"),)), system_actor(CITY))
    browser, address = staff.browser(HANA), f"/tugas/{started.value[0]}/{_only_token(staff, started.value[0])}"

    assert "Ambil tugas ini" in browser.get(address).text
    assert browser.post(f"{address}/ambil", {}).status == 303
    assert browser.get(address).values()["note"] == ""
    assert browser.post(f"{address}/kembalikan", {}).status == 303

    assert "Satu" in browser.get("/tugas?antrean=kelompok").text


def test_a_final_result_says_why_no_objection_is_possible(staff: Staff) -> None:
    for element in ("set_org_predicate", "record_realisation", "assess_behaviour"):
        do_step(staff, step_at(element))
    staff.hall.until_next_timer(DEWI)
    for element in ("confirm_ratings", "sign", "hand_over"):
        step = step_at(element)
        assert do_step(staff, Step(BUDI, element, DEWI, step.answers)).status == 303
    staff.sign_in_again(DEWI)

    page = staff.browser(DEWI).get(staff.task(DEWI, "respond", DEWI))

    assert "Hasil ini final" in page.text
    assert "Saya mengajukan keberatan" not in page.text


def test_the_signature_shows_the_distribution_and_does_not_warn_of_a_first_one(staff: Staff) -> None:
    walk_to(staff, "sign")

    page = staff.browser(CITRA).get(staff.task(CITRA, "sign", DEWI))

    assert "Sebaran predikat Dinas Pendidikan" in page.text
    assert "Sebaran di luar pola" not in page.text
    assert page.tree.xpath("//svg[@role='img']")


def test_every_page_of_the_quarter_speaks_english(staff: Staff) -> None:
    for step in QUARTER:
        browser = staff.browser(step.person)
        browser.client.set_cookie("alur_language", "en", path=f"/{CITY}")

        page = browser.get(staff.task(step.person, step.element, step.about))

        assert not INDONESIAN.findall(_words(page)), step.element
        do_step(staff, step)


def test_a_completion_stays_within_its_statements(staff: Staff) -> None:
    for step in QUARTER:
        browser, address = staff.browser(step.person), staff.task(step.person, step.element, step.about)
        page = browser.get(address)

        with count_statements(staff.alur.database) as statements:
            assert browser.send(address, page, **step.answers).status == 303

        allowed = BUDGET + FOR_A_SERVICE * SERVICES[step.element]
        print(f"{step.element}: {len(statements)} of {allowed} statements, {statements.commits} commit")  # noqa: T201  # the issue asks for the figures
        assert len(statements) <= allowed, statements
        assert statements.commits == 1
        staff.hall.let_pass(seconds=0)


def _only_token(staff: Staff, case_id: int) -> int:
    (task,) = staff.alur.engine.read(view_case, system_actor(CITY), case_id).waiting
    return task.token


def _words(page: Page) -> str:
    """Return the page's words without what a diagram or a person wrote: it stays in the language it was written in."""
    words = page.text
    for written in page.tree.xpath("//*[@lang='id'] | //*[@class='prose'] | //textarea"):
        words = words.replace(" ".join(written.text_content().split()), "")
    return words
