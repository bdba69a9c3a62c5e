"""Codes on paper: for a few or a whole unit, never twice by mistake, never at the cost of a password nobody gave up."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from engine.policy.actor import system_actor
from engine.records.history import audit
from processes.people.records import employee, placement
from tests.functional.browser import Browser
from tests.functional.conftest import settings_of
from tests.functional.town import ADMIN, CITY, NEW_TEACHER, NURSE, OFFICER, PASSWORD, SCHOOL, SINCE, TEACHER, Moment
from webapp.app import create_app
from webapp.auth.code_address import city_address
from webapp.auth.commands.issue_code import IssueCode
from webapp.auth.commands.set_account_active import SetAccountActive
from webapp.auth.listing import MOST_AT_ONCE, PAGE_LENGTH
from webapp.wiring import Alur, build

SignIn = Callable[..., Browser]
FIRST_NEWCOMER = 5000
NEWCOMERS = 130
PRINTED = re.compile(r"Kode masuk: ([A-Z2-9]{4}-[A-Z2-9]{4})")


@pytest.fixture
def crowd(alur: Alur) -> list[int]:
    """Many new teachers of the school, without passwords; their keys in the order of their names."""
    keys = list(range(FIRST_NEWCOMER, FIRST_NEWCOMER + NEWCOMERS))
    people = [
        {"id": key, "tenant": CITY, "nip": f"1990010120150{key:05}", "name": f"Guru {key}", "kind": "PNS"}
        for key in keys
    ]
    places = [
        {"id": key, "tenant": CITY, "employee_id": key, "unit_id": SCHOOL.id, "post_id": 111, "valid_from": SINCE}
        for key in keys
    ]
    with alur.database.writing() as connection:
        connection.execute(employee.insert(), people)
        connection.execute(placement.insert(), places)
    return keys


def issued(alur: Alur) -> int:
    """Return how many codes the audit trail knows of."""
    with alur.database.reading() as read:
        return int(read.execute(select(func.count()).where(audit.c.command == "IssueCode")).scalar_one())


def hidden(browser: Browser, name: str) -> list[str]:
    """Return what the last page's hidden fields of a name would send."""
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', browser.page)


def ticked(browser: Browser) -> set[str]:
    """Return the people who are ticked on the last page."""
    return set(re.findall(r'name="person" value="(\d+)" checked', browser.page))


def test_without_a_tick_the_page_says_what_to_do(signed_in: SignIn) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    answer = officer.post("/kode")

    assert answer.status_code == 422
    assert "Belum ada yang dicentang" in officer.text and NEW_TEACHER.name in officer.text
    assert "data-error-summary" in officer.page


def test_too_many_ticks_are_kept_and_the_page_names_the_limit(signed_in: SignIn, crowd: list[int], alur: Alur) -> None:
    officer, everybody = signed_in(OFFICER), [str(key) for key in crowd]
    officer.get("/kode")

    answer = officer.post("/kode", {"person": everybody})

    assert answer.status_code == 422
    assert f"Paling banyak {MOST_AT_ONCE} kode" in officer.text and f"{NEWCOMERS} orang" in officer.text
    assert ticked(officer) == set(everybody)
    assert issued(alur) == 0


def test_the_list_comes_in_pages_and_leaves_nobody_out(signed_in: SignIn, crowd: list[int]) -> None:
    admin, seen = signed_in(ADMIN), set[str]()
    admin.get("/kode")

    for number in range(1, 7):
        admin.post("/kode", {"_halaman": str(number)})
        seen |= set(re.findall(r'id="person-(\d+)"', admin.page))
        assert len(re.findall(r'id="person-', admin.page)) <= PAGE_LENGTH

    assert {str(key) for key in crowd} < seen
    assert {str(NURSE.id), str(OFFICER.id)} < seen


def test_turning_the_page_and_searching_keep_the_ticks(signed_in: SignIn, crowd: list[int]) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    officer.post("/kode", {"_halaman": "3", "person": [str(crowd[0]), str(NEW_TEACHER.id)]})
    turned = ticked(officer)
    officer.post("/kode", {"_cari": "1", "cari": "Guru 5129", "person": [*turned]})

    assert turned == ticked(officer) == {str(crowd[0]), str(NEW_TEACHER.id)}
    assert "Juga dicentang" in officer.text


