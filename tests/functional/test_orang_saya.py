"""*Orang Saya*: ratings one by one, drafts that stay, and signatures together."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from engine.commands.complete_task import CompleteTask
from engine.commands.wake_event import WakeEvent
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.queries.task import view_task
from engine.records.case import timer
from engine.records.packing import pack
from processes.appraisal.records import recommendation
from processes.appraisal.scores import read_score
from processes.people.city import Recommendation, to_plain
from tests.functional.quarter_world import CITY, Quarter, assessment, the_quarter, the_template
from tests.functional.staff_pages import Browser, Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

MEETS = "SESUAI_EKSPEKTASI"
BELOW = "DIBAWAH_EKSPEKTASI"
ABOVE = "DIATAS_EKSPEKTASI"
PEOPLE, SIGNING = "/orang-saya", "/orang-saya/tanda-tangan"


@pytest.fixture
def rated(quarter: Quarter) -> Quarter:
    """A quarter in which two people of the tour's appraiser wait for their ratings."""
    quarter.until_recommended(*two_of(quarter))
    return quarter


def two_of(quarter: Quarter) -> list[int]:
    employee = quarter.people["employee"]
    colleague = next(person for person in quarter.team_of(quarter.people["appraiser"]) if person != employee)
    return [employee, colleague]


def chosen(page: Page, case_id: int, work: str, behaviour: str, note: str = "") -> dict[str, str]:
    """The form as a browser sends it with both ratings of one person chosen."""
    values = page.values("people-form")
    row = {"work": work, "behaviour": behaviour, "note": note}
    return {**values, **{f"p{case_id}-{name}": value for name, value in row.items()}}


def recommended(page: Page, case_id: int) -> tuple[str, str]:
    marked = "//input[@name='p{}-{}'][@data-recommended]/@value"
    work, behaviour = (page.tree.xpath(marked.format(case_id, name))[0] for name in ("work", "behaviour"))
    return str(work), str(behaviour)


def confirm_all(quarter: Quarter) -> None:
    browser, page = quarter.browser("appraiser"), quarter.browser("appraiser").get(PEOPLE)
    values = page.values("people-form")
    for subject in two_of_confirmed(page):
        values |= chosen(page, subject, *recommended(page, subject))
    browser.post(PEOPLE, {**values, "save": "semua"})


def two_of_confirmed(page: Page) -> list[int]:
    return [int(row.get("id").removeprefix("person-")) for row in page.tree.xpath("//tr[@data-person]")]


def test_each_person_has_one_row_with_nothing_chosen_beforehand(rated: Quarter) -> None:
    page = rated.browser("appraiser").get(PEOPLE)

    assert len(page.tree.xpath("//tr[@data-person]")) == 2
    assert not page.tree.xpath("//tr[@data-person]//input[@checked]")
    assert len(page.tree.xpath("//tr[@data-person]//input[@data-recommended]")) == 4


def test_somebody_whose_behaviour_is_not_entered_stands_apart_with_the_way_to_that_task(rated: Quarter) -> None:
    page = rated.browser("appraiser").get(PEOPLE)

    words = " ".join(page.tree.xpath("string(//section[@id='to-assess']/p)").split())
    assert words.startswith("Perilaku dan rubrik orang-orang ini belum Anda isi.")
    rows = page.tree.xpath("//section[@id='to-assess']//tbody/tr")
    assert rows and all("/tugas/" in row.xpath(".//a/@href")[0] for row in rows)


