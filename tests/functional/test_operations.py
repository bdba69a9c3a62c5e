"""Operators see what is stuck and why, mend one case or all of a cause, and everything they do has a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version

import pytest
from sqlalchemy import select

from engine.errors import CaseSuspended
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from engine.records.case import CaseStatus, case, incident_data, insert_case, insert_incident
from engine.records.counting import count_statements
from processes.people.queries import find_employee
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Browser, Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

WHY = "Sudah diperiksa bersama pegawainya"
BROKEN = "appraisal.record_ratings"


@pytest.fixture
def stuck(quarter: Quarter) -> Quarter:
    """A quarter in which the tour's employee is rated, and the service behind that fails."""
    employee = quarter.people["employee"]
    quarter.until_recommended(employee)
    ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    with without_service(quarter):
        quarter.does(quarter.people["appraiser"], "confirm_ratings", employee, **ratings)
    return quarter


@contextmanager
def without_service(quarter: Quarter) -> Iterator[None]:
    """Take the service away, as if its plugin were gone, and bring it back."""
    directory, services = quarter.alur.directory, dict(quarter.alur.directory.services)
    directory._services = {name: service for name, service in services.items() if name != BROKEN}
    yield
    directory._services = services


def place(quarter: Quarter, part: str = "") -> str:
    return f"/kasus/{quarter.case_of(quarter.people['employee'])}/operasi{part}"


def seen(quarter: Quarter) -> CaseView:
    case_id = quarter.case_of(quarter.people["employee"])
    return quarter.alur.engine.read(view_case, system_actor(CITY), case_id)


def stuck_token(quarter: Quarter) -> int:
    return seen(quarter).incidents[0].token


def name_of(quarter: Quarter) -> str:
    with quarter.alur.database.reading() as read:
        return find_employee(read, CITY, quarter.people["employee"]).name


def act(browser: Browser, path: str, **values: str) -> Page:
    """Open the page of an operation and send its form."""
    form = browser.get(path).values("operation-form")
    return browser.post(path, {**form, "reason": WHY, **values})


def test_what_is_stuck_is_one_line_with_its_cause_in_plain_words(stuck: Quarter) -> None:
    page = stuck.browser("verifier").get("/operasi")

    assert "Layanan yang dipanggil langkah ini tidak terpasang" in page.text
    assert "Catat rating" in page.text
    (link,) = page.links("/hambatan/")
    group = stuck.browser("verifier").get(link)
    assert name_of(stuck) in group.text
    assert place(stuck) in group.links("/operasi")[-1]


def test_the_process_owner_sees_the_cause_and_nobodys_name_or_data(stuck: Quarter) -> None:
    owner = stuck.browser("owner")
    (link,) = owner.get("/operasi").links("/hambatan/")

    group, case = owner.get(link), owner.get(place(stuck))

    assert "Kasus yang tertahan" in group.text
    for page in (group, case):
        assert page.status == 200
        assert name_of(stuck) not in page.text
        assert "rating_by" not in page.text


def test_all_of_one_cause_is_tried_again_after_a_page_that_asks(stuck: Quarter) -> None:
    browser = stuck.browser("verifier")
    (link,) = browser.get("/operasi").links("/hambatan/")
    asked = browser.get(f"{link}/coba-lagi")
    assert asked.title == "Coba lagi 1 kasus?"

    browser.post(f"{link}/coba-lagi", asked.values("sure-form"))
    assert "Sedang dicoba lagi" in browser.get(link).text
    run_until_idle(stuck.alur.jobs)

    assert browser.get(link).status == 303
    assert "Tidak ada yang tertahan" in browser.get("/operasi").text
    assert seen(stuck).incidents == ()


def test_the_menu_says_how_many_cases_are_stuck_to_those_who_mend_them(stuck: Quarter) -> None:
    def counted(who: str) -> list[str]:
        page = stuck.browser(who).get("/hasil-saya")
        return [" ".join(link.text_content().split()) for link in page.tree.xpath("//a[contains(@href, '/operasi')]")]

    assert counted("verifier") == counted("owner") == ["Operasi 1, 1 kasus tertahan"]
    assert counted("employee") == []

    stuck.browser("verifier").post(f"/kasus/{seen(stuck).case.id}/coba-lagi", {"token": str(stuck_token(stuck))})

    assert counted("verifier") == ["Operasi"]


def test_the_numbers_of_the_menu_cost_an_operator_one_statement_as_everybody_else(stuck: Quarter) -> None:
    pages = []
    for who in ("employee", "verifier"):
        browser = stuck.browser(who)
        browser.get("/pemberitahuan")
        with count_statements(stuck.alur.database) as statements:
            browser.get("/pemberitahuan")
        pages.append(len(statements))

    assert pages[0] == pages[1]