def test_a_search_without_ticks_has_an_address_to_come_back_to(signed_in: SignIn) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    answer = officer.post("/kode", {"_cari": "1", "cari": NEW_TEACHER.name}, follow_redirects=False)
    officer.get(answer.headers["Location"].removeprefix(f"/{CITY}"))

    assert answer.status_code == 303 and NEW_TEACHER.name not in answer.headers["Location"]
    assert NEW_TEACHER.name in officer.text and TEACHER.name not in officer.text


def test_people_of_the_same_name_are_told_apart_and_found_by_their_number(signed_in: SignIn, crowd: list[int]) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")
    number = f"1990010120150{crowd[7]:05}"

    answer = officer.post("/kode", {"_cari": "1", "cari": f"{number[:8]} {number[8:]}"}, follow_redirects=False)
    officer.get(answer.headers["Location"].removeprefix(f"/{CITY}"))

    assert number not in answer.headers["Location"]
    assert re.findall(r'id="person-(\d+)"', officer.page) == [str(crowd[7])]
    assert f"NIP {number}" in officer.text
    officer.post("/kode", {"person": str(crowd[7]), "key": hidden(officer, "key")[0]})
    assert f"NIP berakhir {number[-4:]} · Kode masuk: " in officer.text
    assert number not in officer.text  # whoever finds the slip could sign in


def test_a_unit_gets_its_codes_with_one_press_a_sheet_at_a_time(
    signed_in: SignIn, crowd: list[int], alur: Alur
) -> None:
    officer = signed_in(OFFICER)
    officer.get(f"/kode?unit={SCHOOL.id}")
    assert "Semua yang belum punya kata sandi di unit ini (100)" in officer.text

    sheets = []
    for _ in range(2):
        officer.post("/kode", {"_semua": "1", "tanpa": hidden(officer, "tanpa"), "key": hidden(officer, "key")[0]})
        sheets.append(len(set(PRINTED.findall(officer.text))))
        officer.get(f"/kode?unit={SCHOOL.id}")

    assert sheets == [MOST_AT_ONCE, NEWCOMERS + 1 - MOST_AT_ONCE]
    assert issued(alur) == NEWCOMERS + 1
    assert 'name="_semua"' not in officer.page


def test_the_same_request_again_makes_no_other_codes(signed_in: SignIn, app: Flask, alur: Alur) -> None:
    officer, teacher = signed_in(OFFICER), Browser(app)
    officer.get("/kode")
    request = {"person": [str(NEW_TEACHER.id)], "key": hidden(officer, "key")[0]}
    officer.post("/kode", request)
    code = PRINTED.findall(officer.text)[0]

    officer.post("/kode", request)

    assert "Kode sudah dibuat. Buat lagi?" in officer.text and "tidak dapat ditampilkan lagi" in officer.text
    assert issued(alur) == 1
    teacher.sign_in(NEW_TEACHER, code)
    assert "Langkah 1 dari 3" in teacher.text


def test_a_new_code_that_was_confirmed_is_made_once(signed_in: SignIn, alur: Alur) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")
    request = {"ulang": [str(TEACHER.id)], "key": hidden(officer, "key")[0]}
    officer.post("/kode", request)
    first = PRINTED.findall(officer.text)

    officer.post("/kode", request)

    assert len(first) == 1 and PRINTED.findall(officer.text) == []
    assert "Kode sudah dibuat. Buat lagi?" in officer.text
    assert issued(alur) == 1


def test_a_lost_sheet_is_made_again_when_somebody_says_so(signed_in: SignIn, alur: Alur) -> None:
    officer, person = signed_in(OFFICER), str(NEW_TEACHER.id)
    officer.get("/kode")
    officer.post("/kode", {"person": [person]})
    officer.post("/kode", {"person": [person]})

    officer.post("/kode", {"ulang": [person], "ragu": [person], "key": hidden(officer, "key")[0]})

    assert len(PRINTED.findall(officer.text)) == 1
    assert issued(alur) == 2


def test_a_password_is_not_ended_before_somebody_says_so(signed_in: SignIn, browser: Browser, alur: Alur) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    officer.post("/kode", {"person": [str(TEACHER.id), str(NEW_TEACHER.id)]})

    assert f"{TEACHER.name} NIP {TEACHER.nip} · SD Negeri 1 · sudah punya kata sandi" in officer.text
    assert re.search(rf'name="ulang" value="{TEACHER.id}">', officer.page)
    assert issued(alur) == 0
    assert browser.sign_in(TEACHER).status_code == 200