def test_whoever_entered_somebodys_part_comes_back_and_is_offered_the_next_person(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    first, second = to_enter(browser.get(f"{PEOPLE}?keadaan=isi"))[:2]
    page = browser.get(first)
    (back,) = page.tree.xpath("//nav[contains(@class, 'crumbs')]//a[contains(., 'Orang saya')]/@href")

    answer = browser.send(
        page.tree.xpath("//form[@id='task-form']/@action")[0], page, **assessment(), R5__superior="85"
    )

    assert answer.errors == {} and answer.response.location == back
    shown = browser.get(back)
    (offered,) = shown.tree.xpath("//a[contains(., 'Berikutnya, isi perilaku dan rubrik')]/@href")
    assert offered == second == to_enter(shown)[0]


def test_an_address_that_names_no_page_of_ours_leads_to_the_inbox(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    address = to_enter(browser.get(PEOPLE))[0].split("?")[0]

    for origin in ("https://example.org", "//example.org", "appraisal.show_people", "orang-saya/../x"):
        page = browser.get(f"{address}?{urlencode({'dari': origin, 'keadaan': origin})}")

        ways = page.tree.xpath("//nav[contains(@class, 'crumbs')]//a/@href | //form[@id='task-form']/@action")
        assert {way.rsplit("/", 1)[-1] for way in ways} == {"tugas", address.rsplit("/", 1)[-1]}


def to_enter(page: Page) -> list[str]:
    """The tasks of those whose behaviour and rubric the reader has to enter."""
    return [str(address) for address in page.tree.xpath("//section[@id='to-assess']//a[@class='row-link']/@href")]


def test_the_counts_at_the_top_are_those_of_the_parts_and_lead_to_each_alone(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    counts = [int(count) for count in browser.get(PEOPLE).tree.xpath("//nav[@class='tabs']//*[@class='count']/text()")]

    alone = browser.get(f"{PEOPLE}?keadaan=tetapkan")

    assert counts[0] == sum(counts[1:]) and 2 in counts[1:]
    assert len(alone.tree.xpath("//tr[@data-person]")) == 2
    assert not alone.tree.xpath("//section[@id='to-assess']")


def test_a_state_that_nobody_is_in_is_said_with_a_way_back(rated: Quarter) -> None:
    page = rated.browser("appraiser").get(f"{PEOPLE}?keadaan=selesai")

    assert "Tidak ada orang dalam keadaan ini" in page.text
    assert "Lihat semua" in page.text


def test_a_state_that_does_not_exist_shows_everybody(rated: Quarter) -> None:
    browser = rated.browser("appraiser")

    pages = [browser.get(f"{PEOPLE}{query}") for query in ("", "?keadaan=entah")]

    assert len({tuple(page.tree.xpath("//main//section/@id")) for page in pages}) == 1


def test_somebody_whose_own_results_are_missing_stays_on_the_page(quarter: Quarter) -> None:
    employee, appraiser = quarter.people["employee"], quarter.people["appraiser"]
    quarter.does(appraiser, "assess_behaviour", employee, **assessment(), R5__superior="85")

    page = quarter.browser("appraiser").get(PEOPLE)

    assert "Menunggu realisasi pegawai sampai 8 Oktober 2026" in page.text


def test_following_the_recommendation_confirms_the_ratings_of_this_person_only(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])

    answer = browser.post(PEOPLE, {**chosen(page, case_id, *recommended(page, case_id)), "save": str(case_id)})

    assert answer.status == 303
    after = browser.get(PEOPLE)
    assert two_of_confirmed(after) != two_of_confirmed(page)
    assert [task.element for task in waiting(rated, case_id)] == ["sign"]


def waiting(quarter: Quarter, case_id: int) -> Any:
    return [row for row in quarter.tasks(quarter.people["appraiser"]) if row.case_id == case_id]


def test_another_rating_than_the_recommended_one_needs_a_reason(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])
    work, behaviour = recommended(page, case_id)
    other = ABOVE if work != ABOVE else MEETS

    answer = browser.post(PEOPLE, {**chosen(page, case_id, other, behaviour), "save": "semua"})

    assert answer.status == 422
    assert f"note-{case_id}" in answer.errors
    (note,) = answer.tree.xpath(f"//textarea[@id='note-{case_id}'][@aria-invalid='true']/@aria-describedby")
    assert "alasan" in answer.tree.xpath(f"string(//*[@id='{note}'])").lower()
    assert answer.tree.xpath(f"//input[@name='p{case_id}-work'][@checked]/@value") == [other]


def test_the_reason_of_an_overridden_rating_is_kept_with_that_rating_only(rated: Quarter) -> None:
    browser, employee = rated.browser("appraiser"), rated.people["employee"]
    page, case_id = browser.get(PEOPLE), rated.case_of(employee)
    work, behaviour = recommended(page, case_id)
    other = ABOVE if work != ABOVE else MEETS

    browser.post(PEOPLE, {**chosen(page, case_id, other, behaviour, "Menyelesaikan dua proyek besar"), "save": "semua"})

    words = browser.get(f"/kasus/{case_id}/hasil").text
    assert "Berbeda dari saran" in words
    assert words.count("Menyelesaikan dua proyek besar") == 1


def test_choices_are_kept_as_drafts_without_confirming_anybody(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])

    saved = browser.post(f"{PEOPLE}/draf", chosen(page, case_id, MEETS, "", "Masih saya pikirkan"))

    assert set(saved.response.json or {}) == {"time"}
    again = browser.get(PEOPLE)
    assert again.values("people-form")[f"p{case_id}-work"] == MEETS
    assert again.values("people-form")[f"p{case_id}-note"] == "Masih saya pikirkan"


