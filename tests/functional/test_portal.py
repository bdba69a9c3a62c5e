"""The open selections of a city, as anybody on the street sees them."""

from collections.abc import Callable
from decimal import Decimal

from engine.records.counting import count_statements
from processes.promotion.selection.records import (
    Step,
    selection_candidate,
    selection_check,
    selection_rank,
)
from tests.functional.browser import Browser
from tests.functional.personas_guests import announce
from tests.functional.town import CITY, INSPECTOR, NURSE, OFFICER, OTHER_CITY, TEACHER, Moment, Person
from webapp.wiring import Alur
from webapp.wiring.city_archive import close_city

LATER = (Step.SCREENING, Step.PAPER, Step.ASSESSMENT, Step.INTERVIEW, Step.MINUTES, Step.RECOMMENDATION)
NAMED, LOSER = (TEACHER, NURSE, OFFICER), INSPECTOR


def judge(alur: Alur, case_id: int) -> None:
    """Let four people have applied and been ranked, three of them named."""
    with alur.database.writing() as connection:
        for place, person in enumerate((*NAMED, LOSER), start=1):
            row = {"tenant": CITY, "case_id": case_id, "employee_id": person.id}
            connection.execute(selection_candidate.insert(), {**row, "number": place, "applied_at": alur.clock()})
            for round_, is_passed in ((1, False), (2, person is not LOSER)):
                check = {"round": round_, "is_passed": is_passed, "misses": ""}
                connection.execute(selection_check.insert(), {**row, **check})
            value = {"value": Decimal(90 + place) + Decimal("0.77"), "place": place, "is_named": person in NAMED}
            connection.execute(selection_rank.insert(), {**row, **value})


def test_everybody_reads_what_is_announced_without_signing_in_and_without_a_cookie(
    browser: Browser, alur: Alur
) -> None:
    case_id = announce(alur, CITY)

    answer = browser.get("/publik/seleksi")

    assert "Pendaftaran 1 September 2026 sampai 1 Desember 2026" in browser.text
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    assert "Cara melamar" in browser.get(f"/publik/seleksi/{case_id}").text
    assert "Wawancara akhir Nanti" in browser.text
    assert f'href="/{CITY}/seleksi-jpt/{case_id}"' in browser.page
    assert "Open selections" in browser.get("/publik/seleksi?bahasa=en").text


def test_whoever_reads_in_english_is_led_to_the_english_address(browser: Browser, alur: Alur) -> None:
    case_id = announce(alur, CITY)
    browser.client.set_cookie("alur_language", "en", path=f"/{CITY}", domain="localhost")

    answer = browser.get(f"/publik/seleksi/{case_id}", follow_redirects=False)

    assert answer.headers["Location"] == f"/{CITY}/publik/seleksi/{case_id}?bahasa=en"
    assert "public" not in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]  # no cache gives a reader what another got under the plain address
    assert "Seleksi terbuka" in browser.get("/publik/seleksi?bahasa=id").text
    assert "Open selections" in browser.get("/publik/seleksi?bahasa=en").text


def test_a_copy_that_was_kept_is_still_good_until_something_changes(browser: Browser, alur: Alur) -> None:
    announce(alur, CITY)
    mark = browser.get("/publik/seleksi").headers["ETag"]

    same = browser.get("/publik/seleksi", headers={"If-None-Match": mark})
    announce(alur, CITY, Step.SCREENING)

    assert same.status_code == 304
    assert browser.get("/publik/seleksi", headers={"If-None-Match": mark}).status_code == 200


def test_numbers_are_public_and_names_only_once_they_are_announced(browser: Browser, alur: Alur) -> None:
    before, after = announce(alur, CITY, *LATER), announce(alur, CITY, *LATER, Step.ANNOUNCED)
    judge(alur, before)
    judge(alur, after)

    early = browser.get(f"/publik/seleksi/{before}").text
    late = browser.get(f"/publik/seleksi/{after}").text

    assert "<dd>4</dd>" in early
    assert "<dd>3</dd>" in early
    assert not any(person.name in early for person in (*NAMED, LOSER))
    assert all(person.name in late for person in NAMED)
    assert LOSER.name not in late
    assert ",77" not in late
    assert ".77" not in late


def test_nobody_is_named_for_ever_nor_in_another_city(browser: Browser, alur: Alur, moment: Moment) -> None:
    case_id = announce(alur, CITY)
    assert Browser(browser.client.application, OTHER_CITY).get(f"/publik/seleksi/{case_id}").status_code == 404

    moment.pass_by(days=300)

    assert browser.get(f"/publik/seleksi/{case_id}").status_code == 404
    assert "tidak ada seleksi terbuka" in browser.get("/publik/seleksi").text


def test_the_list_costs_the_same_however_many_selections_there_are(browser: Browser, alur: Alur) -> None:
    counts = []
    for _ in range(2):
        announce(alur, CITY, *LATER)
        with count_statements(alur.database) as statements:
            browser.get("/publik/seleksi")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5


def test_what_everybody_may_keep_carries_nothing_of_whoever_is_signed_in(
    signed_in: Callable[[Person], Browser], alur: Alur
) -> None:
    announce(alur, CITY)

    answer = signed_in(TEACHER).get("/publik/seleksi")

    assert TEACHER.name not in answer.text
    assert "csrf" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_city_that_is_closed_says_so(browser: Browser, alur: Alur) -> None:
    close_city(alur.database, CITY, alur.clock())

    assert browser.get("/publik/seleksi").status_code == 503


def test_the_sign_in_page_leads_to_the_selections_and_to_the_door_of_guests(browser: Browser) -> None:
    page = browser.get("/masuk").text

    assert f'href="/{CITY}/publik/seleksi"' in page
    assert f'href="/{CITY}/masuk/tamu"' in page