def test_those_with_a_password_are_left_out_unless_ticked_again(
    signed_in: SignIn, browser: Browser, alur: Alur
) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")
    officer.post("/kode", {"person": [str(TEACHER.id), str(NEW_TEACHER.id)]})

    officer.post("/kode", {name: hidden(officer, name) for name in ("person", "ragu", "key")})

    assert len(PRINTED.findall(officer.text)) == 1 and TEACHER.name not in officer.text
    assert issued(alur) == 1
    assert browser.sign_in(TEACHER).status_code == 200


def test_the_question_answered_without_a_tick_is_asked_again(signed_in: SignIn) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    answer = officer.post("/kode", {"ragu": [str(TEACHER.id)]})

    assert answer.status_code == 422
    assert "Belum ada yang dicentang" in officer.text and "sudah punya kata sandi" in officer.text


def test_a_closed_account_gets_no_code(signed_in: SignIn, alur: Alur) -> None:
    alur.engine.run(IssueCode(NEW_TEACHER.id, alur.settings.pepper), system_actor(CITY))
    alur.engine.run(SetAccountActive(NEW_TEACHER.id, is_active=False), system_actor(CITY))
    officer = signed_in(OFFICER)
    officer.get("/kode")

    answer = officer.post("/kode", {"person": [str(NEW_TEACHER.id)]})

    assert answer.status_code == 422
    assert issued(alur) == 1
    assert re.search(rf'value="{NEW_TEACHER.id}" disabled', officer.page)


@pytest.mark.parametrize("person", ["9" * 19, "9" * 60, "9223372036854775808"])
def test_a_number_that_is_nobody_is_not_found_or_nothing(signed_in: SignIn, person: str) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    assert officer.post("/kode", {"person": [person]}).status_code in (404, 422)
    assert officer.get(f"/kode?unit={person}&halaman={person}").status_code == 200


@pytest.fixture
def told(settled_home: Path, alur: Alur, moment: Moment) -> Iterator[Alur]:
    """The installation, told under which address people reach it."""
    settings = replace(settings_of(alur.settings.home), base_url="https://kinerja.example.go.id")
    built = build(settings, clock=moment)
    yield built
    built.close()


def test_a_slip_shows_the_address_of_the_installation_not_of_the_request(told: Alur) -> None:
    officer, elsewhere = Browser(create_app(told)), {"base_url": "https://palsu.example"}
    officer.get("/masuk", **elsewhere)
    officer.post("/masuk", {"nip": OFFICER.nip, "secret": PASSWORD}, **elsewhere)

    officer.post("/kode", {"person": [str(NEW_TEACHER.id)]}, **elsewhere)

    assert f"https://kinerja.example.go.id/{CITY}/masuk" in officer.text
    assert "palsu.example" not in officer.page


@pytest.mark.parametrize(
    ("base", "hosts", "address"),
    [
        ("http://127.0.0.1:8420", {}, None),
        ("http://localhost:8420", {"kinerja.example": CITY}, "http://kinerja.example"),
        ("https://asn.example", {}, f"https://asn.example/{CITY}"),
        ("https://asn.example/alur", {"lain.example": "serang"}, f"https://asn.example/alur/{CITY}"),
        ("https://kinerja.example", {"kinerja.example": CITY}, "https://kinerja.example"),
        ("https://lain.example", {"lain.example": "serang", "kinerja.example": CITY}, "https://kinerja.example"),
    ],
)
def test_the_printed_address_is_one_under_which_the_city_answers(
    tmp_path: Path, base: str, hosts: dict[str, str], address: str | None
) -> None:
    settings = replace(settings_of(tmp_path), base_url=base, hosts=hosts)

    assert city_address(settings, CITY) == address


def test_a_slip_says_each_step_and_has_a_button_to_print(signed_in: SignIn) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    officer.post("/kode", {"person": [str(NEW_TEACHER.id)]})

    slip = re.search(r'<ul class="slips">(.*?)</ul>', officer.page, re.DOTALL)
    assert slip is not None and slip[1].count("<li>") == 1 + 4
    assert re.search(r"<button[^>]* data-print hidden>", officer.page)
    assert "Berlaku satu kali, sampai 7 Desember 2026" in officer.text