@pytest.mark.parametrize(("stuck_cases", "shown"), [(1, "1"), (999, "999"), (1500, "999+")])
def test_more_stuck_cases_than_anybody_counts_are_said_to_be_more(
    quarter: Quarter, stuck_cases: int, shown: str
) -> None:
    case_id = quarter.case_of(quarter.people["employee"])
    with quarter.alur.database.writing() as connection:
        row = dict(connection.execute(select(case).where(case.c.id == case_id)).mappings().one())
        ids = range(1, stuck_cases + 1)
        connection.execute(insert_case, [{**row, "id": number, "business_key": f"x{number}"} for number in ids])
        failed = {"token": 1, "tenant": CITY, "element": "x", "code": "x", "text": "x", "cause": "x", "version": 1}
        connection.execute(insert_incident, [{**failed, "case_id": id_, "opened_at": row["started_at"]} for id_ in ids])

    page = quarter.browser("verifier").get("/hasil-saya")

    assert page.tree.xpath("//a[contains(@href, '/operasi')]/span[@aria-hidden]/text()") == [shown]


def test_who_ordered_another_try_is_in_the_story(stuck: Quarter) -> None:
    browser = stuck.browser("verifier")
    (link,) = browser.get("/operasi").links("/hambatan/")
    browser.post(f"{link}/coba-lagi", {})
    run_until_idle(stuck.alur.jobs)

    page = browser.get(place(stuck).removesuffix("/operasi"))

    assert "Sistem, atas permintaan" in page.text


def test_a_suspended_task_says_why_and_is_sent_when_the_case_goes_on(quarter: Quarter) -> None:
    operator, employee = quarter.browser("verifier"), quarter.browser("employee")
    person = quarter.people["employee"]
    (row,) = (row for row in quarter.tasks(person) if row.element == "record_realisation")
    task = f"/tugas/{row.case_id}/{row.token}"

    assert act(operator, place(quarter, "/tangguhkan")).status == 303

    assert "Ditangguhkan" in employee.get("/tugas").text
    page = employee.get(task)
    assert "Tugas ini ditangguhkan" in page.text
    assert WHY in page.text
    assert not page.tree.xpath("//form[@id='task-form']//button[normalize-space()='Kirim']")
    with pytest.raises(CaseSuspended):
        quarter.does(person, "record_realisation", person)
    assert act(operator, place(quarter, "/lanjutkan")).status == 303
    assert "Tugas ini ditangguhkan" not in employee.get(task).text


def test_the_case_page_says_that_it_is_suspended_and_its_story_by_whom(quarter: Quarter) -> None:
    act(quarter.browser("verifier"), place(quarter, "/tangguhkan"))

    page = quarter.browser("employee").get(place(quarter).removesuffix("/operasi"))

    assert "Kasus ini ditangguhkan" in page.text
    assert "Kasus ditangguhkan" in page.tree.xpath("string(//ol[@class='timeline'])")
    assert WHY in page.text


def test_a_suspended_case_is_listed_until_it_goes_on(quarter: Quarter) -> None:
    operator = quarter.browser("verifier")
    act(operator, place(quarter, "/tangguhkan"))

    assert name_of(quarter) in operator.get("/operasi").text
    assert "Kasus yang ditangguhkan, nomor 1" in quarter.browser("owner").get("/operasi").text
    act(operator, place(quarter, "/lanjutkan"))

    assert name_of(quarter) not in operator.get("/operasi").text


def test_an_operation_without_a_reason_is_told_so(quarter: Quarter) -> None:
    answer = quarter.browser("verifier").post(place(quarter, "/tangguhkan"), {"reason": "pendek"})

    assert answer.status == 422
    assert "reason" in answer.errors
    assert seen(quarter).case.status is CaseStatus.OPEN


def test_a_failed_step_is_passed_over_with_a_reason(stuck: Quarter) -> None:
    path = place(stuck, f"/{stuck_token(stuck)}/lewati")

    answer = act(stuck.browser("verifier"), path, kind="nothing")

    assert answer.status == 303
    story = stuck.browser("verifier").get(place(stuck).removesuffix("/operasi")).text
    assert "Langkah dilewati: Catat rating" in story
    assert WHY in story
    assert seen(stuck).incidents == ()