def test_the_draft_of_the_page_is_the_draft_of_the_task(rated: Quarter) -> None:
    browser, appraiser = rated.browser("appraiser"), rated.people["appraiser"]
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])
    browser.post(f"{PEOPLE}/draf", chosen(page, case_id, MEETS, BELOW, "Alasan saya"))

    (row,) = waiting(rated, case_id)
    view = rated.alur.engine.read(view_task, Actor(CITY, appraiser), case_id, row.token)

    assert view.draft is not None
    assert view.draft.content == {
        "work": MEETS,
        "behaviour": BELOW,
        "work_note": "Alasan saya",
        "behaviour_note": "Alasan saya",
    }


def test_a_stale_page_is_told_when_its_draft_comes_too_late(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])
    browser.post(PEOPLE, {**chosen(page, case_id, *recommended(page, case_id)), "save": "semua"})

    late = browser.post(f"{PEOPLE}/draf", chosen(page, case_id, MEETS, MEETS))

    assert late.status == 409
    assert "Muat ulang" in (late.response.json or {})["message"]


def test_sending_the_same_ratings_twice_changes_nothing_and_says_when_it_was_done(rated: Quarter) -> None:
    browser = rated.browser("appraiser")
    page, case_id = browser.get(PEOPLE), rated.case_of(rated.people["employee"])
    values = {**chosen(page, case_id, *recommended(page, case_id)), "save": "semua"}
    browser.post(PEOPLE, values)

    browser.post(PEOPLE, values)

    assert "sudah Anda selesaikan" in browser.get(PEOPLE).response.get_data(as_text=True)


def test_all_confirmed_evaluations_are_signed_together_each_for_itself(rated: Quarter) -> None:
    confirm_all(rated)
    browser = rated.browser("appraiser")
    page = browser.get(SIGNING)

    reason = {"justification": "Baru dua orang yang dinilai di unit ini"}
    answer = browser.post(SIGNING, {**signing_values(page), **reason, "confirmed": "y"})

    assert answer.status == 200
    assert answer.text.count("Ditandatangani.") == 2
    assert "2 dari 2 evaluasi ditandatangani" in answer.text


def signing_values(page: Page) -> Any:
    values = dict(page.values("signing-form"))
    return {**values, "sign": page.tree.xpath("//input[@name='sign']/@value")}


def test_the_first_signatures_of_a_unit_need_no_justification_and_the_page_says_why(quarter: Quarter) -> None:
    quarter.until_recommended(*two_of(quarter), org="KURANG")
    confirm_all(quarter)
    browser = quarter.browser("appraiser")
    page = browser.get(SIGNING)
    assert "Sebaran belum dibaca terhadap pola" in page.text
    assert "tanpa pembenaran" in page.text

    answer = browser.post(SIGNING, {**signing_values(page), "confirmed": "y"})

    assert "2 dari 2 evaluasi ditandatangani" in answer.text


