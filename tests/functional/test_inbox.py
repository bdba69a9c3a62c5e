"""The inbox: what waits for whom, found quickly, in plain words; and what people have been told."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from engine.queries import inbox
from engine.queries.due_order import Position
from engine.records.case import open_task
from engine.records.counting import count_statements
from processes.people.records import holiday, unit
from tests.functional.staff_pages import Staff, open_staff
from tests.functional.staff_steps import do_step, step_at, walk_to
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, SECRETARY
from tests.processes.office import CITY
from webapp.auth.records import sign_in_session
from webapp.inbox import listing
from webapp.inbox.listing import read_cursor, write_cursor


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


def test_a_person_sees_her_own_tasks_only(staff: Staff) -> None:
    page = staff.browser(DEWI).get("/tugas")

    assert page.title == "Tugas Anda"
    assert page.text.count("TW 3 2026") == 1
    assert "Eka" not in page.text


def test_nobody_sees_the_inbox_without_signing_in(staff: Staff) -> None:
    browser = staff.browser(DEWI)
    browser.client.delete_cookie("alur_session", path=f"/{CITY}")

    answer = browser.get("/tugas")

    assert answer.status == 303
    assert "/masuk" in answer.response.location


def test_the_days_left_are_working_days_without_holidays(staff: Staff) -> None:
    assert "5 hari kerja lagi" in staff.browser(DEWI).get("/tugas").text

    with staff.alur.database.writing() as connection:
        day = datetime(2026, 10, 5, tzinfo=UTC).date()
        connection.execute(holiday.insert(), {"tenant": CITY, "day": day, "name": "Hari jadi"})

    assert "4 hari kerja lagi" in staff.browser(DEWI).get("/tugas").text


def test_a_task_that_matters_says_so_and_one_that_may_wait_says_until_when(staff: Staff) -> None:
    browser, usual = staff.browser(DEWI), staff.browser(DEWI).get("/tugas").text
    with staff.alur.database.writing() as connection:
        connection.execute(open_task.update().values(rank=20, follow_up=datetime(2026, 10, 8, tzinfo=UTC).date()))

    inbox_page = browser.get("/tugas")
    task_page = browser.get(inbox_page.links("/tugas/")[0])

    assert "Penting" not in usual and "Mulai ditindaklanjuti" not in usual
    for page in (inbox_page, task_page):
        assert "Penting" in page.text and "Mulai ditindaklanjuti 8 Okt" in page.text


def test_inbox_and_task_page_count_by_the_week_of_the_unit(staff: Staff) -> None:
    with staff.alur.database.writing() as connection:
        connection.execute(unit.update().values(week=6))
    browser = staff.browser(DEWI)

    inbox_page = browser.get("/tugas")
    task_page = browser.get(inbox_page.links("/tugas/")[0])

    assert "6 hari kerja lagi" in inbox_page.text
    assert "6 hari kerja lagi" in task_page.text


def test_more_tasks_on_the_page_cost_no_more_statements(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = staff.browser(CITRA)
    browser.get("/tugas")

    counted = []
    for size in (1, 2):
        monkeypatch.setattr(inbox, "PAGE", size)
        with count_statements(staff.alur.database) as statements:
            browser.get("/tugas")
        counted.append(len(statements))

    assert counted[0] == counted[1]


def test_a_heading_counts_up_to_so_many_and_then_says_more(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (inbox, listing):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)

    page = staff.browser(HANA).get("/tugas")

    assert "Tugas saya 1+" in page.text
    assert "Antrean kelompok 0" in page.text


def test_a_search_that_is_not_through_offers_to_go_on(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SEARCHED", 2)
    browser = staff.browser(CITRA)

    first = browser.search("/tugas", {"cari": "Eka"})
    found = browser.get(first.links("setelah=")[0])

    assert "Eka · TW 3 2026" in first.text + found.text
    assert not [link for link in first.links() if "Eka" in link]


def test_a_search_turns_its_pages_without_a_name_in_any_address(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    browser = staff.browser(CITRA)

    first = browser.search("/tugas", {"cari": "TW 3", "proses": "periodic_evaluation"})
    second = browser.get(first.links("setelah=")[0])
    again = browser.get(second.tree.xpath("//a[.='Ke halaman pertama']/@href")[0])

    rows = [set(page.tree.xpath("//tbody//a/@href")) for page in (first, second, again)]
    assert [len(found) for found in rows] == [2, 1, 2]
    assert rows[0] == rows[2] and not rows[0] & rows[1]
    assert not [link for page in (first, second) for link in page.tree.xpath("//@href | //@action") if "TW" in link]


def test_words_that_are_sent_are_looked_for_once_by_the_page_that_shows_what_was_found(staff: Staff) -> None:
    browser = staff.browser(CITRA)

    with count_statements(staff.alur.database) as statements:
        browser.post("/tugas", {"cari": "Eka"})

    assert not [statement for statement in statements if "process_case.title" in statement]


def test_filters_without_words_have_an_address_of_their_own(staff: Staff) -> None:
    answer = staff.browser(SECRETARY).post("/tugas", {"cari": "", "proses": "unit_evaluation", "antrean": "kelompok"})

    assert (answer.status, answer.response.location) == (
        303,
        f"/{CITY}/tugas?proses=unit_evaluation&antrean=kelompok",
    )


def test_a_search_is_there_again_on_the_way_back_without_its_words_in_the_address(staff: Staff) -> None:
    browser = staff.browser(CITRA)

    place = browser.post("/tugas", {"cari": "dEW"}).response.location
    browser.search("/tugas", {"cari": "Eka"})
    back = browser.get(place)

    assert "dEW" not in place
    assert "Dewi · TW 3 2026" in back.text and "Eka · TW 3 2026" not in back.text
    assert back.tree.xpath("string(//input[@name='cari']/@value)") == "dEW"


def test_the_mark_of_a_search_says_nothing_to_another_browser(staff: Staff) -> None:
    place = staff.browser(CITRA).post("/tugas", {"cari": "dEW"}).response.location

    page = staff.browser(EKA).get(place)

    assert page.status == 200
    assert page.tree.xpath("string(//input[@name='cari']/@value)") == ""


def test_the_cookie_of_a_browser_that_has_searched_holds_no_word_of_it(staff: Staff) -> None:
    browser = staff.browser(CITRA)

    place = browser.post("/tugas", {"cari": "dEW"}).response.location
    page = browser.get(place)

    cookie = browser.client.get_cookie("alur_form", path=f"/{CITY}")
    reader = SecureCookieSessionInterface().get_signing_serializer(browser.client.application)
    assert cookie is not None and reader is not None
    assert "Dewi · TW 3 2026" in page.text
    assert reader.loads(cookie.value).keys() == {"csrf_token"}


def test_signing_out_forgets_what_was_looked_for(staff: Staff) -> None:
    browser = staff.browser(CITRA)
    browser.post("/tugas", {"cari": "dEW"})
    with staff.alur.database.reading() as read:
        before = [kept for kept in read.execute(select(sign_in_session.c.searches)).scalars() if kept]

    browser.post("/keluar", {})

    with staff.alur.database.reading() as read:
        after = [kept for kept in read.execute(select(sign_in_session.c.searches)).scalars() if kept]
    assert (len(before), after) == (1, [])


def test_all_pauses_while_typing_are_one_search_and_older_ones_stay(staff: Staff) -> None:
    browser = staff.browser(CITRA)
    older = browser.post("/tugas", {"cari": "dEW"}).response.location
    place, places = f"/{CITY}/tugas", set()

    for typed in ("Dewi", "E", "Ek", "Eka", "Eka T", "Eka"):
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{place}"}
        place = browser.post("/tugas", {"cari": typed}, **headers).response.headers["HX-Replace-Url"]
        places.add(place)

    said = [browser.get(one).tree.xpath("string(//input[@name='cari']/@value)") for one in (older, place)]
    assert len(places) == 1
    assert said == ["dEW", "Eka"]


def test_a_page_of_a_kept_search_writes_nothing(staff: Staff) -> None:
    browser = staff.browser(CITRA)
    place = browser.post("/tugas", {"cari": "dEW"}).response.location
    browser.search("/tugas", {"cari": "Eka"})

    with count_statements(staff.alur.database) as statements:
        browser.get(place)

    assert statements.commits == 0


def test_a_name_in_an_old_address_is_neither_looked_for_nor_passed_on(staff: Staff) -> None:
    page = staff.browser(CITRA).get("/tugas?cari=Eka&terlambat=true")

    assert not [link for link in page.tree.xpath("//@href | //@action | //@value") if "Eka" in link]


def test_an_overdue_task_says_how_late_it_is_and_is_found_by_its_filter(staff: Staff) -> None:
    staff.hall.now = datetime(2026, 10, 12, 2, tzinfo=UTC)
    browser = staff.browser(DEWI)

    page = browser.get("/tugas")

    assert "1 tugas Anda melewati tenggat." in page.text
    assert "Terlambat 2 hari kerja" in browser.get("/tugas?terlambat=true").text


def test_search_finds_part_of_a_name_whatever_its_case(staff: Staff) -> None:
    browser = staff.browser(CITRA)

    found = browser.search("/tugas", {"cari": "dEW"})

    assert "Dewi · TW 3 2026" in found.text
    assert "Eka · TW 3 2026" not in found.text


def test_nothing_found_is_said_with_a_way_back(staff: Staff) -> None:
    page = staff.browser(CITRA).search("/tugas", {"cari": "zzz"})

    assert "Tidak ada tugas yang cocok" in page.text
    assert page.links("/tugas")


def test_the_process_filter_keeps_the_other_process_out(staff: Staff) -> None:
    page = staff.browser(SECRETARY).get("/tugas?proses=unit_evaluation")

    assert "Dinas Pendidikan · TW 3 2026" in page.text
    assert "Budi · TW 3 2026" not in page.text


@pytest.mark.parametrize(
    "query", ["proses=tidak-ada", "terlambat=kapan", "setelah=x~y~z", "setelah=~-1~9", "setelah=~101~1~9"]
)
def test_a_filter_that_makes_no_sense_is_a_page_not_an_error(staff: Staff, query: str) -> None:
    page = staff.browser(DEWI).get(f"/tugas?{query}")

    assert page.status == 200
    assert "Isi realisasi dan bukti dukung" in page.text


@pytest.mark.parametrize("words", ["\x00", "n" * 101])
def test_words_that_cannot_be_looked_for_are_said_at_the_field(staff: Staff, words: str) -> None:
    page = staff.browser(DEWI).post("/tugas", {"cari": words})

    assert page.status == 200
    assert page.tree.xpath("//form[@role='search']//*[@class='error']")


def test_an_empty_inbox_says_what_will_happen(staff: Staff) -> None:
    walk_to(staff, "assess_behaviour")

    assert "Tidak ada tugas yang menunggu Anda" in staff.browser(DEWI).get("/tugas").text


def test_few_tasks_stand_above_no_form_that_looks_for_them(staff: Staff) -> None:
    page = staff.browser(DEWI).get("/tugas")
    searched = staff.browser(DEWI).get("/tugas?terlambat=true")

    assert page.tree.xpath("//tbody/tr")
    assert not page.tree.xpath("//form[@role='search']")
    assert searched.tree.xpath("//form[@role='search']"), "whoever filters sees by what"


def test_the_next_page_goes_on_behind_the_last_row(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    browser = staff.browser(CITRA)

    first = browser.get("/tugas")
    second = browser.get(first.links("setelah=")[0])

    rows = [set(page.tree.xpath("//tbody//a/@href")) for page in (first, second)]
    assert [len(found) for found in rows] == [2, 1]
    assert not rows[0] & rows[1]
    assert "Ke halaman pertama" in second.text


def test_the_cursor_survives_the_address() -> None:
    for position in (Position(datetime(2026, 10, 8, tzinfo=UTC).date(), 50, 7, 3), Position(None, 0, 2**62, 1)):
        assert read_cursor(write_cursor(position)) == position


def test_tasks_of_one_step_stand_together_and_say_it_once(staff: Staff) -> None:
    page = staff.browser(CITRA).get("/tugas")

    steps = [" ".join(step.text_content().split()) for step in page.tree.xpath("//*[@id='tasks']//h2")]
    rows = [len(part.xpath(".//tbody/tr")) for part in page.tree.xpath("//*[@id='tasks']/section")]
    assert len(steps) == len(set(steps)) < sum(rows)
    assert [int(step.rpartition("(")[2].rstrip(")")) for step in steps] == rows


def test_a_page_that_does_not_hold_all_tasks_counts_none_of_its_steps(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)

    page = staff.browser(CITRA).get("/tugas")

    assert page.tree.xpath("//*[@id='tasks']//h2")
    assert not page.tree.xpath("//*[@id='tasks']//h2[contains(., '(')]")


def test_whoever_took_a_step_is_led_to_the_next_task(staff: Staff) -> None:
    browser = staff.browser(CITRA)
    assert "Tugas berikutnya" not in browser.get("/tugas").text

    do_step(staff, step_at("assess_behaviour"))

    page = browser.get("/tugas")

    (link,) = page.tree.xpath("//a[contains(., 'Tugas berikutnya')]/@href")
    assert link == page.tree.xpath("//tbody//a/@href")[0]
    step = " ".join(page.tree.xpath("string(//*[@id='step-1']/text())").split())
    assert page.tree.xpath(f"//a[contains(., 'Tugas berikutnya: {step} – ')]")


def test_a_group_that_the_reader_holds_has_a_tab(staff: Staff) -> None:
    mine, hers = staff.browser(HANA).get("/tugas?antrean=kelompok"), staff.browser(DEWI).get("/tugas")

    assert "Antrean kelompok Anda kosong" in mine.text
    assert "Antrean kelompok" not in hers.text


def test_the_search_answers_htmx_with_the_sentence_to_say(staff: Staff) -> None:
    values = {"cari": "Eka", "proses": "periodic_evaluation"}
    page = staff.browser(CITRA).post("/tugas", values, **{"HX-Request": "true"})

    (region,) = page.tree.xpath("//*[@id='tasks']")
    assert region.get("data-announce") == "1 tugas ditampilkan."
    place = page.response.headers["HX-Replace-Url"]
    assert place.startswith(f"/{CITY}/tugas?proses=periodic_evaluation&dicari=") and "Eka" not in place


def test_the_inbox_speaks_english(staff: Staff) -> None:
    browser = staff.browser(EKA)
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}")

    page = browser.get("/tugas")

    assert page.title == "Your tasks"
    assert "Enter results and evidence" in page.text


def test_notices_are_counted_until_they_are_marked_as_read(staff: Staff) -> None:
    walk_to(staff, "respond")
    browser = staff.browser(DEWI)
    menu = "string(//header//a[contains(@href, '/pemberitahuan')])"
    shown = browser.get("/tugas").tree.xpath(menu)
    assert " ".join(shown.split()) == "Pemberitahuan 1, 1 pemberitahuan belum dibaca"

    assert "sudah diserahkan" in browser.get("/pemberitahuan").text
    assert browser.post("/pemberitahuan", {}).status == 303

    assert browser.get("/tugas").tree.xpath(menu).split() == ["Pemberitahuan"]


def test_a_notice_leads_to_the_task_that_it_asks_for_while_it_waits(staff: Staff) -> None:
    walk_to(staff, "respond")

    asked, told = (staff.browser(person).get("/pemberitahuan") for person in (DEWI, CITRA))

    (place,) = asked.tree.xpath("//ol//a/@href")
    assert "/tugas/" in place
    assert "/tugas/" not in "".join(told.tree.xpath("//ol//a/@href"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_notice_of_the_quarter_has_words(staff: Staff, language: str) -> None:
    walk_to(staff, "decide_objection")

    for person in (DEWI, CITRA, BUDI):
        browser = staff.browser(person)
        browser.client.set_cookie("alur_language", language, path=f"/{CITY}")
        assert "appraisal." not in browser.get("/pemberitahuan").text
