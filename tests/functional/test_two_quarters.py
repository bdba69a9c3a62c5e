"""*Orang Saya* and the page of signatures while two quarters are open: one at a time, each with its own facts."""

from datetime import UTC, datetime

import pytest

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.records.counting import count_statements
from processes.appraisal.commands.open_quarter import OpenQuarter
from tests.functional.quarter_world import CITY, Quarter, the_quarter, the_template
from tests.functional.staff_pages import Page

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

PEOPLE, SIGNING = "/orang-saya", "/orang-saya/tanda-tangan"
JANUARY = datetime(2027, 1, 4, 2, tzinfo=UTC)


def open_the_fourth(quarter: Quarter) -> Quarter:
    """Open the fourth quarter while the third still waits."""
    quarter.clock[0] = JANUARY
    return open_late(quarter, 4)


def open_late(quarter: Quarter, number: int) -> Quarter:
    """Open another quarter of the year today; one that was forgotten, or the next."""
    quarter.alur.engine.run(OpenQuarter(2026, number), system_actor(CITY))
    run_until_idle(quarter.alur.jobs)
    return quarter


@pytest.fixture
def two(quarter: Quarter) -> Quarter:
    return open_the_fourth(quarter)


def switch(page: Page) -> dict[str, tuple[str, bool]]:
    """The quarters to choose from: how many wait there, and whether it is the one shown."""
    links = page.tree.xpath("//nav[@aria-label='Pilih triwulan']//a")
    return {
        str(link.text).strip(): (link.xpath("string(span)"), link.get("aria-current") is not None) for link in links
    }


def names(page: Page) -> list[str]:
    return [str(name) for name in page.tree.xpath("//section[@id='to-assess']//tbody//th/text()[1]")]


def test_the_oldest_quarter_that_waits_comes_first_and_nobody_stands_there_twice(two: Quarter) -> None:
    page = two.browser("head_of_40").get(PEOPLE)

    assert len(names(page)) == len(set(names(page))) == 40
    assert switch(page) == {"Triwulan 3 2026": ("40", True), "Triwulan 4 2026": ("40", False)}
    assert "triwulan paling lama yang masih menunggu Anda" in page.text
    assert "Di Triwulan 4 2026 ada 40 orang yang menunggu Anda." in page.text


def test_the_other_quarter_is_one_link_away_with_its_own_tasks(two: Quarter) -> None:
    browser = two.browser("head_of_40")
    first = browser.get(PEOPLE)
    (link,) = first.tree.xpath("//nav[@aria-label='Pilih triwulan']//a[not(@aria-current)]/@href")

    other = browser.get(link)

    assert "Halaman ini menampilkan Triwulan 4 2026." in other.text
    assert len(names(other)) == 40
    assert not set(first.links("/tugas/")) & set(other.links("/tugas/"))


def test_what_is_known_of_a_person_is_of_the_quarter_that_is_rated(quarter: Quarter) -> None:
    quarter.until_recommended(quarter.people["employee"])
    case_id = quarter.case_of(quarter.people["employee"])

    page = open_the_fourth(quarter).browser("appraiser").get(PEOPLE)

    words = " ".join(page.tree.xpath(f"string(//tr[@id='person-{case_id}']/td[1])").split())
    assert "bukti" in words and "tanpa realisasi" not in words
    assert "1 dari 1 umpan balik positif" in words


def test_a_rating_that_is_sent_stays_in_its_quarter(quarter: Quarter) -> None:
    quarter.until_recommended(quarter.people["employee"])
    case_id, here = quarter.case_of(quarter.people["employee"]), f"{PEOPLE}?triwulan=2026-3"
    open_late(quarter, 2)
    browser = quarter.browser("appraiser")
    chosen = {f"p{case_id}-{name}": "SESUAI_EKSPEKTASI" for name in ("work", "behaviour")}
    values = {**browser.get(here).values("people-form"), **chosen, f"p{case_id}-note": "Sesuai bukti"}

    answer = browser.post(PEOPLE, {**values, "save": "semua"})

    assert answer.response.location == f"/{CITY}{here}"
    assert len(browser.get(here).tree.xpath("//section[@id='to-sign']//tbody/tr")) == 1


def test_the_page_of_signatures_shows_the_quarter_that_has_any(quarter: Quarter) -> None:
    quarter.until_recommended(quarter.people["employee"])
    quarter.does(quarter.people["appraiser"], "confirm_ratings", quarter.people["employee"], **AS_EXPECTED)
    browser = open_the_fourth(quarter).browser("appraiser")

    page, other = browser.get(SIGNING), browser.get(f"{SIGNING}?triwulan=2026-4")

    assert switch(page) == {"Triwulan 3 2026": ("1", True), "Triwulan 4 2026": ("0", False)}
    assert len(page.tree.xpath("//input[@name='sign']")) == 1
    assert page.values("signing-form")["triwulan"] == "2026-3"
    assert "Di Triwulan 4 2026 tidak ada yang menunggu tanda tangan Anda." in page.text
    assert "Tidak ada yang menunggu tanda tangan" in other.text


AS_EXPECTED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "work_note": "x", "behaviour_note": "x"}


def test_a_second_quarter_asks_no_more_of_the_database(quarter: Quarter) -> None:
    browser = quarter.browser("head_of_40")
    browser.get(PEOPLE)  # what is read once in a session has been read
    with count_statements(quarter.alur.database) as alone:
        browser.get(PEOPLE)
    open_late(quarter, 2)

    with count_statements(quarter.alur.database) as both:
        browser.get(PEOPLE)

    assert len(both) <= len(alone), "\n".join(both)


def test_a_quarter_that_does_not_exist_shows_the_usual_one(two: Quarter) -> None:
    browser = two.browser("head_of_40")

    shown = [switch(browser.get(f"{PEOPLE}?triwulan={asked}")) for asked in ("2019-1", "entah", "2026-9", "")]

    assert all(found["Triwulan 3 2026"] == ("40", True) for found in shown)


def test_with_one_open_quarter_there_is_nothing_to_choose(quarter: Quarter) -> None:
    page = quarter.browser("head_of_40").get(PEOPLE)

    assert not switch(page)
    assert len(names(page)) == 40