def test_a_distribution_outside_the_guide_asks_for_one_justification(quarter: Quarter) -> None:
    browser = quarter.browser("head_of_40")
    confirm_forty(quarter, org="KURANG")
    page = browser.get(SIGNING)
    assert "Sebaran di luar pola" in page.text

    answer = browser.post(SIGNING, {**signing_values(page), "confirmed": "y", "justification": ""})

    assert answer.status == 422
    assert "justification" in answer.errors


def confirm_forty(quarter: Quarter, org: str = "BAIK") -> None:
    """Follow every recommendation for the people of the head of 40."""
    team = quarter.team_of(quarter.people["head_of_40"])
    assert len(team) == 40
    quarter.until_recommended(*team, org=org)
    browser, page = quarter.browser("head_of_40"), quarter.browser("head_of_40").get(PEOPLE)
    values = page.values("people-form")
    for case_id in two_of_confirmed(page):
        values |= chosen(page, case_id, *recommended(page, case_id))
    browser.post(PEOPLE, {**values, "save": "semua"})


def test_a_second_signature_says_who_signed_and_when(rated: Quarter) -> None:
    confirm_all(rated)
    browser = rated.browser("appraiser")
    page = browser.get(SIGNING)
    values = {**signing_values(page), "confirmed": "y", "justification": "Baru dua orang yang dinilai"}
    browser.post(SIGNING, values)

    again = browser.post(SIGNING, values)

    assert again.status == 200
    assert again.text.count("sudah Anda selesaikan pada") == 2


def test_somebody_who_rates_nobody_sees_an_empty_page(rated: Quarter) -> None:
    page = rated.browser("employee").get(PEOPLE)

    assert page.status == 200
    assert "Belum ada orang yang Anda nilai" in page.text


@pytest.mark.parametrize(("who", "is_shown"), [("appraiser", True), ("head_of_40", True), ("employee", False)])
def test_the_menu_offers_the_page_to_those_who_rate_somebody(quarter: Quarter, who: str, is_shown: bool) -> None:
    page = quarter.browser(who).get("/tugas")

    assert (f"/{CITY}{PEOPLE}" in page.tree.xpath("//header//nav//a/@href")) is is_shown


@pytest.mark.parametrize(("path", "status"), [("/kasus/1", 404), ("/tidak-ada", 404), ("/triwulan/buka", 403)])
def test_an_error_leaves_people_their_menu(quarter: Quarter, path: str, status: int) -> None:
    page = quarter.browser("unit_hr").get(path)

    assert page.status == status
    assert page.tree.xpath("//header//nav//a[contains(., 'Tugas')]")


def test_ratings_for_somebody_elses_people_change_nothing(rated: Quarter) -> None:
    case_id = rated.case_of(rated.people["employee"])
    (row,) = waiting(rated, case_id)
    values = {f"p{case_id}-work": MEETS, f"p{case_id}-behaviour": MEETS, f"p{case_id}-token": str(row.token)}

    answer = rated.browser("unit_hr").post(PEOPLE, {**values, "save": "semua"})

    assert answer.status == 303
    assert [task.element for task in waiting(rated, case_id)] == ["confirm_ratings"]


def test_a_task_of_a_colleague_and_one_that_never_was_are_the_same_to_others(rated: Quarter) -> None:
    case_id = rated.case_of(rated.people["employee"])
    (row,) = waiting(rated, case_id)
    browser = rated.browser("unit_hr")

    answers = [tell_of(browser, case_id, token) for token in (row.token, row.token + 500)]
    answers += [tell_of(browser, case_id + 1, 3)]

    assert len(set(answers)) == 1
    assert "Halaman atau data ini tidak ada, atau bukan untuk Anda." in answers[0]