def test_a_variable_is_changed_and_the_step_tried_again(stuck: Quarter) -> None:
    browser, path = stuck.browser("verifier"), place(stuck, f"/{stuck_token(stuck)}/data")
    page = browser.get(f"{path}?nama=quarter")
    assert page.values("operation-form")["value"] == "3"

    answer = act(browser, path, name="note", kind="text", value="Bukti lengkap", _coba="1")

    assert answer.status == 303
    step = next(step for step in seen(stuck).history if step.kind == "change")
    assert (step.data["old"], step.data["new"]) == ({}, {"note": "Bukti lengkap"})
    assert seen(stuck).incidents == ()


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("number", "seratus", "Tulis angka"),
        ("day", "31/02/2026", "Tanggal"),
        ("yes_no", "mungkin", "Tulis ya atau tidak."),
        ("feel", "[1, 2", ""),
        ("feel", "rating_by", "Tulis nilainya saja"),
        ("feel", "1 / 0", "tidak menghasilkan nilai"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_explained(stuck: Quarter, kind: str, value: str, said: str) -> None:
    path = place(stuck, f"/{stuck_token(stuck)}/data")

    answer = act(stuck.browser("verifier"), path, name="note", kind=kind, value=value)

    assert answer.status == 422
    assert said in answer.errors["value"]
    assert all(step.kind != "change" for step in seen(stuck).history)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "Bukti", "Bukti"),
        ("number", "1.234,5", "1234.5"),
        ("day", "17/08/2026", "2026-08-17"),
        ("yes_no", "Tidak", "False"),
        ("feel", '[1, {nama: "Ani"}]', "[Decimal('1'), {'nama': 'Ani'}]"),
        ("nothing", "", "None"),
    ],
)
def test_values_are_typed_as_people_write_them(stuck: Quarter, kind: str, typed: str, kept: str) -> None:
    path = place(stuck, f"/{stuck_token(stuck)}/data")

    assert act(stuck.browser("verifier"), path, name="note", kind=kind, value=typed).status == 303

    assert str(seen(stuck).history[-1].data["new"]["note"]) == kept


def test_a_move_is_shown_before_it_is_done_and_does_what_was_shown(stuck: Quarter) -> None:
    browser, path = stuck.browser("verifier"), place(stuck, f"/{stuck_token(stuck)}/pindahkan")

    preview = act(browser, path, target="confirm_ratings")
    assert "Tugas “Tetapkan rating” dibuka (" in preview.text
    assert "Hambatan di “Catat rating dan periksa distribusi” dianggap selesai." in preview.text
    assert len(seen(stuck).incidents) == 1
    done = browser.post(path, preview.values("sure-form"))

    assert done.status == 303
    assert [task.element for task in seen(stuck).waiting] == ["confirm_ratings"]
    assert seen(stuck).incidents == ()


def test_the_preview_of_a_move_leaves_the_frame_its_own_words(stuck: Quarter) -> None:
    path = place(stuck, f"/{stuck_token(stuck)}/pindahkan")

    preview = act(stuck.browser("verifier"), path, target="confirm_ratings")

    (footer,) = preview.tree.xpath("//footer//p")
    assert footer.text_content().startswith(f"Alur {version('alur')} ")


def test_a_move_that_was_shown_before_the_case_went_on_is_not_done(stuck: Quarter) -> None:
    browser, path = stuck.browser("verifier"), place(stuck, f"/{stuck_token(stuck)}/pindahkan")
    preview = act(browser, path, target="sign")
    act(browser, place(stuck, f"/{stuck_token(stuck)}/data"), name="note", kind="nothing", value="")

    answer = browser.post(path, preview.values("sure-form"))

    assert answer.status == 409
    assert len(seen(stuck).incidents) == 1


def test_a_choice_is_changed_after_the_preview(stuck: Quarter) -> None:
    browser, path = stuck.browser("verifier"), place(stuck, f"/{stuck_token(stuck)}/pindahkan")
    preview = act(browser, path, target="sign")

    again = browser.post(path, {**preview.values("sure-form"), "_ubah": "1"})

    assert (again.status, again.values("operation-form")["target"]) == (200, "sign")
    assert len(seen(stuck).incidents) == 1


def test_a_cancelled_case_is_over_and_its_people_are_told(quarter: Quarter) -> None:
    operator, path = quarter.browser("verifier"), place(quarter, "/batalkan")
    assert act(operator, path).status == 422, "the box is not ticked"

    answer = act(operator, path, sure="true")

    assert answer.status == 303
    assert seen(quarter).case.status is CaseStatus.CANCELLED
    assert "Kasus dibatalkan" in quarter.browser("employee").get("/pemberitahuan").text
    assert "Kasus ini dibatalkan" in operator.get(place(quarter).removesuffix("/operasi")).text
    assert "sudah berakhir" in operator.get(place(quarter)).text


def test_a_cancelled_case_does_not_look_as_if_everything_were_done(quarter: Quarter) -> None:
    quarter.until_recommended(quarter.people["employee"])
    act(quarter.browser("verifier"), place(quarter, "/batalkan"), sure="true")

    page = quarter.browser("verifier").get(place(quarter).removesuffix("/operasi"))

    assert "Sebelum itu orang sudah mengerjakan 2 langkah." in page.text
    assert not page.tree.xpath("//progress")


