"""Signing in: with a code, a password, or not at all."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from engine.errors import Invalid
from engine.policy.actor import system_actor
from engine.records.counting import count_statements
from engine.records.history import audit
from tests.functional.browser import Browser
from tests.functional.town import (
    ADMIN,
    CITY,
    INSPECTOR,
    NEW_TEACHER,
    NURSE,
    OFFICER,
    PASSWORD,
    STRANGER,
    TEACHER,
    Moment,
    Person,
)
from webapp.auth.codes import MOST_TRIES
from webapp.auth.commands.issue_code import IssueCode
from webapp.auth.commands.open_city import OpenCity
from webapp.auth.records import account
from webapp.wiring import Alur
from webapp.wiring.city_archive import close_city

NEW_PASSWORD = "kucing payung semangka biru"
WRONG = "NIP atau kata sandi salah"

SignIn = Callable[..., Browser]


@pytest.fixture
def code(alur: Alur) -> str:
    """A code that the new teacher was given."""
    command = IssueCode(NEW_TEACHER.id, alur.settings.pepper)
    return str(alur.engine.run(command, system_actor(NEW_TEACHER.city)).value)


def test_a_person_signs_in_with_nip_and_password(browser: Browser) -> None:
    browser.sign_in(TEACHER)

    browser.get("/akun")

    assert TEACHER.name in browser.text
    assert TEACHER.post in browser.text


def test_whoever_signs_in_to_a_city_that_is_closed_is_told(browser: Browser, alur: Alur) -> None:
    close_city(alur.database, CITY, alur.clock())

    answer = browser.post("/masuk", {"nip": TEACHER.nip, "secret": PASSWORD})

    assert (answer.status_code, "sedang ditutup sementara" in answer.text) == (503, True)


def test_spaces_in_the_nip_are_fine(browser: Browser) -> None:
    browser.get("/masuk")

    browser.post("/masuk", {"nip": "19850315 201001 2 003", "secret": PASSWORD})

    assert browser.get("/akun").status_code == 200
    assert TEACHER.name in browser.text


@pytest.mark.parametrize(
    ("nip", "secret"),
    [
        (TEACHER.nip, "bukan kata sandinya"),
        ("199909092020011001", PASSWORD),
        ("bukan nip", PASSWORD),
        (NURSE.nip, PASSWORD),
        (TEACHER.nip, "ABCD-EFGH"),
        (STRANGER.nip, PASSWORD),
    ],
    ids=["wrong password", "unknown nip", "no nip", "no password yet", "no code", "other city"],
)
def test_whatever_is_wrong_the_answer_is_the_same(browser: Browser, nip: str, secret: str) -> None:
    browser.get("/masuk")

    answer = browser.post("/masuk", {"nip": nip, "secret": secret})

    assert answer.status_code == 422
    assert WRONG in browser.text
    assert browser.cookie() is None


@pytest.mark.parametrize("secret", ["bukan kata sandinya", "WRNG-2345"], ids=["password", "code"])
def test_an_unknown_person_and_a_wrong_secret_ask_the_database_the_same(
    browser: Browser, alur: Alur, secret: str
) -> None:
    asked: list[list[str]] = []
    for nip in ("the first failure from an address adds a row", TEACHER.nip, "199909092020011001"):
        browser.get("/masuk")
        with count_statements(alur.database) as statements:
            browser.post("/masuk", {"nip": nip[:40], "secret": secret})
        asked.append(list(statements))

    assert asked[1] == asked[2]


def test_the_page_never_repeats_the_password(browser: Browser) -> None:
    browser.sign_in(TEACHER, "salah-tetapi-rahasia")

    assert "salah-tetapi-rahasia" not in browser.page


def test_the_nip_is_never_in_an_address(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/masuk")

    answer = browser.post("/masuk", {"nip": TEACHER.nip, "secret": PASSWORD}, follow_redirects=False)

    assert TEACHER.nip not in answer.headers["Location"]
    assert browser.get(f"/masuk?nip={TEACHER.nip}").status_code == 200
    assert TEACHER.nip not in browser.page


def test_five_failures_close_the_door_for_a_quarter_of_an_hour(browser: Browser, moment: Moment) -> None:
    for _ in range(5):
        browser.sign_in(TEACHER, "bukan kata sandinya")

    refused = browser.sign_in(TEACHER)
    moment.pass_by(minutes=16)
    browser.sign_in(TEACHER)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 15 * 60 + 60
    assert browser.cookie() is not None


def test_guesses_at_one_account_do_not_keep_others_out(browser: Browser) -> None:
    for _ in range(6):
        browser.sign_in(TEACHER, "bukan kata sandinya")

    browser.sign_in(OFFICER)

    assert browser.cookie() is not None


def test_with_a_code_three_steps_lead_to_a_password(browser: Browser, code: str) -> None:
    browser.sign_in(NEW_TEACHER, code.lower())
    assert "Langkah 1 dari 3" in browser.text
    assert NEW_TEACHER.name in browser.text
    browser.get("/langkah-awal?langkah=2")
    assert "Langkah 2 dari 3" in browser.text

    browser.post("/langkah-awal", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert "Langkah 3 dari 3" in browser.text
    assert "Kuat" in browser.text
    assert browser.get("/akun").status_code == 200


def test_whoever_has_to_choose_a_password_first_gets_where_he_wanted_to_go(browser: Browser, code: str) -> None:
    browser.get("/masuk")
    browser.post("/masuk", {"nip": NEW_TEACHER.nip, "secret": code, "next": f"/{CITY}/akun"})
    browser.get("/langkah-awal?langkah=2")

    browser.post("/langkah-awal", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert f'class="btn btn-primary" href="/{CITY}/akun"' in browser.page


def test_whoever_is_in_already_goes_on_to_where_he_wanted_to_go(browser: Browser) -> None:
    browser.sign_in(TEACHER)

    assert browser.get(f"/masuk?next=/{CITY}/akun").request.path == f"/{CITY}/akun"
    assert browser.get("/masuk?next=//lain.example/").request.path.startswith(f"/{CITY}/")


def test_the_chosen_password_works_and_the_code_no_more(app: Flask, browser: Browser, code: str) -> None:
    browser.sign_in(NEW_TEACHER, code)
    browser.post("/langkah-awal", {"password": NEW_PASSWORD, "again": NEW_PASSWORD})
    other = Browser(app)

    with_code = other.sign_in(NEW_TEACHER, code)
    other.sign_in(NEW_TEACHER, NEW_PASSWORD)

    assert with_code.status_code == 422
    assert other.cookie() is not None


def test_before_a_password_is_chosen_no_page_is_open(browser: Browser, code: str) -> None:
    browser.sign_in(NEW_TEACHER, code)

    browser.get("/akun")

    assert "Langkah 1 dari 3" in browser.text


def test_a_code_ends_after_fourteen_days(browser: Browser, code: str, moment: Moment) -> None:
    moment.pass_by(days=14, minutes=1)

    assert browser.sign_in(NEW_TEACHER, code).status_code == 422


def test_a_code_ends_after_five_wrong_tries(browser: Browser, code: str, moment: Moment) -> None:
    for number in range(5):
        browser.sign_in(NEW_TEACHER, f"WRNG-234{number + 2}")
    moment.pass_by(minutes=16)  # so that only the code's own count stands in the way

    assert browser.sign_in(NEW_TEACHER, code).status_code == 422


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("pendek", "paling sedikit 12"),
        ("x" * 129, "paling banyak 128"),
        ("aaaaaaaaaaaaaaaa", "huruf yang sama"),
        ("Budi Santoso 1990", "mudah ditebak"),
        ("199001012015031004", "mudah ditebak"),
        ("kata sandi 123456", "mudah ditebak"),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(browser: Browser, code: str, password: str, says: str) -> None:
    browser.sign_in(NEW_TEACHER, code)

    answer = browser.post("/langkah-awal", {"password": password, "again": password})

    assert answer.status_code == 422
    assert says in browser.text


def test_two_different_passwords_are_refused(browser: Browser, code: str) -> None:
    browser.sign_in(NEW_TEACHER, code)

    browser.post("/langkah-awal", {"password": NEW_PASSWORD, "again": NEW_PASSWORD + "!"})

    assert "Kedua kata sandi tidak sama" in browser.text


def test_an_officer_prints_codes_for_the_units_below(signed_in: SignIn, app: Flask) -> None:
    officer, teacher = signed_in(OFFICER), Browser(app)
    officer.get("/kode")
    assert NEW_TEACHER.name in officer.text

    officer.post("/kode", {"person": [str(NEW_TEACHER.id)]})
    printed = re.search(r"Kode masuk:\s+([A-Z2-9]{4}-[A-Z2-9]{4})", officer.text)

    assert printed is not None
    teacher.sign_in(NEW_TEACHER, printed[1])
    assert "Langkah 1 dari 3" in teacher.text


def test_an_officer_looks_for_a_name_that_stays_out_of_the_address(signed_in: SignIn) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    found = officer.post("/kode", {"cari": NEW_TEACHER.name, "_cari": "1"})
    listed = NEW_TEACHER.name in officer.text
    officer.post("/kode", {"cari": "Tidak Ada", "_cari": "1"})

    assert (found.status_code, listed) == (200, True)
    assert NEW_TEACHER.name not in officer.text and "Tidak ada pegawai" in officer.text
    assert 'method="get"' not in officer.page


def test_a_printed_code_leaves_an_entry_in_the_audit_trail(signed_in: SignIn, alur: Alur) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    officer.post("/kode", {"person": [str(NEW_TEACHER.id)]})

    with alur.database.reading() as read:
        entry = read.execute(select(audit).where(audit.c.command == "IssueCode")).one()
    assert (entry.actor, entry.subject, entry.tenant) == (OFFICER.id, NEW_TEACHER.id, OFFICER.city)


@pytest.mark.parametrize("person", [NURSE, ADMIN, INSPECTOR, OFFICER, STRANGER], ids=lambda person: person.name)
def test_an_officer_gives_no_code_to_other_units_or_to_people_with_roles(
    signed_in: SignIn, alur: Alur, person: "type[object]"
) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")
    listed = f'value="{person.id}"' in officer.page  # type: ignore[attr-defined]

    answer = officer.post("/kode", {"person": [str(person.id)]})  # type: ignore[attr-defined]

    assert not listed
    assert answer.status_code == 404
    with alur.database.reading() as read:
        assert read.execute(select(audit.c.id).where(audit.c.command == "IssueCode")).all() == []


def test_a_new_code_ends_the_old_password_and_every_session(signed_in: SignIn, browser: Browser) -> None:
    teacher, admin = signed_in(TEACHER), signed_in(ADMIN)
    admin.get("/kode")

    admin.post("/kode", {"ulang": [str(TEACHER.id)]})

    teacher.get("/akun")
    assert "Kata sandi" in teacher.text
    assert browser.sign_in(TEACHER).status_code == 422


def test_an_administrator_closes_an_account_and_opens_it_again(signed_in: SignIn, browser: Browser) -> None:
    teacher, admin = signed_in(TEACHER), signed_in(ADMIN)
    admin.get("/kode")

    admin.post(f"/kode/{TEACHER.id}/akun", {"active": "0"})
    refused = browser.sign_in(TEACHER).status_code
    teacher.get("/akun")
    admin.post(f"/kode/{TEACHER.id}/akun", {"active": "1"})

    assert TEACHER.name not in teacher.text
    assert refused == 422
    assert browser.sign_in(TEACHER).status_code == 200
    assert browser.cookie() is not None


def test_an_officer_closes_no_account(signed_in: SignIn, browser: Browser) -> None:
    officer = signed_in(OFFICER)
    officer.get("/kode")

    answer = officer.post(f"/kode/{TEACHER.id}/akun", {"active": "0"})

    assert answer.status_code == 404
    assert browser.sign_in(TEACHER).status_code == 200


def test_a_teacher_has_no_codes_to_give(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    answer = teacher.get("/kode")

    assert answer.status_code == 404
    assert NEW_TEACHER.name not in teacher.text


def test_a_password_is_changed_by_its_owner_and_other_sessions_end(signed_in: SignIn, app: Flask) -> None:
    here, there = signed_in(TEACHER), signed_in(TEACHER)
    fields = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    here.get("/akun")

    here.post("/akun/sandi", fields)

    assert "Kata sandi sudah diganti" in here.text
    there.get("/akun")
    assert "Masuk" in there.text and TEACHER.name not in there.text
    assert Browser(app).sign_in(TEACHER, NEW_PASSWORD).status_code == 200


def test_the_present_password_is_asked_for_first(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    teacher.get("/akun")

    assert re.findall(r'<input[^>]* name="(current|password|again)"', teacher.page) == ["current", "password", "again"]


def test_a_password_is_not_changed_without_the_present_one(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    answer = teacher.post("/akun/sandi", {"current": "tebakan saja", "password": NEW_PASSWORD, "again": NEW_PASSWORD})

    assert answer.status_code == 422
    assert "Kata sandi saat ini salah" in teacher.text


def test_a_new_city_gets_its_first_administrator_by_a_link_that_works_once(alur: Alur, app: Flask) -> None:
    alur.engine.run(OpenCity("a made-up token"), system_actor("serang"))
    browser, other = Browser(app, "serang"), Browser(app, "serang")
    fields = {"name": "Yusuf Hidayat", "nip": "198503152010011003", "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    browser.get("/mulai/a made-up token")

    browser.post("/mulai/a made-up token", fields)

    browser.get("/admin/peran")
    assert "Yusuf Hidayat" in browser.text
    assert other.get("/mulai/a made-up token").status_code == 404


def take_link(browser: Browser, nip: str) -> None:
    """Become administrator by the link."""
    fields = {"name": "Siapa Saja", "nip": nip, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    browser.get("/mulai/a made-up token")
    browser.post("/mulai/a made-up token", fields)


def close_account(alur: Alur, person: int) -> None:
    with alur.database.writing() as connection:
        connection.execute(account.update().where(account.c.employee_id == person).values(active=False))


def test_a_city_whose_administrator_cannot_sign_in_gets_a_new_link(alur: Alur) -> None:
    with pytest.raises(Invalid):
        alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))

    close_account(alur, ADMIN.id)

    alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))


def test_an_administrator_whose_code_still_opens_can_sign_in_and_one_who_used_it_up_cannot(alur: Alur) -> None:
    alur.engine.run(IssueCode(ADMIN.id, alur.settings.pepper), system_actor(ADMIN.city))
    with pytest.raises(Invalid):
        alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))

    with alur.database.writing() as connection:
        used_up = account.update().where(account.c.employee_id == ADMIN.id)
        connection.execute(used_up.values(code_tries=MOST_TRIES))

    alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))


@pytest.mark.parametrize("person", [TEACHER, ADMIN], ids=["employee with an account", "the closed administrator"])
def test_the_link_takes_an_account_that_is_there(alur: Alur, browser: Browser, person: Person) -> None:
    close_account(alur, ADMIN.id)
    alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))

    take_link(browser, person.nip)

    assert browser.get("/admin/peran").status_code == 200
    assert person.name in browser.text
    with alur.database.reading() as read:
        assert len(read.execute(select(account.c.id).where(account.c.employee_id == person.id)).all()) == 1


def test_the_link_closes_what_the_account_had_open_elsewhere(alur: Alur, app: Flask, signed_in: SignIn) -> None:
    elsewhere = signed_in(TEACHER)
    close_account(alur, ADMIN.id)
    alur.engine.run(OpenCity("a made-up token"), system_actor(ADMIN.city))

    take_link(Browser(app, ADMIN.city), TEACHER.nip)

    assert elsewhere.get("/akun", follow_redirects=False).status_code == 303


def test_help_keeps_the_menu_of_whoever_is_signed_in(browser: Browser) -> None:
    browser.get("/bantuan")
    before = TEACHER.name in browser.text
    browser.sign_in(TEACHER)

    browser.get("/bantuan")

    assert not before
    assert TEACHER.name in browser.text
    assert '<h2 id="slip">' in browser.page