def test_who_rated_first_is_not_named_in_a_message_that_waits_in_the_cookie(rated: Quarter) -> None:
    case_id = rated.case_of(rated.people["employee"])
    (row,) = waiting(rated, case_id)
    page = rated.browser("appraiser").get(PEOPLE)
    rated.browser("appraiser").post(PEOPLE, {**chosen(page, case_id, *recommended(page, case_id)), "save": "semua"})

    told = tell_of(rated.browser("employee"), case_id, row.token)

    assert "Tugas ini sudah diselesaikan." in told
    assert "diselesaikan oleh" not in told


def tell_of(browser: Browser, case_id: int, token: int) -> str:
    """What the page says after ratings were sent for a task."""
    values = {f"p{case_id}-work": MEETS, f"p{case_id}-behaviour": MEETS, f"p{case_id}-token": str(token)}
    browser.post(PEOPLE, {**values, "save": "semua"})
    return " ".join(browser.get(PEOPLE).tree.xpath("string(//main)").split())


def test_forty_people_are_rated_and_signed_on_one_page(quarter: Quarter) -> None:
    confirm_forty(quarter)
    browser = quarter.browser("head_of_40")

    signing = browser.get(SIGNING)
    justified = {"confirmed": "y", "justification": "Sebaran sesuai capaian sekolah"}
    answer = browser.post(SIGNING, {**signing_values(signing), **justified})

    assert "40 dari 40 evaluasi ditandatangani" in answer.text


def test_the_superior_who_signed_first_is_named_to_the_appraiser(rated: Quarter) -> None:
    confirm_all(rated)
    browser, page = rated.browser("appraiser"), rated.browser("appraiser").get(SIGNING)
    case_id = rated.case_of(rated.people["employee"])
    (row,) = waiting(rated, case_id)
    rated.alur.engine.run(CompleteTask(case_id, row.token, {"confirmed": True}), Actor(CITY, rated.people["appraiser"]))

    answer = browser.post(SIGNING, {**signing_values(page), "confirmed": "y", "justification": "Capaian unit merata"})

    assert "1 dari 2 evaluasi ditandatangani" in answer.text


def test_somebody_whom_nobody_assessed_in_time_is_shown_with_the_reason(quarter: Quarter) -> None:
    employee = quarter.people["employee"]
    close_assessments(quarter)

    page = quarter.browser("appraiser").get(PEOPLE)

    words = " ".join(page.tree.xpath("string(//section[@id='not-ready'])").split())
    assert "Batas pengisian perilaku dan rubrik sudah lewat tanpa isian." in words
    assert "Menunggu realisasi pegawai sampai 8 Oktober 2026. Ingatkan pegawai bila perlu." in words
    assert page.links(f"/kasus/{quarter.case_of(employee)}")


def close_assessments(quarter: Quarter) -> None:
    """Let the time for the assessments of the tour's appraiser be over before anything else is."""
    appraiser = quarter.people["appraiser"]
    cases = [row.case_id for row in quarter.tasks(appraiser) if row.element == "assess_behaviour"]
    for case_id in cases:
        with quarter.alur.database.reading() as read:
            found = read.execute(timer.select().where(timer.c.case_id == case_id).order_by(timer.c.due.desc())).first()
        assert found is not None
        quarter.alur.engine.run(WakeEvent(case_id, found.token), system_actor(CITY))
    run_until_idle(quarter.alur.jobs)


def test_without_a_recommendation_the_reason_stays_in_sight(rated: Quarter) -> None:
    employee = rated.people["employee"]
    with rated.alur.database.writing() as connection:
        of_case = recommendation.c.case_id == rated.case_of(employee)
        score = read_score(connection, connection.execute(select(recommendation.c.explanation).where(of_case)).scalar())
        assert score is not None
        unknown = replace(score, result=Recommendation.TIDAK_CUKUP_DATA)
        connection.execute(recommendation.update().where(of_case).values(explanation=pack(to_plain(unknown))))

    page = rated.browser("appraiser").get(PEOPLE)

    (row,) = page.tree.xpath("//tr[@data-person][@data-needs-reason]")
    assert "Alasan penetapan (data belum cukup untuk rekomendasi)" in row.text_content()
    assert len(page.tree.xpath("//tr[@data-person]")) == 2