def test_the_data_of_a_case_is_said_in_words_not_in_the_language_of_expressions(quarter: Quarter) -> None:
    page = quarter.browser("verifier").get(place(quarter))

    (row,) = page.tree.xpath("//section[@aria-labelledby='stands-title']//tr[th[normalize-space()='rating_by']]")
    said = " ".join(row.text_content().split())
    assert "is_final: tidak" in said
    assert not [mark for mark in ("{", '"', "false") if mark in said]


def test_a_list_on_one_page_has_no_way_to_other_pages(stuck: Quarter) -> None:
    browser = stuck.browser("verifier")
    (link,) = browser.get("/operasi").links("/hambatan/")

    assert not browser.get(link).tree.xpath("//nav[@class='pager']")


def test_the_process_owner_lets_go_on_what_he_suspended_and_then_sees_it_no_more(stuck: Quarter) -> None:
    owner = stuck.browser("owner")
    act(owner, place(stuck, "/tangguhkan"))
    act(owner, place(stuck, "/lanjutkan"))

    act(owner, place(stuck, f"/{stuck_token(stuck)}/lewati"), kind="nothing")

    assert owner.get(place(stuck)).status == 404
    assert owner.get(place(stuck).removesuffix("/operasi")).status == 404


def test_nobody_operates_his_own_case(stuck: Quarter) -> None:
    verifier = stuck.people["verifier"]
    own = f"/kasus/{stuck.case_of(verifier)}/operasi"

    assert stuck.browser("verifier").get(own).status == 403


def test_the_pages_speak_english(stuck: Quarter) -> None:
    browser = stuck.browser("verifier")
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")
    (link,) = browser.get("/operasi").links("/hambatan/")

    titles = [browser.get(path).title for path in ("/operasi", f"{link}/coba-lagi", place(stuck, "/tangguhkan"))]

    assert titles == ["Operations", "Try 1 case again?", "Suspend this case?"]
    assert "The service that this step calls is not installed" in browser.get(link).text


def test_the_page_shows_what_the_step_saw_when_it_failed_beside_what_is_there_now(stuck: Quarter) -> None:
    browser, token = stuck.browser("verifier"), stuck_token(stuck)
    assert "Data kasus masih sama seperti saat langkah ini gagal." in browser.get(place(stuck)).text
    act(browser, place(stuck, f"/{token}/data"), name="quarter", kind="number", value="4")

    page = browser.get(place(stuck))

    (row,) = page.tree.xpath("//section[starts-with(@aria-labelledby, 'stuck-')]//tr[th[normalize-space()='quarter']]")
    assert [" ".join(cell.text_content().split()) for cell in row] == ["quarter", "3", "4", "Ubah quarter"]
    assert "Yang dipakai bila dicoba lagi adalah data sekarang." in page.text


def test_the_story_tells_old_and_new_value_to_whoever_may_change_them(stuck: Quarter) -> None:
    browser, story = stuck.browser("verifier"), place(stuck).removesuffix("/operasi")
    act(browser, place(stuck, f"/{stuck_token(stuck)}/data"), name="quarter", kind="number", value="4")

    assert "quarter: dari 3 menjadi 4. Alasan:" in browser.get(story).text
    told = stuck.browser("employee").get(story).text
    assert "Variabel: quarter. Alasan:" in told and "menjadi 4" not in told


def test_a_try_that_fails_again_leads_back_to_the_page_with_the_reason(stuck: Quarter) -> None:
    browser = stuck.browser("verifier")
    page = browser.get(place(stuck))
    (form,) = page.tree.xpath("//section[starts-with(@aria-labelledby, 'stuck-')]//form")
    sent = {item.get("name"): item.get("value") for item in form.xpath(".//input")}

    with without_service(stuck):
        again = browser.post(form.get("action").removeprefix(f"/{CITY}"), sent)

    assert again.response.location.endswith(place(stuck))
    assert "Langkah ini gagal lagi" in browser.get(place(stuck)).text


def test_what_was_not_kept_is_said_to_be_not_kept(stuck: Quarter) -> None:
    browser, token = stuck.browser("verifier"), stuck_token(stuck)
    stuck.clock[0] += timedelta(minutes=5)
    act(browser, place(stuck, f"/{token}/data"), name="quarter", kind="number", value="4")
    with stuck.alur.database.writing() as connection:
        connection.execute(incident_data.delete())

    page = browser.get(place(stuck))

    assert "Data saat itu tidak tersimpan; yang di bawah adalah data sekarang." in page.text
    assert "Saat gagal" not in page.text
