"""Sessions on the server: one statement to read, idle time, sign-out, new ids, one city only."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from engine.policy.actor import system_actor
from engine.records.counting import count_statements
from engine.records.packing import unpack
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, employee
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, AGENCY, CITY, OFFICER, OTHER_CITY, STRANGER, TEACHER, Moment, Person
from webapp.auth.records import account, sign_in_session, sign_in_throttle
from webapp.auth.sessions import keep_search, load_session
from webapp.current import current_person
from webapp.searches import Search
from webapp.wiring import Alur

SignIn = Callable[[Person], Browser]


def token_of(browser: Browser) -> str:
    token = browser.cookie()
    assert token is not None
    return token


def test_a_page_behind_the_sign_in_costs_one_statement(app: Flask, signed_in: SignIn, alur: Alur) -> None:
    app.add_url_rule("/kosong", view_func=lambda: current_person().name)
    teacher = signed_in(TEACHER)

    with count_statements(alur.database) as statements:
        page = teacher.get("/kosong")

    assert page.text == TEACHER.name
    assert len(statements) == 1
    assert statements.commits == 0


def test_a_page_for_everybody_costs_no_statement(browser: Browser, alur: Alur) -> None:
    browser.get("/bantuan")

    with count_statements(alur.database) as statements:
        browser.get("/masuk")

    assert statements == []


def test_a_session_carries_the_roles_of_today(signed_in: SignIn, alur: Alur) -> None:
    token = token_of(signed_in(OFFICER))

    person = load_session(alur, CITY, token)

    assert person is not None
    assert person.actor.groups == {f"unit_hr_officer:{OFFICER.role_unit}"}
    assert (person.actor.tenant, person.person, person.post) == (CITY, OFFICER.id, OFFICER.post)


def test_only_a_hash_of_the_id_is_kept(signed_in: SignIn, alur: Alur) -> None:
    token = token_of(signed_in(TEACHER))

    with alur.database.reading() as read:
        kept = read.execute(select(sign_in_session.c.token_hash)).scalar_one()

    assert len(token) >= 43
    assert token.encode() not in kept


def test_of_two_searches_at_once_none_loses_the_other(signed_in: SignIn, alur: Alur) -> None:
    token = token_of(signed_in(TEACHER))
    seen = load_session(alur, CITY, token)
    assert seen is not None and seen.searches is None

    keep_search(alur, seen, Search("aaaa", "Siti"))
    keep_search(alur, seen, Search("bbbb", "Budi"))

    now = load_session(alur, CITY, token)
    assert now is not None and now.searches is not None
    assert unpack(now.searches) == [["aaaa", "Siti"], ["bbbb", "Budi"]]


def test_nothing_about_who_failed_is_kept_in_clear(browser: Browser, alur: Alur) -> None:
    browser.sign_in(TEACHER, "bukan kata sandinya")

    with alur.database.reading() as read:
        keys = list(read.execute(select(sign_in_throttle.c.key)).scalars())

    assert len(keys) == 3
    assert all(TEACHER.nip.encode() not in key and b"127.0.0.1" not in key for key in keys)


def test_after_signing_out_the_old_id_opens_nothing(signed_in: SignIn, alur: Alur) -> None:
    teacher = signed_in(TEACHER)
    token = token_of(teacher)
    teacher.get("/akun")

    teacher.post("/keluar")

    assert teacher.cookie() is None
    assert load_session(alur, CITY, token) is None


def test_signing_out_is_confirmed(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    teacher.post("/keluar")

    assert "Anda sudah keluar" in teacher.text
    assert "Lama tidak ada kegiatan" not in teacher.text


def test_the_account_says_who_somebody_is_and_which_roles_he_holds(signed_in: SignIn) -> None:
    teacher, officer = signed_in(TEACHER).get("/akun").text, signed_in(OFFICER).get("/akun").text

    assert all(said in teacher for said in (TEACHER.name, TEACHER.nip, TEACHER.post, "SD Negeri 1"))
    assert "tanpa peran tambahan" in teacher
    assert f"Pengelola kepegawaian unit, {AGENCY.name}" in officer


def test_somebody_ends_his_sessions_in_other_browsers_and_stays_in_this_one(signed_in: SignIn, alur: Alur) -> None:
    here, there, officer = signed_in(TEACHER), signed_in(TEACHER), signed_in(OFFICER)
    here.get("/akun")
    assert here.text.count("Perangkat lain") == 1

    here.post("/akun/sesi")

    assert "dikeluarkan dari semua perangkat lain" in here.text and "Keluarkan perangkat lain" not in here.text
    assert load_session(alur, CITY, token_of(there)) is None
    assert load_session(alur, CITY, token_of(officer)) is not None


def test_whoever_is_in_nowhere_else_is_told_so(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    teacher.post("/akun/sesi")

    assert "tidak sedang masuk di perangkat lain" in teacher.text


def test_a_quiet_session_ends_and_says_why(signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)

    moment.pass_by(minutes=21, seconds=1)
    teacher.get("/masuk?habis=1")

    assert "Lama tidak ada kegiatan" in teacher.text
    assert teacher.get("/akun", follow_redirects=False).status_code == 303


def test_a_session_is_over_when_its_page_says_so(alur: Alur, signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)
    token = token_of(teacher)

    moment.pass_by(minutes=20, seconds=1)
    teacher.get("/masuk?habis=1")

    assert "Lama tidak ada kegiatan" in teacher.text
    assert load_session(alur, CITY, token) is None


def test_a_session_that_was_used_meanwhile_goes_on(signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)
    moment.pass_by(minutes=19)
    teacher.get("/akun")

    moment.pass_by(minutes=2)
    teacher.get("/masuk?habis=1")

    assert teacher.get("/akun", follow_redirects=False).status_code == 200


def test_the_page_knows_when_the_session_ends_and_where_to_extend_it(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)

    teacher.get("/akun")

    assert 'data-session-seconds="1200"' in teacher.page
    assert f'data-ping-url="/{CITY}/sesi/perpanjang"' in teacher.page
    assert 'id="session-dialog"' in teacher.page


@pytest.mark.parametrize(
    ("query", "headers", "is_use"),
    [("", {}, True), ("", {"Alur-Poll": "1", "HX-Request": "true"}, False), ("?otomatis=1", {}, False)],
)
def test_a_page_that_asks_again_by_itself_is_no_use_of_the_session(
    signed_in: SignIn, alur: Alur, moment: Moment, query: str, headers: dict[str, str], is_use: bool
) -> None:
    teacher = signed_in(TEACHER)
    before = load_session(alur, CITY, token_of(teacher))
    moment.pass_by(minutes=12)

    assert teacher.get(f"/akun{query}", headers=headers).status_code == 200

    after = load_session(alur, CITY, token_of(teacher))
    assert before is not None and after is not None
    assert (after.seen_at > before.seen_at) is is_use
    moment.pass_by(minutes=10)
    assert (load_session(alur, CITY, token_of(teacher)) is not None) is is_use


def test_what_somebody_sends_is_use_whatever_it_says(signed_in: SignIn, alur: Alur, moment: Moment) -> None:
    teacher = signed_in(TEACHER)
    moment.pass_by(minutes=12)

    assert teacher.post("/sesi/perpanjang", headers={"Alur-Poll": "1"}).status_code == 204

    after = load_session(alur, CITY, token_of(teacher))
    assert after is not None and after.seen_at == moment.now


def test_staying_keeps_the_session(signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")

    moment.pass_by(minutes=19)
    stayed = teacher.post("/sesi/perpanjang")
    moment.pass_by(minutes=19)

    assert stayed.status_code == 204
    assert teacher.get("/akun").status_code == 200
    assert TEACHER.name in teacher.text


def test_a_working_session_still_ends_after_twelve_hours(signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)

    for _ in range(49):
        moment.pass_by(minutes=15)
        teacher.get("/akun")

    assert TEACHER.name not in teacher.text


def test_use_is_noted_once_a_minute_at_most(signed_in: SignIn, alur: Alur, moment: Moment) -> None:
    teacher = signed_in(TEACHER)

    with count_statements(alur.database) as statements:
        for _ in range(6):
            moment.pass_by(seconds=20)
            teacher.get("/akun")

    assert statements.commits == 2


def test_a_session_that_is_over_answers_scripts_with_401(signed_in: SignIn, moment: Moment) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")
    moment.pass_by(hours=1)

    headers = {"X-Requested-With": "fetch", "X-CSRFToken": teacher.token}
    answer = teacher.post("/sesi/perpanjang", headers=headers)

    assert answer.status_code == 401
    assert answer.json is not None and "Silakan masuk" in answer.json["message"]


def test_new_roles_come_with_a_new_id(signed_in: SignIn, alur: Alur) -> None:
    teacher = signed_in(TEACHER)
    before = token_of(teacher)
    alur.engine.run(GrantRole(TEACHER.id, Role.HR_VERIFIER, date(2026, 11, 1)), system_actor(CITY))

    teacher.get("/akun")

    assert token_of(teacher) != before
    assert load_session(alur, CITY, before) is None
    person = load_session(alur, CITY, token_of(teacher))
    assert person is not None and person.actor.groups == {"hr_verifier"}


def test_a_piece_of_a_page_does_not_change_the_id(signed_in: SignIn, alur: Alur) -> None:
    teacher = signed_in(TEACHER)
    before = token_of(teacher)
    alur.engine.run(GrantRole(TEACHER.id, Role.HR_VERIFIER, date(2026, 11, 1)), system_actor(CITY))

    teacher.get("/akun", headers={"HX-Request": "true"})

    assert token_of(teacher) == before


def test_signing_in_again_gives_another_id_and_another_form_token(signed_in: SignIn) -> None:
    teacher = signed_in(TEACHER)
    teacher.get("/akun")
    before = token_of(teacher), teacher.cookie("alur_form")
    teacher.post("/keluar")

    teacher.sign_in(TEACHER)
    teacher.get("/akun")

    assert token_of(teacher) != before[0]
    assert teacher.cookie("alur_form") != before[1]


def test_an_id_of_one_city_opens_nothing_in_another(signed_in: SignIn, alur: Alur) -> None:
    token = token_of(signed_in(STRANGER))

    assert load_session(alur, OTHER_CITY, token) is not None
    assert load_session(alur, CITY, token) is None


def test_cookies_stay_inside_their_city(app: Flask) -> None:
    answer = Browser(app).sign_in(TEACHER, follow_redirects=False)

    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all(f"Path=/{CITY};" in f"{cookie};" for cookie in cookies)
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


@pytest.mark.parametrize("what", ["disabled", "left"])
def test_who_is_disabled_or_has_left_is_out_at_once(signed_in: SignIn, alur: Alur, what: str) -> None:
    token = token_of(signed_in(TEACHER))
    statements = {
        "disabled": account.update().where(account.c.employee_id == TEACHER.id).values(active=False),
        "left": employee.update().where(employee.c.id == TEACHER.id).values(active_to=date(2026, 11, 22)),
    }

    with alur.database.writing() as connection:
        connection.execute(statements[what])

    assert load_session(alur, CITY, token) is None


def test_after_the_sign_in_one_lands_where_one_wanted_to_go(browser: Browser) -> None:
    asked = browser.get("/admin/peran", follow_redirects=False)

    browser.post("/masuk", {"nip": ADMIN.nip, "secret": "panci sendok wajan kompor", "next": f"/{CITY}/admin/peran"})

    assert asked.headers["Location"].endswith(f"next=/{CITY}/admin/peran")
    assert "Siapa memegang peran" in browser.text


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example", f"/{OTHER_CITY}/akun", "/\\jahat"])
def test_the_sign_in_leads_to_no_other_place(browser: Browser, elsewhere: str) -> None:
    browser.get("/masuk")
    fields = {"nip": TEACHER.nip, "secret": "panci sendok wajan kompor", "next": elsewhere}

    answer = browser.post("/masuk", fields, follow_redirects=False)

    assert answer.headers["Location"] == f"/{CITY}/"
